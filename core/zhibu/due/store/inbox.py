"""Statements of the inbox: each names the account whose inbox it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.rules.inbox import Counts, Entry, Reason, State
from zhibu.due.store.kept import DUE, Key, Kinds, item_of, shown, visible
from zhibu.due.tables import InboxItem

_ITEM: Any = InboxItem.__table__.alias("item")
_OWN = (
    "id",
    "due_id",
    "account_id",
    "reason",
    "told_at",
    "read_at",
    "acknowledged_at",
    "snoozed_until",
    "done_at",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which items of an account's inbox: of which kinds, where the account may see each."""

    tenant_id: UUID
    account_id: UUID
    kinds: Kinds
    today: date
    state: State | None = None
    unread: bool = False
    after: Key | None = None


async def entries(
    session: AsyncSession, wanted: Wanted, limit: int, ids: Collection[UUID] | None = None
) -> list[tuple[Key, Entry]]:
    """The first entries, by the day on which they are due; of these ids only, where given."""
    own = [_ITEM.c[name].label(f"own_{name}") for name in _OWN]
    found = _of(wanted).add_columns(*own, _ITEM.c.note.label("own_note"))
    if ids is not None:
        found = found.where(_ITEM.c.id.in_(ids))
    if wanted.after is not None:
        day, last = wanted.after
        found = found.where(tuple_(DUE.c.due_on, _ITEM.c.id) > tuple_(literal(day), literal(last)))
    found = found.order_by(DUE.c.due_on, _ITEM.c.id).limit(limit)
    return [((row.due_on, row.own_id), _entry(row)) for row in await session.execute(found)]


async def count(session: AsyncSession, wanted: Wanted) -> int:
    rows = _of(wanted).with_only_columns(func.count())
    return int((await session.execute(rows)).scalar_one())


async def counts(session: AsyncSession, wanted: Wanted) -> Counts:
    """How many items wait, and how many of them are unread or overdue."""

    def number(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    rows = _of(wanted).with_only_columns(
        func.count(),
        number(_ITEM.c.read_at.is_(None)),
        number(DUE.c.due_on < wanted.today),
    )
    found = (await session.execute(rows)).one()
    return Counts(waiting=found[0], unread=int(found[1]), overdue=int(found[2]))


async def by_kind(session: AsyncSession, wanted: Wanted) -> dict[str, int]:
    """How many items wait, by kind."""
    rows = _of(wanted).with_only_columns(DUE.c.kind, func.count()).group_by(DUE.c.kind)
    return {row[0]: row[1] for row in await session.execute(rows)}


async def by_day(session: AsyncSession, wanted: Wanted) -> list[tuple[date, str, int, datetime]]:
    """How many items wait, by the day on which they are due and by kind; when the last came."""
    day = (DUE.c.due_on, DUE.c.kind)
    rows = _of(wanted).with_only_columns(*day, func.count(), func.max(_ITEM.c.told_at))
    found = await session.execute(rows.group_by(*day).order_by(*day))
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def save(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    ids: Collection[UUID],
    values: Mapping[str, Any],
    *,
    once: str | None = None,
) -> None:
    """Write these values into items of the account; with `once` only where that is still null."""
    table: Any = InboxItem.__table__
    mine = [
        table.c.tenant_id == tenant_id,
        table.c.account_id == account_id,
        table.c.id.in_(ids),
    ]
    if once is not None:
        mine.append(table.c[once].is_(None))
    await session.execute(update(table).where(*mine).values(**values))


def _of(wanted: Wanted) -> Select[Any]:
    mine = and_(
        _ITEM.c.tenant_id == wanted.tenant_id,
        _ITEM.c.due_id == DUE.c.id,
        _ITEM.c.account_id == wanted.account_id,
        _ITEM.c.withdrawn_at.is_(None),
    )
    found = shown(wanted.tenant_id, (_ITEM, mine)).where(visible(wanted.kinds))
    if wanted.state is not None:
        found = found.where(_in_state(wanted))
    return found.where(_ITEM.c.read_at.is_(None)) if wanted.unread else found


def _in_state(wanted: Wanted) -> ColumnElement[bool]:
    ended = or_(DUE.c.closed_on.is_not(None), _ITEM.c.done_at.is_not(None))
    # What came nearer, or went up, since it was put off is there again.
    put_off = and_(_ITEM.c.snoozed_until > wanted.today, DUE.c.raised_on <= _ITEM.c.snoozed_on)
    asleep = func.coalesce(put_off, literal(False))
    match wanted.state:
        case State.DONE:
            return ended
        case State.SNOOZED:
            return and_(~ended, asleep)
        case _:
            return and_(~ended, ~asleep)


def _entry(row: Any) -> Entry:
    values = {name: getattr(row, f"own_{name}") for name in (*_OWN, "note")}
    return Entry(**{**values, "reason": Reason(values["reason"]), "item": item_of(row)})
