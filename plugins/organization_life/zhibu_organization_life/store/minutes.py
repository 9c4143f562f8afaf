"""Minutes: every version stays."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu.storage.violations import unique_violation
from zhibu_organization_life.errors import DoneMeanwhile
from zhibu_organization_life.tables import Minutes


@dataclass(frozen=True, kw_only=True)
class Written:
    """The minutes of a meeting as they stand: the latest version."""

    number: int
    text: str
    reason: str | None


async def latest(
    session: AsyncSession, tenant_id: UUID, meetings: Collection[UUID]
) -> dict[UUID, Written]:
    """The minutes of these meetings as they stand."""
    last = (
        select(Minutes.meeting_id, func.max(Minutes.number).label("number"))
        .where(Minutes.tenant_id == tenant_id, among(Minutes.meeting_id, "meetings"))
        .group_by(Minutes.meeting_id)
        .subquery()
    )
    rows = await session.execute(
        select(Minutes.meeting_id, Minutes.number, Minutes.text, Minutes.reason)
        .join(last, (Minutes.meeting_id == last.c.meeting_id) & (Minutes.number == last.c.number))
        .where(Minutes.tenant_id == tenant_id),
        {"meetings": sorted(set(meetings))},
    )
    return {
        row.meeting_id: Written(number=row.number, text=row.text, reason=row.reason) for row in rows
    }


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert a version. Raises `DoneMeanwhile` where somebody wrote the same one."""
    try:
        await session.execute(insert(Minutes), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("meeting",)) from error
