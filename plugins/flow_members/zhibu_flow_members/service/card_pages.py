"""The activity card to print, with what was reviewed."""

from pathlib import Path
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.forms.printing import render
from zhibu.members.public import member_of
from zhibu.organizations.public import approver_of, organization_of
from zhibu.verifying.public import address_of
from zhibu_flow_members import actions
from zhibu_flow_members.errors import CardNotIssued, CardOver
from zhibu_flow_members.public import CARD_PRINTED
from zhibu_flow_members.rules.cards import ReviewResult
from zhibu_flow_members.service.cards import SUBJECT, card_of
from zhibu_flow_members.service.verdicts import KIND
from zhibu_flow_members.store import cards as store
from zhibu_flow_members.store import cases

TEMPLATES = Path(__file__).parent.parent / "templates"
RESULTS = {ReviewResult.PASSED: "合格", ReviewResult.FAILED: "不合格"}


async def page(act: Act, id: UUID) -> str:
    """A card that was issued and holds."""
    card = await card_of(act, id)
    act.require(actions.READ, card.path, card.member_id, seen_by=actions.READ)
    if card.issued_on is None:
        raise CardNotIssued(path=("card",))
    if card.ended_on is not None:
        raise CardOver(path=("card",), on=card.ended_on)
    member = await member_of(act, card.member_id, seen_by=None)
    branch = await organization_of(act, member.organization_id, seen_by=None)
    above = await approver_of(act, card.path)
    case = await cases.case(act.session, act.tenant_id, card.case_id)
    reviews = await store.reviews_of(act.session, act.tenant_id, id)
    rows = [
        (year, RESULTS[ReviewResult(result)], on, note or "") for year, result, on, note in reviews
    ]
    made = render(
        "flow_members_card.html",
        folders=[*act.templates, TEMPLATES],
        title="流动党员活动证",
        organization=branch.name,
        number=f"{card.serial:06d}",
        name=member.name,
        joined=member.admitted_on,
        place=case.terms.place if case else "",
        since=case.terms.since if case else None,
        until=case.terms.until if case else None,
        headings=("审核年度", "审核结果", "审核日期", "说明"),
        rows=rows,
        committee=above.name if above else branch.name,
        stamped=card.stamped_on,
        issued=card.issued_on,
        address=address_of(act, KIND, id),
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    facts = {"serial": f"{card.serial:06d}"}
    about = (SUBJECT, id)
    act.record(
        Event(
            name=CARD_PRINTED, subject=about, path=card.path, member_id=card.member_id, facts=facts
        )
    )
    return made
