"""What a member's information card and a branch's ledgers say beside the register."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from zhibu.organizations.tables import Organization, Post
from zhibu.storage.among import among
from zhibu_scoring.rules.years import SETTLED
from zhibu_scoring.tables import ScoringFact, ScoringResult, ScoringYear

# What makes two facts one decision.
DECISION = ("tenant_id", "member_id", "kind", "document", "decided_on")


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
    """The honours and punishments of a member that stand, each once, the earliest first."""
    by_hand = aliased(ScoringFact)
    same = (getattr(by_hand, name) == getattr(ScoringFact, name) for name in DECISION)
    told_again = and_(
        ScoringFact.source_id.is_not(None),
        exists().where(by_hand.source_id.is_(None), by_hand.voided_on.is_(None), *same),
    )
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
            ~told_again,
        )
        .order_by(ScoringFact.decided_on, ScoringFact.id)
    )
    return rows.all()
