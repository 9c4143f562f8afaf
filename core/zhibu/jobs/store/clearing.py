"""Statements that throw away what has had its day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.store.rows import JOBS


async def drop_results(session: AsyncSession, tenant_id: UUID, files: Collection[UUID]) -> None:
    """Jobs no longer point to these files."""
    await session.execute(
        update(JOBS)
        .where(JOBS.c.tenant_id == tenant_id, JOBS.c.result_id.in_(files))
        .values(result_id=None)
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
