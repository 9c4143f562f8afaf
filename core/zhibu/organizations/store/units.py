"""Units and their periods."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.errors import VersionStale
from zhibu.organizations.rules import Kind, Period, Unit
from zhibu.organizations.store.periods import below, insert_periods
from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu.storage.fixed import Fixed, run
from zhibu.tenants.tables import Profile

# The table itself: the mapper would send rows with and without nulls apart.
_ROWS: Any = Organization.__table__

_UNIT: tuple[Any, ...] = (
    Organization.id,
    Organization.parent_id,
    Organization.path,
    Organization.code,
    Organization.name,
    Organization.short_name,
    Organization.kind,
    Organization.approves_probationary,
    Organization.founded_on,
    Organization.ended_on,
    Organization.successor_id,
    Organization.version,
)
_THIS = select(*_UNIT).where(
    Organization.tenant_id == bindparam("tenant"), Organization.id == bindparam("id")
)
_ONE = Fixed(_THIS)
_HELD, _ALONE = (Fixed(_THIS.with_for_update(read=read)) for read in (True, False))
# Fewer than the 32,766 variables that one SQLite statement may bind.
CHUNK = 5_000


def unit_of(row: Row[*tuple[Any, ...]]) -> Unit:
    return Unit(**{**row._mapping, "kind": Kind(row.kind)})


async def unit(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, hold: bool = False, alone: bool = False
) -> Unit | None:
    """One organization. `hold` keeps it from ending or moving until this transaction is over.

    `alone` also waits for all who hold it, so that nobody joins a unit that is being ended.
    """
    asked = _ALONE if alone else _HELD if hold else _ONE
    (rows,) = await run(session, asked(tenant=tenant_id, id=id))
    return unit_of(rows[0]) if rows else None


async def units(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> dict[UUID, Unit]:
    if not ids:
        return {}
    query = select(*_UNIT).where(Organization.tenant_id == tenant_id, Organization.id.in_(ids))
    return {row.id: unit_of(row) for row in await session.execute(query)}


async def units_above(session: AsyncSession, tenant_id: UUID, paths: Collection[str]) -> list[Unit]:
    """The organizations of these paths, the lowest first."""
    query = (
        select(*_UNIT)
        .where(Organization.tenant_id == tenant_id, Organization.path.in_(paths))
        .order_by(Organization.path.desc())
    )
    return [unit_of(row) for row in await session.execute(query)]


async def units_by_code(
    session: AsyncSession, tenant_id: UUID, codes: Collection[str]
) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    wanted = sorted(set(codes))
    for start in range(0, len(wanted), CHUNK):
        query = select(*_UNIT).where(
            Organization.tenant_id == tenant_id,
            Organization.code.in_(wanted[start : start + CHUNK]),
        )
        found |= {row.code: unit_of(row) for row in await session.execute(query)}
    return found


async def codes(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        query = select(Organization.id, Organization.code).where(
            Organization.tenant_id == tenant_id,
            Organization.id.in_(wanted[start : start + CHUNK]),
        )
        found |= {row.id: row.code for row in await session.execute(query)}
    return found


async def codes_taken(session: AsyncSession, tenant_id: UUID, codes: Collection[str]) -> set[str]:
    query = select(Organization.code).where(
        Organization.tenant_id == tenant_id, Organization.code.in_(codes)
    )
    return set(await session.scalars(query))


async def siblings(
    session: AsyncSession, tenant_id: UUID, parent_id: UUID | None, *, but: UUID | None = None
) -> set[str]:
    """The names of the living units below `parent_id`, without the unit `but`."""
    query = select(Organization.name).where(
        Organization.tenant_id == tenant_id,
        Organization.parent_id == parent_id,
        Organization.ended_on.is_(None),
    )
    if but is not None:
        query = query.where(Organization.id != but)
    return set(await session.scalars(query))


async def names_below(
    session: AsyncSession, tenant_id: UUID, parents: Collection[UUID]
) -> list[tuple[UUID, str]]:
    """Parent and name of every living unit right below one of these."""
    found: list[tuple[UUID, str]] = []
    wanted = sorted(parents)
    for start in range(0, len(wanted), CHUNK):
        query = select(Organization.parent_id, Organization.name).where(
            Organization.tenant_id == tenant_id,
            Organization.parent_id.in_(wanted[start : start + CHUNK]),
            Organization.ended_on.is_(None),
        )
        found += [(row.parent_id, row.name) for row in await session.execute(query)]
    return found


async def units_below(
    session: AsyncSession, tenant_id: UUID, path: str, scope: Scope
) -> list[Unit]:
    """The living units at or below `path` and in the scope, in the order of the tree."""
    query = (
        select(*_UNIT)
        .where(
            Organization.tenant_id == tenant_id,
            Organization.ended_on.is_(None),
            *below(Organization.path, path),
            scope.bound(_ROWS.c.path),
        )
        .order_by(Organization.path)
    )
    return [unit_of(row) for row in await session.execute(query)]


async def living_children(session: AsyncSession, tenant_id: UUID, id: UUID) -> dict[UUID, Unit]:
    query = select(*_UNIT).where(
        Organization.tenant_id == tenant_id,
        Organization.parent_id == id,
        Organization.ended_on.is_(None),
    )
    return {row.id: unit_of(row) for row in await session.execute(query)}


async def members_at(session: AsyncSession, tenant_id: UUID, id: UUID) -> int:
    """How many living members have their formal branch here, or belong to this Party group."""
    query = select(func.count()).where(
        Member.tenant_id == tenant_id,
        or_(Member.organization_id == id, Member.group_id == id),
        Member.stage != "left",
    )
    return (await session.execute(query)).scalar_one()


async def lock_tree(session: AsyncSession, tenant_id: UUID) -> None:
    """Let one change of the tree follow another: two moves at once could make a cycle."""
    await session.execute(
        select(Profile.next_label).where(Profile.tenant_id == tenant_id).with_for_update()
    )


async def take_labels(session: AsyncSession, tenant_id: UUID, count: int) -> int:
    """The first of `count` numbers that no path label of this tenant uses. Locks the tree."""
    query = (
        update(Profile)
        .where(Profile.tenant_id == tenant_id)
        .values(next_label=Profile.next_label + count)
        .returning(Profile.next_label)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(query)).scalar_one() - count


async def insert_units(
    session: AsyncSession, tenant_id: UUID, founded: Sequence[tuple[Unit, Period]]
) -> None:
    """New units, parents before children, each with its first period."""
    if not founded:
        return
    rows = [{"tenant_id": tenant_id, **asdict(new)} for new, _ in founded]
    await session.execute(insert(_ROWS), rows)
    await insert_periods(session, tenant_id, [period for _, period in founded])


async def save_unit(
    session: AsyncSession, tenant_id: UUID, before: Unit, values: Mapping[str, Any]
) -> None:
    """Write the changed columns. Raises `VersionStale` when somebody was faster."""
    query = (
        update(Organization)
        .where(
            Organization.tenant_id == tenant_id,
            Organization.id == before.id,
            Organization.version == before.version,
        )
        .values(version=before.version + 1, **values)
        .returning(Organization.version)
        .execution_options(synchronize_session=False)
    )
    if (await session.execute(query)).first() is None:
        raise VersionStale(path=("version",), version=before.version, current=None)
