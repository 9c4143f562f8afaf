"""Statements of the parts that long work writes in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.jobs.rules import Part
from zhibu.jobs.tables import JobPart

_PARTS: Any = JobPart.__table__
_COLUMNS = [_PARTS.c[name] for name in ("number", "sha256", "size", "files", "rows", "rests_on")]


async def add(
    session: AsyncSession, tenant_id: UUID, job_id: UUID, part: Part, now: datetime
) -> None:
    """Keep a part in place of the one that had its number."""
    same = (_PARTS.c.tenant_id == tenant_id, _PARTS.c.job_id == job_id)
    await session.execute(delete(_PARTS).where(*same, _PARTS.c.number == part.number))
    values = {"tenant_id": tenant_id, "id": new_id(), "job_id": job_id, "created_at": now}
    await session.execute(insert(_PARTS).values({**values, **vars(part)}))


async def of_job(session: AsyncSession, tenant_id: UUID, job_id: UUID) -> list[Part]:
    """The parts of a job that are kept, in the order of their numbers."""
    query = (
        select(*_COLUMNS)
        .where(_PARTS.c.tenant_id == tenant_id, _PARTS.c.job_id == job_id)
        .order_by(_PARTS.c.number)
    )
    return [Part(**row._asdict()) for row in await session.execute(query)]


async def end(session: AsyncSession, tenant_id: UUID, job_id: UUID) -> None:
    """A job that nobody begins again has no parts; what was in them is discarded by night."""
    gone = delete(_PARTS).where(_PARTS.c.tenant_id == tenant_id, _PARTS.c.job_id == job_id)
    await session.execute(gone)


async def forget(session: AsyncSession, tenant_id: UUID, before: datetime) -> Collection[str]:
    """Forget the parts that were kept before a moment, to be written again; their contents."""
    old = delete(_PARTS).where(_PARTS.c.tenant_id == tenant_id, _PARTS.c.created_at < before)
    return set(await session.scalars(old.returning(_PARTS.c.sha256)))
