"""What the host does with who comes from another institution; his own is told each time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound, refuse
from zhibu.organizations.public import organization_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    GUEST_FILED,
    GUEST_LEFT,
    GUEST_REFUSED,
    GUEST_STEP_WITHDRAWN,
    GUEST_TAKEN,
    GUEST_VERIFIED,
)
from zhibu_flow_members.rules import guests as rules
from zhibu_flow_members.rules.guests import Branch, Guest, GuestState, LastStep
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.between.host import GUEST, say_guest, tell_home
from zhibu_flow_members.store import guests as store

# What each step sets, and what happened by it.
STEPS = {
    LastStep.LEFT: (GUEST_LEFT, ("left_on", "left_reason")),
    LastStep.FILED: (GUEST_FILED, ("filed_on", "filed_by")),
    LastStep.VERIFIED: (
        GUEST_VERIFIED,
        ("arrived_on", "verified_on", "verified_by", "host_note", "file_by"),
    ),
    LastStep.ANSWERED: (
        GUEST_TAKEN,
        ("answered_on", "answered_by", "refusal", "host_id", "verify_by"),
    ),
}

ACTIONS = {LastStep.FILED: actions.FILE, LastStep.ANSWERED: actions.REGISTER}


async def register(act: Act, id: UUID, branch_id: UUID) -> None:
    """Take him in, at a branch of whoever was asked."""
    guest = await _guest(act, id, actions.REGISTER)
    unit = await organization_of(act, branch_id, hold=True)
    act.require(actions.REGISTER, unit.path)
    ended = unit.ended_on is not None
    branch = Branch(id=unit.id, path=unit.path, kind=unit.kind, name=unit.name, ended=ended)
    refuse(rules.registering_refusals(guest, branch))
    days = limit(act, "flow_members.verify_days", unit.path, act.today).value
    values = {
        "host_id": unit.id,
        "state": GuestState.TAKEN,
        "answered_on": act.today,
        "answered_by": act.caller.account_id,
        "refusal": None,
        "verify_by": max(act.today, guest.since) + timedelta(days=days),
    }
    await _done(act, id, GUEST_TAKEN, values, where=unit.name)


async def decline(act: Act, id: UUID, *, reason: str) -> None:
    """He is not taken in, for a reason."""
    guest = await _guest(act, id, actions.REGISTER)
    refuse(rules.declining_refusals(guest, reason))
    values = {
        "state": GuestState.REFUSED,
        "answered_on": act.today,
        "answered_by": act.caller.account_id,
        "refusal": reason.strip(),
    }
    await _done(act, id, GUEST_REFUSED, values, reason=reason.strip())


async def verify(
    act: Act, id: UUID, arrived_on: date, *, note: str | None = None, serial: int | None = None
) -> None:
    """The branch verifies the paper of who reported in (S1-12)."""
    guest = await _guest(act, id, actions.TAKE_IN)
    refuse(rules.verifying_refusals(guest, arrived_on, serial, today=act.today))
    days = limit(act, "flow_members.file_days", guest.path, act.today).value
    values = {
        "arrived_on": arrived_on,
        "verified_on": act.today,
        "verified_by": act.caller.account_id,
        "host_note": (note or "").strip() or None,
        "file_by": act.today + timedelta(days=days),
    }
    await _done(act, id, GUEST_VERIFIED, values, on=arrived_on)


async def file(act: Act, id: UUID) -> None:
    """The level above takes the verification into its files (S1-12)."""
    guest = await _guest(act, id, actions.FILE)
    refuse(rules.filing_refusals(guest, filer=act.caller.account_id))
    values = {"filed_on": act.today, "filed_by": act.caller.account_id}
    await _done(act, id, GUEST_FILED, values, on=act.today)


async def leave(act: Act, id: UUID, on: date, *, reason: str) -> None:
    """He is here no longer."""
    guest = await _guest(act, id, actions.TAKE_IN)
    refuse(rules.leaving_refusals(guest, on, reason, today=act.today))
    values = {"left_on": on, "left_reason": reason.strip()}
    await _done(act, id, GUEST_LEFT, values, on=on, reason=reason.strip())


async def take_back(act: Act, id: UUID, *, reason: str) -> None:
    """Take back what was done last and was a slip: the leaving, the filing, the verification, or
    the answer."""
    guest = await _guest(act, id, None)
    step = guest.last_step or LastStep.ANSWERED
    name, columns = STEPS[step]
    happened = (name, GUEST_REFUSED) if step is LastStep.ANSWERED else (name,)
    among = (GUEST_TAKEN, GUEST_REFUSED, GUEST_VERIFIED, GUEST_FILED, GUEST_LEFT)
    slip = Slip(subject=(GUEST, id), happened=happened, among=among)
    action = ACTIONS.get(step, actions.TAKE_IN)
    path = guest.receiver_path if step is LastStep.ANSWERED else guest.path
    await slips.require(act, action, path, None, slip, seen_by=actions.ARRIVAL_READ)
    refuse(rules.taking_back_refusals(guest, reason))
    values: dict[str, Any] = dict.fromkeys(columns)
    if step is LastStep.ANSWERED:
        values["state"] = GuestState.OFFERED
    await _done(act, id, GUEST_STEP_WITHDRAWN, values, reason=reason.strip())


async def guest_of(act: Act, id: UUID) -> Guest:
    """One guest, held. Raises `NotFound`; so does what his institution took back as a mistake."""
    found = await store.guest(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    return found


async def _guest(act: Act, id: UUID, action: Action | None) -> Guest:
    guest = await guest_of(act, id)
    if action is not None:
        act.require(action, guest.path, seen_by=actions.ARRIVAL_READ)
    return guest


async def _done(act: Act, id: UUID, name: str, values: dict[str, Any], **facts: Any) -> None:
    """Keep it, tell his institution, and say that it happened."""
    await store.change(act.session, act.tenant_id, id, **values)
    guest = await guest_of(act, id)
    await tell_home(act, guest)
    say_guest(act, name, guest, **facts)
