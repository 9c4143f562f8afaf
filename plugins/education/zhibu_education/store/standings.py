"""Where members stand: read what decides it, keep what was decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.members.tables import Member
from zhibu.organizations.tables import Post
from zhibu.storage.upsert import insert_or
from zhibu_education.rules.catalogues import (
    LEADING_POSTS,
    CreditState,
    ExemptionGround,
    Presence,
    SessionState,
)
from zhibu_education.rules.requirement import Person
from zhibu_education.rules.standing import Hours
from zhibu_education.store.chunks import chunks
from zhibu_education.tables import Attendance, Credit, Exemption, Session, Standing

CHUNK = 1000

# The table itself: one statement for many rows, which the mapper would write out row by row.
_KEPT: Any = Standing.__table__


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A member in a year: what the requirement depends on, and the hours so far."""

    member_id: UUID
    organization_id: UUID
    path: str
    person: Person
    verified: Decimal
    pending: Decimal
    enrolled: Decimal


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A standing as it will be kept."""

    member_id: UUID
    hours: Hours
    ground: str


async def candidates(
    session: AsyncSession, tenant_id: UUID, year: int, *, members: Collection[UUID]
) -> list[Candidate]:
    """These members in that year, in one statement a thousand."""
    found: list[Candidate] = []
    for part in chunks(sorted(members), CHUNK):
        statement = _candidates(tenant_id, year).where(Member.id.in_(part))
        found += [_candidate(row) for row in await session.execute(statement)]
    return found


async def years_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[tuple[UUID, int]]:
    """Which years are kept of these members, as member and year."""
    found: list[tuple[UUID, int]] = []
    for part in chunks(sorted(set(members)), CHUNK):
        rows = await session.execute(
            select(Standing.member_id, Standing.year).where(
                Standing.tenant_id == tenant_id, Standing.member_id.in_(part)
            )
        )
        found += [(row.member_id, row.year) for row in rows]
    return found


async def keep(
    session: AsyncSession, tenant_id: UUID, year: int, standings: Iterable[Kept]
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
    insert = insert_or(session, _KEPT)
    decided = ("required", "verified", "pending", "enrolled", "ground")
    upsert = insert.on_conflict_do_update(
        index_elements=["tenant_id", "member_id", "year"],
        set_={name: insert.excluded[name] for name in decided},
    )
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


def _candidates(tenant_id: UUID, year: int) -> Select[Any]:
    first, last = year_of(year)
    return select(
        Member.id,
        Member.organization_id,
        Member.path,
        Member.kind,
        Member.admitted_on,
        Member.left_on,
        exists()
        .where(
            Post.tenant_id == tenant_id,
            Post.member_id == Member.id,
            Post.kind.in_(sorted(LEADING_POSTS)),
            Post.since <= last,
            or_(Post.until.is_(None), Post.until > first),
        )
        .label("holds_post"),
        select(Exemption.ground)
        .where(
            Exemption.tenant_id == tenant_id,
            Exemption.member_id == Member.id,
            Exemption.year == year,
            Exemption.ended_on.is_(None),
        )
        .limit(1)
        .scalar_subquery()
        .label("exemption"),
        _sum_of_credits(tenant_id, year, CreditState.VERIFIED).label("verified"),
        _sum_of_credits(tenant_id, year, CreditState.PENDING).label("pending"),
        select(func.coalesce(func.sum(Session.hours), 0))
        .where(
            Attendance.tenant_id == tenant_id,
            Attendance.member_id == Member.id,
            Attendance.state == Presence.ENROLLED,
            Session.tenant_id == tenant_id,
            Session.id == Attendance.session_id,
            Session.state == SessionState.PLANNED,
            Session.held_on.between(first, last),
        )
        .scalar_subquery()
        .label("enrolled"),
    ).where(Member.tenant_id == tenant_id)


def _sum_of_credits(tenant_id: UUID, year: int, state: CreditState) -> Any:
    return (
        select(func.coalesce(func.sum(Credit.counted), 0))
        .where(
            and_(
                Credit.tenant_id == tenant_id,
                Credit.member_id == Member.id,
                Credit.year == year,
                Credit.state == state,
            )
        )
        .scalar_subquery()
    )


def _candidate(row: Any) -> Candidate:
    return Candidate(
        member_id=row.id,
        organization_id=row.organization_id,
        path=row.path,
        person=Person(
            kind=row.kind,
            admitted_on=row.admitted_on,
            left_on=row.left_on,
            holds_post=bool(row.holds_post),
            exemption=ExemptionGround(row.exemption) if row.exemption else None,
        ),
        verified=row.verified,
        pending=row.pending,
        enrolled=row.enrolled,
    )
