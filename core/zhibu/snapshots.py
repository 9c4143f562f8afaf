"""What every request of a tenant needs and few change: switches and parameters, remembered."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from zhibu.parameters import store as overrides
from zhibu.parameters.book import Book
from zhibu.parameters.definitions import Definition
from zhibu.policy import Switches
from zhibu.storage.fixed import Look
from zhibu.storage.homes import Homes
from zhibu.tenants.service import enabled_of, load_switches

REMEMBERED = 2.0  # seconds that another process may take to see a change


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The switches and parameters of a tenant, read right after each other."""

    switches: Switches
    parameters: Book
    enabled: frozenset[str]
    until: float


class Snapshots:
    """One per process. Those of a tenant that are being read are read once for all who ask."""

    def __init__(
        self, homes: Homes, definitions: Mapping[str, Definition], plugins: Collection[str]
    ) -> None:
        self._homes = homes
        self._definitions = definitions
        self._plugins = plugins
        self._kept: dict[UUID, Snapshot] = {}
        self._looking: dict[UUID, asyncio.Task[Snapshot]] = {}

    def fresh(self, tenant_id: UUID) -> Snapshot | None:
        """The snapshot that is remembered, if it is not too old."""
        kept = self._kept.get(tenant_id)
        return kept if kept is not None and kept.until >= monotonic() else None

    async def of(self, tenant_id: UUID) -> Snapshot:
        """The snapshot, at most `REMEMBERED` old. Raises `Unavailable`."""
        kept = self.fresh(tenant_id)
        if kept is not None:
            return kept
        looking = self._looking.get(tenant_id)
        if looking is None:
            looking = self._looking[tenant_id] = asyncio.create_task(
                self._look(tenant_id, self._kept.get(tenant_id))
            )
            looking.add_done_callback(lambda done: self._looked(tenant_id, done))
        return await asyncio.shield(looking)

    def forget(self, tenant_id: UUID) -> None:
        """Something was committed: what is remembered, or being read, may be from before."""
        self._kept.pop(tenant_id, None)
        self._looking.pop(tenant_id, None)

    async def settle(self) -> None:
        """Wait for what is being read."""
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    def _looked(self, tenant_id: UUID, done: "asyncio.Task[Snapshot]") -> None:
        """Keep what was read, unless something was committed meanwhile."""
        failed = done.cancelled() or done.exception() is not None
        if self._looking.get(tenant_id) is done:
            del self._looking[tenant_id]
            if not failed:
                self._kept[tenant_id] = done.result()

    async def _look(self, tenant_id: UUID, kept: Snapshot | None) -> Snapshot:
        look = Look(self._homes.home(tenant_id), tenant_id)
        switches = await load_switches(look, tenant_id, self._plugins)
        book = Book(self._definitions, await overrides.overrides_of(look, tenant_id))
        if kept is not None:  # what was worked out under the same settings stays worked out
            switches = kept.switches if switches.same_as(kept.switches) else switches
            book = kept.parameters if book.overrides == kept.parameters.overrides else book
        return Snapshot(
            switches=switches,
            parameters=book,
            enabled=enabled_of(switches, self._plugins),
            until=monotonic() + REMEMBERED,
        )
