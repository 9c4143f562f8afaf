"""Where accounts, roles, tokens and doors are seen from, as SQL for the graph."""

from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal, select

from zhibu.accounts.tables import Account, Oversight, RoleAssignment, SignIn, Token
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.policy.paths import ROOT

ACCOUNTS = Account.__table__
ROLES = RoleAssignment.__table__
SESSIONS = SignIn.__table__
TOKENS = Token.__table__
OVERSIGHTS = Oversight.__table__
_MEMBERS = Member.__table__
_ORGANIZATIONS = Organization.__table__


def path_of_account(row: Any) -> ColumnElement[Any]:
    """The branch of the member behind an account; nobody's account is seen from the top."""
    member = _MEMBERS.alias()
    branch = select(member.c.path).where(member.c.id == row.c.member_id).scalar_subquery()
    return func.coalesce(branch, literal(ROOT, Text()))


def path_of_place(row: Any) -> ColumnElement[Any]:
    """The organization of a row; what names none is seen from the top."""
    place = _ORGANIZATIONS.alias()
    path = select(place.c.path).where(place.c.id == row.c.organization_id).scalar_subquery()
    return func.coalesce(path, literal(ROOT, Text()))


def one_time(row: Any, env: Any) -> ColumnElement[Any]:
    found: ColumnElement[Any] = row.c.one_time_until.is_not(None)
    return found
