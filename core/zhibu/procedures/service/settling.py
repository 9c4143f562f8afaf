"""What follows from a decision: the next step begins, or all ends and the owner is told."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from zhibu.act import Act
from zhibu.procedures import names, store
from zhibu.procedures.errors import AlreadyUnderWay, ProcedureChangedMeanwhile, SittingOpen
from zhibu.procedures.machine import OVER, Move, State, moved
from zhibu.procedures.rules.values import Actor, Case, Entry, Outcome, Result
from zhibu.procedures.service.documents import opened
from zhibu.procedures.service.entering import enter, last_day
from zhibu.procedures.service.loading import Standing, above, event
from zhibu.procedures.service.proposing import SINGLE
from zhibu.storage.violations import unique_violation

_RESULTS = {
    Move.APPROVE: Result.APPROVED,
    Move.REFUSE: Result.REFUSED,
    Move.SEND_BACK: Result.RETURNED,
    Move.WITHDRAW: Result.WITHDRAWN,
    Move.OVERRIDE_APPROVE: Result.OVERRIDDEN,
    Move.OVERRIDE_REFUSE: Result.OVERRIDDEN,
    Move.UPHOLD: Result.UPHELD,
}
_OVERRIDES = frozenset({Move.OVERRIDE_APPROVE, Move.OVERRIDE_REFUSE})


async def settle(
    act: Act,
    found: Standing,
    move: Move,
    *,
    actor: Actor,
    reason: str | None = None,
    superior: str | None = None,
    on: date | None = None,
) -> None:
    """Let the machine move: close the step, enter the next one or end, and tell the owner.

    Raises `SittingOpen` while a meeting on it is open: nobody votes on what has gone on.
    """
    case, entry = found.case, found.entry
    day = on or max(act.today, entry.started_on)  # no step ends before it began
    if await store.open_sitting(act.session, act.tenant_id, case.id, closing=True):
        raise SittingOpen(path=("procedure",))
    state, code = moved(found.definition, State(case.state), case.step, move)
    if entry.done_at is None:
        await closed(act, entry, _RESULTS[move], actor, reason=reason, superior=superior, on=day)
    values: dict[str, Any] = {"state": state, "step": code}
    if state in OVER:
        values |= {"single": None, "ended_on": day, "overridden": move in _OVERRIDES}
        objecting = found.definition.objection
        if objecting is not None and state is not State.WITHDRAWN:
            values["objection_until"] = last_day(act, objecting.limit, case.path, act.today)
    await save(act, case, values)
    told = {"step": found.definition.step(entry.code).zh, "reason": reason, "superior": superior}
    _tell(act, case, move, told | _behalf(actor) | ({"on": on.isoformat()} if on else {}))
    if state is State.OPEN:
        assert code is not None
        places = await above(act, case.path)
        step = found.definition.step(code)
        await enter(act, case, step, number=entry.number + 1, places=places)
    elif state in OVER:
        await store.settle_overrides(
            act.session, act.tenant_id, case.id, by=None, at=act.now, confirmed=False
        )
        await _conclude(act, case, state, overridden=move in _OVERRIDES, on=day)


async def reopen(act: Act, found: Standing) -> None:
    """Take up again what was decided, where an upheld objection leads, and tell the owner."""
    case = found.case
    state, code = moved(found.definition, State(case.state), case.step, Move.UPHOLD)
    assert code is not None
    values = {
        "state": state,
        "step": code,
        "single": case.subject_id if found.definition.single else None,
        "ended_on": None,
        "objection_until": None,
        "overridden": False,
    }
    await save(act, case, values)
    places = await above(act, case.path)
    step = found.definition.step(code)
    await enter(act, case, step, number=found.entry.number + 1, places=places)
    event(act, names.REOPENED, case, step=step.zh)
    owner = act.procedures.get(case.name)
    if owner is not None and owner.reopened is not None:
        approved = case.state == State.APPROVED
        day = case.ended_on or act.today
        await owner.reopened(act, _outcome(act, case, approved, case.overridden, day))


async def closed(
    act: Act,
    entry: Entry,
    result: Result,
    actor: Actor,
    *,
    reason: str | None = None,
    superior: str | None = None,
    on: date | None = None,
) -> None:
    """Say how a step ended, by whom and for whom."""
    values = {
        "done_at": act.now,
        "done_on": on or max(act.today, entry.started_on),
        "result": result,
        "reason": (reason or "").strip() or None,
        "superior": (superior or "").strip() or None,
        "decided_by": actor.account_id,
        "decider_id": actor.member_id,
        "on_behalf_of": actor.on_behalf_of,
        "delegation_id": actor.delegation_id,
    }
    await store.save_step(act.session, act.tenant_id, entry.id, values)


async def save(act: Act, case: Case, values: dict[str, Any]) -> None:
    """Write a procedure. Raises `ProcedureChangedMeanwhile`, `AlreadyUnderWay`."""
    try:
        if await store.save_case(act.session, act.tenant_id, case, values):
            return
    except IntegrityError as error:
        if unique_violation(error) != SINGLE:
            raise
        raise AlreadyUnderWay(path=("procedure",), name=case.name) from error
    raise ProcedureChangedMeanwhile(path=("procedure",), version=case.version)


async def _conclude(act: Act, case: Case, state: State, *, overridden: bool, on: date) -> None:
    """Say what was decided, and let the owner carry it out."""
    approved = state is State.APPROVED
    if state is not State.WITHDRAWN:
        event(act, names.DECIDED, case, approved=approved, overridden=overridden)
    owner = act.procedures.get(case.name)
    if owner is not None and owner.decided is not None:
        outcome = _outcome(act, case, approved, overridden, on)
        await owner.decided(act, replace(outcome, withdrawn=state is State.WITHDRAWN))


def _outcome(act: Act, case: Case, approved: bool, overridden: bool, on: date) -> Outcome:
    return Outcome(
        procedure_id=case.id,
        name=case.name,
        approved=approved,
        overridden=overridden,
        subject_kind=case.subject_kind,
        subject_id=case.subject_id,
        member_id=case.member_id,
        organization_id=case.organization_id,
        path=case.path,
        particulars=case.particulars,
        sealed=opened(act, case),
        decided_on=on,
        decision=f"{case.title}（{on:%Y-%m-%d} 决定）",
    )


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
