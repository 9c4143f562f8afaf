"""Circulars as they are kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_audit_campaign.rules.circulars import Circular
from zhibu_audit_campaign.store.held import held
from zhibu_audit_campaign.tables import Circular as Row

CIRCULAR: Any = Row.__table__


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(CIRCULAR).values(tenant_id=tenant_id, **values))


async def circular(session: AsyncSession, tenant_id: UUID, id: UUID) -> Circular | None:
    """One circular, held until the act is over; None where there is none."""
    row = await held(session, tenant_id, CIRCULAR, id)
    if row is None:
        return None
    return Circular(
        id=row.id,
        audited_id=row.audited_id,
        path=row.path,
        issued_by=row.issued_by,
        over=row.replied_on is not None or row.withdrawn_on is not None,
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(CIRCULAR)
        .where(CIRCULAR.c.tenant_id == tenant_id, CIRCULAR.c.id == id)
        .values(**values)
    )
