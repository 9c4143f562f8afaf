"""What a certificate letter says, and what anybody may know of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.certificates import Certificate
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.tables import Case

HOME: Any = Organization.__table__.alias("home")
HOST: Any = Organization.__table__.alias("host")


async def certificate(session: AsyncSession, tenant_id: UUID, id: UUID) -> Certificate | None:
    """That of a case, whatever paper it takes; None where there is no case."""
    rows = await session.execute(
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
            Member.path,
            Member.name,
            Member.stage,
            HOME.c.name.label("branch"),
            HOST.c.name.label("host"),
        )
        .join(Member, and_(Member.tenant_id == Case.tenant_id, Member.id == Case.member_id))
        .join(HOME, and_(HOME.c.tenant_id == Member.tenant_id, HOME.c.id == Member.organization_id))
        .outerjoin(HOST, and_(HOST.c.tenant_id == Case.tenant_id, HOST.c.id == Case.host_id))
        .where(Case.tenant_id == tenant_id, Case.id == id)
    )
    row = rows.one_or_none()
    if row is None:
        return None
    return Certificate(**{**row._mapping, "paper": Paper(row.paper)})
