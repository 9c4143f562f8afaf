"""Stays away, as the fields read them."""

from typing import Any

from sqlalchemy import ColumnElement, select

from zhibu_flow_members.tables import Case
from zhibu_flow_members.tables.figures import away_on, began_later

CASE: Any = Case.__table__


def later(case: Any, day: Any) -> ColumnElement[bool]:
    """Whether another stay of the same member has begun since; `case` is an alias of the table."""
    other = CASE.alias()
    return select(other.c.id).where(began_later(other, case, day)).correlate(case).exists()


def away(case: Any, day: Any) -> ColumnElement[bool]:
    """Whether somebody is away on a day."""
    return away_on(case, day, later(case, day))
