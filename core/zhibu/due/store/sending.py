"""Statements of messages on their way, and of what became of each attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.rules.reminders import ChannelKind, ReminderState
from zhibu.due.store.channels import CHANNEL, Channel, channel_of_row
from zhibu.due.tables import Delivery, Reminder
from zhibu.identifiers import new_id
from zhibu.storage.tables import Moment

_REMINDER: Any = Reminder.__table__
_DELIVERY: Any = Delivery.__table__


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that this process has taken, and where it goes; None where the channel is gone."""

    id: UUID
    attempts: int
    channel: Channel | None


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt at a delivery, as its account sees it."""

    kind: ChannelKind
    at: datetime
    delivered: bool
    answer: str


async def forget(session: AsyncSession, tenant_id: UUID, before: datetime) -> None:
    """Forget messages that had ended by then, and every attempt at them."""
    old = and_(_REMINDER.c.tenant_id == tenant_id, _REMINDER.c.ended_at < before)
    theirs = _DELIVERY.c.reminder_id.in_(select(_REMINDER.c.id).where(old))
    await session.execute(delete(_DELIVERY).where(_DELIVERY.c.tenant_id == tenant_id, theirs))
    await session.execute(delete(_REMINDER).where(old))


async def anything(session: AsyncSession, tenant_id: UUID, now: datetime) -> bool:
    """Whether any message may be sent now."""
    found = await session.execute(
        select(literal(1)).where(_REMINDER.c.tenant_id == tenant_id, _ready(now)).limit(1)
    )
    return found.first() is not None


async def waiting(session: AsyncSession, tenant_id: UUID) -> int:
    """How many messages have yet to be sent."""
    counted = (
        select(func.count())
        .select_from(_REMINDER)
        .where(_REMINDER.c.tenant_id == tenant_id, _REMINDER.c.state == ReminderState.WAITING)
    )
    return int((await session.execute(counted)).scalar_one())


async def take(
    session: AsyncSession,
    tenant_id: UUID,
    now: datetime,
    until: datetime,
    kind: ChannelKind,
    limit: int,
) -> list[Waiting]:
    """The next messages of one kind of channel, which nobody else takes until then."""
    next_ones = (
        select(_REMINDER.c.id)
        .join(
            CHANNEL,
            and_(CHANNEL.c.tenant_id == tenant_id, CHANNEL.c.id == _REMINDER.c.channel_id),
        )
        .where(_REMINDER.c.tenant_id == tenant_id, _ready(now), CHANNEL.c.kind == kind)
        .order_by(_REMINDER.c.not_before, _REMINDER.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=_REMINDER)
    )
    ids = list((await session.execute(next_ones)).scalars())
    if not ids:
        return []
    mine = [_REMINDER.c.tenant_id == tenant_id, _REMINDER.c.id.in_(ids)]
    await session.execute(
        update(_REMINDER).where(*mine).values(leased_until=literal(until, Moment()))
    )
    rows = await session.execute(
        select(_REMINDER.c.id.label("reminder_id"), _REMINDER.c.attempts, CHANNEL)
        .join(
            CHANNEL,
            and_(CHANNEL.c.tenant_id == tenant_id, CHANNEL.c.id == _REMINDER.c.channel_id),
        )
        .where(*mine)
        .order_by(_REMINDER.c.not_before, _REMINDER.c.id)
    )
    return [
        Waiting(
            id=row.reminder_id,
            attempts=row.attempts,
            channel=None if row.removed_at or row.ended_at else channel_of_row(row),
        )
        for row in rows
    ]


async def record(
    session: AsyncSession,
    tenant_id: UUID,
    waiting: Waiting,
    at: datetime,
    *,
    delivered: bool,
    answer: str,
) -> None:
    """Keep an attempt."""
    await session.execute(
        insert(_DELIVERY).values(
            tenant_id=tenant_id,
            id=new_id(),
            reminder_id=waiting.id,
            attempt=waiting.attempts + 1,
            at=at,
            delivered=delivered,
            answer=answer,
        )
    )


async def save(session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(
        update(_REMINDER)
        .where(_REMINDER.c.tenant_id == tenant_id, _REMINDER.c.id == id)
        .values(**values, leased_until=None)
    )


async def attempts(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, limit: int
) -> list[Attempt]:
    """The latest attempts to reach an account."""
    found = (
        select(CHANNEL.c.kind, _DELIVERY.c.at, _DELIVERY.c.delivered, _DELIVERY.c.answer)
        .select_from(
            _DELIVERY.join(
                _REMINDER,
                and_(
                    _REMINDER.c.tenant_id == _DELIVERY.c.tenant_id,
                    _REMINDER.c.id == _DELIVERY.c.reminder_id,
                ),
            ).join(
                CHANNEL,
                and_(
                    CHANNEL.c.tenant_id == _REMINDER.c.tenant_id,
                    CHANNEL.c.id == _REMINDER.c.channel_id,
                ),
            )
        )
        .where(_DELIVERY.c.tenant_id == tenant_id, CHANNEL.c.account_id == account_id)
        .order_by(_DELIVERY.c.at.desc(), _DELIVERY.c.id.desc())
        .limit(limit)
    )
    return [
        Attempt(kind=ChannelKind(row.kind), at=row.at, delivered=row.delivered, answer=row.answer)
        for row in await session.execute(found)
    ]


def _ready(now: datetime) -> ColumnElement[bool]:
    moment = literal(now, Moment())
    return and_(
        _REMINDER.c.state == ReminderState.WAITING,
        _REMINDER.c.not_before <= moment,
        or_(_REMINDER.c.leased_until.is_(None), _REMINDER.c.leased_until <= moment),
    )
