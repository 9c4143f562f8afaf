"""Writing the ledger: the last thing an act does before it is committed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Event
from zhibu.events.chain import genesis
from zhibu.events.entries import Origin, origin_of, row_of
from zhibu.events.tables import LedgerEntry, LedgerHead
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.upsert import insert_or

__all__ = ["Origin", "append", "origin_of", "write"]

_BATCH = 2_000


async def append(act: Act) -> None:
    """Write the act's events. Raises `SensitiveInClear`; the act then fails as a whole."""
    if act.events:
        await write(act.session, act.tenant_id, origin_of(act), act.events)


async def write(
    session: AsyncSession, tenant_id: UUID, origin: Origin, events: Sequence[Event]
) -> None:
    """Link the events to the tenant's chain, in order, in three statements.

    The head of the chain stays locked until the transaction ends, so entries are numbered in the
    order of their commits and without gaps: whoever has read up to a number has missed nothing.
    """
    seq, previous = await _locked_head(session, tenant_id)
    rows: list[dict[str, Any]] = []
    for event in events:
        seq += 1
        row = row_of(tenant_id, seq, previous, origin, event)
        previous = row["hash"]
        rows.append(row)
        if len(rows) == _BATCH:  # an import of 100,000 rows must not be held twice in memory
            await session.execute(_ENTRIES.insert(), rows)
            rows = []
    head = _MOVE(tenant=tenant_id, new_seq=seq, new_hash=previous)
    if len(rows) == 1:
        await run(session, _ENTER(**rows[0]), head)
        return
    if rows:
        await session.execute(_ENTRIES.insert(), rows)
    await run(session, head)


async def _locked_head(session: AsyncSession, tenant_id: UUID) -> tuple[int, bytes]:
    (found,) = await run(session, _HEAD(tenant=tenant_id))
    if not found:
        first = {"tenant_id": tenant_id, "seq": 0, "hash": genesis(tenant_id)}
        await session.execute(insert_or(session, _HEADS).values(first).on_conflict_do_nothing())
        (found,) = await run(session, _HEAD(tenant=tenant_id))
    return found[0].seq, found[0].hash


_ENTRIES: Any = LedgerEntry.__table__
_HEADS: Any = LedgerHead.__table__
_ONE = _HEADS.c.tenant_id == bindparam("tenant")
# SQLite knows no FOR UPDATE and needs none: one transaction writes at a time.
_HEAD = Fixed(select(_HEADS.c.seq, _HEADS.c.hash).where(_ONE).with_for_update())
_ENTER = Fixed(_ENTRIES.insert())
_MOVE = Fixed(
    update(_HEADS).where(_ONE).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)
