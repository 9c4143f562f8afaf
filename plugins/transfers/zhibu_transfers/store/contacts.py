"""Contact with who is abroad, as it is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_transfers.rules.retaining import Noted
from zhibu_transfers.tables import TransfersContact

ROWS: Any = TransfersContact.__table__


async def add(session: AsyncSession, tenant_id: UUID, row: Mapping[str, Any]) -> None:
    await session.execute(insert(ROWS).values(tenant_id=tenant_id, **row))


async def contact(session: AsyncSession, tenant_id: UUID, id: UUID) -> Noted | None:
    """One contact; None where there is none."""
    found = await session.execute(
        select(ROWS).where(ROWS.c.tenant_id == tenant_id, ROWS.c.id == id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Noted(
        id=row.id,
        membership_id=row.membership_id,
        on=row.contacted_on,
        voided_on=row.voided_on,
    )


async def void(session: AsyncSession, tenant_id: UUID, id: UUID, on: date, reason: str) -> None:
    await session.execute(
        update(ROWS)
        .where(ROWS.c.tenant_id == tenant_id, ROWS.c.id == id)
        .values(voided_on=on, void_reason=reason)
    )


async def days(session: AsyncSession, tenant_id: UUID, membership_id: UUID) -> Sequence[date]:
    """The last day of contact that is not void, if there is one."""
    found = await session.scalars(
        select(ROWS.c.contacted_on)
        .where(
            ROWS.c.tenant_id == tenant_id,
            ROWS.c.membership_id == membership_id,
            ROWS.c.voided_on.is_(None),
        )
        .order_by(ROWS.c.contacted_on.desc())
        .limit(1)
    )
    return found.all()
