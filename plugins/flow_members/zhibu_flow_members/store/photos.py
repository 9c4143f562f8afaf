"""Photographs on cards."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_flow_members.tables import Card as Row


async def files_of(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> list[UUID]:
    """The files of the photographs on all cards of these members."""
    found = select(Row.photo_id).where(
        Row.tenant_id == tenant_id,
        among(Row.member_id, "members"),
        Row.photo_id.is_not(None),
    )
    return [each for each in await session.scalars(found, {"members": sorted(members)}) if each]


async def take_off(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """No card of these members has a photograph any more."""
    table: Any = Row.__table__
    await session.execute(
        update(table)
        .where(table.c.tenant_id == tenant_id, among(table.c.member_id, "members"))
        .values(photo_id=None),
        {"members": sorted(members)},
    )
