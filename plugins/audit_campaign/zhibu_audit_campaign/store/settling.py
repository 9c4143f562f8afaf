"""What becomes of members who were checked, as it is kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.violations import unique_violation
from zhibu_audit_campaign.errors import SettledAlready
from zhibu_audit_campaign.rules.campaigns import Ground, State
from zhibu_audit_campaign.rules.checking import Judged
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.settled import Case, Settled, Settlement
from zhibu_audit_campaign.rules.settling import Course
from zhibu_audit_campaign.store.held import held
from zhibu_audit_campaign.store.work import AUDITED, CAMPAIGN, ISSUE, SEARCH, SHEET
from zhibu_audit_campaign.tables import Settlement as Row

SETTLEMENT: Any = Row.__table__


async def case(session: AsyncSession, tenant_id: UUID, sheet_id: UUID) -> Case | None:
    """A checked member as his records have him, in one statement; None where there is no sheet."""
    found = await session.execute(
        select(
            SHEET,
            AUDITED.c.id.label("audited_id"),
            Organization.path,
            CAMPAIGN.c.plan,
            CAMPAIGN.c.state.label("of"),
            Member.stage.label("now"),
            SEARCH.c.outcome,
            SEARCH.c.lost_since,
            SETTLEMENT.c.id.label("settlement"),
        )
        .join(
            AUDITED,
            and_(
                AUDITED.c.tenant_id == SHEET.c.tenant_id,
                AUDITED.c.campaign_id == SHEET.c.campaign_id,
                AUDITED.c.organization_id == SHEET.c.organization_id,
            ),
        )
        .join(Organization, _same(Organization, SHEET.c.organization_id))
        .join(CAMPAIGN, _same(CAMPAIGN.c, SHEET.c.campaign_id))
        .join(Member, _same(Member, SHEET.c.member_id))
        .outerjoin(SEARCH, _on_sheet(SEARCH))
        .outerjoin(SETTLEMENT, and_(_on_sheet(SETTLEMENT), SETTLEMENT.c.once))
        .where(SHEET.c.tenant_id == tenant_id, SHEET.c.id == sheet_id)
    )
    row = found.one_or_none()
    return None if row is None else _case(row)


async def labels(session: AsyncSession, tenant_id: UUID, sheet_id: UUID) -> set[str]:
    """The labels of a sheet that somebody confirmed."""
    rows = await session.scalars(
        select(ISSUE.c.label).where(
            ISSUE.c.tenant_id == tenant_id,
            ISSUE.c.sheet_id == sheet_id,
            ISSUE.c.state == Judged.CONFIRMED,
        )
    )
    return {*rows}


async def settlement(session: AsyncSession, tenant_id: UUID, id: UUID) -> Settlement | None:
    """One settlement, held until the act is over; None where there is none."""
    row = await held(session, tenant_id, SETTLEMENT, id)
    if row is None:
        return None
    return Settlement(
        id=row.id,
        audited_id=row.audited_id,
        organization_id=row.organization_id,
        member_id=row.member_id,
        path=row.path,
        course=Course(row.course),
        state=Settled(row.state),
        proposed_by=row.proposed_by,
        version=row.version,
    )


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    """Insert a settlement. Raises `SettledAlready` where one of the sheet holds."""
    try:
        await session.execute(insert(SETTLEMENT).values(tenant_id=tenant_id, once=True, **values))
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise SettledAlready(path=("sheet",)) from error


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    """Change columns of a settlement; its version grows."""
    await session.execute(
        update(SETTLEMENT)
        .where(SETTLEMENT.c.tenant_id == tenant_id, SETTLEMENT.c.id == id)
        .values(**values, version=SETTLEMENT.c.version + 1)
    )


def _same(table: Any, id: Any) -> Any:
    return and_(table.tenant_id == id.table.c.tenant_id, table.id == id)


def _on_sheet(table: Any) -> Any:
    return and_(table.c.tenant_id == SHEET.c.tenant_id, table.c.sheet_id == SHEET.c.id)


def _case(row: Any) -> Case:
    return Case(
        sheet_id=row.id,
        audited_id=row.audited_id,
        campaign_id=row.campaign_id,
        organization_id=row.organization_id,
        member_id=row.member_id,
        path=row.path,
        plan=row.plan,
        campaign_state=State(row.of),
        completed=row.completed_on is not None,
        unreceipted=row.ground == Ground.UNRECEIPTED,
        stage=row.now,
        search=Outcome(row.outcome) if row.outcome else None,
        lost_since=row.lost_since,
        settled=row.settlement is not None,
    )
