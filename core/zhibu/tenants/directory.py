"""The directory: which institutions there are, and where each one's home is."""

import time
from collections import OrderedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from zhibu.act import TenantFacts
from zhibu.storage.homes import Homes
from zhibu.tenants import store
from zhibu.tenants.errors import TenantSuspended, TenantUnknown
from zhibu.tenants.rules import ACTIVE, TenantEntry

_KEPT = 1_000


class Directory:
    """Look-ups by code and id, remembered for `seconds`; made once per process."""

    def __init__(self, homes: Homes, *, seconds: float = 5.0) -> None:
        self._homes = homes
        self._seconds = seconds
        self._known: OrderedDict[str | UUID, tuple[float, TenantEntry]] = OrderedDict()
        self._placed: dict[UUID, str] = {}

    async def by_code(self, code: str) -> TenantEntry:
        """Raises `TenantUnknown`, or `TenantSuspended` for one that nobody may enter."""
        return self._entered(await self._find(code.strip().casefold()), code)

    async def by_id(self, tenant_id: UUID) -> TenantEntry:
        """Raises `TenantUnknown`, or `TenantSuspended` for one that nobody may enter."""
        return self._entered(await self._find(tenant_id), tenant_id.hex)

    async def known(self, code: str) -> TenantEntry | None:
        """The entry of this code, also of one that nobody may enter."""
        return await self._find(code.strip().casefold())

    async def entries(self) -> list[TenantEntry]:
        """Every tenant, suspended ones too, by code."""
        async with self._homes.control() as control:
            found = await store.entries(control)
        for entry in found:
            self._place(entry)
        return found

    def placement(self, tenant_id: UUID) -> str | None:
        """The name of a tenant's home, None for the default one; known once it was looked up."""
        return self._placed.get(tenant_id)

    def remember(self, entry: TenantEntry) -> None:
        self._place(entry)
        until = time.monotonic() + self._seconds
        for key in (entry.code, entry.id):
            self._known[key] = (until, entry)
            self._known.move_to_end(key)
        while len(self._known) > 2 * _KEPT:
            self._known.popitem(last=False)

    def forget(self, entry: TenantEntry) -> None:
        self._known.pop(entry.code, None)
        self._known.pop(entry.id, None)

    async def _find(self, key: str | UUID) -> TenantEntry | None:
        until, entry = self._known.get(key, (0.0, None))
        if entry is not None and time.monotonic() < until:
            return entry
        async with self._homes.control() as control:
            if isinstance(key, UUID):
                found = await store.entry(control, key)
            else:
                found = await store.entry_by_code(control, key)
        if found is not None:
            self.remember(found)
        return found

    def _entered(self, entry: TenantEntry | None, asked: str) -> TenantEntry:
        if entry is None:
            raise TenantUnknown(tenant=asked)
        if entry.state != ACTIVE:
            raise TenantSuspended(tenant=entry.code)
        return entry

    def _place(self, entry: TenantEntry) -> None:
        if entry.home is not None:
            self._placed[entry.id] = entry.home


async def facts_of(homes: Homes, entry: TenantEntry) -> TenantFacts:
    """What acts in this tenant need to know of it, read from its own home."""
    async with homes.home(entry.id).view(entry.id) as session:
        profile = await store.profile(session, entry.id)
    if profile is None:
        raise TenantUnknown(tenant=entry.code)
    return TenantFacts(
        id=entry.id,
        code=profile.code,
        name=profile.name,
        locale=profile.locale,
        zone=ZoneInfo(profile.zone),
    )
