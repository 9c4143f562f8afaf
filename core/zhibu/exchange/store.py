"""Statements on messages between institutions; each side's in its own home."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.exchange.rules import Side, State, Told
from zhibu.exchange.tables import ExchangeMessage
from zhibu.storage.upsert import insert_or

TABLE: Any = ExchangeMessage.__table__
_HOLDS = (State.WAITING, State.DELIVERED, State.RECEIVED)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A message as it is kept."""

    id: UUID
    side: Side
    kind: str
    counterpart_code: str
    counterpart_name: str | None
    about: UUID
    number: int
    path: str
    state: State
    body_sealed: bytes
    created_at: datetime
    ended_at: datetime | None


_COLUMNS = [TABLE.c[name] for name in Row.__dataclass_fields__]


async def add(session: AsyncSession, tenant_id: UUID, row: Row) -> bool:
    """Whether there was none of this id, nor of this number of the matter."""
    values = {**vars(row), "tenant_id": tenant_id}
    added = insert_or(session, TABLE).values(values).on_conflict_do_nothing()
    found = await session.execute(added.returning(TABLE.c.id))
    return found.one_or_none() is not None


async def append(session: AsyncSession, tenant_id: UUID, row: Row) -> Row:
    """Add a message as the next of its matter; the message with its number."""
    while True:
        before = await last(session, tenant_id, row.side, row.counterpart_code, row.about)
        numbered = replace(row, number=before + 1)
        if await add(session, tenant_id, numbered):
            return numbered


async def find(session: AsyncSession, tenant_id: UUID, id: UUID) -> Row | None:
    query = select(*_COLUMNS).where(TABLE.c.tenant_id == tenant_id, TABLE.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return _row(row._asdict()) if row else None


async def last(session: AsyncSession, tenant_id: UUID, side: Side, code: str, about: UUID) -> int:
    """The number of what was said last about a matter on this side; 0 if nothing was."""
    matter = _matter(tenant_id, code, about)
    query = select(func.max(TABLE.c.number)).where(matter, TABLE.c.side == side)
    return (await session.execute(query)).scalar_one() or 0


async def known(session: AsyncSession, tenant_id: UUID, code: str, about: UUID) -> bool:
    """Whether anything about a matter was said to the other side, or taken from it."""
    query = select(TABLE.c.id).where(_matter(tenant_id, code, about), TABLE.c.state.in_(_HOLDS))
    return (await session.execute(query.limit(1))).one_or_none() is not None


async def waiting_before(session: AsyncSession, tenant_id: UUID, row: Row) -> list[Row]:
    """What waits of the matter up to this message, the earliest first."""
    query = select(*_COLUMNS).where(
        _matter(tenant_id, row.counterpart_code, row.about),
        TABLE.c.side == Side.OUT,
        TABLE.c.state == State.WAITING,
        TABLE.c.number <= row.number,
    )
    found = await session.execute(query.order_by(TABLE.c.number))
    return [_row(each._asdict()) for each in found]


async def ended_between(session: AsyncSession, tenant_id: UUID, told: Told, last: int) -> list[Row]:
    """What was said of the matter after a number and before this message, and had its answer."""
    query = select(*_COLUMNS).where(
        _matter(tenant_id, told.counterpart, told.about),
        TABLE.c.side == Side.OUT,
        TABLE.c.state != State.WAITING,
        TABLE.c.number > last,
        TABLE.c.number < told.number,
    )
    found = await session.execute(query.order_by(TABLE.c.number))
    return [_row(each._asdict()) for each in found]


async def ids(
    session: AsyncSession,
    tenant_id: UUID,
    side: Side,
    states: Collection[State],
    code: str | None = None,
) -> dict[str, set[UUID]]:
    """The messages of a side in these states, by the other institution's code; of one, or each."""
    query = select(TABLE.c.counterpart_code, TABLE.c.id).where(
        TABLE.c.tenant_id == tenant_id,
        TABLE.c.side == side,
        TABLE.c.state.in_(states),
        *([TABLE.c.counterpart_code == code] if code else []),
    )
    found: dict[str, set[UUID]] = {}
    for counterpart, id in await session.execute(query):
        found.setdefault(counterpart, set()).add(id)
    return found


async def waiting_since(session: AsyncSession, tenant_id: UUID, moment: datetime) -> list[UUID]:
    """The messages that have waited since before then, in the order in which they were sent."""
    query = select(TABLE.c.id).where(
        TABLE.c.tenant_id == tenant_id,
        TABLE.c.side == Side.OUT,
        TABLE.c.state == State.WAITING,
        TABLE.c.created_at < moment,
    )
    return list(await session.scalars(query.order_by(TABLE.c.created_at, TABLE.c.id)))


async def opened(session: AsyncSession, tenant_id: UUID, since: datetime) -> int:
    """How many matters were opened with others since then."""
    query = select(func.count()).where(
        TABLE.c.tenant_id == tenant_id,
        TABLE.c.side == Side.OUT,
        TABLE.c.number == 1,
        TABLE.c.created_at >= since,
    )
    return int((await session.execute(query)).scalar_one())


async def end(session: AsyncSession, tenant_id: UUID, id: UUID, state: State, at: datetime) -> bool:
    """Say what became of a message that waits; whether it did."""
    mine = and_(TABLE.c.tenant_id == tenant_id, TABLE.c.id == id, TABLE.c.state == State.WAITING)
    changed = update(TABLE).where(mine).values(state=state, ended_at=at).returning(TABLE.c.id)
    return (await session.execute(changed)).one_or_none() is not None


async def empty(session: AsyncSession, tenant_id: UUID, moment: datetime) -> int:
    """Forget what was said in messages that ended before then; how many they were."""
    old = and_(
        TABLE.c.tenant_id == tenant_id,
        TABLE.c.ended_at < moment,
        func.length(TABLE.c.body_sealed) > 0,
    )
    emptied = update(TABLE).where(old).values(body_sealed=b"").returning(TABLE.c.id)
    return len((await session.execute(emptied)).all())


def _matter(tenant_id: UUID, code: str, about: UUID) -> Any:
    return and_(
        TABLE.c.tenant_id == tenant_id,
        TABLE.c.counterpart_code == code,
        TABLE.c.about == about,
    )


def _row(found: dict[str, Any]) -> Row:
    return Row(**{**found, "side": Side(found["side"]), "state": State(found["state"])})
