"""Analyses as they are kept, and the figures of a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.settled import Settled
from zhibu_audit_campaign.rules.work import Audited
from zhibu_audit_campaign.store.campaigns import STAGES
from zhibu_audit_campaign.store.settling import SETTLEMENT
from zhibu_audit_campaign.store.verifying import COUNTS
from zhibu_audit_campaign.store.work import AUDITED
from zhibu_audit_campaign.tables import Analysis

ANALYSIS: Any = Analysis.__table__


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(ANALYSIS).values(tenant_id=tenant_id, **values))


async def last_days(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID
) -> Mapping[str, date]:
    """The last day of each stage of an audit, by code."""
    rows = await session.execute(
        select(STAGES.c.code, STAGES.c.until).where(
            STAGES.c.tenant_id == tenant_id, STAGES.c.campaign_id == campaign_id
        )
    )
    return {code: until for code, until in rows}


async def figures(session: AsyncSession, tenant_id: UUID, known: Audited) -> dict[str, Any]:
    """What the branches at and below an organization came to so far: their kept numbers, what
    becomes of how many, and of how many that is carried out.
    """
    sums = (func.coalesce(func.sum(AUDITED.c[name]), 0).label(name) for name in COUNTS)
    numbers = await session.execute(
        select(*sums)
        .join(Organization, _at(AUDITED))
        .where(*_below(AUDITED, tenant_id, known), AUDITED.c.level == Level.BRANCH)
    )
    rows = await session.execute(
        select(SETTLEMENT.c.course, SETTLEMENT.c.state, func.count())
        .join(Organization, _at(SETTLEMENT))
        .where(*_below(SETTLEMENT, tenant_id, known), SETTLEMENT.c.once)
        .group_by(SETTLEMENT.c.course, SETTLEMENT.c.state)
    )
    courses: dict[str, int] = {}
    done = 0
    for course, state, count in rows:
        courses[course] = courses.get(course, 0) + count
        done += count if state == Settled.CARRIED_OUT else 0
    kept = {name: int(number) for name, number in numbers.mappings().one().items()}
    return {**kept, "courses": courses, "carried_out": done}


def _at(table: Any) -> Any:
    return and_(
        Organization.tenant_id == table.c.tenant_id, Organization.id == table.c.organization_id
    )


def _below(table: Any, tenant_id: UUID, known: Audited) -> tuple[Any, ...]:
    return (
        table.c.tenant_id == tenant_id,
        table.c.campaign_id == known.campaign_id,
        Organization.path >= known.path,
        Organization.path < known.path[:-1] + "/",
    )
