"""Between which days one may ask what is due."""

from datetime import date

from zhibu.calendar import add_months
from zhibu.due.errors import DueWindowInvalid

MOST_YEARS = 10  # what falls due each year is made for every year that is asked about


def window(first: date | None, last: date) -> tuple[date, date]:
    """The two days; without a first one everything that is still open. Raises `DueWindowInvalid`.

    Nothing that fell due more than ten years ago is brought to mind.
    """
    earliest = add_months(last, -12 * MOST_YEARS)
    if first is None:
        return earliest, last
    if not earliest <= first <= last:
        raise DueWindowInvalid(path=("dueFrom",), first=first, last=last, years=MOST_YEARS)
    return first, last
