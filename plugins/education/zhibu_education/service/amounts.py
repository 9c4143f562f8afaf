"""The amounts in force for a unit: parameters turned into values of the rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from zhibu.act import Act
from zhibu_education.rules.catalogues import JoinedMidyear
from zhibu_education.rules.requirement import Parameters


def of_year(act: Act, year: int, path: str) -> Parameters:
    """What a unit's members need in a year: the values in force on its last day, or today."""
    on = min(date(year, 12, 31), max(act.today, date(year, 1, 1)))
    book = act.parameters
    return Parameters(
        hours=_exact(book.value("education.hours_required", on=on, path=path).value),
        hours_posts=_optional(book.value("education.hours_required_posts", on=on, path=path).value),
        hours_retired=_optional(
            book.value("education.hours_required_retired", on=on, path=path).value
        ),
        joined_midyear=JoinedMidyear(
            book.value("education.joined_midyear", on=on, path=path).value
        ),
    )


def forms_counted(act: Act, on: date, path: str) -> frozenset[str]:
    """The forms of study that count on a day at a unit (A-10)."""
    return frozenset(act.parameters.value("education.modes_counted", on=on, path=path).value)


def spells_of_forms(act: Act, year: int, path: str) -> Iterator[tuple[date, date, frozenset[str]]]:
    """First day, last day and the forms that count, for each spell of the year without a change."""
    first = day = date(year, 1, 1)
    forms = forms_counted(act, first, path)
    while day.year == year:
        now = forms_counted(act, day, path)
        if now != forms:
            yield first, day - timedelta(days=1), forms
            first, forms = day, now
        day += timedelta(days=1)
    yield first, date(year, 12, 31), forms


def day_limit(act: Act, on: date, path: str) -> Decimal:
    """The most hours one day may hold."""
    return _exact(act.parameters.value("education.day_limit", on=on, path=path).value)


def evidence_required(act: Act, on: date, path: str) -> bool:
    """Whether a member's own claim needs evidence."""
    return bool(act.parameters.value("education.evidence_required", on=on, path=path).value)


def _exact(value: object) -> Decimal:
    return Decimal(str(value))


def _optional(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
