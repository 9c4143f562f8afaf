"""Who belongs to a unit on a day, where the core's public functions do not say so."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization, Post
from zhibu.storage.among import among
from zhibu_organization_life.rules.catalogues import State
from zhibu_organization_life.tables import Accommodation, Attendance, Meeting


async def group_on(
    session: AsyncSession, tenant_id: UUID, group_id: UUID, branch_id: UUID, on: date
) -> set[UUID]:
    """The members of a Party group who belonged to its branch on that day.

    Of groups the register knows only who belongs to them now.
    """
    rows = await session.scalars(
        select(Member.id)
        .join(
            Affiliation,
            and_(Affiliation.tenant_id == Member.tenant_id, Affiliation.member_id == Member.id),
        )
        .where(
            Member.tenant_id == tenant_id,
            Member.group_id == group_id,
            Affiliation.organization_id == branch_id,
            Affiliation.since <= on,
            or_(Affiliation.until.is_(None), Affiliation.until > on),
        )
    )
    return set(rows)


async def excused_on(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> set[UUID]:
    """Who of these is accommodated on that day."""
    rows = await session.scalars(
        select(Accommodation.member_id).where(
            Accommodation.tenant_id == tenant_id,
            among(Accommodation.member_id, "members"),
            Accommodation.since <= on,
            or_(Accommodation.until.is_(None), Accommodation.until > on),
        ),
        {"members": sorted(set(members))},
    )
    return set(rows)


async def marks_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], first: date, last: date
) -> Sequence[Any]:
    """The places of these members at what was held between two days, the earliest first."""
    rows = await session.execute(
        select(
            Attendance.meeting_id,
            Attendance.member_id,
            Attendance.state,
            Attendance.expected,
            Meeting.title,
            Meeting.held_on,
        )
        .join(
            Meeting,
            and_(Meeting.tenant_id == Attendance.tenant_id, Meeting.id == Attendance.meeting_id),
        )
        .where(
            Attendance.tenant_id == tenant_id,
            among(Attendance.member_id, "members"),
            Meeting.state == State.HELD,
            Meeting.held_on.between(first, last),
        )
        .order_by(Meeting.held_on, Meeting.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def members_below(
    session: AsyncSession, tenant_id: UUID, paths: Collection[str], organizations: Collection[UUID]
) -> set[UUID]:
    """Everybody at or below these paths, or whose branch is one of these."""
    below = [and_(Member.path >= path, Member.path < path[:-1] + "/") for path in paths]
    rows = await session.scalars(
        select(Member.id).where(
            Member.tenant_id == tenant_id,
            or_(*below, among(Member.organization_id, "organizations")),
        ),
        {"organizations": sorted(set(organizations))},
    )
    return set(rows)


def any_at_or_below(tenant_id: Any, path: Any) -> ColumnElement[bool]:
    """Whether one of `members` ever belonged to, or held a post of, a unit at or below a path."""
    unit = Organization.__table__.alias()
    where = [
        select(table.organization_id).where(
            table.tenant_id == tenant_id, among(table.member_id, "members")
        )
        for table in (Affiliation, Post)
    ]
    groups = select(Member.group_id).where(
        Member.tenant_id == tenant_id, among(Member.id, "members")
    )
    return (
        select(literal(1))
        .where(
            unit.c.tenant_id == tenant_id,
            func.substr(unit.c.path, 1, func.length(path)) == path,
            unit.c.id.in_(union(*where, groups)),
        )
        .exists()
    )
