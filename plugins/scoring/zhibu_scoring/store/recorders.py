"""Posts of a branch with their holders, and the recommendations they rest on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Post
from zhibu_scoring.rules.recorders import Recommended, Seat
from zhibu_scoring.tables import ScoringRecommendation

ROWS: Any = ScoringRecommendation.__table__


async def unit_of_post(session: AsyncSession, tenant_id: UUID, id: UUID) -> UUID | None:
    """The organization of a post; None where there is no such post."""
    found: UUID | None = await session.scalar(
        select(Post.organization_id).where(Post.tenant_id == tenant_id, Post.id == id)
    )
    return found


async def seats_of(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> list[Seat]:
    """Every post ever held at a branch, with who held it."""
    rows = await session.execute(
        select(Post.id, Post.member_id, Member.name, Post.kind, Post.since, Post.until)
        .join(Member, (Member.tenant_id == Post.tenant_id) & (Member.id == Post.member_id))
        .where(Post.tenant_id == tenant_id, Post.organization_id == organization_id)
        .order_by(Post.since, Post.id)
    )
    return [Seat(**row._mapping) for row in rows]


async def members_of(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> int:
    """How many members a branch has now."""
    found = await session.scalar(
        select(func.count())
        .select_from(Member)
        .where(
            Member.tenant_id == tenant_id,
            Member.organization_id == organization_id,
            Member.left_on.is_(None),
        )
    )
    return int(found or 0)


async def standing(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID
) -> Sequence[Recommended]:
    """What a branch recommended and nobody withdrew."""
    where = ROWS.c.organization_id == organization_id
    return await _found(session, tenant_id, where & ROWS.c.withdrawn_on.is_(None))


async def recommendation(session: AsyncSession, tenant_id: UUID, id: UUID) -> Recommended | None:
    """One recommendation; None where there is none."""
    found = await _found(session, tenant_id, ROWS.c.id == id)
    return found[0] if found else None


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(ROWS).values(tenant_id=tenant_id, **values))


async def withdraw(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Say that it was withdrawn."""
    await session.execute(
        update(ROWS).where(ROWS.c.tenant_id == tenant_id, ROWS.c.id == id).values(**values)
    )


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool]
) -> Sequence[Recommended]:
    rows = await session.execute(
        select(
            ROWS.c.id,
            ROWS.c.post_id,
            ROWS.c.organization_id,
            ROWS.c.member_id,
            ROWS.c.held_on,
            ROWS.c.withdrawn_on,
        )
        .where(ROWS.c.tenant_id == tenant_id, where)
        .order_by(ROWS.c.held_on, ROWS.c.id)
    )
    return [Recommended(**row._mapping) for row in rows]
