"""What audits came to: this one and the one before, in two statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.settling import Course
from zhibu_audit_campaign.store.settling import SETTLEMENT
from zhibu_audit_campaign.store.work import AUDITED, CAMPAIGN, SHEET

NUMBERS = (
    *("completed", "floating", "hanging", "pocket", "lost", "unreceipted", "found", "not_found"),
)


async def closings(session: AsyncSession, tenant_id: UUID, id: UUID) -> Sequence[Any]:
    """An audit and the one before it by the same plan in the same organization, with its path."""
    asked = CAMPAIGN.alias()
    before = and_(
        CAMPAIGN.c.state != State.CANCELLED,
        or_(
            CAMPAIGN.c.opened_on < asked.c.opened_on,
            and_(CAMPAIGN.c.opened_on == asked.c.opened_on, CAMPAIGN.c.id < asked.c.id),
        ),
    )
    rows = await session.execute(
        select(
            *(CAMPAIGN.c.id, CAMPAIGN.c.title, CAMPAIGN.c.state, CAMPAIGN.c.as_of),
            *(CAMPAIGN.c.ended_on, CAMPAIGN.c.sheets.label("listed"), Organization.path),
            *(_sum(name) for name in NUMBERS),
            _changed(Member.left_on.is_not(None)).label("left"),
            _changed(
                Member.left_on.is_(None), Member.organization_id != SHEET.c.organization_id
            ).label("moved"),
            _changed(
                Member.left_on.is_(None),
                Member.organization_id == SHEET.c.organization_id,
                Member.stage != SHEET.c.stage,
            ).label("staged"),
        )
        .select_from(asked)
        .join(
            CAMPAIGN,
            and_(
                CAMPAIGN.c.tenant_id == asked.c.tenant_id,
                CAMPAIGN.c.organization_id == asked.c.organization_id,
                CAMPAIGN.c.plan == asked.c.plan,
                or_(CAMPAIGN.c.id == asked.c.id, before),
            ),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == CAMPAIGN.c.tenant_id,
                Organization.id == CAMPAIGN.c.organization_id,
            ),
        )
        .where(asked.c.tenant_id == tenant_id, asked.c.id == id)
        .order_by(CAMPAIGN.c.opened_on.desc(), CAMPAIGN.c.id.desc())
        .limit(2)
    )
    return rows.all()


async def courses(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> Mapping[UUID, Mapping[Course, int]]:
    """How many settlements of each audit hold, by what they come to."""
    rows = await session.execute(
        select(SETTLEMENT.c.campaign_id, SETTLEMENT.c.course, func.count().label("number"))
        .where(
            SETTLEMENT.c.tenant_id == tenant_id,
            SETTLEMENT.c.campaign_id.in_(sorted(ids)),
            SETTLEMENT.c.once,
        )
        .group_by(SETTLEMENT.c.campaign_id, SETTLEMENT.c.course)
    )
    found: dict[UUID, dict[Course, int]] = defaultdict(dict)
    for row in rows:
        found[row.campaign_id][Course(row.course)] = row.number
    return found


def _sum(name: str) -> ColumnElement[int]:
    """One kept number, over the branches of an audit."""
    return (
        select(func.coalesce(func.sum(AUDITED.c[name]), 0))
        .where(
            AUDITED.c.tenant_id == CAMPAIGN.c.tenant_id,
            AUDITED.c.campaign_id == CAMPAIGN.c.id,
            AUDITED.c.level == Level.BRANCH,
        )
        .correlate(CAMPAIGN)
        .scalar_subquery()
        .label(name)
    )


def _changed(*conditions: Any) -> Any:
    """How many of an audit's list the register has otherwise now (S3A-41)."""
    return (
        select(func.count())
        .select_from(SHEET)
        .join(Member, and_(Member.tenant_id == SHEET.c.tenant_id, Member.id == SHEET.c.member_id))
        .where(
            SHEET.c.tenant_id == CAMPAIGN.c.tenant_id,
            SHEET.c.campaign_id == CAMPAIGN.c.id,
            *conditions,
        )
        .correlate(CAMPAIGN)
        .scalar_subquery()
    )
