"""What both sides note of somebody away: recorded, and voided."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import add_months
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import NOTE_VOIDED, NOTED
from zhibu_flow_members.rules import notes as rules
from zhibu_flow_members.rules.notes import Ground, Note, NoteKind, Side, Wanted
from zhibu_flow_members.rules.values import Case
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.events import NOTE, say_noted
from zhibu_flow_members.service.loading import case_of
from zhibu_flow_members.store import cases
from zhibu_flow_members.store import notes as store


async def note(act: Act, case_id: UUID, wanted: Wanted) -> UUID:
    """His branch notes contact, education, visits, an evaluation, or what is amiss."""
    case = await case_of(act, case_id)
    act.require(actions.RECORD, case.path, case.member_id, seen_by=actions.READ)
    return await _add(act, case, wanted, Side.HOME, case.path)


async def report(act: Act, case_id: UUID, wanted: Wanted) -> UUID:
    """He reports himself, or his branch enters what he sent, with the reason (S1-31)."""
    case = await case_of(act, case_id)
    act.require(actions.REPORT, case.path, case.member_id, seen_by=actions.READ)
    return await _add(act, case, wanted, Side.HOME, case.path)


async def note_at_host(act: Act, case_id: UUID, wanted: Wanted) -> UUID:
    """The host notes contact, education, attendance and dues; his branch sees them (S1-30)."""
    case = await case_of(act, case_id)
    if case.host_path is None or case.voided_on is not None:
        raise NotFound()
    act.require(actions.TAKE_IN, case.host_path, seen_by=actions.ARRIVAL_READ)
    return await _add(act, case, wanted, Side.HOST, case.host_path)


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void a note made by mistake, at the side that made it; it stays readable."""
    note = await store.note(act.session, act.tenant_id, id)
    if note is None:
        raise NotFound()
    slip = Slip(subject=(NOTE, id), happened=(NOTED,), among=(NOTED,))
    if note.side is Side.HOST:
        if note.host_path is None:
            raise NotFound()
        path = note.host_path
        await slips.require(act, actions.TAKE_IN, path, None, slip, seen_by=actions.ARRIVAL_READ)
    else:
        path = note.path
        member, seen = note.member_id, actions.READ
        await slips.require(act, actions.RECORD, path, member, slip, seen_by=seen)
    refuse(rules.voiding_refusals(note, reason, voider=act.caller.member_id))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    await resettle(act, await case_of(act, note.case_id))
    say_noted(act, NOTE_VOIDED, note, path, on=note.on, reason=reason.strip())


async def _add(act: Act, case: Case, wanted: Wanted, side: Side, path: str) -> UUID:
    noter = act.caller.member_id
    ground = await _ground(act, case, wanted)
    refuse(rules.noting_refusals(case, wanted, side, ground, noter=noter, today=act.today))
    id = new_id()
    row = {
        "id": id,
        "case_id": case.id,
        "member_id": case.member_id,
        "kind": wanted.kind,
        "side": side,
        "host_id": case.terms.host_id if side is Side.HOST else None,
        "phase": rules.phase_of(case, wanted.on),
        "channel": wanted.channel,
        "happened_on": wanted.on,
        "text": wanted.text.strip(),
        "fault": wanted.fault,
        "grade": wanted.grade,
        "reason": (wanted.reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    await settle_after(act, case, wanted.kind, wanted.on)
    made = Note(
        id=id,
        case_id=case.id,
        member_id=case.member_id,
        path=case.path,
        host_path=case.host_path,
        kind=wanted.kind,
        side=side,
        on=wanted.on,
        voided_on=None,
    )
    say_noted(act, NOTED, made, path, on=wanted.on, grade=wanted.grade, fault=wanted.fault)
    return id


async def _ground(act: Act, case: Case, wanted: Wanted) -> Ground:
    """What was known on the day of which something is noted, whenever it is entered."""
    session, tenant_id = act.session, act.tenant_id
    latest = await store.latest(session, tenant_id, case.id, until=wanted.on)
    reported, year = latest.get(NoteKind.REPORT), wanted.on.year
    silent = limit(act, "flow_members.silent_months", case.path, wanted.on)
    return Ground(
        last_touch=store.last_touch(latest),
        criticized=wanted.kind is NoteKind.HANDLING
        and await store.criticized(session, tenant_id, case.id, wanted.on),
        reported=reported is not None and reported.year == year,
        card_reviewed=wanted.kind is NoteKind.EVALUATION
        and await store.reviewed_in(session, tenant_id, case.id, year),
        silent_after=silent,
        late_after=limit(act, "flow_members.late_after_days", case.path, act.today),
        basis=silent.basis,
    )


async def settle(
    act: Act, case: Case, *, touched_on: date | None, reported_on: date | None
) -> None:
    """By when contact and a report are due next, after what was noted last."""
    values = next_due(act, case.path, case.terms.since, touched_on, reported_on)
    kept = {"touched_on": touched_on, "reported_on": reported_on}
    await cases.change(act.session, act.tenant_id, case.id, **kept, **values)


async def settle_after(act: Act, case: Case, kind: NoteKind, on: date) -> None:
    """The same after one more note, of that day."""
    if kind not in rules.TOUCH:
        return
    touched, reported = _later(case.touched_on, on), case.reported_on
    if kind is NoteKind.REPORT:
        reported = _later(reported, on)
    await settle(act, case, touched_on=touched, reported_on=reported)


async def resettle(act: Act, case: Case) -> None:
    """The same after a note was voided: what is left is asked."""
    latest = await store.latest(act.session, act.tenant_id, case.id)
    touched, reported = store.last_touch(latest), latest.get(NoteKind.REPORT)
    await settle(act, case, touched_on=touched, reported_on=reported)


def _later(known: date | None, on: date) -> date:
    return on if known is None else max(known, on)


def next_due(
    act: Act, path: str, since: date, touch: date | None, report: date | None
) -> dict[str, date]:
    """Counted from the last time, or from the day he went."""
    contact = limit(act, "flow_members.contact_months", path, since).value
    reports = limit(act, "flow_members.report_months", path, since).value
    return {
        "contact_by": add_months(max(touch or since, since), contact),
        "report_by": add_months(max(report or since, since), reports),
    }
