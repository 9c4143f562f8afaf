"""Statements on role assignments and on what else gives roles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.roles import HeldPost, Holding, Place
from zhibu.accounts.tables import RoleAssignment
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, Look, run


def _holdings(tenant_id: Any) -> Select[*tuple[Any, ...]]:
    place = and_(
        Organization.tenant_id == RoleAssignment.tenant_id,
        Organization.id == RoleAssignment.organization_id,
    )
    return (
        select(
            RoleAssignment.id,
            RoleAssignment.account_id,
            RoleAssignment.role,
            RoleAssignment.organization_id,
            Organization.path,
            RoleAssignment.since,
            RoleAssignment.until,
            RoleAssignment.reason,
            RoleAssignment.granted_by,
        )
        .join(Organization, place)
        .where(RoleAssignment.tenant_id == tenant_id)
        .order_by(RoleAssignment.since, RoleAssignment.id)
    )


def _holding(row: Any) -> Holding:
    return Holding(
        id=row[0],
        account_id=row[1],
        role=row[2],
        organization_id=row[3],
        path=row[4],
        since=row[5],
        until=row[6],
        reason=row[7],
        granted_by=row[8],
    )


_HELD = Fixed(
    _holdings(bindparam("tenant")).where(RoleAssignment.account_id == bindparam("account"))
)


async def held_by(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> list[Holding]:
    """Every assignment of the account: past, present and future."""
    [rows] = await run(session, _HELD(tenant=tenant_id, account=account_id))
    return [_holding(row) for row in rows]


_LIVE = Fixed(
    _holdings(bindparam("tenant")).where(
        RoleAssignment.account_id == bindparam("account"),
        RoleAssignment.since <= bindparam("day"),
        or_(RoleAssignment.until.is_(None), RoleAssignment.until > bindparam("day")),
        or_(Organization.ended_on.is_(None), Organization.ended_on > bindparam("day")),
    )
)


async def live(session: AsyncSession, tenant_id: UUID, account_id: UUID, on: date) -> list[Holding]:
    """The assignments of the account that count that day."""
    [rows] = await run(session, _LIVE(tenant=tenant_id, account=account_id, day=on))
    return [_holding(row) for row in rows]


async def holding(session: AsyncSession, tenant_id: UUID, holding_id: UUID) -> Holding | None:
    row = (
        await session.execute(_holdings(tenant_id).where(RoleAssignment.id == holding_id))
    ).first()
    return None if row is None else _holding(row)


_ADD = Fixed(insert(RoleAssignment))


async def add(session: AsyncSession, tenant_id: UUID, holding: Holding) -> None:
    call = _ADD(
        tenant_id=tenant_id,
        id=holding.id,
        account_id=holding.account_id,
        role=holding.role,
        organization_id=holding.organization_id,
        since=holding.since,
        until=holding.until,
        reason=holding.reason,
        granted_by=holding.granted_by,
    )
    await run(session, call)


async def end(session: AsyncSession, tenant_id: UUID, holding_id: UUID, until: date) -> None:
    mine = and_(RoleAssignment.tenant_id == tenant_id, RoleAssignment.id == holding_id)
    await session.execute(update(RoleAssignment).where(mine).values(until=until))


_PLACES = select(
    Organization.id, Organization.path, Organization.name, Organization.kind, Organization.ended_on
).where(Organization.tenant_id == bindparam("tenant"))
_PLACE = Fixed(_PLACES.where(Organization.id == bindparam("organization")))
_AT = Fixed(_PLACES.where(among(Organization.path, "paths")))


def _place(row: Any) -> Place:
    return Place(id=row[0], path=row[1], name=row[2], kind=row[3], ended_on=row[4])


async def place(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> Place | None:
    [rows] = await run(session, _PLACE(tenant=tenant_id, organization=organization_id))
    return _place(rows[0]) if rows else None


async def root(session: AsyncSession, tenant_id: UUID) -> Place | None:
    """The organization at the top of the tree, once there is one."""
    statement = select(Organization.id).where(
        Organization.tenant_id == tenant_id, Organization.parent_id.is_(None)
    )
    found = (await session.execute(statement)).scalar()
    return None if found is None else await place(session, tenant_id, found)


_DAY: BindParameter[date] = bindparam("day")
_POST = and_(
    Post.tenant_id == Member.tenant_id,
    Post.member_id == Member.id,
    Post.since <= _DAY,
    or_(Post.until.is_(None), Post.until > _DAY),
)
_SEAT = and_(
    Organization.tenant_id == Post.tenant_id,
    Organization.id == Post.organization_id,
    or_(Organization.ended_on.is_(None), Organization.ended_on > _DAY),
)
# The branch of a member who has not left, and the posts held that day.
_MEMBERSHIP = Fixed(
    select(Member.path, Post.kind, Organization.kind, Organization.path, Post.since, Post.until)
    .select_from(Member)
    .outerjoin(Post, _POST)
    .outerjoin(Organization, _SEAT)
    .where(Member.tenant_id == bindparam("tenant"), Member.id == bindparam("member"))
    .where(or_(Member.left_on.is_(None), Member.left_on > _DAY))
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What gives somebody roles on a day: assignments, the own branch (`path`), and posts."""

    held: Sequence[Holding] = ()
    path: str | None = None
    posts: Sequence[HeldPost] = ()


async def standing(
    session: AsyncSession | Look,
    tenant_id: UUID,
    account_id: UUID,
    member_id: UUID | None,
    on: date,
) -> Standing:
    """What the account, and the member that it belongs to, hold that day, in one trip."""
    calls = [_LIVE(tenant=tenant_id, account=account_id, day=on)]
    if member_id is not None:
        calls.append(_MEMBERSHIP(tenant=tenant_id, member=member_id, day=on))
    live, *members = await run(session, *calls)
    own = members[0] if members else []
    posts = [
        HeldPost(kind=row[1], organization_kind=row[2], path=row[3], since=row[4], until=row[5])
        for row in own
        if row[3] is not None
    ]
    held = [_holding(row) for row in live]
    return Standing(held=held, path=own[0][0] if own else None, posts=posts)


async def give_again(session: AsyncSession, tenant_id: UUID, holding: Holding) -> None:
    """Use the row of a role that was ended before it began."""
    mine = and_(RoleAssignment.tenant_id == tenant_id, RoleAssignment.id == holding.id)
    values = {
        "until": holding.until,
        "reason": holding.reason,
        "granted_by": holding.granted_by,
    }
    await session.execute(update(RoleAssignment).where(mine).values(values))


async def places(
    session: AsyncSession, tenant_id: UUID, paths: Collection[str]
) -> dict[str, Place]:
    """The organizations at these paths."""
    [rows] = await run(session, _AT(tenant=tenant_id, paths=sorted(set(paths))))
    return {row[1]: _place(row) for row in rows}
