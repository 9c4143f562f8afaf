"""What lies at or below an organization and not where the plugin is off, as lists are read.

Every number of a unit is counted through this, so that it is as long as its list.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_

from zhibu.organizations.reads import below

READ, PLAN_READ = "education:record:read", "education:plan:read"


class Here:
    """The places at or below the path `top` of which the caller may read."""

    def __init__(self, top: Any, env: Any) -> None:
        self._top, self._env = top, env

    def unit(self, path: Any) -> ColumnElement[bool]:
        return and_(below(path, self._top), self._env.may(READ, path))

    def planning(self, path: Any) -> ColumnElement[bool]:
        return and_(below(path, self._top), self._env.may(PLAN_READ, path))

    def shows(self, member: Any) -> ColumnElement[bool]:
        """Whether lists show the member, who leads here and may belong elsewhere."""
        shown: ColumnElement[bool] = self._env.may(READ, member.c.path, member.c.id)
        return shown
