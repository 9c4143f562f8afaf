"""Statements of who is to be reminded beside the inbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.rules.reminders import ReminderState, Wishes
from zhibu.due.store.channels import CHANNEL, WISHES, alive, wishes_of_row
from zhibu.due.tables import InboxItem, Obligation, Reminder
from zhibu.identifiers import new_id
from zhibu.storage.upsert import insert_or

_DUE: Any = Obligation.__table__
_ITEM: Any = InboxItem.__table__
_REMINDER: Any = Reminder.__table__


@dataclass(frozen=True, kw_only=True)
class Way:
    """A channel of an account that somebody is to be reminded by."""

    account_id: UUID
    channel_id: UUID
    wishes: Wishes
    last_sent: datetime | None


async def ways(
    session: AsyncSession, tenant_id: UUID, today: date, after: UUID | None, limit: int
) -> list[Way]:
    """The channels of the next accounts whose inbox holds something they were not reminded of."""
    page = (
        select(CHANNEL.c.account_id)
        .where(
            CHANNEL.c.tenant_id == tenant_id,
            *alive(),
            exists().where(
                _ITEM.c.tenant_id == tenant_id,
                _ITEM.c.account_id == CHANNEL.c.account_id,
                _news(tenant_id, today),
            ),
        )
        .distinct()
        .order_by(CHANNEL.c.account_id)
        .limit(limit)
    )
    if after is not None:
        page = page.where(CHANNEL.c.account_id > after)
    last = (
        select(func.max(_REMINDER.c.ended_at))
        .where(
            _REMINDER.c.tenant_id == tenant_id,
            _REMINDER.c.channel_id == CHANNEL.c.id,
            _REMINDER.c.state == ReminderState.SENT,
        )
        .correlate(CHANNEL)
        .scalar_subquery()
    )
    wished = and_(WISHES.c.tenant_id == tenant_id, WISHES.c.account_id == CHANNEL.c.account_id)
    found = (
        select(
            CHANNEL.c.account_id,
            CHANNEL.c.id,
            WISHES.c.rhythm,
            WISHES.c.quiet_from,
            WISHES.c.quiet_until,
            WISHES.c.workdays_only,
            last.label("last_sent"),
        )
        .select_from(CHANNEL.outerjoin(WISHES, wished))
        .where(CHANNEL.c.tenant_id == tenant_id, *alive(), CHANNEL.c.account_id.in_(page))
        .order_by(CHANNEL.c.account_id, CHANNEL.c.id)
    )
    return [
        Way(
            account_id=row.account_id,
            channel_id=row.id,
            wishes=wishes_of_row(row),
            last_sent=row.last_sent,
        )
        for row in await session.execute(found)
    ]


async def put(
    session: AsyncSession, tenant_id: UUID, now: datetime, moments: Mapping[UUID, datetime]
) -> int:
    """Write a message for each channel, not before its moment, unless one waits there already."""
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "channel_id": channel,
            "state": ReminderState.WAITING,
            "created_at": now,
            "not_before": moment,
            "attempts": 0,
        }
        for channel, moment in moments.items()
    ]
    if not rows:
        return 0
    statement = insert_or(session, _REMINDER).on_conflict_do_nothing(
        index_elements=["tenant_id", "channel_id"],
        index_where=text("state = 'waiting'"),
    )
    await session.execute(statement, rows)
    return len(rows)


async def reminded(
    session: AsyncSession, tenant_id: UUID, accounts: Collection[UUID], today: date
) -> None:
    """Note that these accounts are reminded of everything in their inboxes."""
    await session.execute(
        update(_ITEM)
        .where(
            _ITEM.c.tenant_id == tenant_id,
            _ITEM.c.account_id.in_(accounts),
            _news(tenant_id, today),
        )
        .values(reminded_on=today)
    )


def _news(tenant_id: UUID, today: date) -> ColumnElement[bool]:
    """Whether an item waits, and came nearer since its account was reminded of it."""
    raised = (
        select(literal(1))
        .where(
            _DUE.c.tenant_id == tenant_id,
            _DUE.c.id == _ITEM.c.due_id,
            _DUE.c.closed_on.is_(None),
            or_(_ITEM.c.reminded_on.is_(None), _ITEM.c.reminded_on < _DUE.c.raised_on),
            or_(
                _ITEM.c.snoozed_until.is_(None),
                _ITEM.c.snoozed_until <= today,
                _DUE.c.raised_on > _ITEM.c.snoozed_on,
            ),
        )
        .correlate(_ITEM)
        .exists()
    )
    return and_(_ITEM.c.withdrawn_at.is_(None), _ITEM.c.done_at.is_(None), raised)
