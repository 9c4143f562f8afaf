"""Whoever holds a role at an organization, as a select that other statements join."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_, union_all

from zhibu.accounts.rules.roles import posts_giving
from zhibu.accounts.tables import Account, RoleAssignment
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post


def holding(tenant_id: UUID, roles: Collection[str], on: date) -> Any:
    """`account_id` and `organization_id` of each enabled account that has one of these roles.

    Given or by post, and exactly there: what is inherited from above does not count.
    """
    given = (
        select(Account.id.label("account_id"), RoleAssignment.organization_id)
        .join_from(
            RoleAssignment,
            Account,
            and_(
                Account.tenant_id == RoleAssignment.tenant_id,
                Account.id == RoleAssignment.account_id,
            ),
        )
        .where(
            RoleAssignment.tenant_id == tenant_id,
            RoleAssignment.role.in_(sorted(roles)),
            _lasts(RoleAssignment, on),
            Account.disabled_at.is_(None),
        )
    )
    return union_all(given, _by_post(tenant_id, roles, on))


def _by_post(tenant_id: UUID, roles: Collection[str], on: date) -> Select[*tuple[Any, ...]]:
    posts = sorted(posts_giving(roles))
    return (
        select(Account.id.label("account_id"), Post.organization_id)
        .join_from(
            Post,
            Account,
            and_(Account.tenant_id == Post.tenant_id, Account.member_id == Post.member_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Post.tenant_id,
                Organization.id == Post.organization_id,
            ),
        )
        .join(Member, and_(Member.tenant_id == Post.tenant_id, Member.id == Post.member_id))
        .where(
            Post.tenant_id == tenant_id,
            tuple_(Post.kind, Organization.kind).in_(posts),
            _lasts(Post, on),
            or_(Member.left_on.is_(None), Member.left_on > on),
            Account.disabled_at.is_(None),
        )
    )


def _lasts(row: Any, on: date) -> ColumnElement[bool]:
    return and_(row.since <= on, or_(row.until.is_(None), row.until > on))
