"""Votes: cast by oneself, in writing, on paper, and counted once when the meeting closes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_VOTE
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import members_by_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import AlreadyVoted, SittingElects
from zhibu.procedures.machine import Move
from zhibu.procedures.rules import sittings as rules
from zhibu.procedures.rules.quorum import Count, Verdict, decided, needed_present, needed_yes
from zhibu.procedures.rules.sittings import Choice, Paper, Sitting, Taken
from zhibu.procedures.service.bodies import profile_of, written_counts
from zhibu.procedures.service.deciding import approval_faults
from zhibu.procedures.service.loading import event
from zhibu.procedures.service.settling import settle
from zhibu.procedures.service.sittings import conducted, open_one
from zhibu.storage.encryption import Place as Sealed

# One letter each: a sealed vote must not be told by its length.
_LETTERS = {Choice.YES: "y", Choice.NO: "n", Choice.ABSTAIN: "a"}
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}


async def cast(act: Act, id: UUID, choice: Choice) -> UUID:
    """Vote, oneself, being present. Two votes of one member at once are one."""
    member = act.caller.member_id
    if member is None:
        raise NotFound()
    sitting = await open_one(act, id)
    [*seats] = await store.seats(act.session, act.tenant_id, sitting.id, member)
    if not seats:
        raise NotFound()
    home = await members_by_id(act, [member])
    act.require(PROCEDURE_VOTE, home[member].path, member)
    _decides(sitting)
    refuse(rules.vote_faults(sitting, seats[0], today=act.today, written=False))
    if sitting.secret:
        await keep(act, sitting, member, sealed=_LETTERS[choice])
    else:
        await keep(act, sitting, member, choice=choice)
    return sitting.id


async def write_in(act: Act, id: UUID, member: UUID, choice: Choice) -> UUID:
    """Record the written opinion of somebody absent; a parameter says whether it counts."""
    await conducted(act, id)
    sitting = await open_one(act, id)
    _decides(sitting)
    [*seats] = await store.seats(act.session, act.tenant_id, sitting.id, member)
    seat = seats[0] if seats else None
    refuse(rules.vote_faults(sitting, seat, today=act.today, written=True))
    await keep(act, sitting, member, choice=choice, written=True)
    return sitting.id


async def close(
    act: Act, id: UUID, *, paper: Paper | None = None, superior: str | None = None
) -> UUID:
    """Count, once; what the count says is what happens to the step.

    Without a quorum nothing was decided, and another meeting may be held.
    """
    found, step, entry, actor = await conducted(act, id)
    sitting = await open_one(act, id, closing=True)
    _decides(sitting)
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


async def keep(
    act: Act,
    sitting: Sitting,
    member: UUID,
    *,
    choice: Choice | None = None,
    sealed: str | None = None,
    written: bool = False,
) -> None:
    """Keep a vote, open or sealed, once. Raises `AlreadyVoted`."""
    id = new_id()
    values: dict[str, Any] = {
        "id": id,
        "sitting_id": sitting.id,
        "member_id": member,
        "written": written,
        "choice": choice,
        "sealed": act.keyring.seal(_place(act, id), sealed) if sealed else None,
        "cast_by": act.caller.account_id,
        "cast_at": act.now,
    }
    if not await store.add_vote(act.session, act.tenant_id, values):
        raise AlreadyVoted(path=("choice",))
    case = await store.case(act.session, act.tenant_id, sitting.procedure_id, hold=False)
    assert case is not None
    facts: dict[str, Any] = {
        "choice": choice,
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
            choice = _CHOICES[opened(act, id, sealed)]
        (written if in_writing else cast).append(choice)
    if not written_counts(act, sitting.profile, sitting.path, sitting.held_on):
        written = []
    return rules.counted(seats, cast, written, paper), len(cast)


def opened(act: Act, id: UUID, sealed: bytes) -> str:
    """What was sealed as a vote."""
    return act.keyring.open(_place(act, id), sealed)


def _decides(sitting: Sitting) -> None:
    if sitting.to_fill is not None:
        raise SittingElects(path=("procedure",))


def _place(act: Act, id: UUID) -> Sealed:
    return Sealed(act.tenant_id, "core_procedure_vote", "sealed", id)
