"""The kept figures of a year, added up over a subtree; and what is overdue there today."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, and_, func, literal, select, type_coerce
from sqlalchemy import cast as sql_cast

from zhibu.figures.tables import KeptFigure
from zhibu.members.tables import Member
from zhibu.organizations.reads import below
from zhibu.storage.tables import Exact
from zhibu_dues.reads.months import is_overdue
from zhibu_dues.reads.rows import HANDOVER, MONTH, PAYMENT
from zhibu_dues.rules.handovers import HandoverState

READ = "dues:record:read"


class OfOrganization:
    """`organization { dues(year) }`: here and below, as far as the caller may read."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row
        self.year = args.bind("year")
        self.env = env

    def inside(self, path: Any) -> ColumnElement[bool]:
        return and_(below(path, self.organization.c.path), self.env.may(READ, path))

    def total(self, figure: str) -> ColumnElement[int]:
        """A kept figure of the year."""
        kept = KeptFigure.__table__.alias()
        name = literal(f"{figure}.") + sql_cast(self.year, Text())
        return (
            select(sql_cast(func.coalesce(func.sum(kept.c.value), 0), BigInteger))
            .where(kept.c.name == name, self.inside(kept.c.path))
            .scalar_subquery()
        )

    def yuan(self, figure: str) -> ColumnElement[Decimal]:
        return as_yuan(self.total(figure))


def as_yuan(fen: Any) -> ColumnElement[Decimal]:
    """A number of fen, shown as yuan: both columns are kept in hundredths."""
    return type_coerce(fen, Exact())


def overdue_members(of: OfOrganization, env: Any) -> ColumnElement[int]:
    """Members with months overdue today, of any year; the list is `duesMonths`."""
    month, member = MONTH.alias(), Member.__table__.alias()
    return (
        select(func.count(month.c.member_id.distinct()))
        .select_from(month.join(member, member.c.id == month.c.member_id))
        .where(is_overdue(month, env), member.c.left_on.is_(None), of.inside(member.c.path))
        .scalar_subquery()
    )


def in_hand(of: OfOrganization, env: Any) -> ColumnElement[Decimal]:
    """What this organization itself collected or received and has not handed over."""
    payment, handover = PAYMENT.alias(), HANDOVER.alias()
    unit = of.organization.c.id
    collected = (
        select(func.coalesce(func.sum(payment.c.fen + payment.c.voluntary_fen), 0))
        .where(
            payment.c.organization_id == unit,
            payment.c.voided_on.is_(None),
            payment.c.handover_id.is_(None),
        )
        .scalar_subquery()
    )
    received = (
        select(func.coalesce(func.sum(handover.c.fen), 0))
        .where(
            handover.c.above_id == unit,
            handover.c.state == HandoverState.RECEIVED,
            handover.c.passed_id.is_(None),
        )
        .scalar_subquery()
    )
    return as_yuan(sql_cast(collected + received, BigInteger))
