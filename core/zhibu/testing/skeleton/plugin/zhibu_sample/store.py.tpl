"""Every statement that writes sample's table. Values of `rules` go in and come out."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.storage.violations import unique_violation
from zhibu_sample.errors import AlreadyRecorded
from zhibu_sample.rules import Entry
from zhibu_sample.tables import Record

CHUNK = 500  # more parameters than a statement may carry would come with more members


async def known(
    session: AsyncSession, tenant_id: UUID, entries: Sequence[Entry]
) -> set[tuple[UUID, date, str]]:
    """The keys of those entries that are recorded already."""
    wanted = {entry.key for entry in entries}
    members = sorted({entry.member_id for entry in entries})
    found: set[tuple[UUID, date, str]] = set()
    for start in range(0, len(members), CHUNK):
        rows = await session.execute(
            select(Record.member_id, Record.happened_on, Record.title).where(
                Record.tenant_id == tenant_id,
                Record.member_id.in_(members[start : start + CHUNK]),
            )
        )
        found |= {(member, on, title) for member, on, title in rows}
    return found & wanted


async def add(
    session: AsyncSession,
    tenant_id: UUID,
    entries: Sequence[Entry],
    *,
    by: UUID | None,
    at: datetime,
) -> list[UUID]:
    """Insert the entries; their ids. Raises `AlreadyRecorded` when somebody else was faster."""
    if not entries:
        return []
    ids = [new_id() for _ in entries]
    rows = [
        {
            "tenant_id": tenant_id,
            "id": id,
            "member_id": entry.member_id,
            "happened_on": entry.happened_on,
            "title": entry.title,
            "late_reason": entry.late_reason,
            "recorded_by": by,
            "recorded_at": at,
        }
        for id, entry in zip(ids, entries, strict=True)
    ]
    try:
        async with session.begin_nested():
            await session.execute(insert(Record), rows)
    except IntegrityError as error:
        if unique_violation(error) == "uq_sample_record_once":
            first = entries[0]
            raise AlreadyRecorded(title=first.title, on=first.happened_on) from error
        raise
    return ids
