"""Credits: the rows of the ledger of hours."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.tables import Credit

LIVE = (CreditState.PENDING, CreditState.VERIFIED)
CHUNK = 500


async def credits(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, rules.Credit]:
    """These credits, locked until the transaction ends."""
    rows = await session.execute(
        select(Credit)
        .where(Credit.tenant_id == tenant_id, Credit.id.in_(ids))
        .order_by(Credit.id)
        .with_for_update()
    )
    return {row.id: _value(row) for (row,) in rows}


async def credits_of_session(
    session: AsyncSession, tenant_id: UUID, session_id: UUID
) -> dict[UUID, rules.Credit]:
    """The live credits that a session gave, by member."""
    rows = await session.execute(
        select(Credit).where(
            Credit.tenant_id == tenant_id,
            Credit.session_id == session_id,
            Credit.state.in_(LIVE),
        )
    )
    return {row.member_id: _value(row) for (row,) in rows}


async def hours_on_days(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    days: Collection[date],
) -> dict[tuple[UUID, date], Decimal]:
    """Live hours of these members on these days, in any form."""
    found: dict[tuple[UUID, date], Decimal] = {}
    ids = list(members)
    for start in range(0, len(ids), CHUNK):
        rows = await session.execute(
            select(Credit.member_id, Credit.earned_on, func.sum(Credit.hours))
            .where(
                Credit.tenant_id == tenant_id,
                Credit.member_id.in_(ids[start : start + CHUNK]),
                Credit.earned_on.in_(list(days)),
                Credit.state.in_(LIVE),
            )
            .group_by(Credit.member_id, Credit.earned_on)
        )
        found |= {(member, day): hours for member, day, hours in rows}
    return found


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert credits; each row names every column but the tenant."""
    if rows:
        await session.execute(insert(Credit), [{"tenant_id": tenant_id, **row} for row in rows])


async def decide(
    session: AsyncSession,
    tenant_id: UUID,
    ids: Collection[UUID],
    *,
    state: CreditState,
    by: UUID | None,
    at: datetime,
    decision: str | None,
) -> None:
    """Give these credits their state and say who decided when and why."""
    await session.execute(
        update(Credit)
        .where(Credit.tenant_id == tenant_id, Credit.id.in_(ids))
        .values(
            state=state,
            decided_by=by,
            decided_at=at,
            decision=decision,
            version=Credit.version + 1,
        )
        .execution_options(synchronize_session=False)
    )


async def row(session: AsyncSession, tenant_id: UUID, credit_id: UUID) -> dict[str, Any] | None:
    """Every column of one credit, as a correction copies them."""
    found = await session.execute(
        select(*Credit.__table__.c).where(Credit.tenant_id == tenant_id, Credit.id == credit_id)
    )
    mapping = found.mappings().first()
    return None if mapping is None else dict(mapping)


async def recount(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    forms: frozenset[str],
    first: date,
    last: date,
) -> None:
    """Set what counts of these members' hours between two days after the rule changed."""
    ids = list(members)
    for start in range(0, len(ids), CHUNK):
        chosen = (
            Credit.tenant_id == tenant_id,
            Credit.member_id.in_(ids[start : start + CHUNK]),
            Credit.earned_on.between(first, last),
        )
        for counts in (True, False):
            inside = Credit.form.in_(forms) if counts else Credit.form.not_in(forms)
            await session.execute(
                update(Credit)
                .where(*chosen, inside)
                .values(counted=Credit.hours if counts else Decimal(0))
                .execution_options(synchronize_session=False)
            )


def _value(row: Credit) -> rules.Credit:
    return rules.Credit(
        id=row.id,
        member_id=row.member_id,
        earned_on=row.earned_on,
        hours=row.hours,
        counted=row.counted,
        form=row.form,
        state=CreditState(row.state),
        recorded_by=row.recorded_by,
        recorded_for=row.recorded_for,
        version=row.version,
    )
