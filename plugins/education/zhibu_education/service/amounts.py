"""The amounts in force for a unit: parameters turned into values of the rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu_education.rules.amounts import Limit
from zhibu_education.rules.catalogues import JoinedMidyear
from zhibu_education.rules.requirement import Parameters

MODES = "education.modes_counted"

Spell = tuple[date, date, frozenset[str]]


def of_year(act: Act, year: int, path: str) -> Parameters:
    """What a unit's members need in a year: the values in force on its last day.

    So the requirement of a year does not depend on the day on which it is computed: a change that
    is dated within the year, or to come, holds for the whole year at once.
    """
    book, last = act.parameters, date(year, 12, 31)
    hours = book.exact("education.hours_required", path, last)
    return Parameters(
        hours=Decimal(0) if hours is None else hours,
        hours_posts=book.exact("education.hours_required_posts", path, last),
        hours_retired=book.exact("education.hours_required_retired", path, last),
        joined_midyear=JoinedMidyear(book.value("education.joined_midyear", path, last).value),
        exempt_stopped=book.yes("education.exempt_stopped", path, last),
    )


def forms_counted(act: Act, on: date, path: str) -> frozenset[str]:
    """The forms of study that count on a day at a unit (A-10)."""
    return frozenset(act.parameters.choices(MODES, path, on))


def spells_of_forms(act: Act, year: int, path: str) -> Iterator[Spell]:
    """First day, last day and the forms that count, for each spell of the year without a change."""
    first, last = year_of(year)
    for begins, ends in _between_changes(act, first, last):
        yield begins, ends, forms_counted(act, begins, path)


def day_limit(act: Act, on: date, path: str) -> Limit:
    """The most hours one day may hold; a calendar day where the parameter sets none."""
    return _limit(act, "education.day_limit", on, path, unset=24)


def late_after_days(act: Act, on: date, path: str) -> Limit:
    """After how many days entering a session needs a reason."""
    return _limit(act, "education.late_after_days", on, path, unset=0)


def evidence_required(act: Act, on: date, path: str) -> bool:
    """Whether a member's own claim needs evidence."""
    return act.parameters.yes("education.evidence_required", path, on)


def attendance_waits(act: Act, on: date, path: str) -> bool:
    """Whether hours of attendance wait until somebody verifies who did not enter them."""
    return act.parameters.yes("education.attendance_verified_by_other", path, on)


def exempt_grounds(act: Act, year: int, path: str) -> tuple[str, ...]:
    """The grounds on which a member may be exempt from a year."""
    return act.parameters.choices("education.exempt_grounds", path, date(year, 12, 31))


def _limit(act: Act, name: str, on: date, path: str, *, unset: int) -> Limit:
    found = act.parameters.value(name, path, on)
    amount = unset if found.value is None else found.value
    return Limit(value=Decimal(amount), basis=found.basis)


def _between_changes(act: Act, first: date, last: date) -> Iterator[tuple[date, date]]:
    book = act.parameters
    changes = {value.since for value in book.definitions[MODES].values}
    changes |= {override.since for override in book.overrides if override.name == MODES}
    begins = [first, *sorted(day for day in changes if first < day <= last)]
    ends = [day - timedelta(days=1) for day in begins[1:]] + [last]
    yield from zip(begins, ends, strict=True)
