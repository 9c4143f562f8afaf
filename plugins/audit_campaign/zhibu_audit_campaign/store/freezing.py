"""Making the list of an audit: whole tables at once, however many members there are."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, case, func, insert, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation, StagePeriod
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.storage.among import among
from zhibu.storage.fresh import fresh_ids
from zhibu.storage.wholesale import wholesale
from zhibu_audit_campaign.rules.campaigns import Ground
from zhibu_audit_campaign.rules.levels import ALWAYS, APPROVING, OTHERWISE
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.tables import Audited, Sheet

SHEETS: Any = Sheet.__table__
AUDITED: Any = Audited.__table__
BELONGS: Any = Affiliation.__table__
STAGE: Any = StagePeriod.__table__
UNIT: Any = Organization.__table__
STOOD: Any = OrganizationPeriod.__table__


async def members(
    session: AsyncSession, tenant_id: UUID, path: str, on: date, stages: Collection[str]
) -> int:
    """How many members there are for a list."""
    return await session.scalar(_belonging(tenant_id, path, on, stages, func.count())) or 0


async def list_members(
    session: AsyncSession,
    tenant_id: UUID,
    campaign_id: UUID,
    path: str,
    on: date,
    stages: Collection[str],
) -> int:
    """Put everybody on the list who belonged to a branch at or below `path` that day."""
    await wholesale(session)
    found = _belonging(
        tenant_id,
        path,
        on,
        stages,
        literal(tenant_id, Uuid()),
        fresh_ids(session),
        literal(campaign_id, Uuid()),
        BELONGS.c.organization_id,
        BELONGS.c.member_id,
        literal(str(Ground.FORMAL)),
        STAGE.c.stage,
    )
    names = ["tenant_id", "id", "campaign_id", "organization_id", "member_id", "ground", "stage"]
    await session.execute(insert(SHEETS).from_select(names, found))
    listed = select(func.count()).where(
        SHEETS.c.tenant_id == tenant_id, SHEETS.c.campaign_id == campaign_id
    )
    return await session.scalar(listed) or 0


async def mark_unreceipted(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, members: Collection[UUID]
) -> None:
    """Say of these members on the list that they were transferred out without a receipt."""
    await session.execute(
        update(SHEETS)
        .where(
            SHEETS.c.tenant_id == tenant_id,
            SHEETS.c.campaign_id == campaign_id,
            among(SHEETS.c.member_id, "members"),
        )
        .values(ground=str(Ground.UNRECEIPTED)),
        {"members": list(members)},
    )


async def list_units(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, path: str, on: date
) -> None:
    """Put every organization that takes part on its level, with how many it has on its list."""
    own = (
        select(SHEETS.c.organization_id.label("unit"), func.count().label("members"))
        .where(SHEETS.c.tenant_id == tenant_id, SHEETS.c.campaign_id == campaign_id)
        .group_by(SHEETS.c.organization_id)
        .subquery()
    )
    expected = func.coalesce(own.c.members, 0)
    level = _level(expected)
    found = (
        select(
            literal(tenant_id, Uuid()),
            fresh_ids(session),
            literal(campaign_id, Uuid()),
            UNIT.c.id,
            level,
            expected,
        )
        .select_from(UNIT)
        .join(STOOD, _of(STOOD, UNIT.c.id))
        .outerjoin(own, own.c.unit == UNIT.c.id)
        .where(UNIT.c.tenant_id == tenant_id, *_below(path), *_on(STOOD, on), level.is_not(None))
    )
    names = ["tenant_id", "id", "campaign_id", "organization_id", "level", "expected"]
    await session.execute(insert(AUDITED).from_select(names, found))


def _belonging(tenant_id: UUID, path: str, on: date, stages: Collection[str], *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(BELONGS)
        .join(
            STAGE,
            and_(
                STAGE.c.tenant_id == BELONGS.c.tenant_id, STAGE.c.member_id == BELONGS.c.member_id
            ),
        )
        .join(STOOD, _of(STOOD, BELONGS.c.organization_id))
        .where(
            BELONGS.c.tenant_id == tenant_id,
            STAGE.c.stage.in_(sorted(stages)),
            *_on(BELONGS, on),
            *_on(STAGE, on),
            *_on(STOOD, on),
            *_below(path),
        )
    )


def _level(expected: Any) -> Any:
    """The level as the rules have it; null for who does not take part."""
    kind = STOOD.c.kind
    return case(
        *((kind == name, str(level)) for name, level in ALWAYS.items()),
        (UNIT.c.approves_probationary, str(APPROVING)),
        *((kind == name, str(level)) for name, level in OTHERWISE.items()),
        (expected > 0, str(Level.BRANCH)),
        else_=null(),
    )


def _of(period: Any, id: Any) -> Any:
    return and_(period.c.tenant_id == id.table.c.tenant_id, period.c.organization_id == id)


def _on(period: Any, day: date) -> list[Any]:
    return [period.c.since <= day, or_(period.c.until.is_(None), period.c.until > day)]


def _below(path: str) -> list[Any]:
    return [STOOD.c.path >= path, STOOD.c.path < path[:-1] + "/"]
