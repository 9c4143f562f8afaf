"""Rotating keys: values are sealed anew in small transactions, while everybody goes on working."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from zhibu.act import Act, Event
from zhibu.policy.paths import ROOT
from zhibu.sealing import store
from zhibu.sealing.errors import KeyStillUsed, KeyTooNew
from zhibu.sealing.public import RENEWED
from zhibu.storage.encryption import Keyring, SealBroken

if TYPE_CHECKING:  # the platform schedules this
    from zhibu.platform import Platform

FILES = "file.content"
BATCH = 200  # values of one transaction: on SQLite, others wait that long
SETTLED = timedelta(hours=1)  # after which every process seals with a key that was added

Acting = Callable[[], AbstractAsyncContextManager[Act]]
Progress = Callable[[int], Awaitable[None]]
Files = Callable[[], tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """`broken` values opened under no key; they were left as they are."""

    values: int
    broken: int


async def renew(
    acting: Acting, keyring: Keyring, files: Files, progress: Progress | None = None
) -> Renewed:
    """Seal anew, under the current key, whatever the tenant has under others.

    Interrupted anywhere, it is simply begun again: what was done is not found any more. Each column
    is an entry of the ledger, written with the last of its values. `files` seals the tenant's files
    anew, beside every transaction; they are one entry.
    """
    keyring.look()
    values, broken = 0, 0
    for column in store.columns():
        here, lost, after, more = 0, 0, None, True
        while more:
            async with acting() as act:
                found = await store.others(
                    act.session,
                    act.tenant_id,
                    column,
                    keyring.header,
                    after=after,
                    limit=BATCH + 1,
                )
                found, more = found[:BATCH], len(found) > BATCH
                done = await _sealed_anew(act, keyring, column, found)
                here, lost = here + done, lost + len(found) - done
                if found and not more:
                    act.record(_event(keyring, str(column), values=here, broken=lost))
            after = found[-1].row if found else None
            if progress is not None:
                await progress(values + here)
        values, broken = values + here, broken + lost
    here, lost = await asyncio.to_thread(files)
    if here or lost:
        async with acting() as act:
            act.record(_event(keyring, FILES, values=here, broken=lost))
    return Renewed(values=values + here, broken=broken + lost)


async def used(platform: "Platform") -> dict[str, Counter[int]]:
    """How many values each institution has under each key, by its code."""
    found: dict[str, Counter[int]] = {}
    for entry in await platform.directory.entries():
        counted: Counter[int] = Counter()
        async with platform.homes.home(entry.id).view(entry.id) as session:
            for column in store.columns():
                counted.update(await store.numbers(session, entry.id, column))
        counted.update(await asyncio.to_thread(platform.attachments.numbers, entry.id))
        found[entry.code] = counted
    return found


async def require_unused(platform: "Platform", number: int, now: datetime) -> None:
    """Raise unless no value is sealed under the key, and none can be any more."""
    keyring = platform.keyring
    since = keyring.numbers[keyring.current]
    if since is not None and now - since < SETTLED:
        minutes = int((since + SETTLED - now).total_seconds() // 60) + 1
        raise KeyTooNew(current=keyring.current, minutes=minutes)
    left = {code: count[number] for code, count in (await used(platform)).items() if count[number]}
    if left:
        raise KeyStillUsed(number=number, count=sum(left.values()), where=sorted(left))


def _event(keyring: Keyring, field: str, **counts: int) -> Event:
    facts = {"key": keyring.current, "field": field, **counts}
    return Event(name=RENEWED, subject=("Keys", None), path=ROOT, facts=facts)


async def _sealed_anew(
    act: Act, keyring: Keyring, column: Column[Any], found: list[store.Found]
) -> int:
    changes = []
    for each in found:
        place = store.place_of(column, act.tenant_id, each.row)
        try:
            changes.append((each, keyring.seal(place, keyring.open(place, each.value))))
        except SealBroken:
            continue  # `zhibu keys list` still counts it, and its key is not taken away
    if changes:
        await store.replace(act.session, act.tenant_id, column, changes)
    return len(changes)
