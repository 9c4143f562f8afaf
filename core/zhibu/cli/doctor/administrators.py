"""Administrators: whoever takes their password must not be one of them."""

from zhibu.accounts import store
from zhibu.accounts.rules.logins import shown
from zhibu.cli.doctor.finding import Finding, ok, warning
from zhibu.platform import Platform
from zhibu.tenants.directory import facts_of
from zhibu.tenants.rules import TenantEntry


async def examine_administrators(platform: Platform, entry: TenantEntry) -> Finding:
    """Who administers today and has no second factor."""
    roles = frozenset[str]().union(*platform.policy.rules.roles.exclusive)
    tenant = await facts_of(platform.homes, entry)
    today = platform.clock().astimezone(tenant.zone).date()
    async with platform.homes.home(entry.id).view(entry.id) as session:
        found = await store.factors.without(session, entry.id, roles, today)
    if not found:
        return ok("administrators", entry.code)
    return warning("administrators", entry.code, f"without a second factor: {_named(found)}")


def _named(logins: list[str]) -> str:
    more = f" (+{len(logins) - 3})" if len(logins) > 3 else ""
    return ", ".join(shown(login) for login in logins[:3]) + more
