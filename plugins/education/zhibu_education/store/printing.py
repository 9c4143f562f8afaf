"""What printed pages of plans, teachers and sessions are filled with."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_education.rules.catalogues import SessionState
from zhibu_education.tables import Attendance, Plan, PlanItem, Session, Teacher


async def plan(session: AsyncSession, tenant_id: UUID, plan_id: UUID) -> Any:
    """A plan with every column; None where there is none."""
    found = await session.execute(
        select(*Plan.__table__.c).where(Plan.tenant_id == tenant_id, Plan.id == plan_id)
    )
    return found.first()


async def plan_items(session: AsyncSession, tenant_id: UUID, plan_id: UUID) -> Sequence[Any]:
    """The intended sessions of a plan by month, each with how often it was held."""
    held = (
        select(func.count())
        .where(
            Session.tenant_id == tenant_id,
            Session.plan_item_id == PlanItem.id,
            Session.state == SessionState.HELD,
        )
        .correlate(PlanItem)
        .scalar_subquery()
    )
    found = await session.execute(
        select(*PlanItem.__table__.c, held.label("held"))
        .where(PlanItem.tenant_id == tenant_id, PlanItem.plan_id == plan_id)
        .order_by(PlanItem.month, PlanItem.id)
    )
    return [*found]


async def teachers(session: AsyncSession, tenant_id: UUID, path: str, on: date) -> Sequence[Any]:
    """Who is on a roster at or below a path on a day, with the sessions taught that year."""
    first, _ = year_of(on.year)
    taught = (
        select(func.count())
        .where(
            Session.tenant_id == tenant_id,
            Session.teacher_id == Teacher.id,
            Session.state == SessionState.HELD,
            Session.held_on.between(first, on),
        )
        .correlate(Teacher)
        .scalar_subquery()
    )
    found = await session.execute(
        select(
            *Teacher.__table__.c,
            Organization.name.label("organization"),
            taught.label("taught"),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Teacher.tenant_id,
                Organization.id == Teacher.organization_id,
            ),
        )
        .where(
            Teacher.tenant_id == tenant_id,
            Organization.path >= path,
            Organization.path < path[:-1] + "/",
            Teacher.since <= on,
            or_(Teacher.until.is_(None), Teacher.until > on),
        )
        .order_by(Organization.path, Teacher.full_time.desc(), Teacher.name, Teacher.id)
    )
    return [*found]


async def attendance(session: AsyncSession, tenant_id: UUID, session_id: UUID) -> Sequence[Any]:
    """Everybody marked at a session, with the branch, in the order of branches and names."""
    found = await session.execute(
        select(
            Attendance.member_id,
            Attendance.state,
            Attendance.hours,
            Attendance.reason,
            Member.name,
            Member.path,
            Organization.name.label("branch"),
        )
        .join(
            Member,
            and_(Member.tenant_id == Attendance.tenant_id, Member.id == Attendance.member_id),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .where(Attendance.tenant_id == tenant_id, Attendance.session_id == session_id)
        .order_by(Member.path, Member.sort_name, Member.id)
    )
    return [*found]
