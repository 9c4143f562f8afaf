"""Talks."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_organization_life.rules.talks import Talk, TalkKind
from zhibu_organization_life.tables import Talk as Row

TALK: Any = Row.__table__


async def talk(session: AsyncSession, tenant_id: UUID, id: UUID) -> Talk | None:
    """One talk, held until the act is over."""
    found = await session.execute(
        select(Row, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == Row.tenant_id) & (Organization.id == Row.organization_id),
        )
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path = first
    return Talk(
        id=row.id,
        member_id=row.member_id,
        path=path,
        kind=TalkKind(row.kind),
        talked_on=row.talked_on,
        follow_up_on=row.follow_up_on,
        followed_on=row.followed_on,
        improved=row.improved,
        handled_on=row.handled_on,
        voided_on=row.voided_on,
        sealed=row.sealed,
        followed=row.followed,
    )


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a talk."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def erase(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase what was said in talks with these; that there were talks stays."""
    await session.execute(
        update(TALK)
        .where(TALK.c.tenant_id == tenant_id, among(TALK.c.member_id, "members"))
        .values(sealed=b"", followed=None),
        {"members": sorted(set(members))},
    )
