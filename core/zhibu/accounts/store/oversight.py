"""Statements on doors between tenants; each side's in its own home."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.oversight import GIVEN, RECEIVED, Door
from zhibu.accounts.tables import Oversight
from zhibu.organizations.tables import Organization

COLUMNS = (
    Oversight.id,
    Oversight.side,
    Oversight.counterpart_id,
    Oversight.counterpart_name,
    Oversight.organization_id,
    Oversight.organization_name,
    Organization.path,
    Oversight.overseer_account_id,
    Oversight.overseer_name,
    Oversight.role,
    Oversight.since,
    Oversight.until,
    Oversight.reason,
    Oversight.revoked_at,
    Oversight.delivered_at,
)


def door(row: Sequence[Any]) -> Door:
    return Door(
        id=row[0],
        side=row[1],
        counterpart_id=row[2],
        counterpart_name=row[3],
        organization_id=row[4],
        organization_name=row[5],
        path=row[6],
        overseer_account_id=row[7],
        overseer_name=row[8],
        role=row[9],
        since=row[10],
        until=row[11],
        reason=row[12],
        revoked_at=row[13],
        delivered_at=row[14],
    )


def _select(tenant_id: UUID) -> Select[*tuple[Any, ...]]:
    place = and_(
        Organization.tenant_id == Oversight.tenant_id,
        Organization.id == Oversight.organization_id,
    )
    return (
        select(*COLUMNS)
        .select_from(Oversight)
        .outerjoin(Organization, place)
        .where(Oversight.tenant_id == tenant_id)
        .order_by(Oversight.id)
    )


async def find(
    session: AsyncSession, tenant_id: UUID, oversight_id: UUID, *, hold: bool = False
) -> Door | None:
    """`hold` keeps others from changing it until the transaction ends."""
    statement = _select(tenant_id).where(Oversight.id == oversight_id)
    if hold:
        statement = statement.with_for_update(of=Oversight)
    row = (await session.execute(statement)).first()
    return None if row is None else door(row)


async def given_to(
    session: AsyncSession, tenant_id: UUID, counterpart_id: UUID, overseer_account_id: UUID
) -> list[Door]:
    """Every door this tenant ever gave to that account."""
    statement = _select(tenant_id).where(
        Oversight.side == GIVEN,
        Oversight.counterpart_id == counterpart_id,
        Oversight.overseer_account_id == overseer_account_id,
    )
    return [door(row) for row in await session.execute(statement)]


async def undelivered(session: AsyncSession, tenant_id: UUID) -> list[Door]:
    """Given doors of which the other side has not been told what this one says now."""
    statement = _select(tenant_id).where(Oversight.side == GIVEN, Oversight.delivered_at.is_(None))
    return [door(row) for row in await session.execute(statement)]


async def add(session: AsyncSession, tenant_id: UUID, facts: Door) -> None:
    """Write a door; one side's id is the other side's too."""
    await session.execute(
        insert(Oversight).values(
            tenant_id=tenant_id,
            id=facts.id,
            side=facts.side,
            counterpart_id=facts.counterpart_id,
            counterpart_name=facts.counterpart_name,
            organization_id=facts.organization_id,
            organization_name=facts.organization_name,
            overseer_account_id=facts.overseer_account_id,
            overseer_name=facts.overseer_name,
            role=facts.role,
            since=facts.since,
            until=facts.until,
            reason=facts.reason,
            revoked_at=facts.revoked_at,
            delivered_at=facts.delivered_at,
        )
    )


async def revoke(session: AsyncSession, tenant_id: UUID, oversight_id: UUID, at: datetime) -> None:
    """Close a door; the other side has to be told."""
    mine = and_(Oversight.tenant_id == tenant_id, Oversight.id == oversight_id)
    await session.execute(update(Oversight).where(mine).values(revoked_at=at, delivered_at=None))


async def delivered(
    session: AsyncSession, tenant_id: UUID, oversight_id: UUID, told: Door, at: datetime
) -> None:
    """Note that the other side knows what `told` says, unless this side changed meanwhile."""
    mine = and_(
        Oversight.tenant_id == tenant_id,
        Oversight.id == oversight_id,
        Oversight.revoked_at.is_(None)
        if told.revoked_at is None
        else Oversight.revoked_at.is_not(None),
    )
    await session.execute(update(Oversight).where(mine).values(delivered_at=at))


async def received_by(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> list[Door]:
    """Every door that others gave to this account."""
    statement = _select(tenant_id).where(
        Oversight.side == RECEIVED, Oversight.overseer_account_id == account_id
    )
    return [door(row) for row in await session.execute(statement)]
