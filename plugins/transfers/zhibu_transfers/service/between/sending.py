"""The sender's side: offering somebody with a letter, and asking to let go of him again."""

from datetime import date
from typing import Any

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid
from zhibu.members.carrying import carried_of
from zhibu.members.public import MemberFacts, Stage, member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu_transfers import errors
from zhibu_transfers.public import RECALLED
from zhibu_transfers.rules.cases import Case, State
from zhibu_transfers.rules.letters import Letter
from zhibu_transfers.service.between.messages import Offer, Told, body_of, tell
from zhibu_transfers.service.events import said
from zhibu_transfers.service.people import Newcomer
from zhibu_transfers.store import cases as store

LIVING = (Stage.PROBATIONARY, Stage.FULL)


async def offering_faults(act: Act, case: Case) -> list[Invalid | Conflict]:
    """What speaks against offering the member today: who is accepted leaves on that day, so he must
    have been where he is before it."""
    member = await _member(act, case)
    if member.organization_id != case.from_id or member.stage not in LIVING:
        return [errors.MovedMeanwhile(path=("case",), name=case.name)]
    begun = [day for day in (member.joined_on, member.full_on) if day is not None]
    if any(day >= act.today for day in begun):
        return [errors.ChangedToday(path=("case",), name=case.name)]
    return []


async def offer(act: Act, case: Case, committee: Unit, letter: Letter, paid_to: date) -> None:
    """Tell the other institution what its register needs of the member, and what the letter says.

    Nobody here is shown the identity number: it goes sealed from one register to the other.
    """
    member = await _member(act, case)
    clear = await carried_of(act, member.id)
    branch = await organization_of(act, member.organization_id, seen_by=None)
    offered = Offer(
        name=member.name,
        reason=case.reason,
        committee=committee.name,
        branch=branch.name,
        heading=case.elsewhere or "",
        organization_code=case.peer_unit,
        number=letter.number,
        until=letter.valid_until,
        paid_to=paid_to,
        person=Newcomer(
            identity_number=clear.identity_number,
            kind=member.kind,
            admitted_on=member.admitted_on,
            full=member.stage is Stage.FULL,
            full_on=member.full_on,
            gender=member.gender,
            birth_date=member.birth_date,
            nation=member.nation,
            education=member.education,
            phone=clear.phone,
        ),
    )
    await tell(act, case, Told.OFFERED, committee.path, body_of(offered))


async def recall(act: Act, case: Case, path: str, why: str) -> None:
    """Ask the other institution to let go of whom it did not accept; until it says so he may still
    be accepted there."""
    values: dict[str, Any] = {
        "state": State.WITHDRAWING,
        "asked_on": act.today,
        "withdraw_reason": why,
    }
    await store.change(act.session, act.tenant_id, case.id, values)
    await tell(act, case, Told.RECALLED, path, {"reason": why})
    said(act, RECALLED, case, path, reason=why)


async def _member(act: Act, case: Case) -> MemberFacts:
    assert case.member_id is not None
    return await member_of(act, case.member_id, seen_by=None)
