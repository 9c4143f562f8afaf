"""Keeping figures true: locking what an act touched, recounting it, and proving it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, and_, bindparam, delete, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Figure
from zhibu.figures.counting import counted, decided_by, kept_anew, recount
from zhibu.figures.tables import KeptFigure
from zhibu.storage.fixed import Call, Fixed, run

_KEPT: Any = KeptFigure.__table__

# Beyond this, counting everything once is cheaper than naming each organization in the statement.
MOST_NAMED = 500


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A figure that is kept as other than the records say."""

    name: str
    organization_id: UUID
    kept: int
    counted: int


async def refresh(
    session: AsyncSession,
    tenant_id: UUID,
    organization_ids: Collection[UUID],
    figures: Sequence[Figure],
    *,
    tables: frozenset[str] | None = None,
) -> None:
    """Recount the figures of these organizations, and write what differs; in one statement.

    Only those that are counted from one of `tables`, if it is given. The organizations are locked
    first, in order of their ids: of two acts in one branch, the second counts only after the first
    was committed, so neither can write what the other has made untrue.
    """
    named = sorted(organization_ids)
    if len(named) > MOST_NAMED:
        await rebuild(session, tenant_id, figures)
        return
    kept = [figure for figure in figures if not figure.wrong]
    wanted = kept if tables is None else decided_by(kept, tables)
    if named and wanted:
        call = recount(tuple(wanted))(tenant=tenant_id, units=named)
        await run(session, *_locks(session, tenant_id, named), call)


async def rebuild(session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]) -> None:
    """Count everything from the records; figures nobody contributes any more go."""
    await run(session, *_locks(session, tenant_id, None), _FORGET(tenant=tenant_id))
    kept = [figure for figure in figures if not figure.wrong]
    if not kept:
        return
    anew = kept_anew(tenant_id, kept)
    if session.get_bind().dialect.name != "postgresql":
        await session.execute(anew)
        return
    # No statistics know yet of rows that this very transaction wrote, perhaps 100,000: PostgreSQL
    # would take them for a few, and compare each with each.
    await session.execute(text("SET LOCAL enable_nestloop = off"))
    await session.execute(anew)
    await session.execute(text("SET LOCAL enable_nestloop = on"))


async def mend(
    session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]
) -> list[Difference]:
    """Count everything anew, and say what had been kept as something else."""
    await run(session, *_locks(session, tenant_id, None))
    wrong = await differences(session, tenant_id, figures)
    await rebuild(session, tenant_id, figures)
    return wrong


async def differences(
    session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]
) -> list[Difference]:
    """Every figure whose kept number, or place, is not what the records say now."""
    now = counted(tenant_id, figures).subquery()
    kept = select(_KEPT).where(_KEPT.c.tenant_id == tenant_id).subquery()
    wrong = (
        select(now.c.name, now.c.id, func.coalesce(kept.c.value, 0), now.c.value)
        .outerjoin(kept, and_(kept.c.name == now.c.name, kept.c.organization_id == now.c.id))
        .where(
            or_(
                func.coalesce(kept.c.value, 0) != now.c.value,
                kept.c.path != now.c.path,
            )
        )
    )
    left_over = (
        select(kept.c.name, kept.c.organization_id, kept.c.value, literal(0))
        .outerjoin(
            now,
            and_(kept.c.name == now.c.name, kept.c.organization_id == now.c.id),
        )
        .where(now.c.id.is_(None), kept.c.value != 0)
    )
    rows = [*await session.execute(wrong), *await session.execute(left_over)]
    return [
        Difference(name=name, organization_id=id, kept=int(before), counted=int(after))
        for name, id, before, after in sorted(rows, key=lambda row: (row[0], row[1].hex))
    ]


def _locks(session: AsyncSession, tenant_id: UUID, named: Sequence[UUID] | None) -> list[Call]:
    """One recount at a time per organization, and none beside one of the whole tenant.

    Advisory locks, always taken in the same order: rows of the organizations are locked by whoever
    enters members there, and two of those would wait for each other. On SQLite a writer is alone.
    """
    if session.get_bind().dialect.name != "postgresql":
        return []
    whole = _key(tenant_id)
    if named is None:
        return [_LOCK_ALL(whole=whole)]
    return [_LOCK(whole=whole, keys=[_key(tenant_id, unit) for unit in named])]


def _key(*ids: UUID) -> int:
    digest = sha256(b"figures" + b"".join(id.bytes for id in ids)).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


_FORGET = Fixed(delete(_KEPT).where(_KEPT.c.tenant_id == bindparam("tenant")))
_LOCK_ALL = Fixed(select(func.pg_advisory_xact_lock(bindparam("whole", type_=BigInteger))))
_LOCK = Fixed(
    text(
        "SELECT pg_advisory_xact_lock_shared(:whole)"
        " UNION ALL SELECT pg_advisory_xact_lock(key)"
        " FROM (SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key ORDER BY key) AS ordered"
    )
)
