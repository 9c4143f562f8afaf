"""Dispositions as they are kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu_discipline.rules.cases import UNDER_WAY, Case, Delivery, Result, State
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.tables import DisciplineCase

CASES: Any = DisciplineCase.__table__


async def hold_member(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> None:
    """Let one act at a time open a disposition of the member; on SQLite a writer is alone."""
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Member.id)
        .where(Member.tenant_id == tenant_id, Member.id == member_id)
        .with_for_update(key_share=True)
    )


async def is_under_way(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, *, but: UUID | None = None
) -> bool:
    """Whether a disposition of the member is under way, leaving out the one named."""
    found = await session.scalar(
        select(
            exists().where(
                CASES.c.tenant_id == tenant_id,
                CASES.c.member_id == member_id,
                CASES.c.state.in_(sorted(UNDER_WAY)),
                *([CASES.c.id != but] if but else []),
            )
        )
    )
    return bool(found)


async def last_opened(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> date | None:
    """The day on which the last disposition of a member was opened that was not dropped."""
    found: date | None = await session.scalar(
        select(func.max(CASES.c.opened_on)).where(
            CASES.c.tenant_id == tenant_id,
            CASES.c.member_id == member_id,
            CASES.c.state != State.DROPPED,
        )
    )
    return found


async def is_followed(session: AsyncSession, tenant_id: UUID, id: UUID) -> bool:
    """Whether another disposition rests on this one's having failed."""
    found = await session.scalar(
        select(
            exists().where(
                CASES.c.tenant_id == tenant_id,
                CASES.c.previous_id == id,
                CASES.c.state.not_in((State.DROPPED, State.REFUSED)),
            )
        )
    )
    return bool(found)


async def open(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(CASES).values(tenant_id=tenant_id, **values))


async def case(session: AsyncSession, tenant_id: UUID, id: UUID) -> Case | None:
    """One disposition, held until the transaction is over; None where there is none."""
    query = select(CASES).where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    return None if row is None else _case(row)


async def facts_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> str:
    """What happened, as it was written down when the disposition was opened."""
    found = select(CASES.c.facts).where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    return str(await session.scalar(found))


async def decision_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> str:
    """What was decided, in words."""
    found = select(CASES.c.decision).where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    return str(await session.scalar(found))


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(CASES)
        .where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
        .values(**values, version=CASES.c.version + 1)
    )


def _case(row: Any) -> Case:
    return Case(
        id=row.id,
        member_id=row.member_id,
        organization_id=row.organization_id,
        kind=Kind(row.kind),
        ground=row.ground,
        restricted=row.restricted,
        state=State(row.state),
        result=Result(row.result) if row.result else None,
        months=row.months,
        opened_on=row.opened_on,
        decided_on=row.decided_on,
        until=row.until,
        delivery=Delivery(row.delivery) if row.delivery else None,
        filed_on=row.filed_on,
        procedure_id=row.procedure_id,
        evaluation_id=row.evaluation_id,
        version=row.version,
    )
