"""Spot checks: where there are many, what was drawn, what was found."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.spot_checks import Drawn, Unit
from zhibu_flow_members.store.stays import away
from zhibu_flow_members.tables import Case, SpotCheck, SpotUnit


async def units(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, today: date
) -> list[Unit]:
    """Each unit right below, with its floating members, in one statement."""
    rows = await session.execute(
        select(Organization.id, func.count(Case.id))
        .join(Member, Member.tenant_id == Organization.tenant_id)
        .join(Case, and_(Case.tenant_id == Member.tenant_id, Case.member_id == Member.id))
        .where(
            Organization.tenant_id == tenant_id,
            Organization.parent_id == organization_id,
            Organization.ended_on.is_(None),
            func.substr(Member.path, 1, func.length(Organization.path)) == Organization.path,
            away(today),
            Case.floating_from <= today,
            Member.left_on.is_(None),
        )
        .group_by(Organization.id)
    )
    return [Unit(id=id, members=members) for id, members in rows]


async def drawn_on(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> date | None:
    """When the units of a year were drawn."""
    found: date | None = await session.scalar(
        select(SpotCheck.drawn_on).where(
            SpotCheck.tenant_id == tenant_id,
            SpotCheck.organization_id == organization_id,
            SpotCheck.year == year,
        )
    )
    return found


async def add(
    session: AsyncSession, tenant_id: UUID, row: dict[str, Any], ranks: Sequence[dict[str, Any]]
) -> None:
    """Insert a draw with its ranking. Raises `DoneMeanwhile` where somebody else drew."""
    try:
        await session.execute(insert(SpotCheck), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("year",)) from error
    await session.execute(insert(SpotUnit), [{"tenant_id": tenant_id, **each} for each in ranks])


async def unit(session: AsyncSession, tenant_id: UUID, id: UUID) -> Drawn | None:
    """One unit of a draw, held until the act is over."""
    found = await session.execute(
        select(SpotUnit, SpotCheck.drawn_on, Organization.path)
        .join(
            SpotCheck,
            and_(SpotCheck.tenant_id == SpotUnit.tenant_id, SpotCheck.id == SpotUnit.check_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == SpotUnit.tenant_id,
                Organization.id == SpotUnit.organization_id,
            ),
        )
        .where(SpotUnit.tenant_id == tenant_id, SpotUnit.id == id)
        .with_for_update(of=SpotUnit, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, day, path = first
    return Drawn(
        id=row.id,
        unit_id=row.unit_id,
        path=path,
        drawn=row.drawn,
        drawn_on=day,
        checked_on=row.checked_on,
    )


async def find(session: AsyncSession, tenant_id: UUID, id: UUID, on: date, result: str) -> None:
    await session.execute(
        update(SpotUnit)
        .where(SpotUnit.tenant_id == tenant_id, SpotUnit.id == id)
        .values(checked_on=on, result=result)
        .execution_options(synchronize_session=False)
    )
