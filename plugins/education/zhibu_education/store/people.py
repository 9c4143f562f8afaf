"""Which members an act is about, and holding them while it lasts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.fixed import Call, Fixed, run
from zhibu_education.store.chunks import chunks


async def hold(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Let one act at a time change these members' hours, until its transaction ends.

    Two that verify different credits of a member would otherwise each add up without the other's.
    """
    await run(session, *holding(session, tenant_id, members))


def holding(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> list[Call]:
    """What `hold` sends, for whoever reads in the same trip; on SQLite a writer is alone."""
    if session.get_bind().dialect.name == "sqlite":
        return []
    return [_HOLD(tenant=tenant_id, members=sorted(members))]


async def members_under(session: AsyncSession, tenant_id: UUID, path: str, year: int) -> list[UUID]:
    """Everybody at or below this path who was a member at some time of the year."""
    first, last = year_of(year)
    rows = await session.scalars(
        select(Member.id).where(
            Member.tenant_id == tenant_id,
            Member.path >= path,
            Member.path < path[:-1] + "/",
            Member.admitted_on <= last,
            or_(Member.left_on.is_(None), Member.left_on >= first),
        )
    )
    return list(rows)


async def members_below(
    session: AsyncSession,
    tenant_id: UUID,
    paths: Collection[str],
    organizations: Collection[UUID] = (),
) -> set[UUID]:
    """Everybody at or below these paths or last at these organizations, who left as well."""
    below = [and_(Member.path >= path, Member.path < path[:-1] + "/") for path in paths]
    here = [Member.organization_id.in_(part) for part in chunks(sorted(set(organizations)))]
    found: set[UUID] = set()
    for places in chunks([*below, *here], 20):
        found |= {
            *await session.scalars(
                select(Member.id).where(Member.tenant_id == tenant_id, or_(*places))
            )
        }
    return found


async def paths_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, str]:
    """Where these members belong now."""
    (rows,) = await run(session, _PATHS(tenant=tenant_id, members=sorted(set(members))))
    return {row.id: row.path for row in rows}


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Where a member belonged, from a day on, until the day before another."""

    path: str
    since: date
    until: date | None

    def lasted_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


async def stays_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, list[Stay]]:
    """Where these members have belonged; who never belonged anywhere is left out."""
    found: dict[UUID, list[Stay]] = defaultdict(list)
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(Affiliation.member_id, Organization.path, Affiliation.since, Affiliation.until)
            .join(
                Organization,
                and_(
                    Organization.tenant_id == Affiliation.tenant_id,
                    Organization.id == Affiliation.organization_id,
                ),
            )
            .where(Affiliation.tenant_id == tenant_id, Affiliation.member_id.in_(part))
        )
        for row in rows:
            found[row.member_id].append(Stay(path=row.path, since=row.since, until=row.until))
    return found


_TENANT = Member.tenant_id == bindparam("tenant")
_THESE = among(Member.id, "members")
_HOLD = Fixed(
    select(Member.id).where(_TENANT, _THESE).order_by(Member.id).with_for_update(key_share=True)
)
_PATHS = Fixed(select(Member.id, Member.path).where(_TENANT, _THESE))
