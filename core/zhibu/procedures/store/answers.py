"""Objections and overrides. Whoever settles one holds its procedure first, and reads it then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.procedures.rules.answering import Objection, Override
from zhibu.procedures.tables import ProcedureObjection, ProcedureOverride
from zhibu.storage.upsert import insert_or

_OBJECTIONS: Any = ProcedureObjection.__table__
_OVERRIDES: Any = ProcedureOverride.__table__
_OBJECTION = [_OBJECTIONS.c[name] for name in Objection.__dataclass_fields__]
_OVERRIDE = [_OVERRIDES.c[name] for name in Override.__dataclass_fields__]


async def add_objection(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> bool:
    """False when one is waiting for its answer already."""
    return await _add(session, _OBJECTIONS, {**values, "tenant_id": tenant_id})


async def objection(session: AsyncSession, tenant_id: UUID, id: UUID) -> Objection | None:
    query = select(*_OBJECTION).where(_OBJECTIONS.c.tenant_id == tenant_id, _OBJECTIONS.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return Objection(**row._mapping) if row else None


async def has_open_objection(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> bool:
    query = select(_OBJECTIONS.c.id).where(
        _OBJECTIONS.c.tenant_id == tenant_id,
        _OBJECTIONS.c.procedure_id == procedure_id,
        _OBJECTIONS.c.answered_at.is_(None),
    )
    return (await session.execute(query.limit(1))).first() is not None


async def save_objection(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(_OBJECTIONS)
        .where(_OBJECTIONS.c.tenant_id == tenant_id, _OBJECTIONS.c.id == id)
        .values(values)
    )


async def add_override(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> bool:
    """False when one is waiting to be confirmed already."""
    return await _add(session, _OVERRIDES, {**values, "tenant_id": tenant_id})


async def override(session: AsyncSession, tenant_id: UUID, id: UUID) -> Override | None:
    query = select(*_OVERRIDE).where(_OVERRIDES.c.tenant_id == tenant_id, _OVERRIDES.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return Override(**row._mapping) if row else None


async def settle_overrides(
    session: AsyncSession,
    tenant_id: UUID,
    procedure_id: UUID,
    *,
    by: UUID | None,
    at: datetime,
    confirmed: bool,
) -> None:
    """Settle the one that is waiting; when the procedure ends otherwise, it is not confirmed."""
    await session.execute(
        update(_OVERRIDES)
        .where(
            _OVERRIDES.c.tenant_id == tenant_id,
            _OVERRIDES.c.procedure_id == procedure_id,
            _OVERRIDES.c.settled_at.is_(None),
        )
        .values(settled_by=by, settled_at=at, confirmed=confirmed)
    )


async def _add(session: AsyncSession, table: Any, values: Mapping[str, Any]) -> bool:
    added = await session.execute(
        insert_or(session, table).values(values).on_conflict_do_nothing().returning(table.c.id)
    )
    return added.first() is not None
