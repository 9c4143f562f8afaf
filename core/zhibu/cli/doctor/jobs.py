"""Work beside requests: does anybody do it, and what ended badly."""

from datetime import timedelta

from zhibu.cli.doctor.finding import Finding, ok, warning
from zhibu.jobs import store
from zhibu.platform import Platform
from zhibu.tenants.rules import TenantEntry

LOOKED_BACK = timedelta(days=7)
LONG = timedelta(minutes=15)  # that work may wait while others go first


async def examine_jobs(platform: Platform, entry: TenantEntry) -> Finding:
    now = platform.clock()
    async with platform.homes.home(entry.id).view(entry.id) as session:
        dead, oldest = await store.troubles(session, entry.id, now - LOOKED_BACK)
    said = []
    if oldest is not None and now - oldest > LONG:
        said.append(f"waiting since {oldest:%Y-%m-%d %H:%MZ}; does a server or a worker run?")
    if dead:
        said.append(f"{dead} failed within {LOOKED_BACK.days} days")
    return warning("jobs", entry.code, "; ".join(said)) if said else ok("jobs", entry.code)
