"""What is seen to in every institution when a process begins, and before it ends."""

from zhibu.accounts.service import oversight
from zhibu.errors import ZhibuError
from zhibu.logs import logger
from zhibu.platform import Platform
from zhibu.tenants.directory import facts_of
from zhibu.tenants.rules import ACTIVE

log = logger("zhibu.rounds")


async def resume(platform: Platform) -> None:
    """Complete what a crash may have left half told between two institutions."""
    for entry in await platform.directory.entries():
        if entry.state != ACTIVE:
            continue
        try:
            tenant = await facts_of(platform.homes, entry)
            await oversight.deliver(platform, tenant, now=platform.clock(), request="resume")
        except Exception:  # whatever is wrong with one keeps no other waiting
            log.exception("doors are not told of", tenant=entry.code)


async def anchor(platform: Platform) -> None:
    """Note where every ledger stands, before the process ends."""
    for entry in await platform.directory.entries():
        if entry.state != ACTIVE:
            continue
        home = platform.homes.home(entry.id)
        try:
            if await platform.anchors.behind(home, entry.id):
                await platform.anchors.checkpoint(home, entry.id, platform.clock())
        except ZhibuError as error:
            log.error("the ledger was not noted", tenant=entry.code, error=error)
