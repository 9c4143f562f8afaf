"""Deciding in a special case without the steps: one asks with a document, another one confirms."""

from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.attachments.service import seen as file_seen
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import (
    DocumentUnknown,
    LevelMissing,
    OverrideNotForeseen,
    OverrideOpen,
    StepPassed,
)
from zhibu.procedures.machine import OVER, Move, State
from zhibu.procedures.rules import answering as rules
from zhibu.procedures.rules.deciding import own_faults, placed, reason_faults
from zhibu.procedures.rules.values import Actor
from zhibu.procedures.service.loading import above, event, standing
from zhibu.procedures.service.settling import settle
from zhibu.storage.attachments import AttachmentMissing


async def ask(act: Act, id: UUID, *, approve: bool, reason: str, document: UUID) -> UUID:
    """Ask for a decision without the steps, with the document that orders it (S3C-43)."""
    found = await standing(act, id)
    case, overriding = found.case, found.definition.override
    if overriding is None:
        raise OverrideNotForeseen(path=("procedure",))
    place = placed(overriding.level, await above(act, case.path))
    if place is None:
        raise LevelMissing(path=("procedure",), step="直接决定", level=list(overriding.level))
    act.require(Action(name=overriding.action, summary=""), place.path, case.member_id)
    if State(case.state) in OVER:
        raise StepPassed(path=("procedure",), state=case.state)
    refuse([*own_faults(found.step, case, _self(act)), *reason_faults(reason)])
    try:
        await file_seen(act, document)
    except AttachmentMissing as error:
        raise DocumentUnknown(path=("document",)) from error
    override = new_id()
    values = {
        "id": override,
        "procedure_id": id,
        "action": overriding.action,
        "organization_id": place.id,
        "path": place.path,
        "approves": approve,
        "reason": reason.strip(),
        "attachment_id": document,
        "asked_by": act.caller.account_id,
        "asker_id": act.caller.member_id,
        "asked_at": act.now,
    }
    if not await store.add_override(act.session, act.tenant_id, values):
        raise OverrideOpen(path=("procedure",))
    event(act, names.OVERRIDE_ASKED, case, approves=approve, reason=reason.strip())
    return id


async def confirm(act: Act, id: UUID, *, confirm: bool) -> UUID:
    """Confirm it, which decides the procedure, or do not; nobody stands in for anybody here."""
    override = await store.override(act.session, act.tenant_id, id)
    if override is None:
        raise NotFound()
    found = await standing(act, override.procedure_id)
    override = await store.override(act.session, act.tenant_id, id)
    assert override is not None
    case = found.case
    act.require(Action(name=override.action, summary=""), override.path, case.member_id)
    actor = _self(act)
    refuse(
        [
            *rules.override_faults(override, actor, confirms=confirm),
            *(own_faults(found.step, case, actor) if confirm else ()),
        ]
    )
    await store.settle_overrides(
        act.session,
        act.tenant_id,
        case.id,
        by=act.caller.account_id,
        at=act.now,
        confirmed=confirm,
    )
    if not confirm:
        event(act, names.OVERRIDE_DECLINED, case)
        return case.id
    event(act, names.OVERRIDDEN, case, approves=override.approves, reason=override.reason)
    move = Move.OVERRIDE_APPROVE if override.approves else Move.OVERRIDE_REFUSE
    await settle(act, found, move, actor=actor, reason=override.reason)
    return case.id


def _self(act: Act) -> Actor:
    return Actor(account_id=act.caller.account_id, member_id=act.caller.member_id)
