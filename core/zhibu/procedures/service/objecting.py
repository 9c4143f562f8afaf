"""The member's answer: objecting in time, and being answered."""

from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_OBJECT
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.procedures import names, store
from zhibu.procedures.errors import LevelMissing, ObjectionOpen, ObjectionTooLate
from zhibu.procedures.machine import Move, State
from zhibu.procedures.rules import answering as rules
from zhibu.procedures.rules.deciding import own_faults, placed, reason_faults
from zhibu.procedures.rules.definition import END, By
from zhibu.procedures.service.acting import actor_at
from zhibu.procedures.service.entering import last_day
from zhibu.procedures.service.loading import Standing, above, event, standing
from zhibu.procedures.service.settling import reopen, settle


async def object_to(act: Act, id: UUID, *, reason: str) -> UUID:
    """Object to a notice or a decision about oneself; the id of the objection."""
    found = await standing(act, id)
    member = act.caller.member_id
    if member is None or member != found.case.member_id:
        raise NotFound()
    home = await member_of(act, member)
    act.require(PROCEDURE_OBJECT, home.path, member)
    return await _object(act, found, member, reason)


async def enter_objection(act: Act, id: UUID, *, reason: str) -> UUID:
    """Enter what the person whom it is about handed in on paper, who may be no member any more.

    The caller has asked the policy about an action of its own.
    """
    found = await standing(act, id)
    if found.case.member_id is None:
        raise NotFound()
    return await _object(act, found, found.case.member_id, reason)


async def _object(act: Act, found: Standing, member: UUID, reason: str) -> UUID:
    case, objecting = found.case, found.definition.objection
    if objecting is None:
        raise ObjectionTooLate(path=("procedure",), until=None)
    refuse(
        [
            *rules.objection_faults(case, found.entry, member_id=member, today=act.today),
            *reason_faults(reason),
        ]
    )
    place = placed(objecting.level, await above(act, case.path))
    if place is None:
        raise LevelMissing(path=("procedure",), step="异议", level=list(objecting.level))
    objection = new_id()
    values = {
        "id": objection,
        "procedure_id": case.id,
        "member_id": member,
        "reason": reason.strip(),
        "made_by": act.caller.account_id,
        "made_at": act.now,
        "made_on": act.today,
        "action": objecting.action,
        "organization_id": place.id,
        "path": place.path,
        "due_on": last_day(act, objecting.answer_limit, place.path, act.today),
        "due_by": objecting.answer_limit,
    }
    if not await store.add_objection(act.session, act.tenant_id, values):
        raise ObjectionOpen(path=("procedure",))
    event(act, names.OBJECTED, case)
    return case.id


async def answer(act: Act, id: UUID, *, upheld: bool, answer: str) -> UUID:
    """Answer an objection. One that is upheld leads where the definition says."""
    objection = await store.objection(act.session, act.tenant_id, id)
    if objection is None:
        raise NotFound()
    found = await standing(act, objection.procedure_id)
    objection = await store.objection(act.session, act.tenant_id, id)
    assert objection is not None
    case, objecting = found.case, found.definition.objection
    assert objecting is not None
    actor = await actor_at(act, case, objection.action, objection.path)
    refuse(
        [
            *rules.answer_faults(objection, found.entries, actor),
            *own_faults(found.step, case, actor),
            *reason_faults(answer),
        ]
    )
    values = {
        "answered_by": act.caller.account_id,
        "answered_at": act.now,
        "answered_on": act.today,
        "answer": answer.strip(),
        "upheld": upheld,
    }
    await store.save_objection(act.session, act.tenant_id, id, values)
    event(act, names.OBJECTION_ANSWERED, case, upheld=upheld)
    notice = case.state == State.OPEN and found.step.by is By.NOTICE
    if upheld and notice:
        await settle(act, found, Move.UPHOLD, actor=actor, reason=answer)
    elif upheld and objecting.upheld != END:
        await reopen(act, found)
    return case.id
