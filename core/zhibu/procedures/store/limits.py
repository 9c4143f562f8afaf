"""Who has no vote, or is not counted, and from when until when."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.procedures.rules.entitlement import Ground, Limit
from zhibu.procedures.tables import VoteLimit

_LIMITS: Any = VoteLimit.__table__
_COLUMNS = [_LIMITS.c[name] for name in Limit.__dataclass_fields__]
_CHUNK = 500


async def limits(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> list[Limit]:
    """What limits these members' votes that day."""
    listed, found = sorted(members), []
    for start in range(0, len(listed), _CHUNK):
        query = select(*_COLUMNS).where(
            _LIMITS.c.tenant_id == tenant_id,
            _LIMITS.c.member_id.in_(listed[start : start + _CHUNK]),
            _LIMITS.c.since <= on,
            or_(_LIMITS.c.until.is_(None), _LIMITS.c.until > on),
        )
        found += [_limit(row) for row in await session.execute(query)]
    return found


async def limit(session: AsyncSession, tenant_id: UUID, id: UUID) -> Limit | None:
    query = select(*_COLUMNS).where(_LIMITS.c.tenant_id == tenant_id, _LIMITS.c.id == id)
    row = (await session.execute(query.with_for_update())).one_or_none()
    return _limit(row) if row else None


async def add_limit(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(_LIMITS).values({**values, "tenant_id": tenant_id}))


async def end_limit(session: AsyncSession, tenant_id: UUID, id: UUID, until: date) -> None:
    await session.execute(
        update(_LIMITS)
        .where(_LIMITS.c.tenant_id == tenant_id, _LIMITS.c.id == id)
        .values(until=until)
    )


def _limit(row: Any) -> Limit:
    return Limit(**{**row._mapping, "ground": Ground(row.ground)})
