"""Where accounts, roles, tokens and doors are seen from, as SQL for the graph."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, false, func, literal, select

from zhibu.accounts.tables import (
    Account,
    Factor,
    LinkedIdentity,
    Oversight,
    RoleAssignment,
    SignIn,
    Token,
)
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.policy.paths import ROOT
from zhibu.storage.aliases import named

ACCOUNTS = Account.__table__
ROLES = RoleAssignment.__table__
SESSIONS = SignIn.__table__
_FACTORS = Factor.__table__
IDENTITIES = LinkedIdentity.__table__
TOKENS = Token.__table__
OVERSIGHTS = Oversight.__table__
_MEMBERS = Member.__table__
_ORGANIZATIONS = Organization.__table__


def name_of(column: str) -> Callable[[Any, Any], Any]:
    """The name of the account in a column, as people know it."""

    def expression(row: Any, env: Any) -> Any:
        account = named(ACCOUNTS, "an")
        return select(account.c.name).where(account.c.id == row.c[column]).scalar_subquery()

    return expression


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


def second_factor(row: Any, env: Any) -> ColumnElement[Any]:
    """Whether the account has a second factor that counts."""
    factor = _FACTORS.alias()
    found = select(factor.c.id).where(factor.c.id == row.c.id, factor.c.confirmed_at.is_not(None))
    return found.exists()


def open_sessions(row: Any, target: Any) -> ColumnElement[Any]:
    """Sessions of an account that were not ended; what awaits its second factor is none yet."""
    whole = func.coalesce(target.c.pending, false()).is_(False)
    return and_(target.c.account_id == row.c.id, target.c.ended_at.is_(None), whole)


def one_time(row: Any, env: Any) -> ColumnElement[Any]:
    found: ColumnElement[Any] = row.c.one_time_until.is_not(None)
    return found
