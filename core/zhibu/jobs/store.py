"""Statements of jobs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.tables import Job

_JOBS: Any = Job.__table__
_COLUMNS = [column for column in _JOBS.c if column.name != "tenant_id"]


async def add(session: AsyncSession, tenant_id: UUID, job: JobFacts) -> None:
    values = {**vars(job), "tenant_id": tenant_id, "arguments": dict(job.arguments)}
    await session.execute(insert(_JOBS).values(values))


async def job(session: AsyncSession, tenant_id: UUID, id: UUID) -> JobFacts | None:
    query = select(*_COLUMNS).where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return _facts(row._asdict()) if row else None


async def jobs_of(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, limit: int
) -> list[JobFacts]:
    """What an account asked for, the latest first."""
    query = (
        select(*_COLUMNS)
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.account_id == account_id)
        .order_by(_JOBS.c.created_at.desc(), _JOBS.c.id.desc())
        .limit(limit)
    )
    return [_facts(row._asdict()) for row in await session.execute(query)]


async def first_waiting(session: AsyncSession, tenant_id: UUID) -> UUID | None:
    query = (
        select(_JOBS.c.id)
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.state == State.WAITING)
        .order_by(_JOBS.c.created_at, _JOBS.c.id)
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def claim(session: AsyncSession, tenant_id: UUID, id: UUID, now: datetime) -> JobFacts | None:
    """The job, now running, unless somebody else took it."""
    taken = await session.execute(
        update(_JOBS)
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.id == id, _JOBS.c.state == State.WAITING)
        .values(state=State.RUNNING, started_at=now, done=0, total=None)
        .returning(*_COLUMNS)
    )
    row = taken.one_or_none()
    return _facts(row._asdict()) if row else None


async def interrupt(session: AsyncSession, tenant_id: UUID, now: datetime) -> int:
    """Say of every job that was running that it is not any more; how many there were."""
    found = await session.execute(
        update(_JOBS)
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.state == State.RUNNING)
        .values(state=State.INTERRUPTED, finished_at=now)
        .returning(_JOBS.c.id)
    )
    return len(found.all())


async def save(
    session: AsyncSession, tenant_id: UUID, id: UUID, changes: Mapping[str, Any]
) -> None:
    await session.execute(
        update(_JOBS).where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.id == id).values(**changes)
    )


def _facts(row: dict[str, Any]) -> JobFacts:
    return JobFacts(**{**row, "state": State(row["state"])})
