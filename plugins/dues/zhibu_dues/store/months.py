"""The months that members owe dues for, as they are kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.identifiers import new_id
from zhibu.storage.among import among
from zhibu.storage.upsert import insert_or
from zhibu_dues.rules.bases import BaseState
from zhibu_dues.rules.months import Ground, Month
from zhibu_dues.store.chunks import chunks
from zhibu_dues.tables import DuesBase, DuesMonth, DuesPayment, DuesShare

MONTHS: Any = DuesMonth.__table__


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, list[Month]]:
    """Every kept month of these members, in order."""
    found: dict[UUID, list[Month]] = defaultdict(list)
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(MONTHS)
            .where(MONTHS.c.tenant_id == tenant_id, MONTHS.c.member_id.in_(part))
            .order_by(MONTHS.c.member_id, MONTHS.c.month)
        )
        for row in rows:
            found[row.member_id].append(_month(row))
    return found


async def of_year(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> dict[UUID, list[Month]]:
    """The kept months of these members in a year, in order."""
    rows = await session.execute(
        select(MONTHS)
        .where(
            MONTHS.c.tenant_id == tenant_id,
            among(MONTHS.c.member_id, "members"),
            MONTHS.c.year == year,
        )
        .order_by(MONTHS.c.member_id, MONTHS.c.month),
        {"members": sorted(set(members))},
    )
    found: dict[UUID, list[Month]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(_month(row))
    return found


async def paid(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, dict[date, tuple[int, date]]]:
    """What was paid for which month, and on which day the last of it."""
    found: dict[UUID, dict[date, tuple[int, date]]] = defaultdict(dict)
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(
                DuesShare.member_id,
                DuesShare.month,
                func.sum(DuesShare.fen).label("fen"),
                func.max(DuesPayment.paid_on).label("last"),
            )
            .join(
                DuesPayment,
                and_(
                    DuesPayment.tenant_id == DuesShare.tenant_id,
                    DuesPayment.id == DuesShare.payment_id,
                ),
            )
            .where(DuesShare.tenant_id == tenant_id, DuesShare.member_id.in_(part))
            .group_by(DuesShare.member_id, DuesShare.month)
        )
        for row in rows:
            found[row.member_id][row.month] = int(row.fen), row.last
    return found


async def last_payments(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> dict[tuple[UUID, date], UUID]:
    """For each member's month of a year, the payment that came last of those that went to it."""
    rows = await session.execute(
        select(DuesShare.member_id, DuesShare.month, DuesPayment.id)
        .join(
            DuesPayment,
            and_(
                DuesPayment.tenant_id == DuesShare.tenant_id,
                DuesPayment.id == DuesShare.payment_id,
            ),
        )
        .where(
            DuesShare.tenant_id == tenant_id,
            among(DuesShare.member_id, "members"),
            DuesShare.month.between(*year_of(year)),
        )
        .order_by(DuesPayment.paid_on, DuesPayment.recorded_at, DuesPayment.id),
        {"members": sorted(set(members))},
    )
    return {(row.member_id, row.month): row.id for row in rows}


async def keep(
    session: AsyncSession,
    tenant_id: UUID,
    before: Mapping[UUID, Sequence[Month]],
    now: Mapping[UUID, Sequence[Month]],
) -> set[UUID]:
    """Write what differs from what is kept; of whom something did."""
    known = {(id, month.month): month for id, months in before.items() for month in months}
    wanted = {(id, month.month): month for id, months in now.items() for month in months}
    changed = [key for key in wanted if known.get(key) != wanted[key]]
    gone = [key for key in known if key not in wanted]
    if changed:
        rows = [
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "member_id": key[0],
                "month": key[1],
                "year": key[1].year,
                **_values(wanted[key]),
            }
            for key in changed
        ]
        fresh = insert_or(session, MONTHS)
        upsert = fresh.on_conflict_do_update(
            index_elements=["tenant_id", "member_id", "month"],
            set_={name: fresh.excluded[name] for name in _values(wanted[changed[0]])},
        )
        for part in chunks(rows, 1000):
            await session.execute(upsert, part)
    for key in gone:
        await session.execute(delete(MONTHS).where(*_one(tenant_id, *key)))
    return {id for id, _ in (*changed, *gone)}


async def kept_of(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> set[UUID]:
    """Those of these members who have a confirmed base, or a month that is kept."""
    found: set[UUID] = set()
    for part in chunks(sorted(set(members))):
        based = select(DuesBase.member_id).where(
            DuesBase.tenant_id == tenant_id,
            DuesBase.member_id.in_(part),
            DuesBase.state == BaseState.CONFIRMED,
        )
        kept = select(DuesMonth.member_id).where(
            DuesMonth.tenant_id == tenant_id, DuesMonth.member_id.in_(part)
        )
        found |= {*await session.scalars(union(based, kept))}
    return found


def _one(tenant_id: UUID, member_id: UUID, month: date) -> tuple[Any, ...]:
    return (
        MONTHS.c.tenant_id == tenant_id,
        MONTHS.c.member_id == member_id,
        MONTHS.c.month == month,
    )


def _values(month: Month) -> dict[str, Any]:
    return {
        "owed_fen": month.owed,
        "paid_fen": month.paid,
        "due_on": month.due_on,
        "ground": month.ground,
        "settled_on": month.settled_on,
        "streak": month.streak,
    }


def _month(row: Any) -> Month:
    return Month(
        month=row.month,
        owed=row.owed_fen,
        due_on=row.due_on,
        ground=Ground(row.ground),
        paid=row.paid_fen,
        settled_on=row.settled_on,
        streak=row.streak,
    )
