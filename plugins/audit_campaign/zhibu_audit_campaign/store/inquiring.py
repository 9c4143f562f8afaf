"""Inquiries with other bodies, as they are kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.tables import Account
from zhibu_audit_campaign.rules.inquiring import Inquiry
from zhibu_audit_campaign.store.held import held
from zhibu_audit_campaign.store.work import INQUIRY


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(INQUIRY).values(tenant_id=tenant_id, **values))


async def inquiry(session: AsyncSession, tenant_id: UUID, id: UUID) -> Inquiry | None:
    """One inquiry, held until the act is over; None where there is none."""
    row = await held(session, tenant_id, INQUIRY, id)
    if row is None:
        return None
    return Inquiry(
        id=row.id,
        audited_id=row.audited_id,
        path=row.path,
        body=row.body,
        asked_on=row.asked_on,
        answered=row.answered_on is not None,
        voided=row.voided_on is not None,
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(INQUIRY).where(INQUIRY.c.tenant_id == tenant_id, INQUIRY.c.id == id).values(**values)
    )


async def inquiries(session: AsyncSession, tenant_id: UUID, search_id: UUID) -> Sequence[Any]:
    """Every inquiry of a search, void ones too, the earliest first, with who asked."""
    by = and_(Account.tenant_id == INQUIRY.c.tenant_id, Account.id == INQUIRY.c.asked_by)
    rows = await session.execute(
        select(INQUIRY, Account.name)
        .outerjoin(Account, by)
        .where(INQUIRY.c.tenant_id == tenant_id, INQUIRY.c.search_id == search_id)
        .order_by(INQUIRY.c.asked_on, INQUIRY.c.id)
    )
    return rows.all()
