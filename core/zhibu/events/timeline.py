"""Reading the ledger: what happened to somebody, at a unit, by an account; and after a number."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.events.entries import Entry, entry_of
from zhibu.events.tables import LedgerEntry, LedgerHead
from zhibu.texts import Texts

_ENTRIES: Any = LedgerEntry.__table__
_HEADS: Any = LedgerHead.__table__


async def entries(
    session: AsyncSession,
    tenant_id: UUID,
    *,
    member_id: UUID | None = None,
    path: str | None = None,
    account_id: UUID | None = None,
    subject_id: UUID | None = None,
    event: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The latest entries first; `path` means that organization and all below it at the time."""
    query = select(_ENTRIES).where(_ENTRIES.c.tenant_id == tenant_id)
    for column, wanted in (
        (_ENTRIES.c.member_id, member_id),
        (_ENTRIES.c.account_id, account_id),
        (_ENTRIES.c.subject_id, subject_id),
        (_ENTRIES.c.event, event),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if path:
        query = query.where(_ENTRIES.c.path >= path, _ENTRIES.c.path < path[:-1] + "/")
    if before is not None:
        query = query.where(_ENTRIES.c.seq < before)
    query = query.order_by(_ENTRIES.c.seq.desc()).limit(limit)
    return [entry_of(row._asdict()) for row in await session.execute(query)]


async def follow(
    session: AsyncSession, tenant_id: UUID, after: int, limit: int = 100
) -> list[Entry]:
    """The next entries after a number, oldest first: the ledger as an outbox.

    A consumer that remembers the last number it has dealt with misses nothing and repeats nothing.
    """
    query = (
        select(_ENTRIES)
        .where(_ENTRIES.c.tenant_id == tenant_id, _ENTRIES.c.seq > after)
        .order_by(_ENTRIES.c.seq)
        .limit(limit)
    )
    return [entry_of(row._asdict()) for row in await session.execute(query)]


async def news(session: AsyncSession, tenant_id: UUID, after: int | None) -> tuple[int, list[str]]:
    """The number of the latest entry, and the names of events after a number (None: of none)."""
    query = select(_HEADS.c.seq).where(_HEADS.c.tenant_id == tenant_id)
    latest: int = (await session.execute(query)).scalar_one_or_none() or 0
    if after is None or latest <= after:
        return latest, []
    names = select(_ENTRIES.c.event).distinct()
    since = names.where(_ENTRIES.c.tenant_id == tenant_id, _ENTRIES.c.seq > after)
    return latest, list((await session.execute(since)).scalars())


def sentence(texts: Texts, entry: Entry, locale: str) -> str:
    """The entry as a line of a timeline, in words of its event."""
    return texts.sentence(entry.event, entry.facts, locale)
