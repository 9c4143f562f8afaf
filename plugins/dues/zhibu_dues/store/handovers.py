"""Collected dues on their way upward."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_dues.rules.handovers import Handover, HandoverState, Held
from zhibu_dues.store.payments import PAYMENTS
from zhibu_dues.tables import DuesHandover

HANDOVERS: Any = DuesHandover.__table__


async def held(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, until: date
) -> tuple[Held, int]:
    """What the organization collected and received by that day and still has; of how many."""
    collected = (
        await session.execute(
            select(
                func.coalesce(func.sum(PAYMENTS.c.fen + PAYMENTS.c.voluntary_fen), 0),
                func.count(),
            ).where(*_collected(tenant_id, organization_id, until))
        )
    ).one()
    received = await session.scalar(
        select(func.coalesce(func.sum(HANDOVERS.c.fen), 0)).where(
            *_received(tenant_id, organization_id, until)
        )
    )
    found = Held(collected_fen=int(collected[0]), received_fen=int(received or 0))
    return found, int(collected[1])


async def hand_over(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    """Write a hand-over, and let all that it holds belong to it."""
    await session.execute(insert(HANDOVERS).values(tenant_id=tenant_id, **values))
    place = tenant_id, values["organization_id"], values["until"]
    await session.execute(
        update(PAYMENTS).where(*_collected(*place)).values(handover_id=values["id"])
    )
    await session.execute(
        update(HANDOVERS).where(*_received(*place)).values(passed_id=values["id"])
    )


async def handover(session: AsyncSession, tenant_id: UUID, id: UUID) -> Handover | None:
    """One hand-over; None where there is none."""
    found = await session.execute(
        select(HANDOVERS).where(HANDOVERS.c.tenant_id == tenant_id, HANDOVERS.c.id == id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Handover(
        id=row.id,
        organization_id=row.organization_id,
        above_id=row.above_id,
        fen=row.fen,
        state=HandoverState(row.state),
        handed_by=row.handed_by,
        passed_on=row.passed_id is not None,
        version=row.version,
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(HANDOVERS)
        .where(HANDOVERS.c.tenant_id == tenant_id, HANDOVERS.c.id == id)
        .values(**values, version=HANDOVERS.c.version + 1)
    )


async def release(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """What a returned hand-over held is in hand again."""
    await session.execute(
        update(PAYMENTS)
        .where(PAYMENTS.c.tenant_id == tenant_id, PAYMENTS.c.handover_id == id)
        .values(handover_id=None)
    )
    await session.execute(
        update(HANDOVERS)
        .where(HANDOVERS.c.tenant_id == tenant_id, HANDOVERS.c.passed_id == id)
        .values(passed_id=None)
    )


def _collected(tenant_id: UUID, organization_id: UUID, until: date) -> tuple[Any, ...]:
    return (
        PAYMENTS.c.tenant_id == tenant_id,
        PAYMENTS.c.organization_id == organization_id,
        PAYMENTS.c.paid_on <= until,
        PAYMENTS.c.voided_on.is_(None),
        PAYMENTS.c.handover_id.is_(None),
    )


def _received(tenant_id: UUID, organization_id: UUID, until: date) -> tuple[Any, ...]:
    return (
        HANDOVERS.c.tenant_id == tenant_id,
        HANDOVERS.c.above_id == organization_id,
        HANDOVERS.c.state == HandoverState.RECEIVED,
        HANDOVERS.c.received_on <= until,
        HANDOVERS.c.passed_id.is_(None),
    )
