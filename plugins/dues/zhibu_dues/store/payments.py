"""Payments and what of them went to which month."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu_dues.rules.payments import Means, Payer, Payment, Recorded
from zhibu_dues.store.chunks import chunks
from zhibu_dues.tables import DuesPayment, DuesShare

PAYMENTS: Any = DuesPayment.__table__
SHARES: Any = DuesShare.__table__


async def last_serial(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> int:
    """The number of the organization's last receipt of a year; 0 before the first."""
    found = await session.scalar(
        select(func.max(PAYMENTS.c.serial)).where(
            PAYMENTS.c.tenant_id == tenant_id,
            PAYMENTS.c.organization_id == organization_id,
            PAYMENTS.c.year == year,
        )
    )
    return found or 0


async def add(
    session: AsyncSession,
    tenant_id: UUID,
    rows: Sequence[dict[str, Any]],
    shares: Mapping[UUID, Mapping[date, int]],
) -> None:
    """Payments, and by the id of each what goes to which month."""
    if not rows:
        return
    await session.execute(insert(PAYMENTS), [{"tenant_id": tenant_id, **row} for row in rows])
    member = {row["id"]: row["member_id"] for row in rows}
    split = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "payment_id": id,
            "member_id": member[id],
            "month": month,
            "fen": fen,
        }
        for id, months in shares.items()
        for month, fen in months.items()
    ]
    await session.execute(insert(SHARES), split)


async def payment(session: AsyncSession, tenant_id: UUID, id: UUID) -> Recorded | None:
    """One payment; None where there is none."""
    row = (
        await session.execute(
            select(PAYMENTS).where(PAYMENTS.c.tenant_id == tenant_id, PAYMENTS.c.id == id)
        )
    ).one_or_none()
    return None if row is None else _recorded(row)


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[Recorded]:
    """Every payment of these members that is not void."""
    found: list[Recorded] = []
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(PAYMENTS).where(
                PAYMENTS.c.tenant_id == tenant_id,
                PAYMENTS.c.member_id.in_(part),
                PAYMENTS.c.voided_on.is_(None),
            )
        )
        found += [_recorded(row) for row in rows]
    return found


async def void(session: AsyncSession, tenant_id: UUID, id: UUID, *, reason: str, on: date) -> None:
    """Let a payment count no more: its months are as if nothing had come for them."""
    await session.execute(
        delete(SHARES).where(SHARES.c.tenant_id == tenant_id, SHARES.c.payment_id == id)
    )
    await session.execute(
        update(PAYMENTS)
        .where(PAYMENTS.c.tenant_id == tenant_id, PAYMENTS.c.id == id)
        .values(voided_on=on, void_reason=reason, version=PAYMENTS.c.version + 1)
    )


def _recorded(row: Any) -> Recorded:
    said = {name: getattr(row, name) for name in Payment.__dataclass_fields__}
    return Recorded(
        id=row.id,
        payment=Payment(**{**said, "payer": Payer(row.payer), "means": Means(row.means)}),
        organization_id=row.organization_id,
        serial=row.serial,
        handover_id=row.handover_id,
        voided_on=row.voided_on,
        corrects_id=row.corrects_id,
        version=row.version,
    )
