"""What a member's information card and a branch's ledgers say beside the register."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization, Post
from zhibu.storage.among import among
from zhibu_scoring.rules.years import SETTLED
from zhibu_scoring.tables import ScoringFact, ScoringResult, ScoringYear


async def posts_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Any]:
    """Every post of these members, ended ones too, with the name of the organization."""
    columns: list[Any] = [Post.member_id, Post.kind, Post.since, Post.until]
    rows = await session.execute(
        select(*columns, Organization.name.label("organization"))
        .join(
            Organization,
            and_(Organization.tenant_id == Post.tenant_id, Organization.id == Post.organization_id),
        )
        .where(Post.tenant_id == tenant_id, among(Post.member_id, "members"))
        .order_by(Post.since, Post.kind, Post.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def decided_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Any]:
    """What every year that a branch decided came to for these members, the earliest first."""
    columns: list[Any] = [
        ScoringResult.member_id,
        ScoringResult.year,
        ScoringResult.total,
        ScoringResult.rank,
        ScoringResult.vetoed,
    ]
    rows = await session.execute(
        select(*columns)
        .join(
            ScoringYear,
            and_(
                ScoringYear.tenant_id == ScoringResult.tenant_id,
                ScoringYear.id == ScoringResult.year_id,
            ),
        )
        .where(
            ScoringResult.tenant_id == tenant_id,
            among(ScoringResult.member_id, "members"),
            ScoringYear.stand.in_(SETTLED),
        )
        .order_by(ScoringResult.year, ScoringResult.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def facts_of(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> Sequence[Any]:
    """The honours and punishments of a member that stand, the earliest first."""
    columns: list[Any] = [
        ScoringFact.kind,
        ScoringFact.title,
        ScoringFact.document,
        ScoringFact.decided_on,
    ]
    rows = await session.execute(
        select(*columns)
        .where(
            ScoringFact.tenant_id == tenant_id,
            ScoringFact.member_id == member_id,
            ScoringFact.voided_on.is_(None),
        )
        .order_by(ScoringFact.decided_on, ScoringFact.id)
    )
    return rows.all()
