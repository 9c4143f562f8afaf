"""Who acts for whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.procedures.rules.delegating import Delegation
from zhibu.procedures.tables import Delegation as DelegationRow

_ROWS: Any = DelegationRow.__table__
_COLUMNS = [_ROWS.c[name] for name in Delegation.__dataclass_fields__]


async def add_delegation(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(_ROWS).values({**values, "tenant_id": tenant_id}))


async def delegation(session: AsyncSession, tenant_id: UUID, id: UUID) -> Delegation | None:
    query = select(*_COLUMNS).where(_ROWS.c.tenant_id == tenant_id, _ROWS.c.id == id)
    row = (await session.execute(query.with_for_update())).one_or_none()
    return Delegation(**row._mapping) if row else None


async def delegations_to(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, on: date
) -> list[Delegation]:
    """Who lets this account act for them that day."""
    query = (
        select(*_COLUMNS)
        .where(
            _ROWS.c.tenant_id == tenant_id,
            _ROWS.c.to_account_id == account_id,
            _ROWS.c.since <= on,
            _ROWS.c.until >= on,
            or_(_ROWS.c.ended_on.is_(None), _ROWS.c.ended_on > on),
        )
        .order_by(_ROWS.c.since, _ROWS.c.id)
    )
    return [Delegation(**row._mapping) for row in await session.execute(query)]


async def end_delegation(session: AsyncSession, tenant_id: UUID, id: UUID, on: date) -> None:
    await session.execute(
        update(_ROWS).where(_ROWS.c.tenant_id == tenant_id, _ROWS.c.id == id).values(ended_on=on)
    )
