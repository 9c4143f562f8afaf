"""Objections to a result while it is put up, and their answers (S4-32)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors.years import (
    BodyMissing,
    NotInYear,
    NotNoticed,
    ObjectionAnswered,
    OwnObjection,
)
from zhibu_scoring.rules.years import Stand, Year


@dataclass(frozen=True, kw_only=True)
class Objection:
    """An objection as it stands."""

    id: UUID
    year_id: UUID
    member_id: UUID
    raised_by: UUID | None
    raiser_id: UUID | None
    answered: bool


def raising_refusals(
    year: Year, member_id: UUID, members: Collection[UUID], body: str, today: date
) -> Iterator[Invalid | Conflict]:
    """While the notice runs, about somebody who is on it, in words.

    A notice that was recorded late is objected to until it is concluded: nobody saw it here before.
    """
    over = year.notice_until is not None and today > year.notice_until and not year.noticed_late
    if year.stand is not Stand.NOTICED or over:
        yield NotNoticed(path=("year",))
    if member_id not in members:
        yield NotInYear(path=("member",))
    if not body.strip():
        yield BodyMissing(path=("body",))


def answering_refusals(
    found: Objection, *, by: UUID | None, member_id: UUID | None, answer: str
) -> Iterator[Invalid | Conflict]:
    """Once, in words, by somebody else."""
    if found.answered:
        yield ObjectionAnswered(path=("objection",))
    own = by is not None and by == found.raised_by
    if own or (member_id is not None and member_id in (found.raiser_id, found.member_id)):
        yield OwnObjection(path=("objection",))
    if not answer.strip():
        yield BodyMissing(path=("answer",))
