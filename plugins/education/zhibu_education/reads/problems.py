"""What is behind in a year at or below an organization, counted from the records (S0-36)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from zhibu.members.tables import Member
from zhibu_education.reads.rows import CREDIT, STANDING
from zhibu_education.reads.standing import behind_pace, not_met, will_miss
from zhibu_education.rules.catalogues import CreditState


def members_short(namespace: Any, outlook: str) -> ColumnElement[int]:
    """How many living members are behind pace, will miss the year, or have not reached it.

    The same condition as that of the list `educationBehind`, so that the two cannot differ.
    """
    standing, member = STANDING.alias(), Member.__table__.alias()
    short = {
        "behind_pace": lambda: behind_pace(standing, namespace.args, namespace.env),
        "will_miss": lambda: will_miss(standing, namespace.args, namespace.env),
        "not_met": lambda: not_met(standing),
    }
    return (
        select(func.count())
        .select_from(member)
        .join(standing, _of_member(standing, member))
        .where(
            namespace.here.unit(member.c.path),
            member.c.left_on.is_(None),
            standing.c.year == namespace.year,
            short[outlook](),
        )
        .scalar_subquery()
    )


def credits_waiting(namespace: Any) -> ColumnElement[int]:
    """How many credits of the year wait for verification."""
    count: ColumnElement[int] = _waiting(namespace, lambda credit: func.count(credit.c.id))
    return count


def waiting_since(namespace: Any) -> ColumnElement[datetime]:
    """When the one that waits longest was entered."""
    first: ColumnElement[datetime] = _waiting(
        namespace, lambda credit: func.min(credit.c.recorded_at)
    )
    return first


def _waiting(namespace: Any, value: Callable[[Any], Any]) -> Any:
    credit, member = CREDIT.alias(), Member.__table__.alias()
    return (
        select(value(credit))
        .select_from(member)
        .join(credit, _of_member(credit, member))
        .where(
            namespace.here.unit(member.c.path),
            credit.c.year == namespace.year,
            credit.c.state == CreditState.PENDING,
        )
        .scalar_subquery()
    )


def _of_member(row: Any, member: Any) -> ColumnElement[bool]:
    return and_(row.c.tenant_id == member.c.tenant_id, row.c.member_id == member.c.id)
