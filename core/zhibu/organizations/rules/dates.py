"""Dates and reasons of a change of the tree, whatever it is."""

from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu.organizations import errors

Faults = list[Invalid | Conflict]


def reason_faults(reason: str) -> Faults:
    return [] if reason.strip() else [errors.ReasonMissing(path=("reason",))]


def founding_faults(on: date | None, since: date | None, field: str = "on") -> Faults:
    """Nothing of a unit lies before `since`, the day on which it begins, where that is known."""
    if on is None or since is None or on >= since:
        return []
    return [errors.BeforeFounding(path=(field,), on=on, since=since)]


def date_faults(on: date, today: date, field: str = "on") -> Faults:
    return [errors.FutureDate(path=(field,), on=on, today=today)] if on > today else []
