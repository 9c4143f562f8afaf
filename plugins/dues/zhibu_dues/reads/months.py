"""A member's months: what is owed and paid, what is overdue, and by which base."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, case, extract, func, select
from sqlalchemy import cast as sql_cast

from zhibu_dues.reads.rows import BASE, MONTH
from zhibu_dues.rules.bases import BaseState


class OfMember:
    """`member { dues(year) }`: the member's months of that year."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.year = args.bind("year")

    def shows(self, row: Any) -> ColumnElement[bool]:
        """Whether a row is about this member."""
        shown: ColumnElement[bool] = row.c.member_id == self.member.c.id
        return shown


def total(of: OfMember, column: str) -> ColumnElement[int]:
    """A column of the year's months, added up."""
    month = MONTH.alias()
    return (
        select(sql_cast(func.coalesce(func.sum(month.c[column]), 0), BigInteger))
        .where(of.shows(month), month.c.year == of.year)
        .scalar_subquery()
    )


def overdue_count(of: OfMember, env: Any) -> ColumnElement[int]:
    """How many months, of any year, are overdue today."""
    return _overdue(of, env, lambda month: func.count())


def overdue_fen(of: OfMember, env: Any) -> ColumnElement[int]:
    """What is missing of them, in fen."""
    return _overdue(of, env, lambda month: func.sum(month.c.owed_fen - month.c.paid_fen))


def streak(of: OfMember, env: Any) -> ColumnElement[int]:
    """How many of them in a row at most."""
    return _overdue(of, env, lambda month: func.max(month.c.streak))


def paid_to(of: OfMember, env: Any) -> ColumnElement[Any]:
    """The last month that is owed before the first one that is open."""
    month, first = MONTH.alias(), MONTH.alias()
    opens = (
        select(func.min(first.c.month))
        .where(of.shows(first), first.c.paid_fen < first.c.owed_fen)
        .scalar_subquery()
    )
    return (
        select(func.max(month.c.month))
        .where(of.shows(month), month.c.owed_fen > 0, (opens.is_(None)) | (month.c.month < opens))
        .scalar_subquery()
    )


def is_overdue(month: Any, env: Any) -> ColumnElement[bool]:
    return and_(month.c.due_on < env.today, month.c.paid_fen < month.c.owed_fen)


def state(month: Any, env: Any) -> ColumnElement[str]:
    """How a month stands today, as a word of `MonthState`."""
    return case(
        (and_(month.c.owed_fen == 0, month.c.paid_fen == 0), "nothing_owed"),
        (month.c.paid_fen >= month.c.owed_fen, "paid"),
        (month.c.due_on < env.today, "overdue"),
        else_="open",
    )


def of_base(column: str) -> Any:
    """A column of the base by which a month is owed."""

    def expression(month: Any, env: Any) -> Any:
        base = BASE.alias()
        return (
            select(base.c[column])
            .where(
                base.c.member_id == month.c.member_id,
                base.c.year == month.c.year,
                base.c.state == BaseState.CONFIRMED,
                base.c.from_month <= sql_cast(extract("month", month.c.month), Integer),
            )
            .order_by(base.c.from_month.desc())
            .limit(1)
            .correlate(month)
            .scalar_subquery()
        )

    return expression


def _overdue(of: OfMember, env: Any, value: Callable[[Any], Any]) -> ColumnElement[int]:
    month = MONTH.alias()
    return (
        select(sql_cast(func.coalesce(value(month), 0), BigInteger))
        .select_from(month)
        .where(of.shows(month), is_overdue(month, env))
        .scalar_subquery()
    )
