"""Objections to a result while it is put up, and their answers (S4-32)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import NotYetHappened, ReasonMissing
from zhibu_scoring.errors.years import (
    BodyMissing,
    NotInYear,
    NotNoticed,
    ObjectionAnswered,
    OutsideNotice,
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


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody handed in on paper: about whom, on which day, and why it is entered later.

    `raiser_id` is None of whoever is no member; the body names him.
    """

    member_id: UUID
    raiser_id: UUID | None
    body: str
    handed_in_on: date
    reason: str


def raising_refusals(
    year: Year, member_id: UUID, members: Collection[UUID], body: str, today: date
) -> Iterator[Invalid | Conflict]:
    """While the notice runs, about somebody who is on it, in words.

    A notice that was recorded late is objected to until it is concluded: nobody saw it here before.
    A year that was reopened takes objections on paper only.
    """
    past = year.notice_until is not None and today > year.notice_until
    over = year.reopened or (past and not year.noticed_late)
    if year.stand is not Stand.NOTICED or over:
        yield NotNoticed(path=("year",))
    yield from _content_refusals(member_id, members, body)


def entering_refusals(
    year: Year, written: Written, members: Collection[UUID], today: date
) -> Iterator[Invalid | Conflict]:
    """Handed in while the notice ran, whenever it is entered, even after the conclusion."""
    day, first, last = written.handed_in_on, year.noticed_on, year.notice_until
    if year.stand not in (Stand.NOTICED, Stand.CONCLUDED) or first is None or last is None:
        yield NotNoticed(path=("year",))
    elif day > today:
        yield NotYetHappened(path=("handed_in_on",), on=day, today=today)
    elif not first <= day <= last:
        yield OutsideNotice(path=("handed_in_on",), on=day, first=first, last=last)
    yield from _content_refusals(written.member_id, members, written.body)
    if not written.reason.strip():
        yield ReasonMissing(path=("reason",))


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


def _content_refusals(
    member_id: UUID, members: Collection[UUID], body: str
) -> Iterator[Invalid | Conflict]:
    if member_id not in members:
        yield NotInYear(path=("member",))
    if not body.strip():
        yield BodyMissing(path=("body",))
