"""Statements on attempts to sign in, counted for the whole installation."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.tables import Attempt
from zhibu.storage.upsert import insert_or


async def count(
    control: AsyncSession,
    digest: bytes,
    *,
    most: int,
    in_a_row: bool,
    lock: timedelta,
    now: datetime,
) -> int | None:
    """The number of this attempt, or None when there were `most` already since the lock began.

    One from further ahead than any lock was counted before the clock was put back: nobody waits
    until it has caught up.
    """
    again = or_(Attempt.at <= now - lock, Attempt.at > now + lock)
    statement = (
        insert_or(control, Attempt)
        .values(digest=digest, count=1, at=now)
        .on_conflict_do_update(
            index_elements=[Attempt.digest],
            set_={
                "count": case((again, 1), else_=Attempt.count + 1),
                "at": now if in_a_row else case((again, now), else_=Attempt.at),
            },
            where=or_(again, Attempt.count < most),
        )
        .returning(Attempt.count)
    )
    found: int | None = (await control.execute(statement)).scalar()
    return found


async def since(control: AsyncSession, digest: bytes) -> datetime | None:
    """When the last one of a count was, or the first one of a count that is not in a row."""
    return (await control.execute(select(Attempt.at).where(Attempt.digest == digest))).scalar()


async def forgive(control: AsyncSession, digest: bytes) -> None:
    """Begin a count anew."""
    await control.execute(delete(Attempt).where(Attempt.digest == digest))


async def take_back(control: AsyncSession, digests: Sequence[bytes]) -> None:
    """Let one attempt not have been."""
    mine = and_(Attempt.digest.in_(digests), Attempt.count > 0)
    await control.execute(update(Attempt).where(mine).values(count=Attempt.count - 1))


async def sweep(control: AsyncSession, before: datetime) -> None:
    """Forget counts that nobody waits for any more."""
    await control.execute(delete(Attempt).where(Attempt.at < before))
