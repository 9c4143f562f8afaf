"""A second look at a returned claim: the member asks, the organization above decides."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Procedure
from zhibu.errors import NotFound, refuse
from zhibu.members.public import MemberFacts, member_of
from zhibu.procedures.public import Outcome, Proposal, propose
from zhibu_education import actions
from zhibu_education.public import CREDIT_VERIFIED
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import reviews as rules
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.service import amounts
from zhibu_education.service.rows import credit_event
from zhibu_education.service.standings import refresh
from zhibu_education.store import credits as store

REVIEW = "education.credit_review"


async def ask(
    act: Act, credit_id: UUID, *, reason: str, documents: Sequence[tuple[str, UUID]] = ()
) -> UUID:
    """Ask for a returned claim of one's own to be looked at again; the procedure's id."""
    credit, member = await _found(act, credit_id)
    act.require(actions.CLAIM, member.path, member.id)
    row = await store.row(act.session, act.tenant_id, credit_id)
    returned = (row["decided_at"] or act.now).astimezone(act.tenant.zone).date()
    days = act.parameters.value("education.review_window", member.path, returned)
    refuse(
        rules.asking_refusals(
            credit,
            member_id=act.caller.member_id,
            returned_on=returned,
            today=act.today,
            window=rules.Window(days=days.value, basis=days.basis),
        )
    )
    return await propose(
        act,
        Proposal(
            name=REVIEW,
            title=f"复核学时（{credit.earned_on:%Y-%m-%d}，{credit.hours} 学时）",
            statement=reason,
            subject_kind="EducationCredit",
            subject_id=credit_id,
            organization_id=member.organization_id,
            path=member.path,
            member_id=member.id,
            particulars={"hours": str(credit.hours)},
            documents=tuple(documents),
        ),
    )


async def decided(act: Act, outcome: Outcome) -> None:
    """Hours that were found right after all count from now on."""
    if not outcome.approved:
        return
    credit, member = await _found(act, outcome.subject_id)
    day = credit.earned_on
    taken = await store.hours_on_days(act.session, act.tenant_id, [member.id], [day])
    row = await store.row(act.session, act.tenant_id, credit.id)
    refuse(
        rules.deciding_refusals(
            credit,
            returned_by=row["decided_by"],
            account_id=act.caller.account_id,
            same_day=taken.get((member.id, day), Decimal(0)),
            day_limit=amounts.day_limit(act, day, member.path),
        )
    )
    await store.decide(
        act.session,
        act.tenant_id,
        [credit.id],
        state=CreditState.VERIFIED,
        by=act.caller.account_id,
        at=act.now,
        decision=outcome.decision,
    )
    await refresh(act, {(member.id, day.year)}, held=True)
    facts = {"hours": credit.hours, "title": credit.own, "reason": outcome.decision}
    act.record(credit_event(CREDIT_VERIFIED, credit.id, member, **facts))


PROCEDURES = (Procedure(name=REVIEW, about="EducationCredit", decided=decided),)


async def _found(act: Act, credit_id: UUID) -> tuple[credit_rules.Credit, MemberFacts]:
    found = await store.credits(act.session, act.tenant_id, [credit_id])
    if credit_id not in found:
        raise NotFound()
    credit = found[credit_id]
    return credit, await member_of(act, credit.member_id)
