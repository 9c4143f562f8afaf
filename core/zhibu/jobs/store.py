"""Statements of jobs."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.rules import ABANDONED, LEASE, LONGEST_PAUSE, JobFacts, State
from zhibu.jobs.tables import Job
from zhibu.storage.tables import Moment
from zhibu.storage.upsert import insert_or

UNDONE = (State.WAITING, State.RUNNING, State.FAILED, State.INTERRUPTED)
CHANNEL = "zhibu_jobs"  # the tenant's id is sent there when something was asked for

_JOBS: Any = Job.__table__
_COLUMNS = [column for column in _JOBS.c if column.name != "tenant_id"]


async def add(session: AsyncSession, tenant_id: UUID, job: JobFacts) -> UUID:
    """Put a job in the line; with a key that another one has, answer that one's id instead."""
    if job.key is None:
        await session.execute(insert(_JOBS).values(_values(tenant_id, job)))
    elif (other := await _add_keyed(session, tenant_id, job)) is not None:
        return other
    if session.get_bind().dialect.name == "postgresql":  # heard when it is committed, not before
        ring = text("SELECT pg_notify(:channel, :tenant)")
        await session.execute(ring, {"channel": CHANNEL, "tenant": tenant_id.hex})
    return job.id


async def _add_keyed(session: AsyncSession, tenant_id: UUID, job: JobFacts) -> UUID | None:
    """The job that has the key already, or None once this one has it."""
    added = (
        insert_or(session, _JOBS)
        .values(_values(tenant_id, job))
        .on_conflict_do_nothing(index_elements=["tenant_id", "key"])
        .returning(_JOBS.c.id)
    )
    holder = select(_JOBS.c.id).where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.key == job.key)
    while True:
        if (await session.execute(added)).one_or_none() is not None:
            return None
        if (other := (await session.execute(holder)).scalar_one_or_none()) is not None:
            return UUID(str(other))


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


async def census(session: AsyncSession, tenant_id: UUID) -> dict[tuple[str, str], int]:
    """How many of each kind wait, run, and could not be done."""
    counted = (
        select(_JOBS.c.kind, _JOBS.c.state, func.count())
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.state.in_(UNDONE))
        .group_by(_JOBS.c.kind, _JOBS.c.state)
    )
    return {(row[0], row[1]): row[2] for row in await session.execute(counted)}


async def longest_due(session: AsyncSession, tenant_id: UUID, now: datetime) -> datetime | None:
    """Since when the job that waits longest might have begun; None if none might."""
    since = func.coalesce(_JOBS.c.not_before, _JOBS.c.created_at, type_=Moment())
    waiting = _JOBS.c.state == State.WAITING
    query = select(func.min(since)).where(_JOBS.c.tenant_id == tenant_id, waiting, _ready(now))
    found: datetime | None = (await session.execute(query)).scalar_one()
    return found


async def latest(
    session: AsyncSession, tenant_id: UUID, kind: str, state: State | None = None
) -> JobFacts | None:
    """The job of a kind that ended last, in whatever state unless one is named."""
    query = (
        select(*_COLUMNS)
        .where(
            _JOBS.c.tenant_id == tenant_id,
            _JOBS.c.kind == kind,
            _JOBS.c.finished_at.is_not(None),
            true() if state is None else _JOBS.c.state == state,
        )
        .order_by(_JOBS.c.finished_at.desc(), _JOBS.c.id.desc())
        .limit(1)
    )
    row = (await session.execute(query)).one_or_none()
    return _facts(row._asdict()) if row else None


