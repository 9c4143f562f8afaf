"""What the papers of a disposition say, as statements."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.procedures.tables import (
    Procedure,
    ProcedureObjection,
    ProcedureOverride,
    ProcedureSitting,
    ProcedureStep,
)
from zhibu_discipline.store.cases import CASES

PROCEDURE: Any = Procedure.__table__
SITTING: Any = ProcedureSitting.__table__
STEP: Any = ProcedureStep.__table__
OBJECTION: Any = ProcedureObjection.__table__
OVERRIDE: Any = ProcedureOverride.__table__
UNIT: Any = Organization.__table__
MEETING = "meeting"  # the step at which the branch meeting votes on each person
COUNTED = ("passed", "rejected", "no_quorum")


async def case(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """A disposition with whom it is about, and its branch's name and path; in one statement."""
    found = await session.execute(
        select(CASES, Member.name, UNIT.c.name.label("branch"), UNIT.c.path)
        .join(UNIT, and_(UNIT.c.tenant_id == tenant_id, UNIT.c.id == CASES.c.organization_id))
        .join(Member, and_(Member.tenant_id == tenant_id, Member.id == CASES.c.member_id))
        .where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    )
    return found.one_or_none()


async def sitting(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> Any | None:
    """The last branch meeting of a procedure that was counted, unless it fell since."""
    fell = exists().where(
        OBJECTION.c.tenant_id == tenant_id,
        OBJECTION.c.procedure_id == procedure_id,
        OBJECTION.c.upheld.is_(True),
        OBJECTION.c.answered_at >= SITTING.c.closed_at,
    )
    found = await session.execute(
        select(SITTING)
        .join(STEP, and_(STEP.c.tenant_id == tenant_id, STEP.c.id == SITTING.c.step_id))
        .where(
            SITTING.c.tenant_id == tenant_id,
            SITTING.c.procedure_id == procedure_id,
            STEP.c.code == MEETING,
            SITTING.c.verdict.in_(sorted(COUNTED)),
            ~fell,
        )
        .order_by(SITTING.c.closed_at.desc())
        .limit(1)
    )
    return found.one_or_none()


async def decider(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> str:
    """Who decided: the organization of the last step, or who decided directly, if that holds."""
    step = (
        select(UNIT.c.name)
        .join(STEP, and_(STEP.c.tenant_id == tenant_id, STEP.c.organization_id == UNIT.c.id))
        .where(UNIT.c.tenant_id == tenant_id, STEP.c.procedure_id == procedure_id)
        .order_by(STEP.c.number.desc())
        .limit(1)
    )
    direct = (
        select(UNIT.c.name)
        .join(
            OVERRIDE,
            and_(OVERRIDE.c.tenant_id == tenant_id, OVERRIDE.c.organization_id == UNIT.c.id),
        )
        .where(
            UNIT.c.tenant_id == tenant_id,
            OVERRIDE.c.procedure_id == procedure_id,
            OVERRIDE.c.confirmed.is_(True),
            exists().where(
                PROCEDURE.c.tenant_id == tenant_id,
                PROCEDURE.c.id == procedure_id,
                PROCEDURE.c.overridden.is_(True),
            ),
        )
        .order_by(OVERRIDE.c.settled_at.desc())
        .limit(1)
    )
    found = select(func.coalesce(direct.scalar_subquery(), step.scalar_subquery(), ""))
    return str(await session.scalar(found))


async def answered(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> Any | None:
    """The last objection to a procedure that was answered, with who answered it."""
    found = await session.execute(
        select(
            OBJECTION.c.reason,
            OBJECTION.c.made_on,
            OBJECTION.c.answer,
            OBJECTION.c.answered_on,
            OBJECTION.c.upheld,
            UNIT.c.name.label("by"),
        )
        .join(UNIT, and_(UNIT.c.tenant_id == tenant_id, UNIT.c.id == OBJECTION.c.organization_id))
        .where(
            OBJECTION.c.tenant_id == tenant_id,
            OBJECTION.c.procedure_id == procedure_id,
            OBJECTION.c.answered_on.is_not(None),
        )
        .order_by(OBJECTION.c.answered_at.desc())
        .limit(1)
    )
    return found.one_or_none()
