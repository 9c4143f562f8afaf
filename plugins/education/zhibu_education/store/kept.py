"""The standings that are kept, and of which years."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.upsert import insert_or
from zhibu_education.rules.standing import Hours
from zhibu_education.store.chunks import chunks
from zhibu_education.store.people import holding
from zhibu_education.tables import Standing

CHUNK = 1000

# The table itself: one statement for many rows, which the mapper would write out row by row.
_KEPT: Any = Standing.__table__


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A standing as it is kept."""

    member_id: UUID
    hours: Hours
    ground: str


async def years_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[tuple[UUID, int]]:
    """Which years are kept of these members, as member and year; the members are held."""
    wanted = _YEARS(tenant=tenant_id, members=sorted(set(members)))
    *_, rows = await run(session, *holding(session, tenant_id, set(members)), wanted)
    return [(row.member_id, row.year) for row in rows]


async def kept_years(session: AsyncSession, tenant_id: UUID) -> list[tuple[UUID, int]]:
    """Which years are kept of anybody, as member and year."""
    rows = await session.execute(
        select(Standing.member_id, Standing.year).where(Standing.tenant_id == tenant_id)
    )
    return [(row.member_id, row.year) for row in rows]


async def keep(
    session: AsyncSession, tenant_id: UUID, year: int, standings: Collection[Kept]
) -> None:
    """Write these standings over what was kept before."""
    rows = [
        {
            "tenant_id": tenant_id,
            "member_id": kept.member_id,
            "year": year,
            "required": kept.hours.required,
            "verified": kept.hours.verified,
            "pending": kept.hours.pending,
            "enrolled": kept.hours.enrolled,
            "ground": kept.ground,
        }
        for kept in standings
    ]
    if len(rows) == 1:
        await run(session, _KEEP(**rows[0]))
        return
    upsert = _upsert(insert_or(session, _KEPT))
    for part in chunks(rows, CHUNK):
        await session.execute(upsert, part)


async def forget_under(session: AsyncSession, tenant_id: UUID, path: str, year: int) -> None:
    """Drop the standings of a subtree before they are computed afresh."""
    inside = select(Member.id).where(
        Member.tenant_id == tenant_id, Member.path >= path, Member.path < path[:-1] + "/"
    )
    await session.execute(
        delete(Standing).where(
            Standing.tenant_id == tenant_id, Standing.year == year, Standing.member_id.in_(inside)
        )
    )


def _upsert(insert: Any) -> Any:
    decided = ("required", "verified", "pending", "enrolled", "ground")
    return insert.on_conflict_do_update(
        index_elements=["tenant_id", "member_id", "year"],
        set_={name: insert.excluded[name] for name in decided},
    )


_KEEP = Fixed(lambda words: _upsert(words.insert(_KEPT)))
_YEARS = Fixed(
    select(Standing.member_id, Standing.year).where(
        Standing.tenant_id == bindparam("tenant", type_=Uuid()),
        among(Standing.member_id, "members"),
    )
)
