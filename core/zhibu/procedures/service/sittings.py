"""Meetings: opened with everybody's seat, attended, voted at, and counted when they close."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_VOTE
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import members_by_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import (
    AlreadyVoted,
    SittingMissing,
    SittingOpen,
    StepNeedsNoVote,
    StepPassed,
)
from zhibu.procedures.machine import Move, State
from zhibu.procedures.rules import sittings as rules
from zhibu.procedures.rules.definition import By, Step
from zhibu.procedures.rules.quorum import Count, Verdict, decided, needed_present, needed_yes
from zhibu.procedures.rules.sittings import Choice, Paper, Sitting, Taken
from zhibu.procedures.rules.values import Actor, Entry
from zhibu.procedures.service.acting import actor_for
from zhibu.procedures.service.bodies import profile_of, seats_on, written_counts
from zhibu.procedures.service.deciding import approval_faults, settle
from zhibu.procedures.service.loading import Standing, event, standing
from zhibu.storage.encryption import Place as Sealed

# One letter each: a sealed vote must not be told by its length.
_LETTERS = {Choice.YES: "y", Choice.NO: "n", Choice.ABSTAIN: "a"}
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}


async def open_sitting(
    act: Act,
    id: UUID,
    *,
    held_on: date,
    secret: bool,
    present: Collection[UUID] = (),
) -> UUID:
    """Open a meeting on the step; who is entitled that day is worked out now and kept."""
    found, step, entry, _ = await _conducted(act, id)
    faults: list[Invalid | Conflict] = [
        *rules.day_faults(held_on, today=act.today, since=entry.started_on)
    ]
    faults += await approval_faults(act, found, step, entry, superior="—")
    refuse(faults)
    sitting_id = new_id()
    values = {
        "id": sitting_id,
        "procedure_id": id,
        "step_id": entry.id,
        "organization_id": entry.organization_id,
        "path": entry.path,
        "profile": step.profile,
        "held_on": held_on,
        "secret": secret,
        "opened_by": act.caller.account_id,
        "opened_at": act.now,
        "on_paper": False,
    }
    seated = await seats_on(act, step, entry, held_on)
    if not await store.add_sitting(act.session, act.tenant_id, values, seated):
        raise SittingOpen(path=("procedure",))
    event(
        act,
        names.SITTING_OPENED,
        found.case,
        step=step.zh,
        on=held_on.isoformat(),
        entitled=sum(seat.entitled for seat in seated),
        secret=secret,
    )
    if present:
        await _mark(act, found, sitting_id, present, ())
    return sitting_id


async def attend(
    act: Act, id: UUID, *, present: Collection[UUID] = (), absent: Collection[UUID] = ()
) -> UUID:
    """Record who is there and who is not; nobody is until it is said."""
    found, _, _, _ = await _conducted(act, id)
    sitting = await _open(act, id, closing=True)
    await _mark(act, found, sitting.id, present, absent)
    return sitting.id


async def cast(act: Act, id: UUID, choice: Choice) -> UUID:
    """Vote, oneself, being present. Two votes of one member at once are one."""
    member = act.caller.member_id
    if member is None:
        raise NotFound()
    sitting = await _open(act, id)
    [*seats] = await store.seats(act.session, act.tenant_id, sitting.id, member)
    if not seats:
        raise NotFound()
    home = await members_by_id(act, [member])
    act.require(PROCEDURE_VOTE, home[member].path, member)
    refuse(rules.vote_faults(sitting, seats[0], today=act.today, written=False))
    await _add(act, sitting, member, choice, written=False)
    return sitting.id


async def write_in(act: Act, id: UUID, member: UUID, choice: Choice) -> UUID:
    """Record the written opinion of somebody absent; a parameter says whether it counts."""
    await _conducted(act, id)
    sitting = await _open(act, id)
    [*seats] = await store.seats(act.session, act.tenant_id, sitting.id, member)
    seat = seats[0] if seats else None
    refuse(rules.vote_faults(sitting, seat, today=act.today, written=True))
    await _add(act, sitting, member, choice, written=True)
    return sitting.id


async def close(
    act: Act, id: UUID, *, paper: Paper | None = None, superior: str | None = None
) -> UUID:
    """Count, once; what the count says is what happens to the step.

    Without a quorum nothing was decided, and another meeting may be held.
    """
    found, step, entry, actor = await _conducted(act, id)
    sitting = await _open(act, id, closing=True)
    seats = await store.seats(act.session, act.tenant_id, sitting.id)
    count, cast_here = await _count(act, sitting, seats, paper)
    refuse(rules.count_faults(count, paper, cast_here))
    profile = profile_of(act, sitting.profile, sitting.path, sitting.held_on)
    verdict = decided(count, profile)
    if verdict is not Verdict.NO_QUORUM:
        refuse(await approval_faults(act, found, step, entry, superior))
    values = {
        "closed_by": act.caller.account_id,
        "closed_at": act.now,
        "on_paper": paper is not None,
        "superior": (superior or "").strip() or None,
        "verdict": verdict,
        "needed_present": needed_present(count.entitled, profile),
        "needed_yes": needed_yes(count.entitled, count.present, profile),
        **vars(count),
    }
    await store.save_sitting(act.session, act.tenant_id, sitting.id, values)
    if sitting.secret:
        await store.erase(act.session, act.tenant_id, sitting.id)
    basis = profile.present_basis if verdict is Verdict.NO_QUORUM else profile.yes_basis
    told: dict[str, Any] = {key: number for key, number in vars(count).items() if number}
    event(
        act,
        names.SITTING_CLOSED,
        found.case,
        basis=basis,
        step=step.zh,
        on=sitting.held_on.isoformat(),
        verdict=verdict,
        **told,
    )
    if verdict is not Verdict.NO_QUORUM:
        move = Move.APPROVE if verdict is Verdict.PASSED else Move.REFUSE
        await settle(act, found, move, actor=actor, superior=superior)
    return sitting.id


async def _conducted(act: Act, id: UUID) -> tuple[Standing, Step, Entry, Actor]:
    """The step that is voted on, if the caller conducts its meetings."""
    found = await standing(act, id)
    entry, step = found.entry, found.step
    actor = await actor_for(act, found.case, entry)
    if found.case.state != State.OPEN:
        raise StepPassed(path=("procedure",), state=found.case.state)
    if step.by is not By.VOTE:
        raise StepNeedsNoVote(path=("procedure",), step=step.zh)
    return found, step, entry, actor


async def _open(act: Act, id: UUID, *, closing: bool = False) -> Sitting:
    sitting = await store.open_sitting(act.session, act.tenant_id, id, closing=closing)
    if sitting is None:
        raise SittingMissing(path=("procedure",))
    return sitting


async def _mark(
    act: Act,
    found: Standing,
    sitting_id: UUID,
    present: Collection[UUID],
    absent: Collection[UUID],
) -> None:
    seats = await store.seats(act.session, act.tenant_id, sitting_id)
    refuse(rules.presence_faults(seats, present, absent))
    for members, there in ((present, True), (absent, False)):
        await store.mark_present(act.session, act.tenant_id, sitting_id, members, there)
    facts: dict[str, Any] = {"present": len(present), "absent": len(absent)}
    event(act, names.PRESENCE_RECORDED, found.case, **facts)


async def _add(act: Act, sitting: Sitting, member: UUID, choice: Choice, *, written: bool) -> None:
    id = new_id()
    hidden = sitting.secret and not written
    values: dict[str, Any] = {
        "id": id,
        "sitting_id": sitting.id,
        "member_id": member,
        "written": written,
        "choice": None if hidden else choice,
        "sealed": act.keyring.seal(_place(act, id), _LETTERS[choice]) if hidden else None,
        "cast_by": act.caller.account_id,
        "cast_at": act.now,
    }
    if not await store.add_vote(act.session, act.tenant_id, values):
        raise AlreadyVoted(path=("choice",))
    case = await store.case(act.session, act.tenant_id, sitting.procedure_id, hold=False)
    assert case is not None
    facts: dict[str, Any] = {
        "choice": None if hidden else choice,
        "written": written or None,
        "voter": member.hex,
    }
    event(act, names.VOTED, case, **facts)


async def _count(
    act: Act, sitting: Sitting, seats: Sequence[Taken], paper: Paper | None
) -> tuple[Count, int]:
    """The count, and how many votes were cast here."""
    cast: list[Choice] = []
    written: list[Choice] = []
    for id, in_writing, choice, sealed in await store.ballots(
        act.session, act.tenant_id, sitting.id
    ):
        if choice is None:
            assert sealed is not None
            choice = _CHOICES[act.keyring.open(_place(act, id), sealed)]
        (written if in_writing else cast).append(choice)
    if not written_counts(act, sitting.profile, sitting.path, sitting.held_on):
        written = []
    return rules.counted(seats, cast, written, paper), len(cast)


def _place(act: Act, id: UUID) -> Sealed:
    return Sealed(act.tenant_id, "core_procedure_vote", "sealed", id)
