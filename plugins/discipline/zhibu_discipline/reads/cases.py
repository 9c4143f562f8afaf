"""Who sees a disposition, and which of them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from zhibu.members.reads import MEMBERS
from zhibu.organizations.reads import (
    ORGANIZATIONS,
    below,
    organizations_inside,
    path_of_organization,
)
from zhibu_discipline.rules.cases import UNDER_WAY, State
from zhibu_discipline.tables import DisciplineCase

CASE: Any = DisciplineCase.__table__
READ = "discipline:case:read"
READ_RESTRICTED = "discipline:case:read_restricted"
# What is still being looked into, or came to nothing before, is not the member's yet.
UNTOLD = (State.OPENED, State.DROPPED)


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read dispositions of the branch, restricted ones if that too; and the member."""
    path, told = path_of_organization(row), row.c.state.not_in(UNTOLD)
    return or_(_open(row, env, path), and_(told, _open(row, env, path, row.c.member_id)))


def _open(row: Any, env: Any, *whose: Any) -> ColumnElement[bool]:
    """Whether the caller may read it, and if it is restricted may read those too."""
    return and_(
        env.may(READ, *whose), or_(row.c.restricted.is_(False), env.may(READ_RESTRICTED, *whose))
    )


def inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether it lies at or below the organization asked for."""
    return organizations_inside(row.c.organization_id, args.row("organization", "Organization"))


def is_under_way(row: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = row.c.state.in_(sorted(UNDER_WAY))
    return found


class OfMember:
    """`member { discipline }`."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.env = env


class OfOrganization:
    """`organization { discipline }`: here and below, as far as the caller may read."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row
        self.env = env

    def count(self, *conditions: Any) -> ColumnElement[int]:
        """How many dispositions here or below meet these conditions."""
        row, unit = CASE.alias(), ORGANIZATIONS.alias()
        return (
            select(func.count())
            .select_from(row.join(unit, unit.c.id == row.c.organization_id))
            .where(
                below(unit.c.path, self.organization.c.path),
                seen(row, self.env),
                *(condition(row) for condition in conditions),
            )
            .scalar_subquery()
        )


def of_member(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = target.c.member_id == of.member.c.id
    return found


def under_way(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(is_under_way)


def correcting(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(lambda row: row.c.state == State.DECIDED, lambda row: row.c.until.is_not(None))


def undelivered(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(
        lambda row: row.c.decided_on.is_not(None), lambda row: row.c.delivered_on.is_(None)
    )


def name(row: Any, env: Any) -> ColumnElement[str]:
    """The member's name, for whoever sees the disposition."""
    member = MEMBERS.alias()
    found: ColumnElement[str] = (
        select(member.c.name).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )
    return func.coalesce(found, literal(""))
