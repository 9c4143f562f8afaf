"""Posts and their holders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.rules import Holder, Post, PostKind
from zhibu.organizations.tables import Organization
from zhibu.organizations.tables import Post as PostRow

# The table itself: the mapper would send rows with and without nulls apart.
_ROWS: Any = PostRow.__table__

_POST: tuple[Any, ...] = (
    PostRow.id,
    PostRow.organization_id,
    PostRow.member_id,
    PostRow.kind,
    PostRow.since,
    PostRow.term_ends_on,
    PostRow.until,
    PostRow.reason,
)


def post_of(row: Row[*tuple[Any, ...]]) -> Post:
    return Post(**{**row._mapping, "kind": PostKind(row.kind)})


async def post(session: AsyncSession, tenant_id: UUID, id: UUID) -> Post | None:
    query = select(*_POST).where(PostRow.tenant_id == tenant_id, PostRow.id == id)
    row = (await session.execute(query)).first()
    return post_of(row) if row else None


async def posts_at(session: AsyncSession, tenant_id: UUID, units: Collection[UUID]) -> list[Post]:
    """Every post ever held at these organizations, in order of beginning."""
    query = (
        select(*_POST)
        .where(PostRow.tenant_id == tenant_id, PostRow.organization_id.in_(units))
        .order_by(PostRow.since, PostRow.id)
    )
    return [post_of(row) for row in await session.execute(query)]


async def posts_held(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, on: date
) -> list[tuple[str, str, date | None]]:
    """Kind, path of the organization, and known end, of each post held on that day."""
    query = (
        select(PostRow.kind, Organization.path, PostRow.until)
        .join(
            Organization,
            (Organization.tenant_id == PostRow.tenant_id)
            & (Organization.id == PostRow.organization_id),
        )
        .where(
            PostRow.tenant_id == tenant_id,
            PostRow.member_id == member_id,
            PostRow.since <= on,
            or_(PostRow.until.is_(None), PostRow.until > on),
        )
        .order_by(Organization.path, PostRow.kind)
    )
    return [(row.kind, row.path, row.until) for row in await session.execute(query)]


async def open_posts_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[tuple[Post, str]]:
    """The posts these members hold without a known end, each with its organization's path."""
    query = (
        select(*_POST, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == PostRow.tenant_id)
            & (Organization.id == PostRow.organization_id),
        )
        .where(
            PostRow.tenant_id == tenant_id,
            PostRow.member_id.in_(members),
            PostRow.until.is_(None),
        )
    )
    found = []
    for row in await session.execute(query):
        values = dict(row._mapping)
        path = values.pop("path")
        found.append((Post(**{**values, "kind": PostKind(row.kind)}), path))
    return found


async def insert_posts(session: AsyncSession, tenant_id: UUID, posts: Sequence[Post]) -> None:
    if posts:
        rows = [{"tenant_id": tenant_id, **asdict(new)} for new in posts]
        await session.execute(insert(_ROWS), rows)


async def update_post(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(PostRow)
        .where(PostRow.tenant_id == tenant_id, PostRow.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def end_posts(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], on: date, reason: str
) -> None:
    """These posts end on that day, or on the day they began if that is later."""
    if not ids:
        return
    await session.execute(
        update(PostRow)
        .where(PostRow.tenant_id == tenant_id, PostRow.id.in_(ids))
        .values(until=_not_before_it_began(on), reason=reason)
        .execution_options(synchronize_session=False)
    )


async def end_posts_at(
    session: AsyncSession, tenant_id: UUID, unit: UUID, on: date, reason: str
) -> int:
    """Every open post of the organization ends. Returns how many did."""
    query = (
        update(PostRow)
        .where(
            PostRow.tenant_id == tenant_id,
            PostRow.organization_id == unit,
            PostRow.until.is_(None),
        )
        .values(until=_not_before_it_began(on), reason=reason)
        .returning(PostRow.id)
        .execution_options(synchronize_session=False)
    )
    return len((await session.execute(query)).all())


async def holder(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, unit: UUID
) -> tuple[Holder | None, int]:
    """Who is to hold a post, and how many full members the unit has of its own.

    The holder is kept from being transferred or leaving until the transaction is over.
    """
    query = (
        select(
            Member.id, Member.name, Member.path, Member.group_id, Member.stage, Member.admitted_on
        )
        .where(Member.tenant_id == tenant_id, Member.id == member_id)
        .with_for_update(read=True)
    )
    row = (await session.execute(query)).first()
    full = select(func.count()).where(
        Member.tenant_id == tenant_id, Member.organization_id == unit, Member.stage == "full"
    )
    count = (await session.execute(full)).scalar_one()
    return (Holder(**row._mapping) if row else None), count


async def full_members(
    session: AsyncSession, tenant_id: UUID, units: Collection[UUID]
) -> dict[UUID, int]:
    """How many full members each of these organizations has of its own."""
    query = (
        select(Member.organization_id, func.count().label("members"))
        .where(
            Member.tenant_id == tenant_id,
            Member.organization_id.in_(units),
            Member.stage == "full",
        )
        .group_by(Member.organization_id)
    )
    return {row.organization_id: row.members for row in await session.execute(query)}


async def names_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, str]:
    query = select(Member.id, Member.name).where(
        Member.tenant_id == tenant_id, Member.id.in_(members)
    )
    return {row.id: row.name for row in await session.execute(query)}


def _not_before_it_began(on: date) -> Any:
    return case((PostRow.since > on, PostRow.since), else_=on)
