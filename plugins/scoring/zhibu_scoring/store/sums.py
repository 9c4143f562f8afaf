"""What entries of a year come to, and how many of them wait."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_scoring.rules.accounts import Sum
from zhibu_scoring.rules.entries import State
from zhibu_scoring.rules.schemes import Part
from zhibu_scoring.tables import ScoringEntry

ENTRIES: Any = ScoringEntry.__table__


async def of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> dict[UUID, list[Sum]]:
    """What the approved entries of these members come to, by member and item."""
    sign = case((ENTRIES.c.reverses_id.is_(None), 1), else_=-1)
    rows = await session.execute(
        select(
            ENTRIES.c.member_id,
            ENTRIES.c.part,
            ENTRIES.c.item,
            cast(func.sum(cast(ENTRIES.c.points, BigInteger) * sign), BigInteger).label("points"),
            cast(func.sum(sign), BigInteger).label("times"),
        )
        .where(
            ENTRIES.c.tenant_id == tenant_id,
            among(ENTRIES.c.member_id, "members"),
            ENTRIES.c.year == year,
            ENTRIES.c.state == State.APPROVED,
        )
        .group_by(ENTRIES.c.member_id, ENTRIES.c.part, ENTRIES.c.item),
        {"members": sorted(set(members))},
    )
    found: dict[UUID, list[Sum]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(
            Sum(
                part=Part(row.part),
                item=row.item,
                points=Decimal(row.points) / 100,
                count=int(row.times),
            )
        )
    return found


async def waiting(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> int:
    """How many entries of these members' year wait for a decision."""
    found = await session.scalar(
        select(func.count())
        .select_from(ENTRIES)
        .where(
            ENTRIES.c.tenant_id == tenant_id,
            among(ENTRIES.c.member_id, "members"),
            ENTRIES.c.year == year,
            ENTRIES.c.state == State.DECLARED,
        ),
        {"members": sorted(set(members))},
    )
    return int(found or 0)
