"""Reports as pages and workbooks show them: of an organization, and of those below."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu_flow_members.rules.summaries import WHOLE
from zhibu_flow_members.tables import Summary

UNITS: Any = Organization.__table__


async def report(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """One report, with the name and the path of who reports; None where there is none."""
    rows = await session.execute(_reports(tenant_id).where(Summary.id == id))
    return rows.one_or_none()


async def below(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    year: int,
    half: int,
    *,
    most: int,
) -> Sequence[Any]:
    """The reports of a year at or below a path, or of one half, where the scope is, by place; one
    more than `most`.
    """
    period = [] if half == WHOLE else [Summary.half == half]
    under = [Organization.path >= path, Organization.path < path[:-1] + "/"] if path else []
    rows = await session.execute(
        _reports(tenant_id)
        .where(Summary.year == year, scope.bound(UNITS.c.path), *period, *under)
        .order_by(Organization.path, Summary.half)
        .limit(most + 1)
    )
    return rows.all()


def _reports(tenant_id: UUID) -> Any:
    return (
        select(Summary.__table__, Organization.name, Organization.path)
        .join(
            Organization,
            and_(
                Organization.tenant_id == Summary.tenant_id,
                Organization.id == Summary.organization_id,
            ),
        )
        .where(Summary.tenant_id == tenant_id)
    )