async def next_ready(
    session: AsyncSession,
    tenant_id: UUID,
    now: datetime,
    *,
    kinds: Collection[str],
    known: Collection[str],
) -> JobFacts | None:
    """The job whose turn it is, among these kinds; locked, and never one that another is taking.

    One of a kind that is not `known` has its turn when nobody else took it for a day.
    """
    stranded = and_(_JOBS.c.kind.not_in(known), _JOBS.c.created_at < now - ABANDONED)
    query = (
        select(*_COLUMNS)
        .where(
            _JOBS.c.tenant_id == tenant_id,
            _JOBS.c.state.in_([State.WAITING, State.RUNNING]),
            _ready(now),
            or_(_JOBS.c.kind.in_(kinds), stranded),
        )
        .order_by(_JOBS.c.priority.desc(), _JOBS.c.created_at, _JOBS.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await session.execute(query)).one_or_none()
    return _facts(row._asdict()) if row else None


async def anything_ready(session: AsyncSession, tenant_id: UUID, now: datetime) -> bool:
    """Whether it is worth while to ask for the next one, which takes a write transaction."""
    query = (
        select(_JOBS.c.id)
        .where(
            _JOBS.c.tenant_id == tenant_id,
            _JOBS.c.state.in_([State.WAITING, State.RUNNING]),
            _ready(now),
        )
        .limit(1)
    )
    return (await session.execute(query)).one_or_none() is not None


async def keep(
    session: AsyncSession, tenant_id: UUID, job: JobFacts, changes: Mapping[str, Any]
) -> bool:
    """Change a job that is still in the hands of this attempt; whether it was."""
    changed = await session.execute(
        update(_JOBS)
        .where(
            _JOBS.c.tenant_id == tenant_id,
            _JOBS.c.id == job.id,
            _JOBS.c.attempt == job.attempt,
            _JOBS.c.state == State.RUNNING,
        )
        .values(**changes)
        .returning(_JOBS.c.id)
    )
    return changed.one_or_none() is not None


async def save(session: AsyncSession, tenant_id: UUID, before: JobFacts, after: JobFacts) -> bool:
    """Keep what became of a job since `before` was read and, unless it was waiting, held."""
    values = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    if before.state is State.RUNNING:
        return await keep(session, tenant_id, before, values)
    found = and_(_JOBS.c.tenant_id == tenant_id, _JOBS.c.id == before.id)
    await session.execute(update(_JOBS).where(found).values(**values))
    return True


async def drop_results(session: AsyncSession, tenant_id: UUID, files: Collection[UUID]) -> None:
    """Jobs no longer point to these files."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.tenant_id == tenant_id, _JOBS.c.result_id.in_(files))
        .values(result_id=None)
    )


async def forget(
    session: AsyncSession, tenant_id: UUID, asked_before: datetime, made_before: datetime
) -> int:
    """Forget what ended: what accounts asked for, and what the installation made; how many."""
    account, finished = _JOBS.c.account_id, _JOBS.c.finished_at
    old = or_(
        and_(account.is_not(None), finished < asked_before),
        and_(account.is_(None), finished < made_before),
    )
    gone = delete(_JOBS).where(_JOBS.c.tenant_id == tenant_id, old).returning(_JOBS.c.id)
    return len((await session.execute(gone)).all())


def _ready(now: datetime) -> ColumnElement[bool]:
    """Waiting and not before its time, or left by a worker that was lost.

    A moment that nobody can have written, further ahead than any pause or lease, was written by a
    clock that has been put back since: nobody waits for it.
    """
    c = _JOBS.c
    waiting = or_(
        c.not_before.is_(None),
        c.not_before <= now,
        and_(c.failures > 0, c.not_before > now + 2 * LONGEST_PAUSE),
    )
    lost = or_(c.lease_until.is_(None), c.lease_until < now, c.lease_until > now + 2 * LEASE)
    return or_(and_(c.state == State.WAITING, waiting), and_(c.state == State.RUNNING, lost))


def _values(tenant_id: UUID, job: JobFacts) -> dict[str, Any]:
    return {**vars(job), "tenant_id": tenant_id, "arguments": dict(job.arguments)}


def _facts(row: dict[str, Any]) -> JobFacts:
    return JobFacts(**{**row, "state": State(row["state"])})
