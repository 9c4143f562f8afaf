"""What follows from a decision: carried out within it, and undone when it falls."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import add_months
from zhibu.contributions import Procedure
from zhibu.errors import Conflict, refuse
from zhibu.members import service as members
from zhibu.members.public import Change, Departure, Stage, member_of, stage_since
from zhibu.members.rules import Step as StageStep
from zhibu.procedures.public import Outcome
from zhibu_discipline.errors import AlreadyOpen, Overtaken
from zhibu_discipline.public import DECIDED, EVALUATED, NOT_DECIDED, REOPENED
from zhibu_discipline.rules.after import rests_on
from zhibu_discipline.rules.cases import AT_ONCE, Case, Result, State
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.service import terms
from zhibu_discipline.service.cases import PROCEDURE
from zhibu_discipline.service.events import KIND, said
from zhibu_discipline.store import cases as store
from zhibu_discipline.store import referrals

EVALUATION = "discipline.evaluation"
# How the membership ends by each kind: at once, or once the member has agreed.
DEPARTURES = {
    Kind.PERSUASION: Departure.PERSUADED_TO_WITHDRAW,
    Kind.REMOVAL: Departure.REMOVED,
    Kind.GIVEN_UP: Departure.TREATED_AS_GIVEN_UP,
    Kind.WITHDRAWAL: Departure.WITHDREW,
    Kind.CANCELLATION: Departure.PROBATIONARY_CANCELLED,
    Kind.NON_RECOGNITION: Departure.NOT_RECOGNIZED,
}
# What a decision writes, and a decision that falls no longer says.
DECISION: tuple[str, ...] = (
    *("decided_on", "decision", "until", "answer_by", "deliver_by", "file_by"),
    *("delivery", "delivered_on", "opinion", "explanation", "announced_on"),
    *("result", "ended_on", "filed_on", "filing", "evaluation", "evaluation_id"),
    *("help_by", "helped_on"),
)


async def decided(act: Act, outcome: Outcome) -> None:
    """Begin the correction, wait for the answer, or end the membership; or nothing of it."""
    case = await _held(act, outcome)
    if outcome.withdrawn:  # it may be put to the branch anew, or dropped
        values: dict[str, Any] = {"state": State.OPENED, "procedure_id": None}
        await store.change(act.session, act.tenant_id, case.id, values)
        return
    if not outcome.approved:
        values = {"state": State.REFUSED, "ended_on": outcome.decided_on}
        await store.change(act.session, act.tenant_id, case.id, values)
        said(act, NOT_DECIDED, case, outcome.path, on=outcome.decided_on)
        return
    on = outcome.decided_on
    until = add_months(on, case.months) if case.months else None
    values = {
        "state": State.DECIDED,
        "decided_on": on,
        "decision": outcome.decision,
        "until": until,
        "deliver_by": on + timedelta(days=terms.days(act, "delivery_days", outcome.path)),
    }
    if case.kind is Kind.PERSUASION:
        days = terms.days(act, "answer_days", outcome.path)
        values["answer_by"] = on + timedelta(days=days)
    elif case.kind in AT_ONCE:
        days = terms.days(act, "filing_days", outcome.path)
        values |= {"file_by": on + timedelta(days=days), "result": Result.CARRIED_OUT}
        values |= await depart(act, case, outcome.path, on, outcome.decision, on)
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, DECIDED, case, outcome.path, on=on, until=until)


async def reopened(act: Act, outcome: Outcome) -> None:
    """The decision fell: stage, affiliation and everything that follows from them come back.

    Raises `Overtaken` where the membership changed after it, or another disposition rests on it;
    that is taken back first. `AlreadyOpen` where another one is under way: of each member one is.
    """
    case = await _held(act, outcome)
    await _refuse_overtaken(act, case)
    if case.result in (Result.CARRIED_OUT, Result.WITHDREW):
        await _return(act, case, outcome.decision)
        assert case.decided_on is not None
        await referrals.demand_notice(
            act.session, act.tenant_id, case.member_id, case.decided_on, None
        )
    values: dict[str, Any] = {"state": State.PROPOSED, **dict.fromkeys(DECISION)}
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, REOPENED, case, outcome.path)


async def evaluated(act: Act, outcome: Outcome) -> None:
    """The branch and the committee agreed on how the correction ended; or did not.

    What evaluated a decision that fell meanwhile says nothing about the one that followed it.
    """
    case = await _held(act, outcome)
    if case.state is not State.DECIDED or case.evaluation_id != outcome.procedure_id:
        return
    if not outcome.approved:
        await store.change(act.session, act.tenant_id, case.id, {"evaluation_id": None})
        return
    result = Result(outcome.particulars["result"])
    values = {"state": State.ENDED, "result": result, "ended_on": outcome.decided_on}
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, EVALUATED, case, outcome.path, result=result, on=outcome.decided_on)


async def unevaluated(act: Act, outcome: Outcome) -> None:
    """The evaluation fell: the correction goes on as it was, and is evaluated again.

    Raises what `reopened` raises; and `Overtaken` where the result rests on another evaluation, or
    on none because the decision fell itself.
    """
    case = await _held(act, outcome)
    await _refuse_overtaken(act, case)
    if not rests_on(case, outcome.procedure_id, approved=outcome.approved, on=outcome.decided_on):
        raise Overtaken(path=("objection",), name=await _name(act, case))
    values = {
        "state": State.DECIDED,
        "result": None,
        "ended_on": None,
        "evaluation_id": outcome.procedure_id,
    }
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, REOPENED, case, outcome.path)


async def depart(
    act: Act, case: Case, path: str, on: date, decision: str, decided_on: date
) -> dict[str, Any]:
    """End the membership by this disposition; by when who left is helped on.

    The discipline body is told of it where it had punished the member (S3D-31).
    """
    step = StageStep(
        change=Change.LEFT,
        on=on,
        decision=decision,
        decided_on=decided_on,
        departure=DEPARTURES[case.kind],
    )
    await members.change_stage(act, case.member_id, step, asked=True)
    by = on + timedelta(terms.days(act, "notice_days", path))
    await referrals.demand_notice(act.session, act.tenant_id, case.member_id, on, by)
    return {"help_by": on + timedelta(terms.days(act, "help_days", path))}


async def _refuse_overtaken(act: Act, case: Case) -> None:
    """Nothing rests on it, and no other disposition of the member is under way."""
    session, tenant_id = act.session, act.tenant_id
    await store.hold_member(session, tenant_id, case.member_id)
    faults: list[Conflict] = []
    if await store.is_followed(session, tenant_id, case.id):
        faults.append(Overtaken(path=("objection",), name=await _name(act, case)))
    if await store.is_under_way(session, tenant_id, case.member_id, but=case.id):
        faults.append(AlreadyOpen(path=("objection",), name=await _name(act, case)))
    refuse(faults)


async def _name(act: Act, case: Case) -> str:
    return (await member_of(act, case.member_id, seen_by=None)).name


async def _return(act: Act, case: Case, reason: str) -> None:
    member = await member_of(act, case.member_id, seen_by=None)
    since = await stage_since(act, member.id)
    own = member.stage is Stage.LEFT and member.departure is DEPARTURES[case.kind]
    faults: list[Conflict] = []
    if not own or case.decided_on is None or since < case.decided_on:
        faults.append(Overtaken(path=("objection",), name=member.name))
    refuse(faults)
    await members.undo_last(act, member.id, what=members.Entered.STAGE, reason=reason, asked=True)


async def _held(act: Act, outcome: Outcome) -> Case:
    case = await store.case(act.session, act.tenant_id, UUID(str(outcome.subject_id)))
    assert case is not None
    return case


PROCEDURES = (
    *(
        Procedure(name=name, about=KIND, decided=decided, reopened=reopened)
        for name in sorted({*PROCEDURE.values()})
    ),
    Procedure(name=EVALUATION, about=KIND, decided=evaluated, reopened=unevaluated),
)
