"""Statements of the queue: adding to it, taking from it, and keeping what becomes of a job."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, and_, bindparam, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.rules import ABANDONED, LEASE, LONGEST_PAUSE, JobFacts, State
from zhibu.jobs.store import parts
from zhibu.jobs.store.rows import COLUMNS, JOBS, facts_of, values_of
from zhibu.storage.fixed import Fixed
from zhibu.storage.homes import Home
from zhibu.storage.upsert import insert_or

CHANNEL = "zhibu_jobs"  # the tenant's id is sent there when something was asked for


async def add(session: AsyncSession, tenant_id: UUID, job: JobFacts) -> UUID:
    """Put a job in the line; with a key that another one has, answer that one's id instead."""
    if job.key is None:
        await session.execute(insert(JOBS).values(values_of(tenant_id, job)))
    elif (other := await _add_keyed(session, tenant_id, job)) is not None:
        return other
    if session.get_bind().dialect.name == "postgresql":  # heard when it is committed, not before
        ring = text("SELECT pg_notify(:channel, :tenant)")
        await session.execute(ring, {"channel": CHANNEL, "tenant": tenant_id.hex})
    return job.id


async def _add_keyed(session: AsyncSession, tenant_id: UUID, job: JobFacts) -> UUID | None:
    """The job that has the key already, or None once this one has it."""
    added = (
        insert_or(session, JOBS)
        .values(values_of(tenant_id, job))
        .on_conflict_do_nothing(index_elements=["tenant_id", "key"])
        .returning(JOBS.c.id)
    )
    holder = select(JOBS.c.id).where(JOBS.c.tenant_id == tenant_id, JOBS.c.key == job.key)
    while True:
        if (await session.execute(added)).one_or_none() is not None:
            return None
        if (other := (await session.execute(holder)).scalar_one_or_none()) is not None:
            return UUID(str(other))


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
    stranded = and_(JOBS.c.kind.not_in(known), JOBS.c.created_at < now - ABANDONED)
    query = (
        select(*COLUMNS)
        .where(
            JOBS.c.tenant_id == tenant_id,
            READY,
            or_(JOBS.c.kind.in_(kinds), stranded),
        )
        .order_by(JOBS.c.priority.desc(), JOBS.c.created_at, JOBS.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await session.execute(query, moments(now, tenant_id))).one_or_none()
    return facts_of(row._asdict()) if row else None


async def anything_ready(home: Home, tenant_id: UUID, now: datetime) -> bool:
    """Whether it is worth while to ask for the next one, which takes a write transaction.

    Every worker asks it of every tenant every few seconds, hence as cheaply as can be.
    """
    asked = _ANYTHING.on(home.name)
    (rows,) = await home.read(tenant_id, [(asked.sql, asked.bound(moments(now, tenant_id)))])
    return bool(rows)


async def keep(
    session: AsyncSession, tenant_id: UUID, job: JobFacts, changes: Mapping[str, Any]
) -> bool:
    """Change a job that is still in the hands of this attempt; whether it was."""
    changed = await session.execute(
        update(JOBS)
        .where(
            JOBS.c.tenant_id == tenant_id,
            JOBS.c.id == job.id,
            JOBS.c.attempt == job.attempt,
            JOBS.c.state == State.RUNNING,
        )
        .values(**changes)
        .returning(JOBS.c.id)
    )
    return changed.one_or_none() is not None


async def save(session: AsyncSession, tenant_id: UUID, before: JobFacts, after: JobFacts) -> bool:
    """Keep what became of a job since `before` was read and, unless it was waiting, held.

    With the job end its parts.
    """
    values = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    if before.state is State.RUNNING:
        held = await keep(session, tenant_id, before, values)
        if held and after.finished_at is not None:
            await parts.end(session, tenant_id, before.id)
        return held
    found = and_(JOBS.c.tenant_id == tenant_id, JOBS.c.id == before.id)
    await session.execute(update(JOBS).where(found).values(**values))
    return True


def moments(now: datetime, tenant_id: UUID) -> dict[str, Any]:
    """What `READY` is asked with."""
    return {
        "tenant": tenant_id,
        "now": now,
        "beyond_pauses": now + 2 * LONGEST_PAUSE,
        "beyond_leases": now + 2 * LEASE,
    }


def _when(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=JOBS.c.lease_until.type)


# Waiting and not before its time, or left by a worker that was lost. A moment that nobody can have
# written, further ahead than any pause or lease, was written by a clock that has been put back
# since: nobody waits for it.
_DUE = or_(
    JOBS.c.not_before.is_(None),
    JOBS.c.not_before <= _when("now"),
    and_(JOBS.c.failures > 0, JOBS.c.not_before > _when("beyond_pauses")),
)
_LOST = or_(
    JOBS.c.lease_until.is_(None),
    JOBS.c.lease_until < _when("now"),
    JOBS.c.lease_until > _when("beyond_leases"),
)
READY = and_(
    JOBS.c.state.in_([State.WAITING, State.RUNNING]),
    or_(
        and_(JOBS.c.state == State.WAITING, _DUE),
        and_(JOBS.c.state == State.RUNNING, _LOST),
    ),
)
_ANYTHING = Fixed(select(JOBS.c.id).where(JOBS.c.tenant_id == bindparam("tenant"), READY).limit(1))
