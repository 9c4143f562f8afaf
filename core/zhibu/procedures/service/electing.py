"""Ballots that name people: cast in secret, and counted once when the meeting closes."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_VOTE
from zhibu.errors import NotFound, refuse
from zhibu.members.public import members_by_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import SittingDecides
from zhibu.procedures.machine import Move
from zhibu.procedures.rules import electing as rules
from zhibu.procedures.rules.electing import Ballot, Papers, Standing, Tally
from zhibu.procedures.rules.entitlement import Ground, Seat
from zhibu.procedures.rules.quorum import Verdict, needed_present, needed_yes
from zhibu.procedures.rules.sittings import Sitting, Taken, vote_faults
from zhibu.procedures.service.bodies import profile_of
from zhibu.procedures.service.deciding import approval_faults
from zhibu.procedures.service.loading import event
from zhibu.procedures.service.settling import settle
from zhibu.procedures.service.sittings import conducted, open_one
from zhibu.procedures.service.voting import keep, opened


async def cast(
    act: Act, id: UUID, *, chosen: Collection[UUID], against: Collection[UUID] = ()
) -> UUID:
    """Cast one's own ballot, being present; one member has one."""
    member = act.caller.member_id
    if member is None:
        raise NotFound()
    sitting = await open_one(act, id)
    [*seats] = await store.seats(act.session, act.tenant_id, sitting.id, member)
    if not seats:
        raise NotFound()
    home = await members_by_id(act, [member])
    act.require(PROCEDURE_VOTE, home[member].path, member)
    to_fill = _to_fill(sitting)
    running = await store.running(act.session, act.tenant_id, sitting.id)
    ballot = Ballot(chosen=frozenset(chosen), against=frozenset(against))
    others = ballot.chosen - {*running}
    electable = await _electable(act, sitting) if others else set()
    refuse(
        [
            *vote_faults(sitting, seats[0], today=act.today, written=False),
            *rules.ballot_faults(ballot, running=running, electable=electable, seats=to_fill),
        ]
    )
    text = rules.written(ballot, running, to_fill)
    await keep(act, sitting, member, sealed=text)
    return sitting.id


async def close(
    act: Act,
    id: UUID,
    *,
    papers: Papers | None = None,
    fewer: str | None = None,
    superior: str | None = None,
) -> UUID:
    """Count, once. The step is over when every seat is filled, or `fewer` says why not all are.

    Otherwise another meeting elects to the seats that are left.
    """
    found, step, entry, actor = await conducted(act, id)
    sitting = await open_one(act, id, closing=True)
    to_fill = _to_fill(sitting)
    seats = await store.seats(act.session, act.tenant_id, sitting.id)
    tallies, spoiled = await _tallies(act, sitting, seats, papers)
    entitled = sum(seat.ground is None for seat in seats)
    present = sum(seat.present for seat in seats if seat.ground is None)
    profile = profile_of(act, sitting.profile, sitting.path, sitting.held_on)
    least = needed_yes(entitled, present, profile)
    standings = rules.standings(tallies, seats=to_fill, needed=least)
    verdict = Verdict.NO_QUORUM
    if present >= needed_present(entitled, profile):
        chosen = [name for name, came in standings.items() if came is Standing.ELECTED]
        before = await store.counted_names(act.session, act.tenant_id, id)
        already = sum(came is Standing.ELECTED for _, _, came in before)
        refuse([*rules.fewer_faults(fewer, already + len(chosen))])
        whole = len(chosen) == to_fill or bool((fewer or "").strip())
        verdict = Verdict.PASSED if whole else Verdict.INCOMPLETE
        refuse(await approval_faults(act, found, step, entry, superior))
    else:
        standings, chosen = {}, []
    values = {
        "closed_by": act.caller.account_id,
        "closed_at": act.now,
        "on_paper": papers is not None,
        "superior": (superior or "").strip() or None,
        "verdict": verdict,
        "entitled": entitled,
        "present": present,
        "spoiled": spoiled,
        "needed_present": needed_present(entitled, profile),
        "needed_yes": least,
    }
    await store.save_sitting(act.session, act.tenant_id, sitting.id, values)
    await store.save_tallies(act.session, act.tenant_id, sitting.id, tallies, standings)
    await store.erase(act.session, act.tenant_id, sitting.id)
    told: dict[str, Any] = {"fewer": (fewer or "").strip() or None}
    event(
        act,
        names.ELECTED,
        found.case,
        basis=profile.present_basis if verdict is Verdict.NO_QUORUM else profile.yes_basis,
        step=step.zh,
        on=sitting.held_on.isoformat(),
        verdict=verdict,
        entitled=entitled,
        present=present,
        elected=len(chosen),
        seats=to_fill,
        **told,
    )
    if verdict is Verdict.PASSED:
        await settle(act, found, Move.APPROVE, actor=actor, reason=fewer, superior=superior)
    return sitting.id


async def _tallies(
    act: Act, sitting: Sitting, seats: Sequence[Taken], papers: Papers | None
) -> tuple[Sequence[Tally], int]:
    """The votes on each name, as cast here or as counted on paper, and the void ballots."""
    running = await store.running(act.session, act.tenant_id, sitting.id)
    rows = await store.ballots(act.session, act.tenant_id, sitting.id)
    if papers is None:
        texts = [opened(act, id, sealed) for id, _, _, sealed in rows if sealed is not None]
        return rules.tallied([rules.read(text, running) for text in texts], running), 0
    refuse(
        rules.paper_faults(
            papers,
            running=running,
            electable=_of(seats),
            seats=_to_fill(sitting),
            present=sum(seat.present for seat in seats if seat.ground is None),
            cast=len(rows),
        )
    )
    order = {name: number for number, name in enumerate(running)}
    return sorted(papers.names, key=lambda name: order.get(name.member_id, len(order))), (
        papers.spoiled
    )


async def _electable(act: Act, sitting: Sitting) -> set[UUID]:
    return _of(await store.seats(act.session, act.tenant_id, sitting.id))


def _of(seats: Sequence[Taken]) -> set[UUID]:
    """Who may be written in: whoever has a seat and the right to be elected."""
    return {
        seat.member_id
        for seat in seats
        if Seat(
            member_id=seat.member_id, ground=Ground(seat.ground) if seat.ground else None
        ).electable
    }


def _to_fill(sitting: Sitting) -> int:
    if sitting.to_fill is None:
        raise SittingDecides(path=("procedure",))
    return sitting.to_fill
