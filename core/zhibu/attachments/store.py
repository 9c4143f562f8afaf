"""Statements of files."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.attachments.rules import File
from zhibu.jobs.tables import Attachment

_FILES: Any = Attachment.__table__
_COLUMNS = [column for column in _FILES.c if column.name != "tenant_id"]


async def add(session: AsyncSession, tenant_id: UUID, file: File) -> None:
    await session.execute(insert(_FILES).values({**vars(file), "tenant_id": tenant_id}))


async def file(session: AsyncSession, tenant_id: UUID, id: UUID) -> File | None:
    query = select(*_COLUMNS).where(_FILES.c.tenant_id == tenant_id, _FILES.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return File(**row._asdict()) if row else None
