"""Who answers for a member, on any day; and the transfers of an organization."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from zhibu.members.reads import AFFILIATIONS
from zhibu.organizations.reads import ORGANIZATIONS, as_of, below, lasting
from zhibu_transfers.reads import cases, memberships
from zhibu_transfers.reads.cases import CASE, LETTER, READ
from zhibu_transfers.reads.memberships import MEMBERSHIP


class OfMember:
    """`member { transfers }`, on the day the root field was asked for."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.env = env


class OfOrganization:
    """`organization { transfers }`: here and below, as far as the caller may read."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row
        self.env = env

    def count(self, table: Any, place: Any, condition: Any) -> ColumnElement[int]:
        """How many rows whose organization in `place` lies here or below meet a condition."""
        row, unit = table.alias(), ORGANIZATIONS.alias()
        at = row.c[place] if isinstance(place, str) else place(row)
        return (
            select(func.count())
            .select_from(row.join(unit, unit.c.id == at))
            .where(
                below(unit.c.path, self.organization.c.path),
                self.env.may(READ, unit.c.path),
                condition(row),
            )
            .scalar_subquery()
        )


def responsible(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    """The branch that answers: the sender until the receiver has accepted (rule 17)."""
    day = as_of(env)
    home = AFFILIATIONS.alias()
    held = home.c.until.is_(None) if day is None else lasting(home, day)
    answering = (
        select(home.c.organization_id)
        .where(home.c.member_id == of.member.c.id, held)
        .limit(1)
        .scalar_subquery()
    )
    found: ColumnElement[bool] = target.c.id == answering
    return found


def opened(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    """The member's transfers, those that were opened by the day asked for."""
    day = as_of(env)
    own: ColumnElement[bool] = target.c.member_id == of.member.c.id
    return own if day is None else and_(own, target.c.opened_on <= day)


def asked(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    """What was decided about the membership, as far as it was asked by the day asked for."""
    day = as_of(env)
    own: ColumnElement[bool] = target.c.member_id == of.member.c.id
    return own if day is None else and_(own, target.c.asked_on <= day)


def going_out(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(CASE, "from_id", cases.is_open)


def coming_in(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(CASE, cases.arriving_at, cases.is_open)


def unused(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(LETTER, "organization_id", lambda row: row.c.state == "valid")


def expired(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(LETTER, "organization_id", lambda row: cases.expired(row, env))


def without_receipt(of: OfOrganization, env: Any) -> ColumnElement[int]:
    """On either side, as the list has them."""
    row = CASE.alias()
    sides = (row.c.from_id, row.c.to_id)
    inside = select(ORGANIZATIONS.c.id).where(below(ORGANIZATIONS.c.path, of.organization.c.path))
    return (
        select(func.count())
        .select_from(row)
        .where(
            or_(*(side.in_(inside) for side in sides)), cases.seen(row, env), cases.waits(row, env)
        )
        .scalar_subquery()
    )


def stopped(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(MEMBERSHIP, "organization_id", lambda row: memberships.stopped(row, env))


def retained(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return of.count(MEMBERSHIP, "organization_id", lambda row: memberships.retained(row, env))
