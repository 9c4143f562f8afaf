"""Keeping notes of every ledger where no database administrator writes."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from zhibu.events.errors import CheckpointNotWritten, LedgerUnsound
from zhibu.events.notary import PUBLIC, Notary, public_key
from zhibu.events.notes import Note, latest, standing
from zhibu.events.places import Place
from zhibu.events.verifying import Verified, head_of, verify
from zhibu.settings import Settings
from zhibu.storage.homes import Home

FOLDER = "checkpoints"


class Anchors:
    """The places of one installation, and the notary who signs what is kept in them."""

    def __init__(self, settings: Settings) -> None:
        self._own = settings.data / FOLDER
        self._elsewhere = settings.checkpoint_folders

    @cached_property
    def notary(self) -> Notary:
        return Notary.open(self._own)

    @property
    def places(self) -> list[Place]:
        """Every folder of notes, the installation's own first; none before the first note."""
        if not (self._own / PUBLIC).exists():
            return []
        key = public_key(self._own / PUBLIC)
        return [Place(folder, key) for folder in (self._own, *self._elsewhere)]

    def notes(self, tenant_id: UUID) -> list[Note]:
        """The notes of all places that still stand, each place's in its own order."""
        tenant = tenant_id.hex
        return [note for place in self.places for note in standing(place.notes(tenant_id), tenant)]

    async def behind(self, home: Home, tenant_id: UUID) -> bool:
        """Whether something was written that some place does not know of."""
        head = await head_of(home, tenant_id)
        return head is not None and await asyncio.to_thread(self._behind, tenant_id, head[0])

    async def checkpoint(
        self, home: Home, tenant_id: UUID, at: datetime, *, restored: bool = False
    ) -> Note | None:
        """Sign where the tenant's ledger stands, in every place that does not know it yet.

        What was written since the last note is verified first: nothing is signed that does not go
        on from there. None while nothing was written. Raises `LedgerUnsound`, and after all places
        were tried `CheckpointNotWritten`.
        """
        _ = self.notary
        places = self.places
        known = [] if restored else [place.last(tenant_id) for place in places]
        last = latest(note for note in known if note is not None)
        found = await verify(home, tenant_id, [last] if last else [], since=last.seq if last else 0)
        if not found.sound:
            fault = found.faults[0]
            raise LedgerUnsound(seq=fault.seq, kind=fault.kind)
        if not found.last or (last is not None and not self._behind(tenant_id, found.last)):
            return None
        note = self.notary.sign(tenant_id, found.last, found.hash, at, restored=restored)
        failures = await asyncio.to_thread(_added, places, note)
        if failures:
            raise failures[0]
        return note

    async def verify(self, home: Home, tenant_id: UUID, *, since: int = 0) -> Verified:
        """Compare a tenant's ledger with itself and with the notes of every place."""
        notes = await asyncio.to_thread(self.notes, tenant_id)
        return await verify(home, tenant_id, notes, since=since)

    def _behind(self, tenant_id: UUID, seq: int) -> bool:
        lasts = [place.last(tenant_id) for place in self.places]
        return not lasts or any(last is None or last.seq < seq for last in lasts)


def _added(places: Iterable[Place], note: Note) -> list[CheckpointNotWritten]:
    failures = []
    for place in places:
        try:
            place.add(note)
        except CheckpointNotWritten as error:
            failures.append(error)
    return failures
