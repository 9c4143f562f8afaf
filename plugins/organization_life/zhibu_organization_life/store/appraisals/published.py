"""What was published of members."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.tables import Appraisal as Row
from zhibu_organization_life.tables import Result as ResultRow


async def published_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> Sequence[Any]:
    """What was published of these members for a year, the latest last."""
    rows = await session.execute(
        select(
            ResultRow.appraisal_id,
            ResultRow.member_id,
            ResultRow.grade,
            ResultRow.ground,
            ResultRow.reason,
        )
        .join(Row, (Row.tenant_id == ResultRow.tenant_id) & (Row.id == ResultRow.appraisal_id))
        .where(
            ResultRow.tenant_id == tenant_id,
            among(ResultRow.member_id, "members"),
            ResultRow.ground.is_not(None),
            Row.year == year,
            Row.state == Stand.PUBLISHED,
        )
        .order_by(Row.published_on, ResultRow.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def grades_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int
) -> Sequence[Any]:
    """What was published of a year at or below a path, by branch and name."""
    where = [Row.tenant_id == tenant_id, Row.year == year, Row.state == Stand.PUBLISHED]
    if path:
        where += [Organization.path >= path, Organization.path < path[:-1] + "/"]
    rows = await session.execute(
        select(
            Row.organization_id,
            Row.year,
            Organization.path,
            ResultRow.member_id,
            ResultRow.grade,
            ResultRow.ground,
            ResultRow.opinion,
            ResultRow.reason,
        )
        .join(
            ResultRow, (ResultRow.tenant_id == Row.tenant_id) & (ResultRow.appraisal_id == Row.id)
        )
        .join(
            Organization,
            (Organization.tenant_id == Row.tenant_id) & (Organization.id == Row.organization_id),
        )
        .join(Member, (Member.tenant_id == Row.tenant_id) & (Member.id == ResultRow.member_id))
        .where(*where, ResultRow.ground.is_not(None))
        .order_by(Organization.path, Member.sort_name, Member.id)
    )
    return rows.all()
