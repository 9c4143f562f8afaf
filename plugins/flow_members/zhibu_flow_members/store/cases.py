"""Cases."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.papers import Certainty, Paper
from zhibu_flow_members.rules.values import Case, Ground, Terms
from zhibu_flow_members.tables import Case as Row

TABLE: Any = Row.__table__
AWAY = "away"


async def case(session: AsyncSession, tenant_id: UUID, id: UUID) -> Case | None:
    """One case, held until the act is over."""
    found = await session.execute(
        select(Row, Member.path, Organization.path)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .outerjoin(
            Organization,
            and_(Organization.tenant_id == Row.tenant_id, Organization.id == Row.host_id),
        )
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    return _case(*first) if first else None


async def away(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> tuple[date, str] | None:
    """Since when and where a member is away now."""
    found = await session.execute(
        select(Row.since, Row.place).where(
            Row.tenant_id == tenant_id, Row.member_id == member_id, Row.once == AWAY
        )
    )
    first = found.first()
    return (first[0], first[1]) if first else None


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert a case. Raises `DoneMeanwhile` where the member was sent away by somebody else."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a case; its version grows. Raises `DoneMeanwhile`."""
    try:
        await session.execute(
            update(Row)
            .where(Row.tenant_id == tenant_id, Row.id == id)
            .values(**values, version=Row.version + 1)
            .execution_options(synchronize_session=False)
        )
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def erase(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase how these were reached; that they were away stays."""
    await session.execute(
        update(TABLE)
        .where(TABLE.c.tenant_id == tenant_id, among(TABLE.c.member_id, "members"))
        .values(sealed=None),
        {"members": sorted(set(members))},
    )


def _meanwhile(error: IntegrityError) -> Exception:
    return error if unique_violation(error) is None else DoneMeanwhile(path=("case",))


def _case(row: Row, path: str, host_path: str | None) -> Case:
    return Case(
        id=row.id,
        member_id=row.member_id,
        path=path,
        host_path=host_path,
        terms=Terms(
            ground=Ground(row.ground),
            place=row.place,
            unit=row.unit,
            host_id=row.host_id,
            certainty=Certainty(row.certainty),
            since=row.since,
            until=row.until,
            untransferred=row.untransferred,
            by_wish=row.by_wish,
            paper=Paper(row.paper),
            paper_reason=row.paper_reason,
        ),
        told_on=row.told_on,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        filed_on=row.filed_on,
        ended_on=row.ended_on,
        voided_on=row.voided_on,
        version=row.version,
        sealed=row.sealed,
    )
