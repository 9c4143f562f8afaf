"""What members came to, and by which items, at and below a path."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_scoring.rules.entries import State
from zhibu_scoring.store import homes
from zhibu_scoring.tables import ScoringEntry, ScoringResult, ScoringYear

RESULTS: Any = ScoringResult.__table__
ENTRIES: Any = ScoringEntry.__table__


async def results_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int
) -> Sequence[Any]:
    """Every result of a year, branch by branch and the highest first, with the branch's name."""
    rows = await session.execute(
        select(RESULTS, Organization.name.label("organization"), Organization.path)
        .join(
            ScoringYear,
            and_(ScoringYear.tenant_id == RESULTS.c.tenant_id, ScoringYear.id == RESULTS.c.year_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == ScoringYear.tenant_id,
                Organization.id == ScoringYear.organization_id,
            ),
        )
        .where(RESULTS.c.tenant_id == tenant_id, RESULTS.c.year == year, *_below(path))
        .order_by(Organization.path, RESULTS.c.rank.is_(None), RESULTS.c.rank, RESULTS.c.member_id)
    )
    return rows.all()


async def items_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int
) -> Sequence[Any]:
    """What each item came to, of whose year is assessed at or below a path, reversals taken off."""
    sign = case((ENTRIES.c.reverses_id.is_(None), 1), else_=-1)
    total = func.sum(cast(ENTRIES.c.points, BigInteger) * sign)
    rows = await session.execute(
        select(
            Organization.name.label("organization"),
            Organization.path,
            Member.name,
            ENTRIES.c.member_id,
            ENTRIES.c.part,
            ENTRIES.c.number,
            ENTRIES.c.name.label("item"),
            cast(func.sum(sign), BigInteger).label("times"),
            cast(total, BigInteger).label("points"),
        )
        .join(
            Member,
            and_(Member.tenant_id == ENTRIES.c.tenant_id, Member.id == ENTRIES.c.member_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == homes.branch_in(year),
            ),
        )
        .where(
            ENTRIES.c.tenant_id == tenant_id,
            ENTRIES.c.year == year,
            ENTRIES.c.state == State.APPROVED,
            *_below(path),
        )
        .group_by(
            Organization.name,
            Organization.path,
            Member.name,
            Member.sort_name,
            ENTRIES.c.member_id,
            ENTRIES.c.part,
            ENTRIES.c.number,
            ENTRIES.c.name,
        )
        .order_by(Organization.path, Member.sort_name, ENTRIES.c.member_id, ENTRIES.c.number)
    )
    return rows.all()


def _below(path: str) -> list[ColumnElement[bool]]:
    if not path:
        return []
    return [Organization.path >= path, Organization.path < path[:-1] + "/"]
