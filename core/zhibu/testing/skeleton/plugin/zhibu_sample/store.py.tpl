"""Every statement that writes or loads. Values of `rules` go in and come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.storage.violations import unique_violation
from zhibu_sample.errors import AlreadyRecorded
from zhibu_sample.rules import Entry
from zhibu_sample.tables import Record

RECORDS: Any = Record.__table__
CHUNK = 500  # more parameters than a statement may carry would come with more members


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An entry as it stands in the table, under its id."""

    id: UUID
    entry: Entry


async def recorded(
    session: AsyncSession, tenant_id: UUID, entries: Sequence[Entry]
) -> dict[tuple[UUID, date, str], Recorded]:
    """What is recorded under the keys of those entries."""
    wanted = {entry.key for entry in entries}
    members = sorted({entry.member_id for entry in entries})
    found: dict[tuple[UUID, date, str], Recorded] = {}
    for start in range(0, len(members), CHUNK):
        rows = await session.execute(
            select(RECORDS).where(
                RECORDS.c.tenant_id == tenant_id,
                RECORDS.c.member_id.in_(members[start : start + CHUNK]),
            )
        )
        each = [Recorded(id=row.id, entry=_entry(row)) for row in rows]
        found |= {one.entry.key: one for one in each if one.entry.key in wanted}
    return found


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
            **_values(entry),
            "recorded_by": by,
            "recorded_at": at,
        }
        for id, entry in zip(ids, entries, strict=True)
    ]
    try:
        async with session.begin_nested():
            await session.execute(insert(RECORDS), rows)
    except IntegrityError as error:
        if unique_violation(error) == "uq_sample_record_once":
            first = entries[0]
            raise AlreadyRecorded(title=first.title, on=first.happened_on) from error
        raise
    return ids


async def record(session: AsyncSession, tenant_id: UUID, id: UUID) -> Entry | None:
    """What is recorded under this id."""
    query = select(RECORDS).where(RECORDS.c.tenant_id == tenant_id, RECORDS.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return _entry(row) if row else None


async def remove(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Take a record away; what it was stays in the ledger."""
    await session.execute(
        delete(RECORDS).where(RECORDS.c.tenant_id == tenant_id, RECORDS.c.id == id)
    )


async def change(session: AsyncSession, tenant_id: UUID, entries: Mapping[UUID, Entry]) -> None:
    """Let these records say what the entries say."""
    for id, entry in entries.items():
        await session.execute(
            update(RECORDS)
            .where(RECORDS.c.tenant_id == tenant_id, RECORDS.c.id == id)
            .values(_values(entry))
        )


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "member_id": entry.member_id,
        "happened_on": entry.happened_on,
        "title": entry.title,
        "late_reason": entry.late_reason,
    }


def _entry(row: Any) -> Entry:
    return Entry(
        member_id=row.member_id,
        happened_on=row.happened_on,
        title=row.title,
        late_reason=row.late_reason,
    )
