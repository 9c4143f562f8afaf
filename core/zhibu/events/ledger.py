"""Writing the ledger: the last thing an act does before it is committed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Event
from zhibu.events.chain import genesis
from zhibu.events.entries import Origin, origin_of, row_of
from zhibu.events.tables import LedgerEntry, LedgerHead
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
    if rows:
        await session.execute(_ENTRIES.insert(), rows)
    await session.execute(
        update(_HEADS).where(_HEADS.c.tenant_id == tenant_id).values(seq=seq, hash=previous)
    )


async def _locked_head(session: AsyncSession, tenant_id: UUID) -> tuple[int, bytes]:
    # SQLite knows no FOR UPDATE and needs none: one transaction writes at a time.
    query = (
        select(_HEADS.c.seq, _HEADS.c.hash).where(_HEADS.c.tenant_id == tenant_id).with_for_update()
    )
    head = (await session.execute(query)).one_or_none()
    if head is None:
        first = {"tenant_id": tenant_id, "seq": 0, "hash": genesis(tenant_id)}
        await session.execute(insert_or(session, _HEADS).values(first).on_conflict_do_nothing())
        head = (await session.execute(query)).one()
    return head.seq, head.hash


_ENTRIES: Any = LedgerEntry.__table__
_HEADS: Any = LedgerHead.__table__
