"""A responsibility letter to sign (党员目标管理责任书): what was agreed, and what came of it."""

from pathlib import Path
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu.forms.printing import chinese_date, render
from zhibu.members.public import member_of
from zhibu.organizations.public import organization_of
from zhibu_organization_life import actions
from zhibu_organization_life.errors import EngagementVoid
from zhibu_organization_life.public import LETTER_PRINTED
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import engagements as store

TEMPLATES = Path(__file__).parent.parent / "templates"
SUBJECT = "OrganizationLifeEngagement"


async def letter(act: Act, id: UUID) -> str:
    """The letter of a member and a year; what is void, or no letter, is none."""
    known = await store.engagement(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    member = await member_of(act, known.member_id)
    act.require(actions.REGISTER_READ, member.path, member.id)
    if known.kind is not Engaged.LETTER:
        raise NotFound()
    if known.voided_on is not None:
        raise EngagementVoid(path=("engagement",), on=known.voided_on)
    unit = await organization_of(act, member.organization_id, seen_by=None)
    terms, year = known.terms, known.terms.since.year
    page = render(
        "organization_life_letter.html",
        folders=[*act.templates, TEMPLATES],
        title="党员目标管理责任书",
        organization=unit.name,
        period=f"{year}年度",
        name=member.name,
        heading=terms.title,
        targets=[line.strip() for line in (terms.details or "").splitlines() if line.strip()],
        signed=terms.since,
        until=terms.until,
        result=known.result,
        fulfilled=chinese_date(known.fulfilled_on) if known.fulfilled_on else None,
        day=terms.since,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    facts = {"title": terms.title, "on": terms.since}
    act.record(about_member(LETTER_PRINTED, SUBJECT, id, member.path, member.id, **facts))
    return page
