"""Where guests from other institutions stand, and how many there are."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from zhibu.organizations.reads import below, organizations_inside
from zhibu.organizations.tables import Organization
from zhibu_flow_members.tables import Guest, GuestNote
from zhibu_flow_members.tables.figures import guest_here

GUEST: Any = Guest.__table__
GUEST_NOTE: Any = GuestNote.__table__


def path_of_guest(row: Any) -> ColumnElement[str]:
    """The path of the branch that takes him in, or of whoever was asked."""
    unit = Organization.__table__.alias()
    place = func.coalesce(row.c.host_id, row.c.receiver_id)
    return select(unit.c.path).where(unit.c.id == place).correlate(row).scalar_subquery()


def path_of_note(row: Any) -> ColumnElement[str]:
    """The path of who noted it."""
    unit = Organization.__table__.alias()
    return select(unit.c.path).where(unit.c.id == row.c.host_id).correlate(row).scalar_subquery()


def guests_inside(row: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the stay is there, or was asked for there."""
    return or_(
        organizations_inside(row.c.host_id, organization),
        organizations_inside(row.c.receiver_id, organization),
    )


def guests_counted(organization: Any, env: Any, permission: str, *conditions: Any) -> Any:
    """How many are here and below, of whom each condition holds."""
    guest, unit = GUEST.alias(), Organization.__table__.alias()
    return (
        select(func.count())
        .select_from(guest)
        .join(unit, unit.c.id == guest.c.host_id)
        .where(
            guest_here(guest, env.today),
            below(unit.c.path, organization.c.path),
            env.may(permission, unit.c.path),
            *(condition(guest) for condition in conditions),
        )
        .correlate(organization)
        .scalar_subquery()
    )
