"""The receiver's side: the one point at which it is decided where the member belongs."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.members import service as members
from zhibu.members.public import Change, Departure, MemberFacts, member_by_identity
from zhibu.members.rules import Step as StageStep
from zhibu.organizations.public import FORMAL_HOMES, Unit, organization_of
from zhibu_transfers import actions, errors
from zhibu_transfers.public import ACCEPTED
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules import receipts as rules
from zhibu_transfers.rules.cases import Case, State, Step
from zhibu_transfers.rules.receipts import Arrival
from zhibu_transfers.service.between.incoming import newcomer_of
from zhibu_transfers.service.between.messages import Told, tell
from zhibu_transfers.service.cases import stale
from zhibu_transfers.service.events import said
from zhibu_transfers.service.people import Newcomer
from zhibu_transfers.store import cases as store


async def accept_offered(
    act: Act,
    case: Case,
    receiver: Unit,
    arrival: Arrival,
    *,
    target: UUID | None,
    on: date | None,
    version: int | None,
    person_said: bool,
) -> None:
    """Enter whoever is offered into the register, in a branch below the committee that was asked.

    From today he belongs here, and there he leaves on this day: the answer is the receipt.
    """
    refuse(
        [
            *case_rules.step_refusals(case, Step.ACCEPT),
            *([] if target else [errors.TargetMissing(path=("target",))]),
            *stale(case, version),
        ]
    )
    assert target is not None
    branch = await organization_of(act, target)
    act.require(actions.ACCEPT, branch.path, seen_by=ORGANIZATION_READ)
    newcomer = await newcomer_of(act, case)
    number = newcomer.identity_number
    known = (await member_by_identity(act, [number])).get(number)
    refuse(
        [
            *_faults(act, case, receiver, branch, on),
            *rules.arrival_refusals(arrival),
            *([errors.PersonUnexpected(path=("person",))] if person_said else []),
            *_twice(case, known),
        ]
    )
    member_id = await _enter(act, case, branch, newcomer, known)
    values: dict[str, Any] = {
        "state": State.CLOSED,
        "member_id": member_id,
        "to_id": branch.id,
        "accepted_by": act.caller.account_id,
        "accepted_on": act.today,
        "receipt_on": act.today,
        "signer": receiver.name,
        "person_sealed": None,
        "file_check": arrival.check,
        "file_note": arrival.note,
        "custodian": arrival.custodian,
    }
    await store.change(act.session, act.tenant_id, case.id, values)
    answer = {
        "on": act.today.isoformat(),
        "branch": branch.name,
        "committee": receiver.name,
        "number": case.letter_number,
    }
    await tell(act, case, Told.ACCEPTED, receiver.path, answer)
    said(act, ACCEPTED, case, branch.path, where=branch.name, on=act.today)


def _faults(
    act: Act, case: Case, receiver: Unit, branch: Unit, on: date | None
) -> list[Invalid | Conflict]:
    found: list[Invalid | Conflict] = []
    if case.letter_until is not None and case.letter_until < act.today:
        found.append(errors.LetterExpired(path=("case",), on=case.letter_until))
    if branch.kind not in FORMAL_HOMES or branch.ended_on is not None:
        found.append(errors.NotABranch(path=("target",)))
    elif not branch.path.startswith(receiver.path):
        found.append(errors.BranchElsewhere(path=("target",), name=branch.name))
    if on is not None and on != act.today:
        found.append(errors.AcceptedOtherDay(path=("on",), today=act.today))
    return found


def _twice(case: Case, known: MemberFacts | None) -> list[errors.AlreadyRegistered]:
    """Who was transferred out may come back; anybody else of this number is somebody here."""
    if known is None or known.departure is Departure.TRANSFERRED_OUT:
        return []
    return [errors.AlreadyRegistered(path=("case",), name=case.name)]


async def _enter(
    act: Act, case: Case, branch: Unit, newcomer: Newcomer, known: MemberFacts | None
) -> UUID:
    decision = f"组织关系介绍信 {case.letter_number}（{case.elsewhere}）"
    if known is not None:
        back = StageStep(
            change=Change.RESTORED, on=act.today, decision=decision, decided_on=act.today
        )
        await members.change_stage(act, known.id, back, organization_id=branch.id, asked=True)
        return known.id
    entered = await members.register(
        act,
        newcomer.entry(branch.id, case.name),
        full=newcomer.full,
        full_on=newcomer.full_on,
        joined_on=act.today,
        decision=decision,
        action=None,
    )
    return entered.id
