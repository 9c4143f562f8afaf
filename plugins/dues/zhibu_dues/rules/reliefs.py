"""Less dues in hardship, by a decision (DU 7); dues by the quarter, with consent (DU 12)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    AlreadyGranted,
    BaseMissing,
    EndInvalid,
    GrantEnded,
    MonthsReversed,
    QuarterInvalid,
    ReasonMissing,
    ReductionTooHigh,
    RequestMissing,
)
from zhibu_dues.rules.months import Month, Spell, first_of

LONGEST = 12  # months that one decision about hardship covers: then it is looked at again


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A reduction or a consent as it is kept: from a month until before another."""

    id: UUID
    member_id: UUID
    spell: Spell
    fen: int | None
    ended_on: date | None


def overlaps(grants: Iterable[Grant], spell: Spell) -> bool:
    """Whether any of them covers a month of the spell."""
    return any(
        each.spell.since != each.spell.until
        and (spell.until is None or each.spell.since < spell.until)
        and (each.spell.until is None or spell.since < each.spell.until)
        for each in grants
    )


def asking_refusals(
    *,
    first: date,
    last: date,
    fen: int,
    months: Iterable[Month],
    granted: bool,
    by_member: bool,
    documents: Iterable[str],
    reason: str,
) -> Iterator[Invalid | Conflict]:
    """What speaks against a request: it is the member's own, or his signed one is attached."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if not by_member and "request" not in documents:
        yield RequestMissing(path=("documents",))
    if not first <= last or (last.year - first.year) * 12 + last.month - first.month >= LONGEST:
        yield MonthsReversed(path=("last_month",), most=LONGEST)
        return
    held = [month for month in months if first <= month.month <= last]
    if not held:
        yield BaseMissing(path=("first_month",), month=first)
    elif not 0 <= fen < max(month.owed for month in held):
        yield ReductionTooHigh(path=("fen",))
    if granted:
        yield AlreadyGranted(path=("first_month",))


def consent_refusals(
    *, first: date, last: date | None, granted: bool, reason: str
) -> Iterator[Invalid | Conflict]:
    """What speaks against letting a member pay by the quarter: whole quarters, and why."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if first.month not in (1, 4, 7, 10):
        yield QuarterInvalid(path=("first_month",))
    if last is not None and (last < first or last.month not in (3, 6, 9, 12)):
        yield QuarterInvalid(path=("last_month",))
    if granted:
        yield AlreadyGranted(path=("first_month",))


def ending_refusals(grant: Grant, month: date, reason: str) -> Iterator[Invalid | Conflict]:
    """A grant ends with a month within it, for a reason, and once."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if grant.ended_on is not None:
        yield GrantEnded(path=("grant",), on=grant.ended_on)
    elif not grant.spell.since <= first_of(month) or (
        grant.spell.until is not None and first_of(month) > grant.spell.until
    ):
        yield EndInvalid(path=("month",), since=grant.spell.since)
