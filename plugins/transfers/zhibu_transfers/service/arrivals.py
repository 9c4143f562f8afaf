"""Accepting and refusing: from the acceptance on the receiving branch is responsible."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.members import service as members
from zhibu.members.public import MemberFacts, members_by_id
from zhibu.organizations.public import Unit, organizations_above
from zhibu_transfers import actions, errors
from zhibu_transfers.public import ACCEPTED, REFUSED
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules import letters as letter_rules
from zhibu_transfers.rules import receipts as rules
from zhibu_transfers.rules.cases import OPEN, Case, Kind, State, Step
from zhibu_transfers.rules.letters import Letter, LetterState
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
    letter = await letter_store.in_force(act.session, act.tenant_id, case.id)
    member = None
    if case.member_id is not None:
        member = (await members_by_id(act, [case.member_id])).get(case.member_id)
    found = faults(act, case, branch.path, arrival, day, letter, member, newcomer)
    fixed = [errors.TargetFixed(path=("target",))] if target else []
    refuse([*found, *fixed, *stale(case, version)])
    if newcomer is None:
        await receive_all(act, [(case, branch)], arrival, day)
    else:
        await receive(act, case, branch, arrival, day, newcomer)


def faults(
    act: Act,
    case: Case,
    place: str,
    arrival: Arrival,
    day: date,
    letter: Letter | None,
    member: MemberFacts | None,
    newcomer: Newcomer | None = None,
) -> list[Invalid | Conflict]:
    """What speaks against accepting somebody into the branch at this path."""
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
        *_moved(case, member),
    ]


async def receive_all(
    act: Act, coming: Sequence[tuple[Case, Unit]], arrival: Arrival, day: date
) -> None:
    """Give everybody who is accepted the branch; from that day on it answers.

    All go to the same branch: one list names one.
    """
    branch = coming[0][1]
    froms = {case.member_id: case.from_id for case, _ in coming if case.member_id is not None}
    await members.transfer_together(
        act, froms, organization_id=branch.id, on=day, reason="转移组织关系"
    )
    session, tenant_id = act.session, act.tenant_id
    used = {"state": LetterState.USED, "ended_on": act.today}
    await letter_store.end_all(session, tenant_id, [case.id for case, _ in coming], used)
    for lettered in (True, False):
        ids = [case.id for case, _ in coming if case.lettered is lettered]
        if ids:
            values = _accepted(act, branch, arrival, day, receipted=lettered)
            await store.change_all(session, tenant_id, ids, values)
    for case, _ in coming:
        said(act, ACCEPTED, case, branch.path, where=branch.name, on=day)


async def receive(
    act: Act, case: Case, branch: Unit, arrival: Arrival, day: date, newcomer: Newcomer
) -> None:
    """Enter who comes from elsewhere into the register; from that day on the branch answers."""
    entered = await members.register(
        act,
        newcomer.entry(branch.id, case.name),
        full=newcomer.full,
        full_on=newcomer.full_on,
        joined_on=day,
        decision=f"组织关系介绍信 {case.letter_number}（{case.elsewhere}）",
        action=None,
    )
    values = {"member_id": entered.id, **_accepted(act, branch, arrival, day, receipted=True)}
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, ACCEPTED, case, branch.path, where=branch.name, on=day)


def _accepted(
    act: Act, branch: Unit, arrival: Arrival, day: date, *, receipted: bool
) -> dict[str, Any]:
    months = terms.receipt_months(act, branch.path)
    return {
        "state": State.ACCEPTED if receipted else State.CLOSED,
        "accepted_by": act.caller.account_id,
        "accepted_on": day,
        "receipt_by": rules.receipt_by(day, months) if receipted else None,
        "file_check": arrival.check,
        "file_note": arrival.note,
        "custodian": arrival.custodian,
    }


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


def _moved(case: Case, member: MemberFacts | None) -> list[errors.MovedMeanwhile]:
    """That the member is no longer where the transfer takes him from."""
    if case.member_id is None or case.state not in OPEN:
        return []
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
