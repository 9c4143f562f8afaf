"""What is done after a decision: delivered, answered, evaluated, filed."""

from datetime import date, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.members.public import member_of
from zhibu.procedures.public import Proposal, enter_objection, propose
from zhibu_discipline import actions
from zhibu_discipline.public import ANSWERED, DELIVERED, FILED
from zhibu_discipline.rules import after as rules
from zhibu_discipline.rules.cases import Delivery, Result, State, Step, step_refusals
from zhibu_discipline.service import terms
from zhibu_discipline.service.cases import case_for, stale
from zhibu_discipline.service.deciding import EVALUATION, depart
from zhibu_discipline.service.events import KIND, said
from zhibu_discipline.store import cases as store

RESULTS = {
    Result.CORRECTED: "已改正",
    Result.NOT_CORRECTED: "未改正",
    Result.REFUSED_CORRECTION: "拒不改正",
}


async def deliver(
    act: Act,
    id: UUID,
    delivery: Delivery,
    *,
    on: date | None = None,
    opinion: str | None = None,
    explanation: str | None = None,
    announced_on: date | None = None,
    version: int | None = None,
) -> None:
    """Record that the decision was put before the member, and announced in the branch.

    Refusing to sign, or being nowhere to be found, stops nothing of it (S3C-29).
    """
    case, home = await case_for(act, id, actions.DELIVER)
    day = on or act.today
    refuse(
        [
            *rules.delivery_refusals(
                case,
                delivery,
                on=day,
                opinion=opinion,
                explanation=explanation,
                announced_on=announced_on,
                today=act.today,
            ),
            *stale(case, version),
        ]
    )
    values = {
        "delivery": delivery,
        "delivered_on": day,
        "opinion": (opinion or "").strip() or None,
        "explanation": (explanation or "").strip() or None,
        "announced_on": announced_on,
    }
    if case.result is Result.CARRIED_OUT:
        values |= {"state": State.ENDED, "ended_on": day}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, DELIVERED, case, home.path, on=day, delivery=delivery)


async def answer(
    act: Act, id: UUID, *, withdraws: bool, on: date | None = None, version: int | None = None
) -> None:
    """Record what a member says who was persuaded to withdraw; who does leaves that day (S0-29).

    Who refuses stays a member until a removal was decided.
    """
    case, home = await case_for(act, id, actions.DELIVER)
    day = on or act.today
    refuse([*rules.answer_refusals(case, on=day, today=act.today), *stale(case, version)])
    result = Result.WITHDREW if withdraws else Result.REFUSED_TO_WITHDRAW
    values = {"state": State.ENDED, "result": result, "ended_on": day}
    if withdraws:
        decision = await store.decision_of(act.session, act.tenant_id, id)
        values |= await depart(act, case, home.path, day, decision, case.decided_on or day)
        values["file_by"] = day + timedelta(days=terms.days(act, "filing_days", home.path))
    await store.change(act.session, act.tenant_id, id, values)
    said(act, ANSWERED, case, home.path, result=result, on=day)


async def evaluate(
    act: Act, id: UUID, result: Result, *, evaluation: str, version: int | None = None
) -> UUID:
    """Put to the branch how a correction ended, for the committee to approve (S3C-30)."""
    case, home = await case_for(act, id, actions.EVALUATE)
    refuse(
        [
            *rules.evaluation_refusals(case, result, evaluation=evaluation, today=act.today),
            *stale(case, version),
        ]
    )
    member = await member_of(act, case.member_id, seen_by=None)
    procedure = await propose(
        act,
        Proposal(
            name=EVALUATION,
            title=f"限期改正评议：{member.name}{RESULTS[result]}",
            statement=evaluation,
            subject_kind=KIND,
            subject_id=id,
            organization_id=case.organization_id,
            path=home.path,
            member_id=member.id,
            particulars={"result": result},
        ),
    )
    values = {"evaluation_id": procedure, "evaluation": evaluation.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    return procedure


async def appeal(act: Act, id: UUID, *, reason: str, version: int | None = None) -> UUID:
    """Enter the written appeal of somebody who may be no member any more (S3C-32); its procedure.

    In how many days, and by when it is answered, are parameters: the core raises what is wrong.
    """
    case, _ = await case_for(act, id, actions.APPEAL)
    refuse([*step_refusals(case, Step.APPEAL), *stale(case, version)])
    assert case.procedure_id is not None
    return await enter_objection(act, case.procedure_id, reason=reason)


async def file(
    act: Act, id: UUID, *, number: str, on: date | None = None, version: int | None = None
) -> None:
    """Record that a disposition was filed above, and its number."""
    case, home = await case_for(act, id, actions.FILE)
    day = on or act.today
    refuse(
        [
            *rules.filing_refusals(case, on=day, number=number, today=act.today),
            *stale(case, version),
        ]
    )
    values = {"filed_on": day, "filing": number.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, FILED, case, home.path, on=day, number=number.strip())
