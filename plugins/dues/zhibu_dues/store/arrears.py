"""Long arrears: levels that were reached, settled, answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Window
from zhibu.due.declaring import by_region
from zhibu.identifiers import new_id
from zhibu.members.tables import Member
from zhibu_dues.store.chunks import chunks
from zhibu_dues.tables import DuesArrears, DuesMonth

ARREARS: Any = DuesArrears.__table__


async def settle(
    session: AsyncSession, tenant_id: UUID, streaks: Mapping[UUID, int], *, on: date
) -> None:
    """End the levels that these members no longer reach, by their open months in a row."""
    for part in chunks(sorted(streaks)):
        rows = await session.execute(
            select(ARREARS.c.id, ARREARS.c.member_id, ARREARS.c.level).where(
                ARREARS.c.tenant_id == tenant_id,
                ARREARS.c.member_id.in_(part),
                ARREARS.c.settled_on.is_(None),
            )
        )
        ended = [row.id for row in rows if row.level > streaks[row.member_id]]
        for ids in chunks(ended):
            await session.execute(
                update(ARREARS)
                .where(ARREARS.c.tenant_id == tenant_id, ARREARS.c.id.in_(ids))
                .values(settled_on=on)
            )


def reached(window: Window) -> Any:
    """Open months that complete a number of months without dues which was not said yet."""
    said = (
        select(DuesArrears.id)
        .where(
            DuesArrears.tenant_id == window.tenant_id,
            DuesArrears.member_id == DuesMonth.member_id,
            DuesArrears.level == DuesMonth.streak,
            DuesArrears.settled_on.is_(None),
        )
        .correlate(DuesMonth)
        .exists()
    )
    levels = window.book.regions("dues.arrears_months", window.today)
    found: Any = (
        select(
            DuesMonth.member_id,
            DuesMonth.month,
            DuesMonth.streak,
            (DuesMonth.owed_fen - DuesMonth.paid_fen).label("fen"),
            Member.path,
        )
        .join(
            Member,
            and_(Member.tenant_id == DuesMonth.tenant_id, Member.id == DuesMonth.member_id),
        )
        .where(
            DuesMonth.tenant_id == window.tenant_id,
            DuesMonth.due_on < window.today,
            DuesMonth.streak > 0,
            Member.left_on.is_(None),
            by_region(levels, Member.path, lambda found: DuesMonth.streak.in_(found.value or [0])),
            ~said,
        )
        .order_by(DuesMonth.member_id, DuesMonth.month)
    )
    return found


async def find(session: AsyncSession, window: Window) -> Sequence[Any]:
    return [*(await session.execute(reached(window)))]


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    for part in chunks([{"tenant_id": tenant_id, **row} for row in rows]):
        await session.execute(insert(ARREARS), part)


async def one(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any:
    """One level that was reached; None where there is none."""
    found = await session.execute(
        select(ARREARS).where(ARREARS.c.tenant_id == tenant_id, ARREARS.c.id == id)
    )
    return found.one_or_none()


async def answer(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(ARREARS).where(ARREARS.c.tenant_id == tenant_id, ARREARS.c.id == id).values(**values)
    )


def row(member_id: UUID, level: int, month: date, fen: int, on: date, asks: bool) -> dict[str, Any]:
    """A level as it is first written."""
    return {
        "id": new_id(),
        "member_id": member_id,
        "level": level,
        "month": month,
        "owed_fen": fen,
        "reached_on": on,
        "asks": asks,
        "settled_on": None,
        "finding": None,
        "answer": None,
        "answered_by": None,
        "answered_on": None,
    }
