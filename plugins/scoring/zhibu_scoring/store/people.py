"""Whom an assessment is about, and the branches that assess."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.members.public import Stage
from zhibu.members.tables import Member, StagePeriod
from zhibu.organizations.rules import ELECTED
from zhibu.organizations.tables import Organization, Post
from zhibu.storage.among import among
from zhibu_scoring.rules.years import OPEN
from zhibu_scoring.store import entries, homes
from zhibu_scoring.tables import ScoringResult, ScoringYear

ASSESSING = ("branch", "joint_branch", "floating_branch")


@dataclass(frozen=True, kw_only=True)
class Roll:
    """Whose year a branch sums up; some of them stand in years that ended branches gave up."""

    members: list[UUID]
    given_up: Collection[UUID]


async def members_at(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int, *, hold: bool = False
) -> Roll:
    """Who belonged to a branch and was a member on the last day of the year, not a stopped one.

    Whose branch of that day has ended belongs where he is. Whose year a branch has drawn up is that
    branch's, wherever he goes later: nobody's year is summed up twice, and nobody's is lost.
    `hold` lets no other branch sum theirs up meanwhile, nor a move of theirs be entered.
    """
    last = year_of(year)[1]
    then = (
        Member.tenant_id == tenant_id,
        Member.admitted_on <= last,
        or_(Member.left_on.is_(None), Member.left_on > last),
        ~_stopped(last),
    )
    own = (
        select(ScoringResult.member_id, ScoringResult.year_id)
        .join(
            ScoringYear,
            (ScoringYear.tenant_id == ScoringResult.tenant_id)
            & (ScoringYear.id == ScoringResult.year_id),
        )
        .where(
            ScoringResult.tenant_id == tenant_id,
            ScoringYear.year == year,
            ScoringYear.organization_id == organization_id,
        )
    )
    # Each by itself: as parts of one statement, the database reads everybody for each branch.
    kept = (await session.execute(own)).all()
    rows = await session.scalars(
        union(
            homes.assessed(tenant_id, last, Organization.id == organization_id).where(*then),
            select(Member.id).where(
                Member.organization_id == organization_id, *then, ~homes.elsewhere(last)
            ),
            select(Member.id).where(among(Member.id, "kept"), *then),
        ),
        {"kept": sorted(row.member_id for row in kept)},
    )
    here, ours = sorted(rows), {row.year_id for row in kept}
    if hold:
        await entries.hold(session, tenant_id, here)
    # Asked for the members alone: by the year, or joined with the years, a database that has not
    # counted yet what a job has written goes through all of it again for every branch.
    found = await session.execute(
        select(ScoringResult.member_id, ScoringResult.year_id, ScoringResult.year).where(
            ScoringResult.tenant_id == tenant_id, among(ScoringResult.member_id, "members")
        ),
        {"members": here},
    )
    others = {row.member_id: row.year_id for row in found if row.year == year}
    others = {member: id for member, id in others.items() if id not in ours}
    given_up = await _given_up(session, tenant_id, others.values())
    members = [id for id in here if others.get(id) is None or others[id] in given_up]
    return Roll(members=members, given_up=given_up)


def _below(column: Any, path: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return column >= path, column < path[:-1] + "/"


def _stopped(on: date) -> ColumnElement[bool]:
    """Whether a membership was stopped on a day: it takes part in nothing that is assessed."""
    found: ColumnElement[bool] = (
        select(StagePeriod.id)
        .where(
            StagePeriod.tenant_id == Member.tenant_id,
            StagePeriod.member_id == Member.id,
            StagePeriod.stage == Stage.STOPPED,
            StagePeriod.since <= on,
            or_(StagePeriod.until.is_(None), StagePeriod.until > on),
        )
        .correlate(Member)
        .exists()
    )
    return found


async def _given_up(
    session: AsyncSession, tenant_id: UUID, years: Collection[UUID]
) -> Collection[UUID]:
    """Which of these years their branches can decide no more, having ended before they did."""
    if not years:
        return ()
    rows = await session.scalars(
        select(ScoringYear.id)
        .join(
            Organization,
            (Organization.tenant_id == ScoringYear.tenant_id)
            & (Organization.id == ScoringYear.organization_id),
        )
        .where(
            ScoringYear.tenant_id == tenant_id,
            among(ScoringYear.id, "years"),
            ScoringYear.stand.in_(OPEN),
            Organization.ended_on.is_not(None),
        ),
        {"years": sorted(set(years))},
    )
    return set(rows)


async def members_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int, *, today: date
) -> list[UUID]:
    """Who was a member at some time of the year that a branch at or below a path assesses.

    Whose year a branch has drawn up is that branch's, here as in `members_at`; none has before the
    year is over.
    """
    first, last = year_of(year)
    then = (
        Member.tenant_id == tenant_id,
        Member.admitted_on <= last,
        or_(Member.left_on.is_(None), Member.left_on > first),
    )
    inside = _below(Organization.path, path)
    rows = await session.scalars(
        union(
            homes.assessed(tenant_id, last, *inside).where(*then),
            select(Member.id).where(*_below(Member.path, path), *then, ~homes.elsewhere(last)),
        )
    )
    found = set(rows)
    if year >= today.year:
        return sorted(found)
    ours = set(await session.scalars(homes.drawn_up(tenant_id, year).where(*inside)))
    return sorted((found | ours) - await _drawn_elsewhere(session, tenant_id, found - ours, year))


async def _drawn_elsewhere(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> set[UUID]:
    """Whose year a branch that stands still has drawn up, of these members."""
    if not members:
        return set()
    given = {"members": sorted(members)}
    by_member = select(ScoringResult.member_id, ScoringResult.year).where(
        ScoringResult.tenant_id == tenant_id, among(ScoringResult.member_id, "members")
    )
    some = {row.member_id for row in await session.execute(by_member, given) if row.year == year}
    if not some:  # as ever, but for who moved; joined with the years it might read them all
        return set()
    there = homes.drawn_up(tenant_id, year).where(among(ScoringResult.member_id, "members"))
    return set(await session.scalars(there, {"members": sorted(some)}))


async def branches_below(
    session: AsyncSession, tenant_id: UUID, path: str, *, after: str, first: int
) -> Sequence[Any]:
    """The next branches at or below a path, in the order of the tree."""
    where = [Organization.path > after]
    if path:
        where += _below(Organization.path, path)
    rows = await session.execute(
        select(Organization.id, Organization.path)
        .where(
            Organization.tenant_id == tenant_id,
            Organization.kind.in_(ASSESSING),
            Organization.ended_on.is_(None),
            *where,
        )
        .order_by(Organization.path)
        .limit(first)
    )
    return rows.all()


async def leading(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> set[UUID]:
    """Who of these held an elected post on some day of the year."""
    first, last = year_of(year)
    rows = await session.scalars(
        select(Post.member_id).where(
            Post.tenant_id == tenant_id,
            among(Post.member_id, "members"),
            Post.kind.in_(sorted(ELECTED)),
            Post.since <= last,
            or_(Post.until.is_(None), Post.until > first),
        ),
        {"members": sorted(set(members))},
    )
    return set(rows)
