"""Handing over to the discipline body what is its to decide, and keeping what it answers.

A disposition never takes the place of discipline, nor the other way round (S0-32, S3D-27).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors


class Stand(StrEnum):
    """Where a hand-over stands. What was closed or withdrawn stays as it is."""

    HANDED_OVER = "handed_over"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What may be done with a hand-over."""

    PASS_ON = "pass_on"
    ANSWER = "answer"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    NOTIFY = "notify"
    CLOSE = "close"


WAITING = frozenset({Stand.HANDED_OVER, Stand.PASSED_ON})
KNOWN = frozenset({Stand.ANSWERED, Stand.CLOSED})
MOVES: Mapping[Move, frozenset[Stand]] = {
    Move.PASS_ON: frozenset({Stand.HANDED_OVER}),
    Move.ANSWER: WAITING,
    Move.CORRECT: frozenset({Stand.ANSWERED}),
    Move.WITHDRAW: WAITING,
    Move.NOTIFY: KNOWN,
    Move.CLOSE: frozenset({Stand.ANSWERED}),
}


@dataclass(frozen=True, kw_only=True)
class Punishment:
    """A discipline punishment of the catalogue: how many months it has its influence, none if the
    document says so, whether the right to vote rests meanwhile, and as what points count it."""

    code: str
    zh: str
    en: str
    clause: str
    months: int | None = None
    ends: bool = False
    suspends: bool = False
    counts: str | None = None


@dataclass(frozen=True, kw_only=True)
class Referral:
    """A hand-over as it is kept."""

    id: UUID
    member_id: UUID
    organization_id: UUID
    state: Stand
    handed_on: date
    passed_on: date | None
    punishment: str | None
    decided_on: date | None
    until: date | None
    limit_id: UUID | None
    notice_by: date | None
    noticed_on: date | None
    version: int

    @property
    def earliest(self) -> date:
        """What comes next cannot have been before this day."""
        return self.decided_on or self.passed_on or self.handed_on


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the discipline body decided: no punishment, or which, by which document."""

    punishment: str | None
    decided_on: date
    document: str
    until: date | None = None


def punishments(catalogue: Iterable[Mapping[str, Any]]) -> list[Punishment]:
    """The punishments of a catalogue, in its order; a word without a clause is none."""
    return [
        Punishment(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            clause=row["clause"],
            months=row.get("months"),
            ends=row.get("ends", False),
            suspends=row.get("suspends", False),
            counts=row.get("counts"),
        )
        for row in catalogue
        if row.get("clause")
    ]


def referring_refusals(
    facts: str, on: date, *, waiting: bool, today: date, name: str
) -> Iterator[Invalid | Conflict]:
    """What speaks against handing a member's conduct over, all of it."""
    if not facts.strip():
        yield errors.FactsMissing(path=("facts",))
    if on > today:
        yield errors.DayUnfit(path=("on",), on=on, since=today, today=today)
    if waiting:
        yield errors.AlreadyReferred(path=("member",), name=name)


def move_refusals(referral: Referral, move: Move) -> Iterator[Conflict]:
    """That a hand-over, as it stands, does not take this step."""
    if referral.state not in MOVES[move]:
        yield errors.MoveNotNow(path=("referral",), state=referral.state, move=move)


def passing_refusals(
    referral: Referral, *, to: str, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """It is passed on to a body that has a name, not before it was handed over (S3D-24)."""
    yield from move_refusals(referral, Move.PASS_ON)
    yield from day_refusals(referral.handed_on, on, today)
    if not to.strip():
        yield errors.BodyMissing(path=("to",))


def answer_refusals(
    referral: Referral, answer: Answer, known: Punishment | None, move: Move, *, today: date
) -> Iterator[Invalid | Conflict]:
    """A punishment is one of the catalogue, has a document, and an end where it has one."""
    yield from move_refusals(referral, move)
    since = referral.passed_on or referral.handed_on
    yield from day_refusals(since, answer.decided_on, today, field="decided_on")
    if not answer.document.strip():
        yield errors.DocumentMissing(path=("document",))
    if answer.punishment is None:
        return
    if known is None:
        yield errors.PunishmentUnknown(path=("punishment",), punishment=answer.punishment)
    elif not known.ends and end_of(answer, known) is None:
        yield errors.EndMissing(path=("until",), clause=known.clause)
    if answer.until is not None and answer.until <= answer.decided_on:
        yield errors.EndUnfit(path=("until",), on=answer.decided_on)


def end_of(answer: Answer, known: Punishment | None) -> date | None:
    """The day on which the influence is over: as the document says, or by the catalogue."""
    if answer.until is not None or known is None or known.months is None:
        return answer.until
    return add_months(answer.decided_on, known.months)


def closing_refusals(
    referral: Referral, *, note: str, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """The influence is over first; it is said how the member has conducted himself."""
    yield from move_refusals(referral, Move.CLOSE)
    if referral.until is not None and on < referral.until:
        yield errors.InfluenceNotOver(path=("on",), on=referral.until)
    yield from day_refusals(referral.earliest, on, today)
    if not note.strip():
        yield errors.ReasonMissing(path=("note",))


def notice_refusals(
    referral: Referral, *, number: str, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """The discipline body is told once that who it punished was removed (S3D-31)."""
    yield from move_refusals(referral, Move.NOTIFY)
    if referral.notice_by is None or referral.noticed_on is not None:
        yield errors.NoNoticeDue(path=("referral",))
    yield from day_refusals(referral.earliest, on, today)
    if not number.strip():
        yield errors.NumberMissing(path=("number",))


def day_refusals(since: date, on: date, today: date, field: str = "on") -> Iterator[Invalid]:
    if not since <= on <= today:
        yield errors.DayUnfit(path=(field,), on=on, since=since, today=today)
