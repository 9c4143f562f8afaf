"""Who holds a role or a post on a day, at or above an organization, or below it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.tables import Account, RoleAssignment
from zhibu.identifiers import ancestors
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post
from zhibu_education.rules.duties import Holder


async def role_holders(
    session: AsyncSession, tenant_id: UUID, roles: Collection[str], path: str, on: date
) -> list[tuple[str, Holder]]:
    """Accounts with one of these roles around `path` on that day, each with its role."""
    rows = await session.execute(
        select(RoleAssignment.role, Account.name, Organization.name, Organization.path)
        .join(
            Account,
            and_(
                Account.tenant_id == RoleAssignment.tenant_id,
                Account.id == RoleAssignment.account_id,
            ),
        )
        .join(Organization, _place(RoleAssignment))
        .where(
            RoleAssignment.tenant_id == tenant_id,
            RoleAssignment.role.in_(sorted(roles)),
            Account.disabled_at.is_(None),
            *_lasting(RoleAssignment, on),
            _around(path),
        )
    )
    return [(word, Holder(name=name, organization=unit, path=at)) for word, name, unit, at in rows]


async def post_holders(
    session: AsyncSession, tenant_id: UUID, kinds: Collection[str], path: str, on: date
) -> list[tuple[str, Holder]]:
    """Members with one of these posts around `path` on that day, each with the post."""
    rows = await session.execute(
        select(Post.kind, Member.name, Organization.name, Organization.path)
        .join(Member, and_(Member.tenant_id == Post.tenant_id, Member.id == Post.member_id))
        .join(Organization, _place(Post))
        .where(
            Post.tenant_id == tenant_id,
            Post.kind.in_(sorted(kinds)),
            *_lasting(Post, on),
            _around(path),
        )
    )
    return [(word, Holder(name=name, organization=unit, path=at)) for word, name, unit, at in rows]


def _place(row: Any) -> Any:
    return and_(
        Organization.tenant_id == row.tenant_id,
        Organization.id == row.organization_id,
        Organization.ended_on.is_(None),
    )


def _lasting(row: Any, on: date) -> list[Any]:
    return [row.since <= on, or_(row.until.is_(None), row.until > on)]


def _around(path: str) -> Any:
    below = and_(Organization.path >= path, Organization.path < path[:-1] + "/")
    return or_(below, Organization.path.in_(ancestors(path)))
