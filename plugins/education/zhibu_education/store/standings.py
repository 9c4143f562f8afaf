"""Where members stand: what decides it, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Uuid,
    bindparam,
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
from zhibu_education.rules.catalogues import (
    POSTS_WITH_HOURS,
    CreditState,
    ExemptionGround,
    Presence,
    SessionState,
)
from zhibu_education.rules.requirement import Person
from zhibu_education.rules.standing import Hours
from zhibu_education.store.kept import Kept
from zhibu_education.tables import Attendance, Certificate, Credit, Exemption, Session, Standing


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
    certified: bool
    kept: Kept | None


async def candidates(
    session: AsyncSession, tenant_id: UUID, year: int, *, members: Collection[UUID]
) -> list[Candidate]:
    """These members in that year, in one statement."""
    first, last = year_of(year)
    when = {"year": year, "first": first, "last": last}
    (rows,) = await run(session, _CANDIDATES(tenant=tenant_id, members=sorted(members), **when))
    return [_candidate(row) for row in rows]


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


def _kept_before(name: str) -> Any:
    """What is kept of the member's year.

    As a join, a database that knows nothing of the table yet, while everybody is imported, goes
    through all of it for each member.
    """
    of_member = (
        Standing.tenant_id == _TENANT,
        Standing.member_id == Member.id,
        Standing.year == _YEAR,
    )
    return select(getattr(Standing, name)).where(*of_member).scalar_subquery().label(f"kept_{name}")


_TENANT: Any = bindparam("tenant", type_=Uuid())
_YEAR: Any = bindparam("year", type_=Integer())
_FIRST: Any = bindparam("first", type_=Date())
_LAST: Any = bindparam("last", type_=Date())
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
_CERTIFIED = exists().where(
    Certificate.tenant_id == _TENANT,
    Certificate.member_id == Member.id,
    Certificate.year == _YEAR,
    Certificate.voided_on.is_(None),
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
        _CERTIFIED.label("certified"),
        *(_kept_before(name) for name in ("required", "verified", "pending", "enrolled", "ground")),
    ).where(Member.tenant_id == _TENANT, among(Member.id, "members"))
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
        certified=bool(row.certified),
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
