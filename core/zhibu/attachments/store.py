"""Statements of files."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, delete, exists, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.attachments.rules import PRIVATE, File
from zhibu.jobs.tables import Attachment, Job, JobPart
from zhibu.storage.among import among
from zhibu.storage.tables import Base

_FILES: Any = Attachment.__table__
_PARTS: Any = JobPart.__table__
_COLUMNS = [column for column in _FILES.c if column.name != "tenant_id"]


async def add(session: AsyncSession, tenant_id: UUID, file: File) -> None:
    await session.execute(insert(_FILES).values({**vars(file), "tenant_id": tenant_id}))


async def file(session: AsyncSession, tenant_id: UUID, id: UUID) -> File | None:
    query = select(*_COLUMNS).where(_FILES.c.tenant_id == tenant_id, _FILES.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return File(**row._asdict()) if row else None


async def private_before(session: AsyncSession, tenant_id: UUID, moment: datetime) -> list[File]:
    """What long work made for one account until then."""
    query = select(*_COLUMNS).where(
        _FILES.c.tenant_id == tenant_id,
        _FILES.c.path == PRIVATE,
        _FILES.c.created_at < moment,
    )
    return [File(**row._asdict()) for row in await session.execute(query)]


async def unclaimed(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> list[File]:
    """Those among these that no record but a job refers to."""
    query = select(*_COLUMNS).where(
        _FILES.c.tenant_id == tenant_id,
        _FILES.c.id.in_(ids),
        *(
            ~exists().where(key.parent.table.c.tenant_id == tenant_id, key.parent == _FILES.c.id)
            for key in _references()
        ),
    )
    return [File(**row._asdict()) for row in await session.execute(query)]


def _references() -> list[ForeignKey]:
    """By what the records of the core and of every plugin refer to files."""
    return [
        key
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is _FILES.c.id and table is not Job.__table__
    ]


async def forget(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> None:
    await session.execute(
        delete(_FILES).where(_FILES.c.tenant_id == tenant_id, _FILES.c.id.in_(ids))
    )


async def contents(session: AsyncSession, tenant_id: UUID) -> list[str]:
    """Every content that some file has, or a part of what a job makes."""
    having = [
        select(table.c.sha256).where(table.c.tenant_id == tenant_id) for table in (_FILES, _PARTS)
    ]
    return list(await session.scalars(union(*having)))


async def kept_among(session: AsyncSession, tenant_id: UUID, contents: Collection[str]) -> set[str]:
    """Which of these contents some file still has, or a part of what a job makes."""
    having = [
        select(table.c.sha256).where(
            table.c.tenant_id == tenant_id, among(table.c.sha256, "contents")
        )
        for table in (_FILES, _PARTS)
    ]
    return set(await session.scalars(union(*having), {"contents": sorted(set(contents))}))


async def withdraw(
    session: AsyncSession, tenant_id: UUID, id: UUID, at: datetime | None, reason: str | None
) -> None:
    """Withdraw a file as of a moment; or show it again, as of none."""
    await session.execute(
        update(_FILES)
        .where(_FILES.c.tenant_id == tenant_id, _FILES.c.id == id)
        .values(withdrawn_at=at, withdrawn_reason=reason)
    )
