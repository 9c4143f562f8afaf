"""What a certificate letter says, and what anybody may know of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.certificates import Certificate
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.tables import Case

HOME: Any = Organization.__table__.alias("home")
HOST: Any = Organization.__table__.alias("host")
ISSUER: Any = Organization.__table__.alias("issuer")


async def certificate(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, held: bool = False
) -> Certificate | None:
    """That of a case, whatever paper it takes; None where there is no case. `held`, nobody changes
    the case until the act is over.
    """
    query = (
        select(
            Case.id,
            Case.member_id,
            Case.paper,
            Case.ground,
            Case.place,
            Case.unit,
            Case.contact,
            Case.since,
            Case.until,
            Case.ended_on,
            Case.voided_on,
            Case.peer_name,
            Case.certificate_year,
            Case.certificate_serial,
            Member.path,
            Member.name,
            Member.stage,
            HOME.c.id.label("branch_id"),
            HOME.c.name.label("branch"),
            HOST.c.name.label("host"),
            ISSUER.c.code.label("issuer"),
        )
        .join(Member, and_(Member.tenant_id == Case.tenant_id, Member.id == Case.member_id))
        .join(HOME, and_(HOME.c.tenant_id == Member.tenant_id, HOME.c.id == Member.organization_id))
        .outerjoin(HOST, and_(HOST.c.tenant_id == Case.tenant_id, HOST.c.id == Case.host_id))
        .outerjoin(
            ISSUER,
            and_(ISSUER.c.tenant_id == Case.tenant_id, ISSUER.c.id == Case.certificate_unit_id),
        )
        .where(Case.tenant_id == tenant_id, Case.id == id)
    )
    if held and session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=Case)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Certificate(**{**row._mapping, "paper": Paper(row.paper)})


async def hold(session: AsyncSession, tenant_id: UUID, branch_id: UUID) -> None:
    """Let one act at a time number the letters of a branch."""
    await session.execute(
        select(Organization.id)
        .where(Organization.tenant_id == tenant_id, Organization.id == branch_id)
        .with_for_update(key_share=True)
    )


async def number(
    session: AsyncSession, tenant_id: UUID, id: UUID, branch_id: UUID, year: int
) -> None:
    """Give the letter of a case the next number of its branch and year, if it has none."""
    others = Case.__table__.alias()
    last = select(func.max(others.c.certificate_serial)).where(
        others.c.tenant_id == tenant_id,
        others.c.certificate_unit_id == branch_id,
        others.c.certificate_year == year,
    )
    await session.execute(
        update(Case)
        .where(Case.tenant_id == tenant_id, Case.id == id, Case.certificate_serial.is_(None))
        .values(
            certificate_unit_id=branch_id,
            certificate_year=year,
            certificate_serial=func.coalesce(last.scalar_subquery(), 0) + 1,
        )
        .execution_options(synchronize_session=False)
    )
