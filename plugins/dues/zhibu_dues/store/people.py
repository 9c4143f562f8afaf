"""Which members an act is about, when they were members, and holding them while it lasts."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member, StagePeriod
from zhibu.organizations.tables import Organization
from zhibu_dues.rules.months import Membership, Spell
from zhibu_dues.store.chunks import chunks


async def hold(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Let one act at a time change these members' dues: two would each see the month unpaid.

    On SQLite a writer is alone anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    for part in chunks(sorted(set(members))):
        await session.execute(
            select(Member.id)
            .where(Member.tenant_id == tenant_id, Member.id.in_(part))
            .order_by(Member.id)
            .with_for_update(key_share=True)
        )


async def hold_unit(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> None:
    """Let one act at a time number the receipts of an organization, or hand over what it holds."""
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Organization.id)
        .where(Organization.tenant_id == tenant_id, Organization.id == organization_id)
        .with_for_update(key_share=True)
    )


async def memberships(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> dict[UUID, tuple[str, UUID, Membership]]:
    """Path, organization, and when they were members, of those that exist."""
    found: dict[UUID, tuple[str, UUID, Membership]] = {}
    for part in chunks(sorted(set(members))):
        stopped: dict[UUID, list[Spell]] = defaultdict(list)
        rows = await session.execute(
            select(
                Member.id,
                Member.path,
                Member.organization_id,
                Member.admitted_on,
                Member.left_on,
                StagePeriod.since,
                StagePeriod.until,
            )
            .join(
                StagePeriod,
                and_(
                    StagePeriod.tenant_id == Member.tenant_id,
                    StagePeriod.member_id == Member.id,
                    StagePeriod.stage == "stopped",
                ),
                isouter=True,
            )
            .where(Member.tenant_id == tenant_id, Member.id.in_(part))
        )
        for row in rows:
            if row.since is not None:
                stopped[row.id].append(Spell(since=row.since, until=row.until))
            membership = Membership(
                admitted_on=row.admitted_on, left_on=row.left_on, stopped=tuple(stopped[row.id])
            )
            found[row.id] = (row.path, row.organization_id, membership)
    return found


async def members_below(
    session: AsyncSession, tenant_id: UUID, paths: Collection[str]
) -> set[UUID]:
    """Everybody at or below these paths, who left as well."""
    found: set[UUID] = set()
    for part in chunks(sorted(paths), 20):
        below = [and_(Member.path >= path, Member.path < path[:-1] + "/") for path in part]
        found |= {
            *await session.scalars(
                select(Member.id).where(Member.tenant_id == tenant_id, or_(*below))
            )
        }
    return found
