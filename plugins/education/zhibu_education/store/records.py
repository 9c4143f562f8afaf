"""Plans, teachers, exemptions and certificates."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.violations import unique_violation
from zhibu_education.errors import DoneMeanwhile
from zhibu_education.rules.standing import Hours
from zhibu_education.tables import (
    Certificate,
    Exemption,
    Plan,
    PlanItem,
    Session,
    Standing,
    Teacher,
)

__all__ = ["Certificate", "Exemption", "Plan", "PlanItem", "Teacher"]

Owned = type[Plan] | type[PlanItem] | type[Teacher] | type[Exemption] | type[Certificate]


async def add(session: AsyncSession, tenant_id: UUID, table: Owned, values: dict[str, Any]) -> None:
    """Insert one row. Raises `DoneMeanwhile` where another act was quicker."""
    try:
        await session.execute(insert(table).values(tenant_id=tenant_id, **values))
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile() from error


async def change(
    session: AsyncSession, tenant_id: UUID, table: Owned, id: UUID, values: dict[str, Any]
) -> None:
    """Set columns of one row."""
    await session.execute(
        update(table)
        .where(table.tenant_id == tenant_id, table.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def row(
    session: AsyncSession, tenant_id: UUID, table: Owned, id: UUID
) -> dict[str, Any] | None:
    """Every column of one row, locked until the transaction ends."""
    found = await session.execute(
        select(*table.__table__.c)
        .where(table.tenant_id == tenant_id, table.id == id)
        .with_for_update()
    )
    mapping = found.mappings().first()
    return None if mapping is None else dict(mapping)


async def remove_item(session: AsyncSession, tenant_id: UUID, item_id: UUID) -> None:
    """Drop an intended session from a plan that is not published yet."""
    await session.execute(
        delete(PlanItem).where(PlanItem.tenant_id == tenant_id, PlanItem.id == item_id)
    )


async def item_used(session: AsyncSession, tenant_id: UUID, item_id: UUID) -> bool:
    """Whether a session was entered for an item of a plan."""
    found = await session.scalar(
        select(Session.id)
        .where(Session.tenant_id == tenant_id, Session.plan_item_id == item_id)
        .limit(1)
    )
    return found is not None


async def plan_exists(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> bool:
    found = await session.scalar(
        select(Plan.id).where(
            Plan.tenant_id == tenant_id,
            Plan.organization_id == organization_id,
            Plan.year == year,
        )
    )
    return found is not None


async def items_of(session: AsyncSession, tenant_id: UUID, plan_id: UUID) -> int:
    """How many sessions a plan intends."""
    counted = await session.scalar(
        select(func.count()).where(PlanItem.tenant_id == tenant_id, PlanItem.plan_id == plan_id)
    )
    return counted or 0


async def exempt(session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int) -> bool:
    """Whether an exemption of that year is in force."""
    found = await session.scalar(
        select(Exemption.id).where(
            Exemption.tenant_id == tenant_id,
            Exemption.member_id == member_id,
            Exemption.year == year,
            Exemption.ended_on.is_(None),
        )
    )
    return found is not None


async def hours_of(session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int) -> Hours:
    """Where the member stands; nothing at all where no standing is kept."""
    found = await session.execute(
        select(Standing.required, Standing.verified, Standing.pending, Standing.enrolled).where(
            Standing.tenant_id == tenant_id,
            Standing.member_id == member_id,
            Standing.year == year,
        )
    )
    kept = found.first()
    assert kept is not None, "the service refreshes the standing before it asks"
    return Hours(
        required=kept.required,
        verified=kept.verified,
        pending=kept.pending,
        enrolled=kept.enrolled,
    )


async def ground_of(session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int) -> str:
    """What decided the hours required, once the standing was refreshed."""
    found = await session.execute(
        select(Standing.ground).where(
            Standing.tenant_id == tenant_id,
            Standing.member_id == member_id,
            Standing.year == year,
        )
    )
    return found.scalar_one()


async def serial_issued(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int
) -> int | None:
    """The number of the member's valid certificate of that year."""
    found: int | None = await session.scalar(
        select(Certificate.serial).where(
            Certificate.tenant_id == tenant_id,
            Certificate.member_id == member_id,
            Certificate.year == year,
            Certificate.voided_on.is_(None),
        )
    )
    return found


async def last_serial(session: AsyncSession, tenant_id: UUID, year: int) -> int:
    """The highest number given out in a year; two acts at once meet at the unique constraint."""
    found = await session.scalar(
        select(func.max(Certificate.serial)).where(
            Certificate.tenant_id == tenant_id, Certificate.year == year
        )
    )
    return found or 0
