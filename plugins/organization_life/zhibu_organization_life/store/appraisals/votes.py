"""Ballots, sealed until they are counted."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_organization_life.store.appraisals.lists import VOTES
from zhibu_organization_life.tables import Ballot
from zhibu_organization_life.tables import Result as ResultRow

RESULT: Any = ResultRow.__table__
BALLOT: Any = Ballot.__table__


async def cast(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Keep that these voted; whoever calls holds the appraisal and knows that none had."""
    if rows:
        await session.execute(insert(BALLOT), [{"tenant_id": tenant_id, **row} for row in rows])


async def ballots(
    session: AsyncSession, tenant_id: UUID, id: UUID
) -> list[tuple[UUID, UUID, bytes | None]]:
    """Every ballot: its id, whose it is, and how, sealed."""
    rows = await session.execute(
        select(BALLOT.c.id, BALLOT.c.member_id, BALLOT.c.sealed).where(
            BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id
        )
    )
    return [(row.id, row.member_id, row.sealed) for row in rows]


async def erase(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Forget how everybody voted; the appraisal knows how many."""
    await session.execute(
        update(BALLOT)
        .where(BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id)
        .values(sealed=None)
    )


async def forget_votes(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Nobody has voted, nothing was counted, nothing decided."""
    await session.execute(
        delete(BALLOT).where(BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id)
    )
    decided = ("suggested", "grade", "ground", "basis", "opinion", "reason")
    names = (*VOTES, *decided, "decided_by", "decided_at")
    await session.execute(
        update(RESULT)
        .where(RESULT.c.tenant_id == tenant_id, RESULT.c.appraisal_id == id)
        .values(dict.fromkeys(names))
    )
