"""Keeping figures true: locking what an act touched, recounting it, and proving it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
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
from zhibu.storage.among import among
from zhibu.storage.fixed import Call, Fixed, run

_KEPT: Any = KeptFigure.__table__
_UNITS: Any = Organization.__table__
_COLUMNS = ["tenant_id", "name", "organization_id", "path", "value"]

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
    """Recount every figure of these organizations, and write what differs; in one statement.

    They are locked first, in order of their ids: of two acts in one branch, the second counts only
    after the first was committed, so neither can write what the other has made untrue.
    """
    named = sorted(organization_ids)
    if len(named) > MOST_NAMED:
        await rebuild(session, tenant_id, figures)
    elif named and figures:
        recount = _recount(tuple(figures))(tenant=tenant_id, units=named)
        await run(session, *_locks(session, tenant_id, named), recount)


async def rebuild(session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]) -> None:
    """Count everything from the records; figures nobody contributes any more go."""
    await run(session, *_locks(session, tenant_id, None), _FORGET(tenant=tenant_id))
    if not figures:
        return
    counted = insert(_KEPT).from_select(_COLUMNS, _union(tenant_id, figures))
    if session.get_bind().dialect.name != "postgresql":
        await session.execute(counted)
        return
    # No statistics know yet of rows that this very transaction wrote, perhaps 100,000: PostgreSQL
    # would take them for a few, and compare each with each.
    await session.execute(text("SET LOCAL enable_nestloop = off"))
    await session.execute(counted)
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
    counted = _union(tenant_id, figures).subquery()
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


@lru_cache(maxsize=64)
def _recount(figures: tuple[Figure, ...]) -> Fixed:
    """Count these figures of the `units` of a `tenant`, and write those that are kept otherwise.

    What is kept is counted along, as none: so what is there no longer becomes 0.
    """
    tenant = bindparam("tenant", type_=Uuid())
    counted = [
        _counted(figure, tenant, "units").add_columns(literal(0), literal("", Text))
        for figure in figures
    ]
    kept = (
        select(
            _UNITS.c.tenant_id,
            _KEPT.c.name,
            _UNITS.c.id,
            _UNITS.c.path,
            literal(0, BigInteger),
            _KEPT.c.value,
            _KEPT.c.path,
        )
        .join(
            _UNITS,
            and_(_UNITS.c.tenant_id == _KEPT.c.tenant_id, _UNITS.c.id == _KEPT.c.organization_id),
        )
        .where(_KEPT.c.tenant_id == tenant, among(_KEPT.c.organization_id, "units"))
    )
    found = union_all(*counted, kept).subquery()
    owner, name, unit, path, value, was, was_at = found.c
    now, before, at = func.sum(value), func.sum(was), func.max(was_at)
    different = (
        select(owner, name, unit, path, cast(now, BigInteger))
        .group_by(owner, name, unit, path)
        .having(or_(now != before, and_(at != "", at != path)))
    )

    def write(words: Any) -> Any:
        into = words.insert(_KEPT).from_select(_COLUMNS, different)
        new = {column: into.excluded[column] for column in ("path", "value")}
        keys = ["tenant_id", "name", "organization_id"]
        return into.on_conflict_do_update(index_elements=keys, set_=new)

    return Fixed(write)


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


def _union(tenant_id: UUID, figures: Sequence[Figure]) -> CompoundSelect[Any]:
    """Every figure, counted, as rows of the table that keeps them."""
    return union_all(*(_counted(figure, tenant_id, None) for figure in figures))


def _counted(figure: Figure, tenant_id: Any, named: str | None) -> Select[Any]:
    """The contributed select, narrowed to the organizations bound by that name."""
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


def _among(column: Any, named: str | None) -> tuple[Any, ...]:
    return () if named is None else (among(column, named),)


_FORGET = Fixed(delete(_KEPT).where(_KEPT.c.tenant_id == bindparam("tenant")))
_LOCK_ALL = Fixed(select(func.pg_advisory_xact_lock(bindparam("whole", type_=BigInteger))))
_LOCK = Fixed(
    text(
        "SELECT pg_advisory_xact_lock_shared(:whole)"
        " UNION ALL SELECT pg_advisory_xact_lock(key)"
        " FROM (SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key ORDER BY key) AS ordered"
    )
)
