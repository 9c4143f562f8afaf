"""Decisions about memberships as they are kept, and what the register says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.rules import Change, Stage
from zhibu.members.tables import StagePeriod
from zhibu.procedures.tables import ProcedureStep
from zhibu_transfers.rules.matters import Matter, Membership, Search, Standing
from zhibu_transfers.tables import TransfersMembership, TransfersSearch

ROWS: Any = TransfersMembership.__table__
SEARCHES: Any = TransfersSearch.__table__
STEPS: Any = ProcedureStep.__table__


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(ROWS).values(tenant_id=tenant_id, **values))


async def add_searches(
    session: AsyncSession, tenant_id: UUID, membership_id: UUID, rows: Sequence[tuple[UUID, Search]]
) -> None:
    if not rows:
        return
    given = [
        {
            "tenant_id": tenant_id,
            "id": id,
            "membership_id": membership_id,
            "searched_on": each.on,
            "means": each.means,
            "course": each.course.strip(),
            "responsible": each.responsible.strip(),
        }
        for id, each in rows
    ]
    await session.execute(insert(SEARCHES), given)


async def membership(session: AsyncSession, tenant_id: UUID, id: UUID) -> Membership | None:
    """One matter, held until the transaction is over; None where there is none."""
    return await _one(session, tenant_id, ROWS.c.id == id)


async def by_procedure(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID
) -> Membership | None:
    """The matter that a procedure decides."""
    return await _one(session, tenant_id, ROWS.c.procedure_id == procedure_id)


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(ROWS)
        .where(ROWS.c.tenant_id == tenant_id, ROWS.c.id == id)
        .values(**values, version=ROWS.c.version + 1)
    )


async def is_asked(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> bool:
    """Whether anything about this membership waits to be decided."""
    found = await session.scalar(
        select(
            exists().where(
                ROWS.c.tenant_id == tenant_id,
                ROWS.c.member_id == member_id,
                ROWS.c.standing == Standing.ASKED,
            )
        )
    )
    return bool(found)


async def is_retained(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> bool:
    """Whether the relationship is retained for a stay abroad that has not ended."""
    found = await session.scalar(
        select(
            exists().where(
                ROWS.c.tenant_id == tenant_id,
                ROWS.c.member_id == member_id,
                ROWS.c.matter == Matter.RETAIN,
                ROWS.c.standing == Standing.GRANTED,
                ROWS.c.returned_on.is_(None),
            )
        )
    )
    return bool(found)


async def last_change(
    session: AsyncSession, tenant_id: UUID, member_id: UUID
) -> tuple[Stage, Change, date]:
    """The stage a member has now, what brought it about, and since when."""
    row = (
        await session.execute(
            select(StagePeriod.stage, StagePeriod.change, StagePeriod.since).where(
                StagePeriod.tenant_id == tenant_id,
                StagePeriod.member_id == member_id,
                StagePeriod.until.is_(None),
            )
        )
    ).one()
    return Stage(row.stage), Change(row.change), row.since


async def approved_on(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID, step: str
) -> date | None:
    """The day on which a step of a procedure was approved, the last time it was."""
    found: date | None = await session.scalar(
        select(STEPS.c.done_on)
        .where(
            STEPS.c.tenant_id == tenant_id,
            STEPS.c.procedure_id == procedure_id,
            STEPS.c.code == step,
            STEPS.c.result == "approved",
        )
        .order_by(STEPS.c.number.desc())
        .limit(1)
    )
    return found


async def _one(session: AsyncSession, tenant_id: UUID, where: Any) -> Membership | None:
    query = select(ROWS).where(ROWS.c.tenant_id == tenant_id, where)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Membership(
        id=row.id,
        matter=Matter(row.matter),
        standing=Standing(row.standing),
        member_id=row.member_id,
        name=row.name,
        organization_id=row.organization_id,
        ground=row.ground,
        effective_on=row.effective_on,
        custody_on=row.custody_on,
        version=row.version,
        filed_on=row.filed_on,
        since=row.since,
        until=row.until,
        purpose=row.purpose,
        place=row.place,
        returned_on=row.returned_on,
    )
