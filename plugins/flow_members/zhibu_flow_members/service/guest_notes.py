"""What the host notes of who comes from another institution, and tells it (S1-02, S1-30)."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import GUEST_NOTE_VOIDED, GUEST_NOTED
from zhibu_flow_members.rules import guests as rules
from zhibu_flow_members.rules import notes as note_rules
from zhibu_flow_members.rules.guests import Guest
from zhibu_flow_members.rules.notes import Wanted
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.between.host import GUEST, say_guest
from zhibu_flow_members.service.between.messages import HostNote, Said, tell
from zhibu_flow_members.service.guests import guest_of
from zhibu_flow_members.store import guests as store

NOTE = "FlowMembersGuestNote"


async def note(act: Act, guest_id: UUID, wanted: Wanted) -> UUID:
    """Contact, education, organization life, dues, a visit, or a grade."""
    guest = await guest_of(act, guest_id)
    act.require(actions.TAKE_IN, guest.path, seen_by=actions.ARRIVAL_READ)
    late = limit(act, "flow_members.late_after_days", guest.path, act.today)
    silent = limit(act, "flow_members.silent_months", guest.path, act.today)
    refuse(
        rules.noting_refusals(guest, wanted, late_after=late, basis=silent.basis, today=act.today)
    )
    id = new_id()
    row = {
        "id": id,
        "guest_id": guest.id,
        "host_id": guest.host_id,
        "kind": wanted.kind,
        "channel": wanted.channel,
        "happened_on": wanted.on,
        "text": wanted.text.strip(),
        "grade": wanted.grade,
        "reason": (wanted.reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add_note(act.session, act.tenant_id, row)
    await _tell(act, guest, id, wanted)
    say_guest(act, GUEST_NOTED, guest, kind=wanted.kind, on=wanted.on, grade=wanted.grade)
    return id


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void a note made by mistake; it stays readable on both sides."""
    known = await store.note(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    guest = await guest_of(act, known.guest_id)
    slip = Slip(subject=(GUEST, guest.id), happened=(GUEST_NOTED,), among=(GUEST_NOTED,))
    await slips.require(act, actions.TAKE_IN, known.path, None, slip, seen_by=actions.ARRIVAL_READ)
    refuse(note_rules.unvoided_refusals(known.voided_on, reason))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.change_note(act.session, act.tenant_id, id, **values)
    wanted = await store.noted(act.session, act.tenant_id, id)
    await _tell(act, guest, id, wanted, voided=reason.strip())
    facts = {"kind": known.kind, "on": known.on, "reason": reason.strip()}
    say_guest(act, GUEST_NOTE_VOIDED, guest, **facts)


async def _tell(
    act: Act, guest: Guest, id: UUID, wanted: Wanted, *, voided: str | None = None
) -> None:
    what = HostNote(
        id=id,
        kind=wanted.kind,
        channel=wanted.channel,
        on=wanted.on,
        text=wanted.text.strip(),
        grade=wanted.grade,
        reason=(wanted.reason or "").strip() or None,
        voided_on=act.today if voided else None,
        void_reason=voided,
    )
    await tell(act, Said.NOTED, guest.peer_code, guest.about, guest.path, what)
