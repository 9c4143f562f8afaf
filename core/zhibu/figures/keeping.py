"""Keeping figures true: locking what an act touched, recounting it, and proving it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, delete, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Figure
from zhibu.figures.tables import KeptFigure
from zhibu.organizations.tables import Organization
from zhibu.storage.upsert import insert_or

_KEPT: Any = KeptFigure.__table__
_UNITS: Any = Organization.__table__

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
    """Recount every figure of these organizations, in two statements.

    They are locked first, in order of their ids: of two acts in one branch, the second counts only
    after the first was committed, so neither can write what the other has made untrue.
    """
    named = sorted(organization_ids)
    if not named or not figures:
        return
    lock = (
        select(_UNITS.c.id)
        .where(_UNITS.c.tenant_id == tenant_id, *_among(_UNITS.c.id, named))
        .order_by(_UNITS.c.id)
        .with_for_update(key_share=True)  # a plain one would deadlock with foreign keys to them
    )
    await session.execute(lock)
    await session.execute(_recount(session, tenant_id, figures, named))


async def rebuild(session: AsyncSession, tenant_id: UUID, figures: Sequence[Figure]) -> None:
    """Count everything from the records; figures nobody contributes any more go."""
    names = [figure.name for figure in figures]
    await session.execute(
        delete(_KEPT).where(_KEPT.c.tenant_id == tenant_id, _KEPT.c.name.not_in(names))
    )
    units = select(_UNITS.c.id).where(_UNITS.c.tenant_id == tenant_id).order_by(_UNITS.c.id)
    await session.execute(units.with_for_update(key_share=True))
    if figures:
        await session.execute(_recount(session, tenant_id, figures, None))


async def differences(
    session: AsyncSession, tenant_id: UUID, figures: Iterable[Figure]
) -> list[Difference]:
    """Every figure whose kept number, or place, is not what the records say now."""
    found = []
    for figure in figures:
        counted = _counted(figure, tenant_id, None)
        kept = (
            select(_KEPT.c.organization_id, _KEPT.c.value, _KEPT.c.path)
            .where(_KEPT.c.tenant_id == tenant_id, _KEPT.c.name == figure.name)
            .subquery()
        )
        is_kept, is_counted = func.coalesce(kept.c.value, 0), func.coalesce(counted.c.value, 0)
        query = (
            select(_UNITS.c.id, is_kept.label("kept"), is_counted.label("counted"))
            .outerjoin(counted, counted.c.organization_id == _UNITS.c.id)
            .outerjoin(kept, kept.c.organization_id == _UNITS.c.id)
            .where(
                _UNITS.c.tenant_id == tenant_id,
                or_(is_kept != is_counted, kept.c.path != _UNITS.c.path),
            )
            .order_by(_UNITS.c.id)
        )
        found += [
            Difference(name=figure.name, organization_id=id, kept=int(kept), counted=int(counted))
            for id, kept, counted in await session.execute(query)
        ]
    return found


def _recount(
    session: AsyncSession,
    tenant_id: UUID,
    figures: Sequence[Figure],
    named: Sequence[UUID] | None,
) -> Any:
    """One statement that counts all figures of the organizations and writes what has changed."""
    parts = []
    for figure in figures:
        counted = _counted(figure, tenant_id, named)
        parts.append(
            select(
                _UNITS.c.tenant_id,
                literal(figure.name).label("name"),
                _UNITS.c.id,
                _UNITS.c.path,
                func.coalesce(counted.c.value, 0).label("value"),
            )
            .outerjoin(counted, counted.c.organization_id == _UNITS.c.id)
            .where(_UNITS.c.tenant_id == tenant_id, *_among(_UNITS.c.id, named))
        )
    written = insert_or(session, _KEPT).from_select(
        ["tenant_id", "name", "organization_id", "path", "value"],
        union_all(*parts) if len(parts) > 1 else parts[0],
    )
    new = written.excluded
    return written.on_conflict_do_update(
        index_elements=["tenant_id", "name", "organization_id"],
        set_={"path": new.path, "value": new.value},
        where=or_(_KEPT.c.value != new.value, _KEPT.c.path != new.path),
    )


def _counted(figure: Figure, tenant_id: UUID, named: Sequence[UUID] | None) -> Subquery:
    """The contributed select, narrowed to some organizations where it reads its rows."""
    query = figure.per_organization(tenant_id)
    place, value = query.selected_columns
    if isinstance(query, Select) and named is not None:
        query = query.where(*_among(getattr(place, "element", place), named))
    counted = query.subquery()
    place, value = counted.c
    return select(place.label("organization_id"), value.label("value")).subquery()


def _among(column: Any, named: Sequence[UUID] | None) -> tuple[Any, ...]:
    if named is None or len(named) > MOST_NAMED:
        return ()
    return (column.in_(named),)
