"""Whom forms are about, line by line."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import Ground
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.store.forms.joins import (
    Where,
    confirmed,
    member_of,
    on_sheet,
    unit_of,
    within,
)
from zhibu_audit_campaign.store.searches import ENTRY
from zhibu_audit_campaign.store.settling import SETTLEMENT
from zhibu_audit_campaign.store.work import AUDITED, ISSUE, SEARCH, SHEET, WORKER
from zhibu_audit_campaign.tables import Check

CHECK: Any = Check.__table__
By = aliased(Member)


async def people(
    session: AsyncSession,
    tenant_id: UUID,
    campaign_id: UUID,
    where: Where,
    *,
    label: str | None,
    unreceipted: bool,
    limit: int | None,
) -> Sequence[Any]:
    """Who is on the list, with this label confirmed or without a receipt where that is asked."""
    query = (
        select(SHEET, Member, Organization.path, Organization.name.label("organization"))
        .join(Member, member_of(Member, SHEET.c.member_id))
        .join(Organization, unit_of(SHEET))
        .where(*within(SHEET, tenant_id, campaign_id, where))
        .order_by(Organization.path, Member.sort_name, SHEET.c.id)
        .limit(limit)
    )
    if label is not None:
        query = query.join(ISSUE, and_(on_sheet(ISSUE), confirmed(), ISSUE.c.label == label))
    if unreceipted:
        query = query.where(SHEET.c.ground == Ground.UNRECEIPTED)
    return (await session.execute(query)).all()


async def groups(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where, *, limit: int | None
) -> Sequence[Any]:
    """Who is in a work group today, what he does and how he is reached."""
    rows = await session.execute(
        select(
            Organization.path,
            Organization.name.label("organization"),
            Member.name,
            WORKER.c.duty,
            WORKER.c.contact,
            WORKER.c.since,
        )
        .join(AUDITED, and_(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == WORKER.c.audited_id))
        .join(Member, member_of(Member, WORKER.c.member_id))
        .join(Organization, unit_of(WORKER))
        .where(*within(AUDITED, tenant_id, campaign_id, where), WORKER.c.until.is_(None))
        .order_by(Organization.path, Member.sort_name, WORKER.c.id)
        .limit(limit)
    )
    return rows.all()


async def checks(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where
) -> Sequence[Any]:
    """What each check of each sheet came to."""
    rows = await session.execute(
        select(CHECK.c.sheet_id, CHECK.c.code, CHECK.c.result, CHECK.c.note)
        .join(SHEET, on_sheet(CHECK))
        .join(Organization, unit_of(SHEET))
        .where(*within(SHEET, tenant_id, campaign_id, where))
        .order_by(CHECK.c.sheet_id, CHECK.c.code)
    )
    return rows.all()


async def labels(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where
) -> Sequence[Any]:
    """The confirmed labels of each sheet; sensitive ones leave the house in no form (A-29)."""
    rows = await session.execute(
        select(ISSUE.c.sheet_id, ISSUE.c.label)
        .join(Organization, unit_of(ISSUE))
        .where(
            *within(ISSUE, tenant_id, campaign_id, where),
            confirmed(),
            ISSUE.c.restricted.is_(False),
        )
        .order_by(ISSUE.c.sheet_id, ISSUE.c.label)
    )
    return rows.all()


async def searches(
    session: AsyncSession,
    tenant_id: UUID,
    campaign_id: UUID,
    where: Where,
    *,
    outcome: Outcome | None,
    limit: int | None,
) -> Sequence[Any]:
    """Who was searched, with what came of it, who answers for it, and what becomes of him."""
    query = (
        select(
            SEARCH,
            Member,
            By.name.label("responsible"),
            Organization.path,
            Organization.name.label("organization"),
            SETTLEMENT.c.course,
            SETTLEMENT.c.state.label("settled"),
        )
        .join(Member, member_of(Member, SEARCH.c.member_id))
        .join(By, member_of(By, SEARCH.c.responsible_id))
        .join(Organization, unit_of(SEARCH))
        .outerjoin(
            SETTLEMENT,
            and_(
                SETTLEMENT.c.tenant_id == SEARCH.c.tenant_id,
                SETTLEMENT.c.sheet_id == SEARCH.c.sheet_id,
                SETTLEMENT.c.once,
            ),
        )
        .where(*within(SEARCH, tenant_id, campaign_id, where))
        .order_by(Organization.path, Member.sort_name, SEARCH.c.id)
        .limit(limit)
    )
    if outcome is not None:
        query = query.where(SEARCH.c.outcome == outcome)
    return (await session.execute(query)).all()


async def steps(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, where: Where, *, limit: int | None
) -> Sequence[Any]:
    """Every step of every search that was not taken back, by whose it is and by its day."""
    rows = await session.execute(
        select(
            ENTRY,
            SEARCH.c.outcome,
            Member,
            By.name.label("by"),
            Organization.path,
            Organization.name.label("organization"),
        )
        .join(
            SEARCH, and_(SEARCH.c.tenant_id == ENTRY.c.tenant_id, SEARCH.c.id == ENTRY.c.search_id)
        )
        .join(Member, member_of(Member, SEARCH.c.member_id))
        .join(By, member_of(By, ENTRY.c.by_id))
        .join(Organization, unit_of(SEARCH))
        .where(*within(SEARCH, tenant_id, campaign_id, where), ENTRY.c.voided_on.is_(None))
        .order_by(Organization.path, Member.sort_name, ENTRY.c.happened_on, ENTRY.c.id)
        .limit(limit)
    )
    return rows.all()
