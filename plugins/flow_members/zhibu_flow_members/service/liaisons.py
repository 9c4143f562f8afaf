"""Who of the branch keeps contact with somebody away."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import holders_on
from zhibu_flow_members import actions
from zhibu_flow_members.public import LIAISON_ASSIGNED, LIAISON_ENDED
from zhibu_flow_members.rules import liaisons as rules
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.events import told
from zhibu_flow_members.store import cases
from zhibu_flow_members.store import liaisons as store

SUBJECT = "FlowMembersLiaison"


async def assign(
    act: Act, case_id: UUID, liaison_id: UUID, since: date, *, reason: str | None = None
) -> UUID:
    """The secretary or a member of the committee of the branch keeps contact (S1-35, S1-36)."""
    case = await cases.case(act.session, act.tenant_id, case_id)
    if case is None:
        raise NotFound()
    act.require(actions.RECORD, case.path, case.member_id, seen_by=actions.READ)
    member = await member_of(act, case.member_id)
    await store.hold(act.session, act.tenant_id, liaison_id)
    holders = await holders_on(act, member.organization_id, since)
    refuse(
        rules.assigning_refusals(
            case,
            liaison_id,
            since,
            fit=liaison_id in holders,
            load=await store.load(act.session, act.tenant_id, liaison_id),
            present=await store.present(act.session, act.tenant_id, case_id),
            most=limit(act, "flow_members.liaison_load", case.path, since),
            reason=reason,
            today=act.today,
        )
    )
    id = new_id()
    row = {
        "id": id,
        "case_id": case_id,
        "member_id": case.member_id,
        "liaison_id": liaison_id,
        "since": since,
        "once": store.KEEPS,
        "reason": (reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    _say(act, LIAISON_ASSIGNED, id, case.path, case.member_id, on=since, reason=reason)
    return id


async def end(act: Act, id: UUID, on: date) -> None:
    """He keeps contact no more: somebody else does, or it is over."""
    known = await store.liaison(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    refuse(rules.ending_refusals(known, on, today=act.today))
    await store.end(act.session, act.tenant_id, id, on)
    _say(act, LIAISON_ENDED, id, known.path, known.member_id, on=on)


def _say(act: Act, name: str, id: UUID, path: str, member_id: UUID, **facts: Any) -> None:
    about = (SUBJECT, id)
    act.record(Event(name=name, subject=about, path=path, member_id=member_id, facts=told(facts)))
