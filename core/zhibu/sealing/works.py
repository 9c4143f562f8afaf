"""Sealing anew by the clock: what the command that rotates keys was kept from finishing."""

from collections.abc import Mapping
from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Any

from zhibu.act import TenantFacts
from zhibu.jobs.work import Schedule, Task
from zhibu.sealing import service

if TYPE_CHECKING:  # the platform does this work
    from zhibu.platform import Platform


async def _rotated(platform: "Platform", tenant: TenantFacts) -> bool:
    """Whether there may be anything under an older key."""
    platform.keyring.look()
    return len(platform.keyring.numbers) > 1


async def _renew(task: Task) -> Mapping[str, Any]:
    platform = task.platform
    files = partial(platform.attachments.renew, task.tenant.id)
    done = await service.renew(task.act, platform.keyring, files, task.progress)
    return {"values": done.values, "broken": done.broken}


RENEW = Schedule(
    name="sealing.renew", at=time(3, 40), when=_rotated, run=_renew, retries=5, long=True
)
