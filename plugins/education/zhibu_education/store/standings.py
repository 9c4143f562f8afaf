"""Where members stand: read what decides it, keep what was decided."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.members.public import Stage
from zhibu.members.tables import Member, StagePeriod
from zhibu.organizations.tables import Post
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.upsert import insert_or
from zhibu_education.rules.catalogues import (
    POSTS_WITH_HOURS,
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
class Kept:
    """A standing as it is kept."""

    member_id: UUID
    hours: Hours
    ground: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A member in a year: what the requirement depends on, the hours so far, and what is kept."""

    member_id: UUID
    organization_id: UUID
    path: str
    person: Person
    verified: Decimal
    pending: Decimal
    enrolled: Decimal
    kept: Kept | None


async def candidates(
    session: AsyncSession, tenant_id: UUID, year: int, *, members: Collection[UUID]
) -> list[Candidate]:
    """These members in that year, in one statement."""
    first, last = year_of(year)
    when = {"year": year, "first": first, "last": last}
    (rows,) = await run(session, _CANDIDATES(tenant=tenant_id, members=sorted(members), **when))
    return [_candidate(row) for row in rows]


async def years_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[tuple[UUID, int]]:
    """Which years are kept of these members, as member and year."""
    (rows,) = await run(session, _YEARS(tenant=tenant_id, members=sorted(set(members))))
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


def _credits(state: CreditState) -> Any:
    """What counts of the member's credits of the year that are in this state."""
    return (
        select(func.coalesce(func.sum(Credit.counted), 0))
        .where(
            Credit.tenant_id == _TENANT,
            Credit.member_id == Member.id,
            Credit.year == _YEAR,
            Credit.state == state,
        )
        .scalar_subquery()
    )


_TENANT: Any = bindparam("tenant", type_=Uuid())
_YEAR: Any = bindparam("year", type_=Integer())
_FIRST: Any = bindparam("first", type_=Date())
_LAST: Any = bindparam("last", type_=Date())
_KEEP = Fixed(lambda words: _upsert(words.insert(_KEPT)))
_YEARS = Fixed(
    select(Standing.member_id, Standing.year).where(
        Standing.tenant_id == _TENANT, among(Standing.member_id, "members")
    )
)
_HOLDS_POST = exists().where(
    Post.tenant_id == _TENANT,
    Post.member_id == Member.id,
    Post.kind.in_(sorted(POSTS_WITH_HOURS)),
    Post.since <= _LAST,
    or_(Post.until.is_(None), Post.until > _FIRST),
)
_STOPPED = exists().where(
    StagePeriod.tenant_id == _TENANT,
    StagePeriod.member_id == Member.id,
    StagePeriod.stage == Stage.STOPPED,
    StagePeriod.since <= _LAST,
    or_(StagePeriod.until.is_(None), StagePeriod.until > _LAST),
)
_EXEMPTION = (
    select(Exemption.ground)
    .where(
        Exemption.tenant_id == _TENANT,
        Exemption.member_id == Member.id,
        Exemption.year == _YEAR,
        Exemption.ended_on.is_(None),
    )
    .limit(1)
    .scalar_subquery()
)
_ENROLLED = (
    select(func.coalesce(func.sum(Session.hours), 0))
    .where(
        Attendance.tenant_id == _TENANT,
        Attendance.member_id == Member.id,
        Attendance.state == Presence.ENROLLED,
        Session.tenant_id == _TENANT,
        Session.id == Attendance.session_id,
        Session.state == SessionState.PLANNED,
        Session.held_on.between(_FIRST, _LAST),
    )
    .scalar_subquery()
)
_CANDIDATES = Fixed(
    select(
        Member.id,
        Member.organization_id,
        Member.path,
        Member.kind,
        Member.admitted_on,
        Member.left_on,
        _HOLDS_POST.label("holds_post"),
        _EXEMPTION.label("exemption"),
        _STOPPED.label("stopped"),
        _credits(CreditState.VERIFIED).label("verified"),
        _credits(CreditState.PENDING).label("pending"),
        _ENROLLED.label("enrolled"),
        Standing.required.label("kept_required"),
        Standing.verified.label("kept_verified"),
        Standing.pending.label("kept_pending"),
        Standing.enrolled.label("kept_enrolled"),
        Standing.ground.label("kept_ground"),
    )
    .join(
        Standing,
        and_(
            Standing.tenant_id == _TENANT,
            Standing.member_id == Member.id,
            Standing.year == _YEAR,
        ),
        isouter=True,
    )
    .where(Member.tenant_id == _TENANT, among(Member.id, "members"))
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
            stopped=bool(row.stopped),
        ),
        verified=row.verified,
        pending=row.pending,
        enrolled=row.enrolled,
        kept=None if row.kept_ground is None else _kept(row),
    )


def _kept(row: Any) -> Kept:
    hours = Hours(
        required=row.kept_required,
        verified=row.kept_verified,
        pending=row.kept_pending,
        enrolled=row.kept_enrolled,
    )
    return Kept(member_id=row.id, hours=hours, ground=row.kept_ground)
