"""What is printed on cards: of one, or of all that hold at and below a place."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.tables import Attachment
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_flow_members.rules.cards import Printed, Review
from zhibu_flow_members.tables import Card, CardReview, Case


async def printed(session: AsyncSession, tenant_id: UUID, id: UUID) -> Printed | None:
    """One card, whether it holds or not."""
    rows = await session.execute(_cards(tenant_id).where(Card.id == id))
    return next((_printed(row) for row in rows), None)


async def issued(
    session: AsyncSession, tenant_id: UUID, path: str, *, most: int
) -> Sequence[Printed]:
    """The cards that were issued and hold at or below a path, by branch and number."""
    rows = await session.execute(
        _cards(tenant_id).where(*_holding(path)).order_by(Member.path, Card.serial).limit(most)
    )
    return [_printed(row) for row in rows]


async def count(session: AsyncSession, tenant_id: UUID, path: str) -> int:
    """How many there are of them."""
    found: int | None = await session.scalar(
        select(func.count())
        .select_from(Card)
        .join(Member, and_(Member.tenant_id == Card.tenant_id, Member.id == Card.member_id))
        .where(Card.tenant_id == tenant_id, *_holding(path))
    )
    return found or 0


async def reviews_of(
    session: AsyncSession, tenant_id: UUID, cards: Collection[UUID]
) -> dict[UUID, list[Review]]:
    """The reviews of each of these cards, year by year."""
    rows = await session.execute(
        select(
            CardReview.card_id,
            CardReview.year,
            CardReview.result,
            CardReview.reviewed_on,
            CardReview.note,
        )
        .where(CardReview.tenant_id == tenant_id, among(CardReview.card_id, "cards"))
        .order_by(CardReview.card_id, CardReview.year),
        {"cards": sorted(cards)},
    )
    found: dict[UUID, list[Review]] = {}
    for card_id, year, result, on, note in rows:
        found.setdefault(card_id, []).append(Review(year=year, result=result, on=on, note=note))
    return found


def _cards(tenant_id: UUID) -> Any:
    return (
        select(
            Card.id,
            Card.member_id,
            Member.path,
            Card.serial,
            Card.stamped_on,
            Card.issued_on,
            Card.ended_on,
            Member.name,
            Member.admitted_on,
            Organization.name.label("branch"),
            Case.place,
            Case.since,
            Case.until,
            Attachment.sha256.label("photo"),
        )
        .join(Member, and_(Member.tenant_id == Card.tenant_id, Member.id == Card.member_id))
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .join(Case, and_(Case.tenant_id == Card.tenant_id, Case.id == Card.case_id))
        .outerjoin(
            Attachment,
            and_(
                Attachment.tenant_id == Card.tenant_id,
                Attachment.id == Card.photo_id,
                Attachment.withdrawn_at.is_(None),
            ),
        )
        .where(Card.tenant_id == tenant_id)
    )


def _holding(path: str) -> list[Any]:
    below = [Member.path >= path, Member.path < path[:-1] + "/"] if path else []
    return [Card.issued_on.is_not(None), Card.ended_on.is_(None), *below]


def _printed(row: Any) -> Printed:
    return Printed(**row._mapping)
