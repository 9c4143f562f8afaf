"""What the parameters in force say about points, at a place and on a day."""

from datetime import date

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu_scoring.rules import schemes
from zhibu_scoring.rules.entries import Limit
from zhibu_scoring.rules.schemes import Item, Part, Scheme
from zhibu_scoring.rules.years import open_years

SCHEME = "scoring.scheme"


def scheme(act: Act, path: str, year: int) -> Scheme:
    """What a year is assessed by: the scheme in force on its first day, for all of it (S4-26)."""
    found = act.parameters.value(SCHEME, path, year_of(year)[0])
    return schemes.scheme(found.value, found.basis)


def limit(act: Act, name: str, path: str, on: date) -> Limit:
    """A number that decides; none at all where the unit sets none."""
    found = act.parameters.value(name, path, on)
    return Limit(value=found.value or 0, basis=found.basis)


def closing_months(act: Act, path: str) -> int:
    """How many months of a year the last one stays open at a place; 0 where none."""
    return act.parameters.whole("scoring.closing_months", path, act.today) or 0


def counting_years(act: Act, path: str) -> tuple[int, ...]:
    """The years for which points are proposed at a place today."""
    return open_years(act.today, closing_months(act, path))


def worth(item: Item) -> str:
    """An item and what it is worth, as the basis of an entry says it."""
    if item.part is Part.VETO:
        return f"{item.name}，年度积分为 0"
    return f"{item.name}，{'减' if item.part is Part.MINUS else '加'} {item.points} 分"
