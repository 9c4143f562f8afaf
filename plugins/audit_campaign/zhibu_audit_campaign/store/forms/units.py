"""Of which organizations forms are, and the numbers in them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.store.forms.joins import Where, below, unit_of, within
from zhibu_audit_campaign.store.settling import SETTLEMENT
from zhibu_audit_campaign.store.verifying import VERIFICATION, VERIFIED
from zhibu_audit_campaign.store.work import AUDITED, CAMPAIGN, SEARCH


async def place(session: AsyncSession, tenant_id: UUID, audited_id: UUID) -> Any | None:
    """An organization in an audit and the audit, in one statement; None where there is none, or
    the audit was cancelled.
    """
    found = await session.execute(_places(tenant_id).where(AUDITED.c.id == audited_id))
    return found.one_or_none()


async def places(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> Sequence[Any]:
    """An organization in each audit that it takes part in, the latest first."""
    rows = await session.execute(
        _places(tenant_id)
        .where(AUDITED.c.organization_id == organization_id)
        .order_by(CAMPAIGN.c.opened_on.desc(), CAMPAIGN.c.id.desc())
    )
    return rows.all()


def _places(tenant_id: UUID) -> Any:
    return (
        select(
            *(AUDITED.c.id, AUDITED.c.campaign_id, AUDITED.c.organization_id, AUDITED.c.level),
            *(CAMPAIGN.c.plan, CAMPAIGN.c.lines, CAMPAIGN.c.opened_on, CAMPAIGN.c.title),
            *(Organization.path, Organization.name),
        )
        .join(
            CAMPAIGN,
            and_(
                CAMPAIGN.c.tenant_id == AUDITED.c.tenant_id,
                CAMPAIGN.c.id == AUDITED.c.campaign_id,
            ),
        )
        .join(Organization, unit_of(AUDITED))
        .where(AUDITED.c.tenant_id == tenant_id, CAMPAIGN.c.state != State.CANCELLED)
    )


async def units(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where
) -> Sequence[Any]:
    """The organizations that take part, with their kept numbers."""
    rows = await session.execute(
        select(AUDITED, Organization.path, Organization.name)
        .join(Organization, unit_of(AUDITED))
        .where(*within(AUDITED, tenant_id, campaign_id, where))
        .order_by(Organization.path)
    )
    return rows.all()


async def branches(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, path: str
) -> Sequence[UUID]:
    """The branches that take part, at and below a path."""
    rows = await session.scalars(
        select(AUDITED.c.organization_id)
        .join(Organization, unit_of(AUDITED))
        .where(*within(AUDITED, tenant_id, campaign_id, path), AUDITED.c.level == Level.BRANCH)
        .order_by(AUDITED.c.organization_id)
    )
    return rows.all()


async def named(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, path: str
) -> Sequence[Any]:
    """Where the branches at and below a path are, with the committees of the audit."""
    rows = await session.execute(
        select(
            *(AUDITED.c.organization_id, AUDITED.c.level),
            *(Organization.path, Organization.code, Organization.name),
        )
        .join(Organization, unit_of(AUDITED))
        .where(
            AUDITED.c.tenant_id == tenant_id,
            AUDITED.c.campaign_id == campaign_id,
            or_(
                and_(AUDITED.c.level == Level.BRANCH, *below(path)),
                AUDITED.c.level == Level.COMMITTEE,
            ),
        )
        .order_by(Organization.path)
    )
    return rows.all()


async def courses(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where
) -> Sequence[Any]:
    """How many settlements hold, by branch and by what they come to."""
    rows = await session.execute(
        select(SETTLEMENT.c.organization_id, SETTLEMENT.c.course, func.count().label("number"))
        .join(Organization, unit_of(SETTLEMENT))
        .where(*within(SETTLEMENT, tenant_id, campaign_id, where), SETTLEMENT.c.once)
        .group_by(SETTLEMENT.c.organization_id, SETTLEMENT.c.course)
    )
    return rows.all()


async def durations(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where
) -> Sequence[Any]:
    """Of the searches of each branch: how many go on, and since when the first of them is lost."""
    goes_on = case((SEARCH.c.outcome == Outcome.SEARCHING, 1), else_=0)
    rows = await session.execute(
        select(
            SEARCH.c.organization_id,
            func.sum(goes_on).label("searching"),
            func.min(SEARCH.c.lost_since).label("since"),
        )
        .join(Organization, unit_of(SEARCH))
        .where(*within(SEARCH, tenant_id, campaign_id, where))
        .group_by(SEARCH.c.organization_id)
    )
    return rows.all()


async def situations(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where, code: str
) -> Sequence[Any]:
    """What committees verified of one kind of members, by branch; of what holds."""
    rows = await session.execute(
        select(
            VERIFIED.c.organization_id,
            VERIFIED.c.destination,
            VERIFIED.c.state,
            VERIFIED.c.contact,
        )
        .join(
            VERIFICATION,
            and_(
                VERIFICATION.c.tenant_id == VERIFIED.c.tenant_id,
                VERIFICATION.c.id == VERIFIED.c.verification_id,
            ),
        )
        .join(
            AUDITED,
            and_(
                AUDITED.c.tenant_id == VERIFICATION.c.tenant_id,
                AUDITED.c.id == VERIFICATION.c.audited_id,
            ),
        )
        .join(Organization, unit_of(AUDITED))
        .where(
            *within(AUDITED, tenant_id, campaign_id, where),
            AUDITED.c.level == Level.BRANCH,
            VERIFICATION.c.accepted,
            VERIFICATION.c.withdrawn_on.is_(None),
            VERIFIED.c.code == code,
        )
        .order_by(VERIFIED.c.id)
    )
    return rows.all()
