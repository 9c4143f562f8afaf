"""Accepting and refusing: from the acceptance on the receiving branch is responsible."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.members import service as members
from zhibu.members.public import members_by_id
from zhibu.organizations.public import Unit, organizations_above
from zhibu_transfers import actions, errors
from zhibu_transfers.public import ACCEPTED, REFUSED
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules import letters as letter_rules
from zhibu_transfers.rules import receipts as rules
from zhibu_transfers.rules.cases import OPEN, Case, Kind, State, Step
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.rules.receipts import Arrival
from zhibu_transfers.service import terms
from zhibu_transfers.service.between.accepting import accept_offered
from zhibu_transfers.service.between.messages import Told, tell
from zhibu_transfers.service.cases import case_for, settle_by, stale
from zhibu_transfers.service.events import said
from zhibu_transfers.service.people import Newcomer
from zhibu_transfers.store import cases as store
from zhibu_transfers.store import letters as letter_store


async def accept(
    act: Act,
    id: UUID,
    arrival: Arrival,
    *,
    on: date | None = None,
    newcomer: Newcomer | None = None,
    target: UUID | None = None,
    version: int | None = None,
) -> None:
    """Accept somebody into the branch; who comes from elsewhere is entered into the register.

    `target`: the branch for whom another institution of this platform offers.
    """
    case, branch = await case_for(act, id, actions.ACCEPT, at="to")
    if case.kind is Kind.OFFERED:
        await accept_offered(
            act,
            case,
            branch,
            arrival,
            target=target,
            on=on,
            version=version,
            person_said=newcomer is not None,
        )
        return
    day = on or act.today
    found = await faults(act, case, branch.path, arrival, day, newcomer)
    fixed = [errors.TargetFixed(path=("target",))] if target else []
    refuse([*found, *fixed, *stale(case, version)])
    await receive(act, case, branch, arrival, day, newcomer)


async def faults(
    act: Act, case: Case, place: str, arrival: Arrival, day: date, newcomer: Newcomer | None = None
) -> list[Invalid | Conflict]:
    """What speaks against accepting somebody into the branch at this path."""
    letter = await letter_store.in_force(act.session, act.tenant_id, case.id)
    comes = case.kind is Kind.IN
    return [
        *case_rules.step_refusals(case, Step.ACCEPT),
        *letter_rules.using_refusals(
            letter,
            day,
            needed=case.lettered and case.state in OPEN,
            handed_in=case.letter_until,
            today=act.today,
            late=terms.days(act, "transfers.late_days", place),
        ),
        *rules.arrival_refusals(arrival),
        *([errors.PersonMissing(path=("person",))] if comes and newcomer is None else []),
        *([errors.PersonUnexpected(path=("person",))] if newcomer and not comes else []),
        *await _moved(act, case),
    ]


async def receive(
    act: Act,
    case: Case,
    branch: Unit,
    arrival: Arrival,
    day: date,
    newcomer: Newcomer | None = None,
) -> None:
    """Give whoever is accepted the branch; from that day on it answers."""
    member_id = await _settle(act, case, day, newcomer)
    used = {"state": LetterState.USED, "ended_on": act.today}
    await letter_store.end(act.session, act.tenant_id, case.id, used)
    receipted = case.lettered or case.kind is Kind.IN
    months = terms.receipt_months(act, branch.path)
    values: dict[str, Any] = {
        "state": State.ACCEPTED if receipted else State.CLOSED,
        "member_id": member_id,
        "accepted_by": act.caller.account_id,
        "accepted_on": day,
        "receipt_by": rules.receipt_by(day, months) if receipted else None,
        "file_check": arrival.check,
        "file_note": arrival.note,
        "custodian": arrival.custodian,
    }
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, ACCEPTED, case, branch.path, where=branch.name, on=day)


async def decline(
    act: Act, id: UUID, *, cause: str | None, reason: str, version: int | None = None
) -> None:
    """Refuse somebody, with a reason. Without a cause of the catalogue the body above must answer:
    nobody refuses or passes on whom the rules place here (S3A-42)."""
    case, branch = await case_for(act, id, actions.ACCEPT, at="to")
    causes = terms.causes(act, branch.path)
    refuse(
        [
            *case_rules.step_refusals(case, Step.REFUSE),
            *rules.refusing_refusals(cause, reason, causes),
            *stale(case, version),
        ]
    )
    above = await _above(act, case, branch) if cause is None else None
    values = {
        "state": State.REFUSED,
        "refused_on": act.today,
        "cause": cause,
        "refusal": reason.strip(),
        "escalated_id": above.id if above else None,
        "settle_by": settle_by(act, branch.path),
    }
    await store.change(act.session, act.tenant_id, id, values)
    if case.kind is Kind.OFFERED:
        answer = {"on": act.today.isoformat(), "cause": cause, "reason": reason.strip()}
        await tell(act, case, Told.REFUSED, branch.path, {**answer, "escalated": above is not None})
    said(
        act,
        REFUSED,
        case,
        branch.path,
        basis=causes.basis,
        reason=reason.strip(),
        escalated=above is not None,
    )


async def _settle(act: Act, case: Case, on: date, newcomer: Newcomer | None) -> UUID:
    assert case.to_id is not None
    if newcomer is not None:
        entry = newcomer.entry(case.to_id, case.name)
        decision = f"组织关系介绍信 {case.letter_number}（{case.elsewhere}）"
        entered = await members.register(
            act,
            entry,
            full=newcomer.full,
            full_on=newcomer.full_on,
            joined_on=on,
            decision=decision,
            action=None,
        )
        return entered.id
    assert case.member_id is not None
    await members.transfer(
        act,
        case.member_id,
        organization_id=case.to_id,
        on=on,
        reason="转移组织关系",
        from_id=case.from_id,
        action=None,
    )
    return case.member_id


async def _moved(act: Act, case: Case) -> list[errors.MovedMeanwhile]:
    """That the member is no longer where the transfer takes him from."""
    if case.member_id is None or case.state not in OPEN:
        return []
    member = (await members_by_id(act, [case.member_id])).get(case.member_id)
    if member is not None and member.organization_id == case.from_id and member.left_on is None:
        return []
    return [errors.MovedMeanwhile(path=("case",), name=case.name)]


async def _above(act: Act, case: Case, branch: Unit) -> Unit | None:
    """The body that answers a refusal without cause: the one above the receiving committee."""
    line = await organizations_above(act, branch.path)
    at = next((n for n, unit in enumerate(line) if unit.id == case.receiver_id), None)
    if at is None:
        return None
    return line[min(at + 1, len(line) - 1)]
