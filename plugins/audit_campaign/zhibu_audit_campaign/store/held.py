"""Rows that an act holds, with where they are."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization


async def held(session: AsyncSession, tenant_id: UUID, table: Any, id: UUID) -> Any | None:
    """One row and the path of its organization, held until the act is over; None where there is
    none. On SQLite a writer is alone.
    """
    place = and_(
        Organization.tenant_id == table.c.tenant_id, Organization.id == table.c.organization_id
    )
    query = (
        select(table, Organization.path)
        .join(Organization, place)
        .where(table.c.tenant_id == tenant_id, table.c.id == id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=table)
    return (await session.execute(query)).one_or_none()
