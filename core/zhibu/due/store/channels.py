"""Statements of how accounts want to be reminded, and by what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.rules.reminders import ChannelKind, Rhythm, Wishes, wishes_of
from zhibu.due.tables import ReminderChannel, ReminderSettings
from zhibu.identifiers import new_id
from zhibu.storage.upsert import insert_or

CHANNEL: Any = ReminderChannel.__table__
WISHES: Any = ReminderSettings.__table__


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A channel as it is kept."""

    id: UUID
    account_id: UUID
    kind: ChannelKind
    address_sealed: bytes
    address_masked: str
    secret_sealed: bytes | None
    set_at: datetime
    ended_at: datetime | None
    answer: str | None


async def wishes(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> Wishes:
    found = select(WISHES).where(WISHES.c.tenant_id == tenant_id, WISHES.c.account_id == account_id)
    row = (await session.execute(found)).first()
    return Wishes() if row is None else wishes_of_row(row)


async def wish(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, values: Mapping[str, Any]
) -> None:
    """Keep how an account wants to be reminded."""
    await session.execute(
        insert_or(session, WISHES)
        .values(tenant_id=tenant_id, id=new_id(), account_id=account_id, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "account_id"], set_=dict(values))
    )


async def channels(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> list[Channel]:
    """The channels that an account has not taken away."""
    found = (
        select(CHANNEL)
        .where(
            CHANNEL.c.tenant_id == tenant_id,
            CHANNEL.c.account_id == account_id,
            CHANNEL.c.removed_at.is_(None),
        )
        .order_by(CHANNEL.c.kind)
    )
    return [channel_of_row(row) for row in await session.execute(found)]


async def channel_id(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, kind: ChannelKind
) -> UUID | None:
    """The row of an account's channel, also of one that was taken away."""
    found = select(CHANNEL.c.id).where(
        CHANNEL.c.tenant_id == tenant_id,
        CHANNEL.c.account_id == account_id,
        CHANNEL.c.kind == kind,
    )
    return (await session.execute(found)).scalar_one_or_none()


async def set_channel(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        insert_or(session, CHANNEL)
        .values(tenant_id=tenant_id, id=id, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "id"], set_=dict(values))
    )


async def remove_channel(session: AsyncSession, tenant_id: UUID, id: UUID, now: datetime) -> None:
    """Take a channel away; its address is forgotten, what was sent by it is not."""
    await session.execute(
        update(CHANNEL)
        .where(CHANNEL.c.tenant_id == tenant_id, CHANNEL.c.id == id)
        .values(removed_at=now, address_sealed=b"", secret_sealed=None)
    )


async def end_channel(
    session: AsyncSession, tenant_id: UUID, id: UUID, at: datetime, answer: str
) -> None:
    """Note that a channel takes nothing any more."""
    await session.execute(
        update(CHANNEL)
        .where(CHANNEL.c.tenant_id == tenant_id, CHANNEL.c.id == id)
        .values(ended_at=at, answer=answer)
    )


def alive() -> Sequence[ColumnElement[bool]]:
    """Whether a channel takes anything."""
    return CHANNEL.c.removed_at.is_(None), CHANNEL.c.ended_at.is_(None)


def wishes_of_row(row: Any) -> Wishes:
    """What a row of wishes says; what nobody wished is as usual."""
    if row.rhythm is None:
        return Wishes()
    return wishes_of(
        Rhythm(row.rhythm), row.quiet_from, row.quiet_until, workdays_only=row.workdays_only
    )


def channel_of_row(row: Any) -> Channel:
    """The channel that a row says."""
    return Channel(
        id=row.id,
        account_id=row.account_id,
        kind=ChannelKind(row.kind),
        address_sealed=row.address_sealed,
        address_masked=row.address_masked,
        secret_sealed=row.secret_sealed,
        set_at=row.set_at,
        ended_at=row.ended_at,
        answer=row.answer,
    )
