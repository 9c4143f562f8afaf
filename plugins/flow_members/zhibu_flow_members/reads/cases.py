"""Where a case belongs on each of its two sides, and what is counted of cases."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from zhibu.members.tables import Member
from zhibu.organizations.reads import below
from zhibu.organizations.tables import Organization
from zhibu_flow_members.reads.guests import guests_counted
from zhibu_flow_members.reads.stays import away
from zhibu_flow_members.tables import Case

CASE: Any = Case.__table__
READ = "flow_members:case:read"
ARRIVAL_READ = "flow_members:arrival:read"


def path_of_host(row: Any) -> ColumnElement[str]:
    """The path of the organization that takes somebody in; null, so nobody's, where none does.

    What was recorded by mistake is no host's either.
    """
    unit = Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(unit.c.id == row.c.host_id, row.c.voided_on.is_(None))
        .correlate(row)
        .scalar_subquery()
    )


def name_of_member(row: Any, env: Any) -> ColumnElement[str]:
    """The name of who came, for whoever takes him in."""
    member = Member.__table__.alias()
    return (
        select(member.c.name).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )


def home_of(row: Any, target: Any) -> ColumnElement[bool]:
    """The branch to which the member of a row belongs."""
    member = Member.__table__.alias()
    home = select(member.c.organization_id).where(member.c.id == row.c.member_id)
    found: ColumnElement[bool] = target.c.id == home.correlate(row).scalar_subquery()
    return found


def floating(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether somebody is a floating member by the definition of 2024 (rule 25)."""
    return and_(away_now(row, env), row.c.floating_from <= env.today)


def away_now(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether somebody who is a member still is away today; planned stays have not begun."""
    member = Member.__table__.alias()
    living = select(member.c.id).where(member.c.id == row.c.member_id, member.c.left_on.is_(None))
    return and_(away(row, env.today), living.correlate(row).exists())


class OfMember:
    """`member { flowMembers }`: whether and where a member is away."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row

    def case(self, target: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = target.c.member_id == self.member.c.id
        return found


class OfOrganization:
    """`organization { flowMembers }`: how many are away from here and below, and taken in here."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization, self.env = row, env

    def away(self, *conditions: Any) -> ColumnElement[int]:
        """How many are away from here and below, of whom each condition holds."""
        case, member = CASE.alias(), Member.__table__.alias()
        return (
            select(func.count())
            .select_from(case)
            .join(member, member.c.id == case.c.member_id)
            .where(
                away(case, self.env.today),
                member.c.left_on.is_(None),
                below(member.c.path, self.organization.c.path),
                self.env.may(READ, member.c.path),
                *(condition(case) for condition in conditions),
            )
            .correlate(self.organization)
            .scalar_subquery()
        )

    def arrival(self, target: Any) -> ColumnElement[bool]:
        """Whether somebody is taken in by this organization itself."""
        found: ColumnElement[bool] = target.c.host_id == self.organization.c.id
        return found

    def here(self, *conditions: Any) -> ColumnElement[int]:
        """How many are taken in here and below, of whom each condition holds; guests too."""
        case, unit = CASE.alias(), Organization.__table__.alias()
        member = Member.__table__.alias()
        hosted = (
            select(func.count())
            .select_from(case)
            .join(unit, unit.c.id == case.c.host_id)
            .join(member, member.c.id == case.c.member_id)
            .where(
                away(case, self.env.today),
                member.c.left_on.is_(None),
                below(unit.c.path, self.organization.c.path),
                self.env.may(ARRIVAL_READ, unit.c.path),
                *(condition(case) for condition in conditions),
            )
            .correlate(self.organization)
            .scalar_subquery()
        )
        guests = guests_counted(self.organization, self.env, ARRIVAL_READ, *conditions)
        found: ColumnElement[int] = hosted + guests
        return found
