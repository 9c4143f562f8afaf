"""Training funds: what was earmarked and spent, void entries left out."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_education.rules.funds import BUDGET, SPEND, Fund
from zhibu_education.tables import Expense


async def hold(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> None:
    """Let one act at a time use an organization's funds: two would each see enough left."""
    await session.execute(
        select(Expense.id)
        .where(Expense.tenant_id == tenant_id, Expense.organization_id == organization_id)
        .order_by(Expense.id)
        .with_for_update()
    )


async def funds(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> dict[str, Fund]:
    """What there is for each purpose; entries from before purposes were kept under `""`."""
    rows = await session.execute(
        select(Expense.category, Expense.kind, func.sum(Expense.fen))
        .where(
            Expense.tenant_id == tenant_id,
            Expense.organization_id == organization_id,
            Expense.year == year,
            Expense.voided_on.is_(None),
        )
        .group_by(Expense.category, Expense.kind)
    )
    sums = {(category or "", kind): int(fen) for category, kind, fen in rows}
    return {
        category: Fund(
            earmarked=sums.get((category, BUDGET), 0), spent=sums.get((category, SPEND), 0)
        )
        for category in sorted({category for category, _ in sums})
    }


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(Expense).values(tenant_id=tenant_id, **values))


async def entry(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any:
    """One entry with every column; None where there is none."""
    found = await session.execute(
        select(*Expense.__table__.c).where(Expense.tenant_id == tenant_id, Expense.id == id)
    )
    return found.first()


async def entries(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> Sequence[Any]:
    """Every entry of a year, void ones too, by day."""
    found = await session.execute(
        select(*Expense.__table__.c)
        .where(
            Expense.tenant_id == tenant_id,
            Expense.organization_id == organization_id,
            Expense.year == year,
        )
        .order_by(Expense.on, Expense.kind, Expense.id)
    )
    return [*found]


async def void(session: AsyncSession, tenant_id: UUID, id: UUID, on: date, reason: str) -> None:
    await session.execute(
        update(Expense)
        .where(Expense.tenant_id == tenant_id, Expense.id == id)
        .values(voided_on=on, void_reason=reason)
        .execution_options(synchronize_session=False)
    )
