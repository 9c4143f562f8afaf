"""Draws of branches, what was found at them, and questions asked upward."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.drawing import Branch, Sampled
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.work import Audited
from zhibu_audit_campaign.store.work import AUDITED
from zhibu_audit_campaign.tables import Campaign, Draw, Question, Sample

CAMPAIGN: Any = Campaign.__table__
DRAW: Any = Draw.__table__
SAMPLE: Any = Sample.__table__
QUESTION: Any = Question.__table__
UNIT: Any = Organization.__table__


async def branches(session: AsyncSession, tenant_id: UUID, known: Audited) -> list[Branch]:
    """The branches of an audit at and below an organization, of whom some are on the list."""
    rows = await session.execute(
        select(AUDITED.c.id, AUDITED.c.organization_id, UNIT.c.kind, AUDITED.c.expected)
        .join(
            UNIT,
            and_(UNIT.c.tenant_id == AUDITED.c.tenant_id, UNIT.c.id == AUDITED.c.organization_id),
        )
        .where(
            AUDITED.c.tenant_id == tenant_id,
            AUDITED.c.campaign_id == known.campaign_id,
            AUDITED.c.level == Level.BRANCH,
            AUDITED.c.expected > 0,
            UNIT.c.path >= known.path,
            UNIT.c.path < known.path[:-1] + "/",
        )
    )
    return [
        Branch(id=row.id, organization_id=row.organization_id, kind=row.kind, size=row.expected)
        for row in rows
    ]


async def add(
    session: AsyncSession,
    tenant_id: UUID,
    values: Mapping[str, Any],
    drawn: Sequence[tuple[Branch, str]],
) -> None:
    """Insert a draw with the branches that were drawn."""
    await session.execute(insert(DRAW).values(tenant_id=tenant_id, **values))
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "draw_id": values["id"],
            "audited_id": branch.id,
            "organization_id": branch.organization_id,
            "stratum": stratum,
        }
        for branch, stratum in drawn
    ]
    await session.execute(insert(SAMPLE), rows)


async def sampled(session: AsyncSession, tenant_id: UUID, id: UUID) -> Sampled | None:
    """A branch that was drawn, held, with what it had reported and where whoever drew it is."""
    query = (
        select(
            SAMPLE.c.checked_on,
            CAMPAIGN.c.state,
            DRAW.c.drawn_on,
            UNIT.c.path,
            AUDITED.c.lost,
            AUDITED.c.hanging,
            AUDITED.c.floating,
        )
        .join(DRAW, and_(DRAW.c.tenant_id == SAMPLE.c.tenant_id, DRAW.c.id == SAMPLE.c.draw_id))
        .join(UNIT, and_(UNIT.c.tenant_id == DRAW.c.tenant_id, UNIT.c.id == DRAW.c.organization_id))
        .join(
            CAMPAIGN,
            and_(CAMPAIGN.c.tenant_id == DRAW.c.tenant_id, CAMPAIGN.c.id == DRAW.c.campaign_id),
        )
        .join(
            AUDITED,
            and_(AUDITED.c.tenant_id == SAMPLE.c.tenant_id, AUDITED.c.id == SAMPLE.c.audited_id),
        )
        .where(SAMPLE.c.tenant_id == tenant_id, SAMPLE.c.id == id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=SAMPLE)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Sampled(
        id=id,
        path=row.path,
        campaign_state=State(row.state),
        drawn_on=row.drawn_on,
        checked_on=row.checked_on,
        lost=row.lost,
        hanging=row.hanging,
        floating=row.floating,
    )


async def find(session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(
        update(SAMPLE).where(SAMPLE.c.tenant_id == tenant_id, SAMPLE.c.id == id).values(**values)
    )


async def ask(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(QUESTION).values(tenant_id=tenant_id, **values))


async def question(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """A question, held: where it was asked, by whom, and whether it still waits."""
    query = select(
        QUESTION.c.audited_id,
        QUESTION.c.asked_by,
        QUESTION.c.answered_on,
        QUESTION.c.withdrawn_on,
    ).where(QUESTION.c.tenant_id == tenant_id, QUESTION.c.id == id)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    return (await session.execute(query)).one_or_none()


async def change_question(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(QUESTION)
        .where(QUESTION.c.tenant_id == tenant_id, QUESTION.c.id == id)
        .values(**values)
    )
