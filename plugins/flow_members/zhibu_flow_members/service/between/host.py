"""The host's side: who is offered, what his institution tells of him, and what it is told."""

from datetime import timedelta
from typing import Any

from zhibu.act import Act, Event
from zhibu.errors import NotFound
from zhibu.exchange.public import Told
from zhibu.identifiers import new_id
from zhibu.organizations.public import (
    Unit,
    organization_of,
    organizations_above,
    organizations_by_code,
)
from zhibu.policy.paths import ROOT
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    GUEST_CHANGED,
    GUEST_ENDED,
    GUEST_OFFERED,
    GUEST_UNHEARD,
)
from zhibu_flow_members.rules.guests import Guest, GuestState
from zhibu_flow_members.rules.values import Ending
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.between.messages import Answer, Said, Stay, read, tell
from zhibu_flow_members.service.events import told as facts_of
from zhibu_flow_members.store import guests as store

GUEST = "FlowMembersGuest"
ERASED = "（已清除）"
# What was decided here of an offer, and is asked anew with the next.
DECIDED = (
    *("host_id", "answered_on", "answered_by", "refusal", "verify_by", "arrived_on"),
    *("verified_on", "verified_by", "host_note", "file_by", "filed_on", "filed_by"),
    *("left_on", "left_reason"),
)


async def stayed(act: Act, told: Told) -> None:
    """A stay is offered, put right, ended or taken back; whoever was here before it goes first.

    Raises `NotFound` for a new one where nobody would see it: the plugin is off at the top too.
    """
    stay = read(Stay, told.body)
    session, tenant_id = act.session, act.tenant_id
    known = await store.about(session, tenant_id, told.counterpart, told.about)
    over = stay.voided or stay.ended_on is not None
    if known is None and over:
        return
    if not over and not await _end_others(act, told, stay):
        return
    values = _columns(act, told, stay)
    if known is None or stay.offer > known.offer:
        place = await _addressed(act, stay.organization_code)
        if known is None and not act.switches.enabled(actions.TAKE_IN.plugin, place.path):
            raise NotFound()
        days = limit(act, "flow_members.answer_days", place.path, act.today).value
        values |= {
            "offer": stay.offer,
            "receiver_id": place.id,
            "state": GuestState.OFFERED,
            "answer_by": act.today + timedelta(days=days),
            **dict.fromkeys(DECIDED),
        }
        if known is None:
            id = new_id()
            fixed = {"id": id, "about": told.about, "peer_code": told.counterpart, "version": 1}
            await store.add(session, tenant_id, {**values, **fixed})
        else:
            id = known.id
            await store.change(session, tenant_id, id, **values)
        guest = await store.guest(session, tenant_id, id)
        assert guest is not None
        say_guest(act, GUEST_OFFERED, guest, whence=f"{told.counterpart_name}{stay.branch}")
        return
    await store.change(session, tenant_id, known.id, **values)
    if stay.erased:
        await store.forget_notes(session, tenant_id, known.id, ERASED)
    guest = await store.guest(session, tenant_id, known.id)
    assert guest is not None
    say_guest(act, GUEST_ENDED if over else GUEST_CHANGED, guest, on=stay.ended_on)


async def tell_home(act: Act, guest: Guest) -> None:
    """What holds here now."""
    state = "left" if guest.left_on is not None else _state(guest)
    answer = Answer(
        offer=guest.offer,
        state=state,
        on=guest.left_on or guest.answered_on or act.today,
        branch=guest.host_name,
        reason=guest.left_reason or guest.refusal,
        arrived_on=guest.arrived_on,
        verified_on=guest.verified_on,
        host_note=guest.host_note,
        filed_on=guest.filed_on,
    )
    await tell(act, Said.ANSWER, guest.peer_code, guest.about, guest.path, answer)


async def answer_lost(act: Act, told: Told) -> None:
    """There is no such institution any more, or it asks no more; what was decided here stays."""
    guest = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if guest is not None:
        say_guest(act, GUEST_UNHEARD, guest)


def say_guest(act: Act, name: str, guest: Guest, **facts: Any) -> None:
    """What happened to a guest, where the stay stands."""
    known = facts_of({"name": guest.name, **facts})
    act.record(Event(name=name, subject=(GUEST, guest.id), path=guest.path, facts=known))


def _state(guest: Guest) -> str:
    return "waiting" if guest.state is GuestState.OFFERED else guest.state.value


async def _end_others(act: Act, told: Told, stay: Stay) -> bool:
    """Nobody is here twice: what his institution has not ended yet ends with what it offers.

    False where this is late word of a stay before the one that he is here by; that one goes on.
    """
    session, tenant_id = act.session, act.tenant_id
    found = await store.others(session, tenant_id, told.counterpart, stay.member, told.about)
    if any(each.about > told.about for each in found):  # ids are in the order of their making
        return False
    for each in found:
        on = max(stay.since, each.since)
        await store.change(session, tenant_id, each.id, ended_on=on, ending=Ending.MOVED_ON)
        say_guest(act, GUEST_ENDED, each, on=on)
    return True


async def _addressed(act: Act, code: str | None) -> Unit:
    """The organization of this code; what names none, or where the plugin is off, goes to the top,
    which sees everything that is on there."""
    found = (await organizations_by_code(act, [code])).get(code) if code else None
    stands = found is not None and found.ended_on is None
    if found is not None and stands and act.switches.enabled(actions.TAKE_IN.plugin, found.path):
        return await organization_of(act, found.id, seen_by=None, hold=True)
    (top,) = await organizations_above(act, ROOT)
    return top


def _columns(act: Act, told: Told, stay: Stay) -> dict[str, Any]:
    erased = stay.erased
    return {
        "peer_name": told.counterpart_name,
        "peer_member": stay.member,
        "name": ERASED if erased else stay.name,
        "ground": stay.ground,
        "place": None if erased else stay.place,
        "unit": None if erased else stay.unit,
        "certainty": stay.certainty,
        "since": stay.since,
        "until": stay.until,
        "paper": stay.paper,
        "serial": stay.serial,
        "home_branch": stay.branch,
        "home_committee": stay.committee,
        "home_contact": None if erased else stay.contact,
        "ended_on": stay.ended_on,
        "ending": stay.ending,
        "withdrawn_on": act.today if stay.voided else None,
        "recorded_at": act.now,
    }
