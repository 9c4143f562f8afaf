"""Statements of whoever looks at jobs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.rules import DEAD, JobFacts, State
from zhibu.jobs.store.queue import READY, moments
from zhibu.jobs.store.rows import COLUMNS, JOBS, facts_of
from zhibu.storage.tables import Moment

UNDONE = (State.WAITING, State.RUNNING, State.FAILED, State.INTERRUPTED)


async def job(session: AsyncSession, tenant_id: UUID, id: UUID) -> JobFacts | None:
    query = select(*COLUMNS).where(JOBS.c.tenant_id == tenant_id, JOBS.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return facts_of(row._asdict()) if row else None


async def jobs_of(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, limit: int
) -> list[JobFacts]:
    """What an account asked for, the latest first."""
    query = (
        select(*COLUMNS)
        .where(JOBS.c.tenant_id == tenant_id, JOBS.c.account_id == account_id)
        .order_by(JOBS.c.created_at.desc(), JOBS.c.id.desc())
        .limit(limit)
    )
    return [facts_of(row._asdict()) for row in await session.execute(query)]


async def census(session: AsyncSession, tenant_id: UUID) -> dict[tuple[str, str], int]:
    """How many of each kind wait, run, and could not be done."""
    counted = (
        select(JOBS.c.kind, JOBS.c.state, func.count())
        .where(JOBS.c.tenant_id == tenant_id, JOBS.c.state.in_(UNDONE))
        .group_by(JOBS.c.kind, JOBS.c.state)
    )
    return {(row[0], row[1]): row[2] for row in await session.execute(counted)}


async def longest_due(session: AsyncSession, tenant_id: UUID, now: datetime) -> datetime | None:
    """Since when the job that waits longest might have begun; None if none might."""
    since = func.coalesce(JOBS.c.not_before, JOBS.c.created_at, type_=Moment())
    waiting = JOBS.c.state == State.WAITING
    query = select(func.min(since)).where(JOBS.c.tenant_id == tenant_id, waiting, READY)
    found: datetime | None = (await session.execute(query, moments(now, tenant_id))).scalar_one()
    return found


async def latest(
    session: AsyncSession, tenant_id: UUID, kind: str, state: State | None = None
) -> JobFacts | None:
    """The job of a kind that ended last, in whatever state unless one is named."""
    query = (
        select(*COLUMNS)
        .where(
            JOBS.c.tenant_id == tenant_id,
            JOBS.c.kind == kind,
            JOBS.c.finished_at.is_not(None),
            true() if state is None else JOBS.c.state == state,
        )
        .order_by(JOBS.c.finished_at.desc(), JOBS.c.id.desc())
        .limit(1)
    )
    row = (await session.execute(query)).one_or_none()
    return facts_of(row._asdict()) if row else None


async def troubles(
    session: AsyncSession, tenant_id: UUID, since: datetime
) -> tuple[int, datetime | None]:
    """How many jobs ended badly since then, and when the oldest was asked for that nobody takes."""
    c = JOBS.c
    dead = and_(c.state.in_(DEAD), c.finished_at >= since)
    left = and_(c.state == State.WAITING, c.not_before.is_(None))
    found = await session.execute(
        select(func.count().filter(dead), func.min(c.created_at).filter(left)).where(
            c.tenant_id == tenant_id
        )
    )
    count, oldest = found.one()
    return count, oldest
