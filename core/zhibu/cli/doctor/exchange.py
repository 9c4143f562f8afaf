"""Messages to other institutions: is anything not delivered that was sent long ago."""

from datetime import timedelta

from zhibu.cli.doctor.finding import Finding, ok, warning
from zhibu.exchange import store
from zhibu.platform import Platform
from zhibu.tenants.rules import TenantEntry

LONG = timedelta(days=1)


async def examine_exchange(platform: Platform, entry: TenantEntry) -> Finding:
    before = platform.clock() - LONG
    async with platform.homes.home(entry.id).view(entry.id) as session:
        waiting = await store.waiting_since(session, entry.id, before)
    if not waiting:
        return ok("exchange", entry.code)
    return warning("exchange", entry.code, f"{len(waiting)} not delivered within a day")
