"""By what a year of education is evaluated (S2-27): figures of an organization into indicators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from zhibu_education.rules.standing import average, share


@dataclass(frozen=True, kw_only=True)
class Figures:
    """An organization's year, with everything below it."""

    members: int
    met: int
    hours: Decimal
    sessions: int
    leaders: int
    lectured: int
    study_due: int
    study_joined: int
    plans_due: int
    plans_made: int


FORMULAS: Mapping[str, Callable[[Figures], Decimal | None]] = {
    "completion": lambda of: share(of.met, of.members),
    "average_hours": lambda of: average(of.hours, of.members),
    "sessions_held": lambda of: Decimal(of.sessions),
    "leaders_lectured": lambda of: share(of.lectured, of.leaders),
    "leaders_joined": lambda of: share(of.study_joined, of.study_due),
    "plans_made": lambda of: share(of.plans_made, of.plans_due),
}


def value_of(code: str, figures: Figures) -> Decimal | None:
    """The value of an indicator; nothing of nobody, and of one that no formula is known for."""
    formula = FORMULAS.get(code)
    return None if formula is None else formula(figures)


def target_of(word: Mapping[str, Any]) -> Decimal | None:
    """What the catalogue asks of an indicator, where it asks for something."""
    try:
        return Decimal(str(word["target"]))
    except (KeyError, InvalidOperation):
        return None


def reached(value: Decimal | None, target: Decimal | None) -> bool | None:
    """Whether the target was reached; nothing where there is none, or nobody to measure."""
    return None if value is None or target is None else value >= target
