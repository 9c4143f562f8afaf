"""What was committed in a tenant, told to whoever waits for it: in this process at once, elsewhere
within two seconds."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from dataclasses import dataclass, field
from uuid import UUID

from zhibu.errors import Unavailable
from zhibu.events import timeline
from zhibu.logs import logger
from zhibu.storage.homes import Homes

POLL = 2.0  # seconds after which commits of other processes are seen

# Whoever waits for anything is woken by these: a stream must end when its credential does.
ALWAYS = ("accounts.", "tenants.")

log = logger("zhibu.changes")


class Watch:
    """Waits for events of a tenant whose names begin as `on` says; `("",)` means any."""

    def __init__(self) -> None:
        self.on: tuple[str, ...] = ("",)
        self._woken = asyncio.Event()

    def wake(self, names: Iterable[str]) -> None:
        if any(name.startswith((*self.on, *ALWAYS)) for name in names):
            self._woken.set()

    def clear(self) -> None:
        """What happened until now has been looked at, or is about to be."""
        self._woken.clear()

    async def changed(self, within: float) -> bool:
        """Wait for something to happen, at most this many seconds. Whether it did."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._woken.wait()
        return self._woken.is_set()


@dataclass
class _Tenant:
    watches: set[Watch] = field(default_factory=set)
    seen: int = 0
    looking: asyncio.Task[None] | None = None
    ready: asyncio.Lock = field(default_factory=asyncio.Lock)


class Changes:
    """The changes of every tenant somebody watches; one look at a ledger serves all who do."""

    def __init__(self, homes: Homes, *, poll: float = POLL) -> None:
        self.poll = poll
        self._homes = homes
        self._tenants: dict[UUID, _Tenant] = {}
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def watch(self, tenant_id: UUID) -> AsyncIterator[Watch]:
        """Watch a tenant. What is committed once this is entered is not missed."""
        watch = Watch()
        tenant = self._tenants.setdefault(tenant_id, _Tenant())
        tenant.watches.add(watch)
        try:
            async with tenant.ready:
                if tenant.looking is None:
                    tenant.seen, _ = await self._news(tenant_id, None)
                    tenant.looking = asyncio.create_task(
                        self._look(tenant_id, tenant),
                        context=Context(),  # it outlives the request that began to watch
                    )
            yield watch
        finally:
            tenant.watches.discard(watch)
            if not tenant.watches and self._tenants.get(tenant_id) is tenant:
                del self._tenants[tenant_id]
                if tenant.looking is not None:
                    self._ending.add(tenant.looking)
                    tenant.looking.add_done_callback(self._ending.discard)
                    tenant.looking.cancel()

    def committed(self, tenant_id: UUID, names: Collection[str]) -> None:
        """Events of these names were committed by this process."""
        if (tenant := self._tenants.get(tenant_id)) is not None:
            for watch in tenant.watches:
                watch.wake(names)

    def wake(self) -> None:
        """Have everybody look again, whatever it is they wait for."""
        for tenant in self._tenants.values():
            for watch in tenant.watches:
                watch.wake(ALWAYS)

    async def close(self) -> None:
        looking = [tenant.looking for tenant in self._tenants.values() if tenant.looking]
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, *self._ending, return_exceptions=True)

    async def _look(self, tenant_id: UUID, tenant: _Tenant) -> None:
        while True:
            await asyncio.sleep(self.poll)
            try:
                tenant.seen, names = await self._news(tenant_id, tenant.seen)
            except Unavailable as error:
                log.warning("changes cannot be seen", tenant=tenant_id, error=error)
                continue
            self.committed(tenant_id, names)

    async def _news(self, tenant_id: UUID, after: int | None) -> tuple[int, list[str]]:
        async with self._homes.home(tenant_id).view(tenant_id) as session:
            return await timeline.news(session, tenant_id, after)
