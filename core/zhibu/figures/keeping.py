"""Keeping figures true: locking what an act touched, recounting it, and proving it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    CompoundSelect,
    Insert,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Figure
from zhibu.figures.tables import KeptFigure
from zhibu.organizations.tables import Organization

_KEPT: Any = KeptFigure.__table__
_UNITS: Any = Organization.__table__
_TENANT, _UNIT = "figures_tenant", "figures_unit"

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
) -> None:
    """Recount every figure of these organizations, in three statements.

    They are locked first, in order of their ids: of two acts in one branch, the second counts only
    after the first was committed, so neither can write what the other has made untrue.
    """
    named = sorted(organization_ids)
    if named and figures:
        await _recount(session, tenant_id, figures, None if len(named) > MOST_NAMED else named)


async def rebuild(session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]) -> None:
    """Count everything from the records; figures nobody contributes any more go."""
    await _recount(session, tenant_id, figures, None)


async def differences(
    session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]
) -> list[Difference]:
    """Every figure whose kept number, or place, is not what the records say now."""
    counted = _union(tenant_id, figures, None).subquery()
    kept = select(_KEPT).where(_KEPT.c.tenant_id == tenant_id).subquery()
    wrong = (
        select(counted.c.name, counted.c.id, func.coalesce(kept.c.value, 0), counted.c.value)
        .outerjoin(
            kept, and_(kept.c.name == counted.c.name, kept.c.organization_id == counted.c.id)
        )
        .where(
            or_(
                func.coalesce(kept.c.value, 0) != counted.c.value,
                kept.c.path != counted.c.path,
            )
        )
    )
    left_over = (
        select(kept.c.name, kept.c.organization_id, kept.c.value, literal(0))
        .outerjoin(
            counted,
            and_(kept.c.name == counted.c.name, kept.c.organization_id == counted.c.id),
        )
        .where(counted.c.id.is_(None), kept.c.value != 0)
    )
    rows = [*await session.execute(wrong), *await session.execute(left_over)]
    return [
        Difference(name=name, organization_id=id, kept=int(before), counted=int(now))
        for name, id, before, now in sorted(rows, key=lambda row: (row[0], row[1].hex))
    ]


async def _recount(
    session: AsyncSession,
    tenant_id: UUID,
    figures: Sequence[Figure],
    named: Sequence[UUID] | None,
) -> None:
    """Forget what was kept of the organizations, and count it again."""
    await _lock(session, tenant_id, named)
    await session.execute(
        delete(_KEPT).where(_KEPT.c.tenant_id == tenant_id, *_among(_KEPT.c.organization_id, named))
    )
    if not figures:
        return
    if named is not None and len(named) == 1:
        values = {_TENANT: tenant_id, _UNIT: named[0]}
        await session.execute(_recount_of_one(tuple(figures)), values)
        return
    columns = ["tenant_id", "name", "organization_id", "path", "value"]
    counted = insert(_KEPT).from_select(columns, _union(tenant_id, figures, named))
    if named is not None or session.get_bind().dialect.name != "postgresql":
        await session.execute(counted)
        return
    # No statistics know yet of rows that this very transaction wrote, perhaps 100,000: PostgreSQL
    # would take them for a few, and compare each with each.
    await session.execute(text("SET LOCAL enable_nestloop = off"))
    await session.execute(counted)
    await session.execute(text("SET LOCAL enable_nestloop = on"))


@lru_cache(maxsize=16)
def _recount_of_one(figures: tuple[Figure, ...]) -> Insert:
    """The recount of a single organization, which most acts touch: building it costs the most."""
    tenant = bindparam(_TENANT, type_=Uuid())
    unit = bindparam(_UNIT, type_=Uuid())
    counted = union_all(*(_counted(figure, tenant, unit) for figure in figures))
    columns = ["tenant_id", "name", "organization_id", "path", "value"]
    return insert(_KEPT).from_select(columns, counted)


async def _lock(session: AsyncSession, tenant_id: UUID, named: Sequence[UUID] | None) -> None:
    """One recount at a time per organization, and none beside one of the whole tenant.

    Advisory locks, always taken in the same order: rows of the organizations are locked by whoever
    enters members there, and two of those would wait for each other. On SQLite a writer is alone.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    whole = _key(tenant_id)
    if named is None:
        await session.execute(text("SELECT pg_advisory_xact_lock(:whole)"), {"whole": whole})
        return
    await session.execute(
        text(
            "SELECT pg_advisory_xact_lock_shared(:whole)"
            " UNION ALL SELECT pg_advisory_xact_lock(key)"
            " FROM (SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key ORDER BY key) AS ordered"
        ),
        {"whole": whole, "keys": [_key(tenant_id, unit) for unit in named]},
    )


def _key(*ids: UUID) -> int:
    digest = sha256(b"figures" + b"".join(id.bytes for id in ids)).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _union(
    tenant_id: UUID, figures: Sequence[Figure], named: Sequence[UUID] | None
) -> CompoundSelect[Any]:
    """Every figure of the organizations, counted, as rows of the table that keeps them."""
    return union_all(*(_counted(figure, tenant_id, named) for figure in figures))


def _counted(figure: Figure, tenant_id: Any, named: Any) -> Select[Any]:
    """The contributed select, narrowed to some organizations where it reads its rows."""
    query = figure.per_organization(tenant_id)
    place = query.selected_columns[0]
    counted = query.where(*_among(getattr(place, "element", place), named)).subquery()
    unit, value, *period = counted.c
    name: Any = literal(figure.name, Text)
    if period:
        name = literal(f"{figure.name}.", Text) + cast(period[0], Text)
    return (
        select(
            _UNITS.c.tenant_id,
            name.label("name"),
            _UNITS.c.id,
            _UNITS.c.path,
            cast(value, BigInteger).label("value"),
        )
        .join(counted, counted.c[unit.name] == _UNITS.c.id)
        .where(_UNITS.c.tenant_id == tenant_id, *_among(_UNITS.c.id, named), value != 0)
    )


def _among(column: Any, named: Any) -> tuple[Any, ...]:
    """The condition that a column names one of some organizations, one of them, or any."""
    if named is None:
        return ()
    return (column == named if isinstance(named, BindParameter) else column.in_(named),)
