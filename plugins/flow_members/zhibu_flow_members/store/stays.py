"""Stays away, as every statement of them needs them."""

from typing import Any

from sqlalchemy import ColumnElement, select

from zhibu_flow_members.tables import Case
from zhibu_flow_members.tables.figures import away_on, began_later

CASE: Any = Case.__table__


def later(day: Any) -> ColumnElement[bool]:
    """Whether another stay of the same member has begun since."""
    other = CASE.alias()
    same = (other.c.tenant_id == CASE.c.tenant_id, began_later(other, CASE, day))
    return select(other.c.id).where(*same).correlate(CASE).exists()


def away(day: Any) -> ColumnElement[bool]:
    """Whether somebody is away on a day."""
    return away_on(CASE, day, later(day))
