"""Meetings: opened with everybody's seat, attended, voted at, and counted when they close."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.identifiers import new_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import (
    ElectionOpen,
    SittingMissing,
    SittingOpen,
    StepNeedsNoVote,
    StepPassed,
)
from zhibu.procedures.machine import State
from zhibu.procedures.rules import sittings as rules
from zhibu.procedures.rules.deciding import reason_faults
from zhibu.procedures.rules.definition import MEETINGS, By, Step
from zhibu.procedures.rules.quorum import Verdict
from zhibu.procedures.rules.sittings import Sitting
from zhibu.procedures.rules.values import Actor, Entry
from zhibu.procedures.service.acting import actor_for
from zhibu.procedures.service.bodies import seats_on
from zhibu.procedures.service.deciding import approval_faults
from zhibu.procedures.service.loading import Standing, event, standing
from zhibu.procedures.service.slates import ballot_of


async def open_sitting(
    act: Act,
    id: UUID,
    *,
    held_on: date,
    secret: bool,
    present: Collection[UUID] = (),
) -> UUID:
    """Open a meeting on the step; who is entitled that day is worked out now and kept."""
    found, step, entry, _ = await conducted(act, id)
    faults: list[Invalid | Conflict] = [
        *rules.day_faults(held_on, today=act.today, since=entry.started_on)
    ]
    faults += await approval_faults(act, found, step, entry, superior="—")
    elects = step.by is By.ELECTION
    if elects and not secret:
        faults.append(ElectionOpen(path=("secret",)))
    refuse(faults)
    sitting_id = new_id()
    values: dict[str, Any] = {
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
    running: list[UUID] = []
    if elects:
        seats = found.case.particulars.get("seats", 1)
        running, values["to_fill"], seated = await ballot_of(
            act, id, step, entry.path, seats, seated
        )
    if not await store.add_sitting(act.session, act.tenant_id, values, seated):
        raise SittingOpen(path=("procedure",))
    if running:
        await store.add_running(act.session, act.tenant_id, sitting_id, running)
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
    found, _, _, _ = await conducted(act, id)
    sitting = await open_one(act, id, closing=True)
    await _mark(act, found, sitting.id, present, absent)
    return sitting.id


async def cancel(act: Act, id: UUID, *, reason: str) -> UUID:
    """Call off a meeting at which nobody has voted, opened by mistake or not held after all."""
    found, _, _, _ = await conducted(act, id)
    sitting = await open_one(act, id, closing=True)
    seats = await store.seats(act.session, act.tenant_id, sitting.id)
    refuse([*rules.cancel_faults(seats), *reason_faults(reason)])
    values = {
        "closed_by": act.caller.account_id,
        "closed_at": act.now,
        "verdict": Verdict.CANCELLED,
    }
    await store.save_sitting(act.session, act.tenant_id, sitting.id, values)
    event(act, names.SITTING_CANCELLED, found.case, reason=reason.strip())
    return sitting.id


async def conducted(act: Act, id: UUID) -> tuple[Standing, Step, Entry, Actor]:
    """The step that is voted on, if the caller conducts its meetings."""
    found = await standing(act, id)
    entry, step = found.entry, found.step
    actor = await actor_for(act, found.case, entry)
    if found.case.state != State.OPEN:
        raise StepPassed(path=("procedure",), state=found.case.state)
    if step.by not in MEETINGS:
        raise StepNeedsNoVote(path=("procedure",), step=step.zh)
    return found, step, entry, actor


async def open_one(act: Act, id: UUID, *, closing: bool = False) -> Sitting:
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
