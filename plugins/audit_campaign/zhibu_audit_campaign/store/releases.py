"""Releases of forms, as they are kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_audit_campaign.rules.releasing import Release, Released
from zhibu_audit_campaign.store.held import held
from zhibu_audit_campaign.tables import Release as Row

RELEASE: Any = Row.__table__


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(RELEASE).values(tenant_id=tenant_id, **values))


async def release(session: AsyncSession, tenant_id: UUID, id: UUID) -> Release | None:
    """One release, held until the act is over; None where there is none."""
    row = await held(session, tenant_id, RELEASE, id)
    if row is None:
        return None
    return Release(
        id=row.id,
        audited_id=row.audited_id,
        path=row.path,
        form=row.form,
        state=Released(row.state),
        asked_by=row.asked_by,
    )


async def approved(
    session: AsyncSession,
    tenant_id: UUID,
    audited_id: UUID,
    asked: tuple[str, str, UUID | None],
    *,
    today: date,
    since: date,
) -> UUID | None:
    """A release that was carried out today, or approved since a day and not carried out yet: of
    which form, for what, by whom it was asked for. It is held; nobody has none.
    """
    form, purpose, by = asked
    if by is None:
        return None
    carried = and_(RELEASE.c.state == Released.CARRIED_OUT, RELEASE.c.carried_on == today)
    unused = and_(RELEASE.c.state == Released.APPROVED, RELEASE.c.decided_on >= since)
    query = (
        select(RELEASE.c.id)
        .where(
            RELEASE.c.tenant_id == tenant_id,
            RELEASE.c.audited_id == audited_id,
            RELEASE.c.asked_by == by,
            RELEASE.c.form == form,
            RELEASE.c.purpose == purpose,
            or_(carried, unused),
        )
        .order_by(RELEASE.c.carried_on.is_(None), RELEASE.c.id)
        .limit(1)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    found: UUID | None = await session.scalar(query)
    return found


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(RELEASE).where(RELEASE.c.tenant_id == tenant_id, RELEASE.c.id == id).values(**values)
    )
