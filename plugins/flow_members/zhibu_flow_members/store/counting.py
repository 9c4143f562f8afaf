"""What reports count: each figure in one statement, whoever belonged there on the day."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation
from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.notes import TOUCH, NoteKind
from zhibu_flow_members.rules.summaries import Figure
from zhibu_flow_members.store.stays import away, later
from zhibu_flow_members.tables import Case, Guest, Note
from zhibu_flow_members.tables.figures import belonged, belongs, conditions, guest_here, within

CASE: Any = Case.__table__
AFFILIATION: Any = Affiliation.__table__


async def counted(
    session: AsyncSession, tenant_id: UUID, path: str, since: date, until: date
) -> dict[str, int]:
    """Every figure of who belonged at or below a path, in one statement."""

    def here(belonging: Any, day: Any) -> Any:
        joined = AFFILIATION.alias()
        return (
            select(joined.c.id)
            .join(
                Organization,
                and_(
                    Organization.tenant_id == joined.c.tenant_id,
                    Organization.id == joined.c.organization_id,
                ),
            )
            .where(
                joined.c.tenant_id == CASE.c.tenant_id,
                belonging(joined, CASE, day),
                *_below(Organization.path, path),
            )
            .correlate(CASE)
            .exists()
        )

    found = conditions(
        CASE,
        since,
        until,
        there=here(belongs, until),
        went_there=here(belongs, CASE.c.since),
        ended_there=here(belonged, CASE.c.ended_on),
        later=later(until),
        touched=within(CASE.c.touched_on, since, until, _noted(TOUCH, since, until)),
        reported=within(CASE.c.reported_on, since, until, _noted({NoteKind.REPORT}, since, until)),
    )
    sums = [
        func.coalesce(func.sum(case((found[figure], 1), else_=0)), 0).label(figure.value)
        for figure in Figure
    ]
    rows = await session.execute(
        select(*sums)
        .select_from(CASE)
        .where(CASE.c.tenant_id == tenant_id, CASE.c.member_id.in_(_ever(tenant_id, path, until)))
    )
    return dict(rows.mappings().one())


async def incoming(session: AsyncSession, tenant_id: UUID, path: str, until: date) -> int:
    """How many were taken in at or below a path on a day, of here and of other institutions."""
    hosted = (
        select(func.count())
        .select_from(Case)
        .join(
            Organization,
            and_(Organization.tenant_id == Case.tenant_id, Organization.id == Case.host_id),
        )
        .where(Case.tenant_id == tenant_id, away(until), *_below(Organization.path, path))
    )
    guests = (
        select(func.count())
        .select_from(Guest)
        .join(
            Organization,
            and_(Organization.tenant_id == Guest.tenant_id, Organization.id == Guest.host_id),
        )
        .where(
            Guest.tenant_id == tenant_id,
            guest_here(Guest.__table__, until),
            *_below(Organization.path, path),
        )
    )
    found = await session.scalar(select(hosted.scalar_subquery() + guests.scalar_subquery()))
    return found or 0


def _noted(kinds: Collection[NoteKind], since: date, until: date) -> Any:
    """Whether one of these was noted of a case within a period."""
    return (
        select(Note.id)
        .where(
            Note.tenant_id == CASE.c.tenant_id,
            Note.case_id == CASE.c.id,
            Note.kind.in_(sorted(kinds)),
            Note.voided_on.is_(None),
            Note.happened_on.between(since, until),
        )
        .correlate(CASE)
        .exists()
    )


def _ever(tenant_id: UUID, path: str, until: date) -> Any:
    """Whoever belonged at or below a path on some day up to one."""
    return (
        select(Affiliation.member_id)
        .join(
            Organization,
            and_(
                Organization.tenant_id == Affiliation.tenant_id,
                Organization.id == Affiliation.organization_id,
            ),
        )
        .where(
            Affiliation.tenant_id == tenant_id,
            Affiliation.since <= until,
            *_below(Organization.path, path),
        )
    )


def _below(column: Any, path: str) -> list[Any]:
    return [column >= path, column < path[:-1] + "/"]
