"""The bases that dues are reckoned by."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_dues.rules.bases import Base, BaseState, Declaration
from zhibu_dues.rules.standards import Income
from zhibu_dues.store.chunks import chunks
from zhibu_dues.tables import DuesBase

BASES: Any = DuesBase.__table__


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await session.execute(insert(BASES), [{"tenant_id": tenant_id, **row} for row in rows])


async def bases(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> dict[UUID, Base]:
    """Those of these bases that exist."""
    found: dict[UUID, Base] = {}
    for part in chunks(sorted(set(ids))):
        rows = await session.execute(
            select(BASES).where(BASES.c.tenant_id == tenant_id, BASES.c.id.in_(part))
        )
        found |= {row.id: _base(row) for row in rows}
    return found


async def of_members(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    states: Collection[BaseState] = (BaseState.CONFIRMED,),
) -> list[Base]:
    """The members' bases in these states, of all years."""
    found: list[Base] = []
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(BASES)
            .where(
                BASES.c.tenant_id == tenant_id,
                BASES.c.member_id.in_(part),
                BASES.c.state.in_([*states]),
            )
            .order_by(BASES.c.year, BASES.c.from_month, BASES.c.id)
        )
        found += [_base(row) for row in rows]
    return found


async def confirm(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], *, by: UUID | None, on: date
) -> None:
    await _change(
        session,
        tenant_id,
        ids,
        {"state": BaseState.CONFIRMED, "confirmed_by": by, "confirmed_on": on},
    )


async def void(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], *, reason: str, on: date
) -> None:
    await _change(
        session,
        tenant_id,
        ids,
        {"state": BaseState.VOID, "voided_on": on, "void_reason": reason},
    )


async def _change(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], values: dict[str, Any]
) -> None:
    for part in chunks(sorted(set(ids))):
        await session.execute(
            update(BASES)
            .where(BASES.c.tenant_id == tenant_id, BASES.c.id.in_(part))
            .values(**values, version=BASES.c.version + 1)
        )


def _base(row: Any) -> Base:
    return Base(
        id=row.id,
        member_id=row.member_id,
        declaration=Declaration(
            year=row.year,
            from_month=row.from_month,
            income=Income(row.income),
            base_fen=row.base_fen,
            chosen_fen=row.chosen_fen,
            reason=row.reason,
        ),
        monthly_fen=row.monthly_fen,
        state=BaseState(row.state),
        recorded_by=row.recorded_by,
        recorder_id=row.recorder_id,
        version=row.version,
    )
