"""What workbooks and pages show of a year."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_dues.tables import DuesMonth

AT_ONCE = 2000


async def months_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int, *, limit: int | None = None
) -> AsyncGenerator[Any]:
    """Every month of a year of whoever belongs at or below a path, by branch and member.

    Read as they are asked for, never all at once; no more than `limit`, if one is given.
    """
    where = [DuesMonth.tenant_id == tenant_id, DuesMonth.year == year]
    if path:
        where += [Member.path >= path, Member.path < path[:-1] + "/"]
    query: Any = (
        select(
            DuesMonth.member_id,
            DuesMonth.month,
            DuesMonth.owed_fen,
            DuesMonth.paid_fen,
            DuesMonth.due_on,
            Member.name,
            Member.path,
            Organization.name.label("organization"),
        )
        .join(
            Member,
            and_(Member.tenant_id == DuesMonth.tenant_id, Member.id == DuesMonth.member_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .where(*where)
        .order_by(Member.path, Member.sort_name, Member.id, DuesMonth.month)
        .limit(limit)
    )
    rows = await session.stream(query.execution_options(yield_per=AT_ONCE))
    try:
        async for row in rows:
            yield row
    finally:
        await rows.close()
