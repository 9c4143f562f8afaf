"""Statements of the secret addresses of calendars."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.tables import ReminderFeed
from zhibu.identifiers import new_id
from zhibu.storage.upsert import insert_or

_FEED: Any = ReminderFeed.__table__


async def feed_since(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> datetime | None:
    """Since when an account has its present secret address; None if it has none."""
    found = select(_FEED.c.created_at).where(
        _FEED.c.tenant_id == tenant_id, _FEED.c.account_id == account_id
    )
    return (await session.execute(found)).scalar_one_or_none()


async def feed_of(session: AsyncSession, tenant_id: UUID, digest: bytes) -> UUID | None:
    """The account behind a secret address."""
    found = select(_FEED.c.account_id).where(
        _FEED.c.tenant_id == tenant_id, _FEED.c.digest == digest
    )
    return (await session.execute(found)).scalar_one_or_none()


async def set_feed(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, digest: bytes, now: datetime
) -> None:
    """Give an account another secret address; the one before is no more."""
    values = {"digest": digest, "created_at": now}
    await session.execute(
        insert_or(session, _FEED)
        .values(tenant_id=tenant_id, id=new_id(), account_id=account_id, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "account_id"], set_=values)
    )


async def end_feed(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> bool:
    """Take the secret address away; whether there was one."""
    done: Any = await session.execute(
        delete(_FEED).where(_FEED.c.tenant_id == tenant_id, _FEED.c.account_id == account_id)
    )
    return bool(done.rowcount)
