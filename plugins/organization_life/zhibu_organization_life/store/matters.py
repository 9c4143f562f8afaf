"""Matters of units."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_organization_life.rules.matters import Matter, MatterKind
from zhibu_organization_life.tables import Matter as Row

MATTER: Any = Row.__table__


async def matter(session: AsyncSession, tenant_id: UUID, id: UUID) -> Matter | None:
    """One matter, held until the act is over."""
    found = await session.execute(
        select(Row, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == Row.tenant_id) & (Organization.id == Row.organization_id),
        )
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path = first
    return Matter(
        id=row.id,
        path=path,
        kind=MatterKind(row.kind),
        title=row.title,
        member_id=row.member_id,
        happened_on=row.happened_on,
        answered_on=row.answered_on,
        voided_on=row.voided_on,
        sealed=row.sealed,
    )


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a matter."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def matters_below(
    session: AsyncSession, tenant_id: UUID, path: str, first: Any, last: Any, *, most: int
) -> Sequence[Any]:
    """What units at or below a path recorded of a year, by day, without what is void.

    No more than `most` and one.
    """
    rows = await session.execute(
        select(Row, Organization.name, Organization.path, Member.name.label("whom"))
        .join(
            Organization,
            (Organization.tenant_id == Row.tenant_id) & (Organization.id == Row.organization_id),
        )
        .outerjoin(Member, (Member.tenant_id == Row.tenant_id) & (Member.id == Row.member_id))
        .where(
            Row.tenant_id == tenant_id,
            Row.voided_on.is_(None),
            Row.happened_on.between(first, last),
            Organization.path >= path,
            Organization.path < path[:-1] + "/",
        )
        .order_by(Row.happened_on, Row.id)
        .limit(most + 1)
    )
    return rows.all()


async def erase(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase what these reported; that they did stays."""
    await session.execute(
        update(MATTER)
        .where(
            MATTER.c.tenant_id == tenant_id,
            among(MATTER.c.member_id, "members"),
            MATTER.c.sealed.is_not(None),
        )
        .values(sealed=b""),
        {"members": sorted(set(members))},
    )
