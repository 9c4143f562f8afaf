"""Where plugin switches are seen from, as SQL for the graph."""

from typing import Any

from sqlalchemy import ColumnElement, select

from zhibu.organizations.tables import Organization
from zhibu.tenants.tables import PluginSwitch

SWITCHES = PluginSwitch.__table__
_ORGANIZATIONS = Organization.__table__


def path_of_place(row: Any) -> ColumnElement[Any]:
    """The organization that a switch is set at."""
    place = _ORGANIZATIONS.alias()
    return select(place.c.path).where(place.c.id == row.c.organization_id).scalar_subquery()
