"""Statements that throw away what has had its day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.store.rows import JOBS
from zhibu.storage.tables import Moment


async def sources_before(session: AsyncSession, tenant_id: UUID, moment: datetime) -> list[UUID]:
    """The files whose readers had all ended by then."""
    last = func.max(JOBS.c.finished_at, type_=Moment())
    unended = func.count().filter(JOBS.c.finished_at.is_(None))
    query = (
        select(JOBS.c.source_id)
        .where(JOBS.c.tenant_id == tenant_id, JOBS.c.source_id.is_not(None))
        .group_by(JOBS.c.source_id)
        .having(unended == 0, last < moment)
    )
    return list(await session.scalars(query))


async def drop_files(session: AsyncSession, tenant_id: UUID, files: Collection[UUID]) -> None:
    """Jobs no longer point to these files."""
    for column in (JOBS.c.source_id, JOBS.c.result_id):
        await session.execute(
            update(JOBS)
            .where(JOBS.c.tenant_id == tenant_id, column.in_(files))
            .values({column: None})
        )


async def forget(
    session: AsyncSession, tenant_id: UUID, asked_before: datetime, made_before: datetime
) -> int:
    """Forget what ended: what accounts asked for, and what the installation made; how many."""
    account, finished = JOBS.c.account_id, JOBS.c.finished_at
    old = or_(
        and_(account.is_not(None), finished < asked_before),
        and_(account.is_(None), finished < made_before),
    )
    gone = delete(JOBS).where(JOBS.c.tenant_id == tenant_id, old).returning(JOBS.c.id)
    return len((await session.execute(gone)).all())
