"""Deciding a step, sending it back, handing it in again, withdrawing it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.procedures import names, store
from zhibu.procedures.errors import (
    NotProposer,
    ObjectionOpen,
    StepNeedsVote,
)
from zhibu.procedures.machine import Move, State, moved
from zhibu.procedures.rules import deciding as rules
from zhibu.procedures.rules.answering import notice_faults
from zhibu.procedures.rules.definition import MEETINGS, By, Step
from zhibu.procedures.rules.values import Actor, Case, Entry
from zhibu.procedures.service.acting import actor_for
from zhibu.procedures.service.documents import add_document, document_faults
from zhibu.procedures.service.entering import enter
from zhibu.procedures.service.loading import Standing, above, at_step, event, standing
from zhibu.procedures.service.proposing import text_faults
from zhibu.procedures.service.settling import save, settle


async def decide(
    act: Act,
    step_id: UUID,
    *,
    approve: bool,
    reason: str | None = None,
    superior: str | None = None,
    on: date | None = None,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Approve or refuse a step that one person decides; the procedure's id.

    `on` is the day on which it was decided, where that is recorded later.
    """
    found, entry, actor = await _to_be_decided(act, step_id)
    step, case = found.definition.step(entry.code), found.case
    faults: list[Invalid | Conflict] = [*rules.still_open(entry)]
    faults += rules.day_faults(on, entry, today=act.today)
    faults += await document_faults(act, found.definition, documents)
    refuse(faults)
    for kind, file in documents:
        await add_document(act, case, kind, file)
    if approve:
        faults += await approval_faults(act, found, step, entry, superior)
        faults += await _notice_faults(act, found, step, entry)
    else:
        faults += rules.reason_faults(reason)
    refuse(faults)
    await settle(
        act,
        found,
        Move.APPROVE if approve else Move.REFUSE,
        actor=actor,
        reason=reason,
        superior=superior,
        on=on,
    )
    return case.id


async def send_back(act: Act, step_id: UUID, *, reason: str) -> UUID:
    """Return it to whoever proposed it, for correction."""
    found, entry, actor = await _to_be_decided(act, step_id)
    refuse([*rules.still_open(entry), *rules.reason_faults(reason)])
    await settle(act, found, Move.SEND_BACK, actor=actor, reason=reason)
    return found.case.id


async def resubmit(
    act: Act,
    id: UUID,
    *,
    title: str | None = None,
    statement: str | None = None,
    documents: Sequence[tuple[str, UUID]] = (),
    version: int | None = None,
) -> UUID:
    """Hand in again what came back, corrected; it returns to the step that sent it back."""
    found = await standing(act, id, version=version)
    case = found.case
    _only_proposer(act, case)
    texts = {"title": title or case.title, "statement": statement or case.statement}
    state, code = moved(found.definition, State(case.state), case.step, Move.RESUBMIT)
    assert code is not None
    refuse(
        [
            *text_faults(texts["title"], texts["statement"]),
            *await document_faults(act, found.definition, documents),
        ]
    )
    for kind, file in documents:
        await add_document(act, case, kind, file)
    changed = {key: text.strip() for key, text in texts.items()}
    await save(act, case, {**changed, "state": state, "step": code})
    places = await above(act, case.path)
    step = found.definition.step(code)
    await enter(act, case, step, number=found.entry.number + 1, places=places)
    event(act, names.RESUBMITTED, case, step=step.zh)
    return id


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> UUID:
    """Take back one's own proposal while it is not decided."""
    found = await standing(act, id, version=version)
    _only_proposer(act, found.case)
    refuse(rules.reason_faults(reason))
    actor = Actor(account_id=act.caller.account_id, member_id=act.caller.member_id)
    await settle(act, found, Move.WITHDRAW, actor=actor, reason=reason)
    return id


async def approval_faults(
    act: Act, found: Standing, step: Step, entry: Entry, superior: str | None
) -> list[Invalid | Conflict]:
    """What the step still needs: documents, and somebody from above where the pack says must."""
    there = await store.document_kinds(act.session, act.tenant_id, found.case.id)
    return [
        *rules.approval_faults(
            step,
            kinds=found.definition.documents,
            documents=there,
            superior=superior,
            attendance=attendance(act, step, entry),
        )
    ]


def attendance(act: Act, step: Step, entry: Entry) -> rules.Attendance | None:
    if step.superior is None:
        return None
    value = act.parameters.value(step.superior, entry.path, act.today)
    return rules.Attendance(word=str(value.value), basis=value.basis)


async def _notice_faults(
    act: Act, found: Standing, step: Step, entry: Entry
) -> list[Invalid | Conflict]:
    """A notice is concluded when its time is over and every objection was answered."""
    if step.by is not By.NOTICE:
        return []
    faults: list[Invalid | Conflict] = [*notice_faults(entry, today=act.today)]
    if await store.has_open_objection(act.session, act.tenant_id, found.case.id):
        faults.append(ObjectionOpen(path=("step",)))
    return faults


async def _to_be_decided(act: Act, step_id: UUID) -> tuple[Standing, Entry, Actor]:
    """The step and who decides it. Raises unless one person may, and this one."""
    found, entry = await at_step(act, step_id)
    step = found.definition.step(entry.code)
    actor = await actor_for(act, found.case, entry)
    refuse(rules.own_faults(step, found.case, actor))
    if step.by in MEETINGS:
        raise StepNeedsVote(path=("step",), step=step.zh)
    return found, entry, actor


def _only_proposer(act: Act, case: Case) -> None:
    caller = act.caller
    same_account = caller.account_id is not None and caller.account_id == case.proposed_by
    same_member = caller.member_id is not None and caller.member_id == case.proposer_id
    if not (same_account or same_member):
        raise NotProposer(path=("procedure",))
