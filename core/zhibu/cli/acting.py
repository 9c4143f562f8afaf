"""Who acts at the command line: the operator, or the operator for an account."""

import getpass
from typing import TYPE_CHECKING
from uuid import UUID

from zhibu.accounts import store as accounts
from zhibu.accounts.principals import principal_of
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.logins import folded
from zhibu.act import Caller, TenantFacts
from zhibu.cli.errors import AccountUnknown, CallerUnsaid, OrganizationCodeUnknown
from zhibu.organizations import store as organizations
from zhibu.organizations.public import Unit
from zhibu.policy import Assignment, Principal
from zhibu.policy.paths import ROOT

if TYPE_CHECKING:
    from zhibu.platform import Platform

VIA = "operator"


def operator(platform: "Platform", tenant: TenantFacts) -> Caller:
    """Whoever may run programs on the server: every role, at the top of the tree.

    The ledger names the user of the operating system, and that it was the command line.
    """
    today = platform.clock().astimezone(tenant.zone).date()
    roles = platform.policy.rules.roles.names
    held = tuple(Assignment(role, ROOT) for role in roles)
    return Caller(
        principal=Principal(account="", member="", assignments=held, today=today),
        account_id=None,
        member_id=None,
        name=system_user(),
        via=VIA,
    )


async def acting_for(platform: "Platform", tenant: TenantFacts, login: str) -> Caller:
    """The operator with no more than this account may do. Raises `AccountUnknown`."""
    account = await account_of(platform, tenant, login)
    today = platform.clock().astimezone(tenant.zone).date()
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        principal = await principal_of(session, tenant.id, account, today)
    return Caller(
        principal=principal,
        account_id=account.id,
        member_id=account.member_id,
        name=f"{account.name} ({system_user()})",
        via=VIA,
        locale=account.locale,
    )


async def caller_of(
    platform: "Platform", tenant: TenantFacts, login: str | None, as_operator: bool
) -> Caller:
    """Whom `--as` and `--operator` mean: exactly one of them. Raises `CallerUnsaid`."""
    if (login is None) is not as_operator:
        raise CallerUnsaid()
    return await acting_for(platform, tenant, login) if login else operator(platform, tenant)


async def account_of(platform: "Platform", tenant: TenantFacts, login: str) -> AccountFacts:
    """The account of this login. Raises `AccountUnknown`."""
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        found = await accounts.accounts.by_login(session, tenant.id, folded(login))
    if found is None:
        raise AccountUnknown(login=login)
    return found


async def unit_of(platform: "Platform", tenant: TenantFacts, code: str) -> Unit:
    """The organization of this code. Raises `OrganizationCodeUnknown`."""
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        found = await organizations.units_by_code(session, tenant.id, {code})
    if code not in found:
        raise OrganizationCodeUnknown(organization=code)
    return found[code]


async def organization_id(
    platform: "Platform", tenant: TenantFacts, code: str | None
) -> UUID | None:
    return (await unit_of(platform, tenant, code)).id if code else None


def system_user() -> str:
    """Whom the operating system says is at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run a user without a name
        return "operator"
