"""Whose year is closed: the branch decided it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_scoring.rules.years import SETTLED, Stand
from zhibu_scoring.tables import ScoringObjection, ScoringResult, ScoringYear

YEARS: Any = ScoringYear.__table__
RESULTS: Any = ScoringResult.__table__
OBJECTIONS: Any = ScoringObjection.__table__


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Which branch's year a member's is decided in, whether for good, and whether by a veto.

    A year that was reopened for one member is concluded for the others. `appraised` says that the
    appraisal found the veto.
    """

    year_id: UUID
    concluded: bool
    vetoed: bool
    appraised: bool


async def closed(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[tuple[UUID, int], Closed]:
    """By member and year, where the branch has decided the year, so that its points stand.

    While an objection about him waits for its answer, a member's points may be put right.
    """
    objected = (
        select(OBJECTIONS.c.id)
        .where(
            OBJECTIONS.c.tenant_id == tenant_id,
            OBJECTIONS.c.year_id == RESULTS.c.year_id,
            OBJECTIONS.c.member_id == RESULTS.c.member_id,
            OBJECTIONS.c.answered_on.is_(None),
        )
        .exists()
    )
    rows = await session.execute(
        select(
            RESULTS.c.member_id,
            RESULTS.c.year,
            RESULTS.c.year_id,
            RESULTS.c.vetoed,
            RESULTS.c.veto_reason,
            YEARS.c.stand,
            YEARS.c.reopened_on,
        )
        .join(YEARS, and_(YEARS.c.tenant_id == tenant_id, YEARS.c.id == RESULTS.c.year_id))
        .where(
            RESULTS.c.tenant_id == tenant_id,
            among(RESULTS.c.member_id, "members"),
            YEARS.c.stand.in_(SETTLED),
            ~and_(YEARS.c.stand == Stand.NOTICED, objected),
        ),
        {"members": sorted(set(members))},
    )
    return {
        (row.member_id, row.year): Closed(
            year_id=row.year_id,
            concluded=row.stand == Stand.CONCLUDED or row.reopened_on is not None,
            vetoed=row.vetoed,
            appraised=row.veto_reason is not None,
        )
        for row in rows
    }
