"""Deciding a step, sending it back, handing it in again, withdrawing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.procedures import names, store
from zhibu.procedures.errors import (
    NotProposer,
    ProcedureChangedMeanwhile,
    StepNeedsVote,
)
from zhibu.procedures.machine import OVER, Move, State, moved
from zhibu.procedures.rules import deciding as rules
from zhibu.procedures.rules.definition import By, Step
from zhibu.procedures.rules.values import Actor, Case, Entry, Outcome, Result
from zhibu.procedures.service.acting import actor_for
from zhibu.procedures.service.loading import Standing, above, at_step, event, standing
from zhibu.procedures.service.proposing import (
    add_document,
    document_faults,
    enter,
    opened,
    text_faults,
)

_RESULTS = {
    Move.APPROVE: Result.APPROVED,
    Move.REFUSE: Result.REFUSED,
    Move.SEND_BACK: Result.RETURNED,
    Move.WITHDRAW: Result.WITHDRAWN,
    Move.OVERRIDE_APPROVE: Result.OVERRIDDEN,
    Move.OVERRIDE_REFUSE: Result.OVERRIDDEN,
}


async def decide(
    act: Act,
    step_id: UUID,
    *,
    approve: bool,
    reason: str | None = None,
    superior: str | None = None,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Approve or refuse a step that one person decides; the procedure's id."""
    found, entry, actor = await _to_be_decided(act, step_id)
    step, case = found.definition.step(entry.code), found.case
    faults: list[Invalid | Conflict] = [*rules.still_open(entry)]
    faults += await document_faults(act, found.definition, documents)
    refuse(faults)
    for kind, file in documents:
        await add_document(act, case, kind, file)
    if approve:
        faults += await approval_faults(act, found, step, entry, superior)
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
    await _save(act, case, {**changed, "state": state, "step": code})
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


async def settle(
    act: Act,
    found: Standing,
    move: Move,
    *,
    actor: Actor,
    reason: str | None = None,
    superior: str | None = None,
) -> None:
    """Let the machine move: close the step, enter the next one or end, and tell the owner."""
    case, entry = found.case, found.entry
    state, code = moved(found.definition, State(case.state), case.step, move)
    if entry.done_at is None:
        await store.save_step(
            act.session,
            act.tenant_id,
            entry.id,
            {
                "done_at": act.now,
                "done_on": act.today,
                "result": _RESULTS[move],
                "reason": (reason or "").strip() or None,
                "superior": (superior or "").strip() or None,
                "decided_by": actor.account_id,
                "decider_id": actor.member_id,
                "on_behalf_of": actor.on_behalf_of,
                "delegation_id": actor.delegation_id,
            },
        )
    values: dict[str, Any] = {"state": state, "step": code}
    if state in OVER:
        values |= {
            "single": None,
            "ended_on": act.today,
            "overridden": move in (Move.OVERRIDE_APPROVE, Move.OVERRIDE_REFUSE),
        }
    await _save(act, case, values)
    told = {"step": found.definition.step(entry.code).zh, "reason": reason, "superior": superior}
    _tell(act, case, move, told | _behalf(actor))
    if state is State.OPEN:
        assert code is not None
        places = await above(act, case.path)
        step = found.definition.step(code)
        await enter(act, case, step, number=entry.number + 1, places=places)
    elif state in OVER:
        await _conclude(act, case, state, move)


async def _conclude(act: Act, case: Case, state: State, move: Move) -> None:
    """Say what was decided, and let the owner carry it out."""
    overridden = move in (Move.OVERRIDE_APPROVE, Move.OVERRIDE_REFUSE)
    if state is not State.WITHDRAWN:
        event(
            act,
            names.DECIDED,
            case,
            approved=state is State.APPROVED,
            overridden=overridden,
            state=state,
        )
    owner = act.procedures.get(case.name)
    if owner is None or owner.decided is None:
        return
    await owner.decided(
        act,
        Outcome(
            procedure_id=case.id,
            name=case.name,
            approved=state is State.APPROVED,
            overridden=overridden,
            subject_kind=case.subject_kind,
            subject_id=case.subject_id,
            member_id=case.member_id,
            organization_id=case.organization_id,
            path=case.path,
            particulars=case.particulars,
            sealed=opened(act, case),
            decided_on=act.today,
            decision=f"{case.title}（{act.today:%Y-%m-%d} 决定）",
        ),
    )


async def _to_be_decided(act: Act, step_id: UUID) -> tuple[Standing, Entry, Actor]:
    """The step and who decides it. Raises unless one person may, and this one."""
    found, entry = await at_step(act, step_id)
    step = found.definition.step(entry.code)
    actor = await actor_for(act, found.case, entry)
    refuse(rules.own_faults(step, found.case, actor))
    if step.by is By.VOTE:
        raise StepNeedsVote(path=("step",), step=step.zh)
    return found, entry, actor


def _only_proposer(act: Act, case: Case) -> None:
    caller = act.caller
    same_account = caller.account_id is not None and caller.account_id == case.proposed_by
    same_member = caller.member_id is not None and caller.member_id == case.proposer_id
    if not (same_account or same_member):
        raise NotProposer(path=("procedure",))


async def _save(act: Act, case: Case, values: dict[str, Any]) -> None:
    if not await store.save_case(act.session, act.tenant_id, case, values):
        raise ProcedureChangedMeanwhile(path=("procedure",), version=case.version)


def _tell(act: Act, case: Case, move: Move, told: dict[str, Any]) -> None:
    said = {
        Move.APPROVE: names.STEP_APPROVED,
        Move.REFUSE: names.STEP_REFUSED,
        Move.SEND_BACK: names.RETURNED,
        Move.WITHDRAW: names.WITHDRAWN,
    }
    if move in said:
        event(act, said[move], case, **told)


def _behalf(actor: Actor) -> dict[str, Any]:
    return {"on_behalf_of": actor.on_behalf_of.hex} if actor.on_behalf_of else {}
