"""Objections and overrides: who may, until when, and who answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhibu.errors import Conflict
from zhibu.procedures.errors import (
    NoticeRunning,
    NotYourObjection,
    ObjectionAnswered,
    ObjectionTooLate,
    OverrideOwn,
    OverrideSettled,
    OwnDecision,
)
from zhibu.procedures.rules.definition import By
from zhibu.procedures.rules.values import Actor, Case, Entry


@dataclass(frozen=True, kw_only=True)
class Objection:
    """What the member said against a procedure, and whether it was answered."""

    id: UUID
    procedure_id: UUID
    member_id: UUID
    action: str
    path: str
    made_on: date
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Override:
    """A decision without the steps that somebody asks for."""

    id: UUID
    procedure_id: UUID
    action: str
    path: str
    approves: bool
    reason: str
    asked_by: UUID | None
    asker_id: UUID | None
    settled_at: datetime | None


def open_until(case: Case, entry: Entry) -> date | None:
    """The last day on which the member may object: of a notice, or after the decision."""
    if entry.done_at is None:
        return entry.due_on if entry.by == By.NOTICE else None
    return case.objection_until


def objection_faults(
    case: Case, entry: Entry, *, member_id: UUID | None, today: date
) -> Iterator[Conflict]:
    if member_id is None or member_id != case.member_id:
        yield NotYourObjection(path=("procedure",))
    until = open_until(case, entry)
    if until is None or today > until:
        yield ObjectionTooLate(path=("procedure",), until=until)


def notice_faults(entry: Entry, *, today: date) -> Iterator[Conflict]:
    """A notice stands until its last day is over."""
    if entry.due_on is not None and today <= entry.due_on:
        yield NoticeRunning(path=("step",), until=entry.due_on)


def answer_faults(
    objection: Objection, entries: Iterator[Entry] | tuple[Entry, ...], actor: Actor
) -> Iterator[Conflict]:
    """An objection is answered once, by somebody who has not decided what it is about."""
    if objection.answered_at is not None:
        yield ObjectionAnswered(path=("objection",))
    for entry in entries:
        if _same(actor, entry.decided_by, entry.decider_id):
            yield OwnDecision(path=("objection",))
            return


def override_faults(override: Override, actor: Actor, *, confirms: bool) -> Iterator[Conflict]:
    """It takes two people; whoever asked may take it back, but not confirm it (A-30)."""
    if override.settled_at is not None:
        yield OverrideSettled(path=("override",))
    if confirms and _same(actor, override.asked_by, override.asker_id):
        yield OverrideOwn(path=("override",))


def _same(actor: Actor, account_id: UUID | None, member_id: UUID | None) -> bool:
    accounts = {actor.account_id, actor.on_behalf_of} - {None}
    members = {actor.member_id, actor.principal_id} - {None}
    return account_id in accounts or member_id in members
