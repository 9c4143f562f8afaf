"""Messages to other institutions: what waits for long, and who goes on from an older backup."""

from datetime import timedelta
from uuid import UUID

from zhibu.cli.doctor.finding import Finding, ok, warning
from zhibu.exchange import store
from zhibu.exchange.rules import Side, State
from zhibu.platform import Platform
from zhibu.tenants.rules import ACTIVE, TenantEntry

LONG = timedelta(days=1)


async def examine_exchange(platform: Platform, entry: TenantEntry) -> Finding:
    """What both homes say they told each other is compared, message by message."""
    before = platform.clock() - LONG
    async with platform.homes.home(entry.id).view(entry.id) as session:
        waiting = await store.waiting_since(session, entry.id, before)
        sent = await store.ids(session, entry.id, Side.OUT, [State.DELIVERED])
        came = await store.ids(session, entry.id, Side.IN, [State.RECEIVED])
    faults = [f"{len(waiting)} not delivered within a day"] if waiting else []
    for code in sorted({*sent, *came}):
        faults += await _forgotten(platform, entry, code, sent.get(code), came.get(code))
    return (
        warning("exchange", entry.code, "; ".join(faults)) if faults else ok("exchange", entry.code)
    )


async def _forgotten(
    platform: Platform,
    entry: TenantEntry,
    code: str,
    sent: set[UUID] | None,
    came: set[UUID] | None,
) -> list[str]:
    """What this home knows of and the other one does not: that one goes on from an older backup."""
    other = await platform.directory.known(code)
    if other is None or other.state != ACTIVE:
        return []
    async with platform.homes.home(other.id).view(other.id) as session:
        took = await store.ids(session, other.id, Side.IN, [State.RECEIVED], entry.code)
        told = await store.ids(session, other.id, Side.OUT, list(State), entry.code)
    lost = len((sent or set()) - took.get(entry.code, set()))
    gone = len((came or set()) - told.get(entry.code, set()))
    back = f"{code} goes on from an older backup"
    return [
        *([f"{back}: it lost {lost} that it took"] if lost else []),
        *([f"{back}: it forgot {gone} that it sent"] if gone else []),
    ]
