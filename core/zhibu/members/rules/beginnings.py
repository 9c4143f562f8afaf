"""How a membership begins, and what follows when its first days were entered wrongly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.identifiers import new_id
from zhibu.members import errors
from zhibu.members.rules.stages import Probation
from zhibu.members.rules.values import Change, Stage, StagePeriod


def begun(
    member_id: UUID,
    *,
    change: Change,
    admitted_on: date,
    full_on: date | None,
    full: bool,
    decision: str,
    decided_on: date,
    probation: Probation,
) -> list[StagePeriod]:
    """The first periods of a membership: it begins on the day of the branch meeting (S0-15).

    A full member whose day of becoming full is unknown (`full`, no `full_on`) has one period.
    """
    first = StagePeriod(
        id=new_id(),
        member_id=member_id,
        stage=Stage.FULL if full and full_on is None else Stage.PROBATIONARY,
        change=change,
        since=admitted_on,
        until=None,
        ends_on=None if full and full_on is None else add_months(admitted_on, probation.months),
        departure=None,
        decision=decision,
        decided_on=decided_on,
    )
    if full_on is None:
        return [first]
    # Some were made full on the day of admission: between 1969 and 1977 there was no probation.
    made = replace(
        first,
        id=new_id() if full_on > admitted_on else first.id,
        stage=Stage.FULL,
        change=Change.MADE_FULL if full_on > admitted_on else change,
        since=full_on,
        ends_on=None,
    )
    return [replace(first, until=full_on), made] if full_on > admitted_on else [made]


def redated(
    periods: Sequence[StagePeriod], *, admitted_on: date, full_on: date | None, probation: Probation
) -> list[StagePeriod]:
    """The history with corrected days of admission and of becoming full.

    A day of becoming full that was unknown splits the first period. Raises `DatesOutOfOrder`.
    """
    first, *rest = periods
    ends_on = add_months(admitted_on, probation.months)
    if first.stage is Stage.PROBATIONARY:
        first = replace(first, ends_on=ends_on)
    first = replace(first, since=admitted_on)
    made = next((i for i, period in enumerate(rest) if period.change is Change.MADE_FULL), None)
    if full_on is not None and made is not None:
        rest[made] = replace(rest[made], since=full_on)
    elif full_on is not None and first.stage is Stage.FULL and full_on > admitted_on:
        rest.insert(
            0, replace(first, id=new_id(), change=Change.MADE_FULL, since=full_on, ends_on=None)
        )
        first = replace(first, stage=Stage.PROBATIONARY, ends_on=ends_on)
    history = [first, *rest]
    for index, (earlier, later) in enumerate(pairwise(history)):
        if later.since <= earlier.since:
            raise errors.DatesOutOfOrder(
                path=("admitted_on",), earlier=earlier.since, later=later.since
            )
        history[index] = replace(earlier, until=later.since)
    return history
