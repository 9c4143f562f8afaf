"""What is on record of a unit, which says whether and when it may end."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation
from zhibu.organizations.rules import LastRecorded
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.procedures.tables import (
    Procedure,
    ProcedureObjection,
    ProcedureOverride,
    ProcedureStep,
)


async def last_recorded(session: AsyncSession, tenant_id: UUID, id: UUID, on: date) -> LastRecorded:
    """What stands on record of the unit after that day, without who and what is there now.

    And how much goes on there in procedures.
    """
    gone = (
        Affiliation.tenant_id == tenant_id,
        Affiliation.organization_id == id,
        Affiliation.until > on,
    )
    below_once = (
        OrganizationPeriod.tenant_id == tenant_id,
        OrganizationPeriod.parent_id == id,
        OrganizationPeriod.until > on,
        OrganizationPeriod.organization_id.not_in(
            select(Organization.id).where(
                Organization.tenant_id == tenant_id,
                Organization.parent_id == id,
                Organization.ended_on.is_(None),
            )
        ),
    )
    own = (
        OrganizationPeriod.tenant_id == tenant_id,
        OrganizationPeriod.organization_id == id,
        OrganizationPeriod.since > on,
    )
    figures: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (func.count(Affiliation.member_id.distinct()), gone),
        (func.max(Affiliation.until), gone),
        (func.count(OrganizationPeriod.organization_id.distinct()), below_once),
        (func.max(OrganizationPeriod.until), below_once),
        (func.max(OrganizationPeriod.since), own),
        *((func.count(table.id), terms) for table, terms in _under_way(tenant_id, id)),
    )
    people, left, units, ended, changed, *waiting = (
        select(figure).where(*terms).scalar_subquery() for figure, terms in figures
    )
    row = (
        await session.execute(select(people, left, units, ended, changed, reduce(add, waiting)))
    ).one()
    return LastRecorded(
        members=row[0],
        units=row[2],
        until=max((day for day in (row[1], row[3]) if day is not None), default=None),
        changed=row[4],
        under_way=row[5],
    )


def _under_way(tenant_id: UUID, id: UUID) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """What waits in procedures for somebody of the unit: a step, an answer, a confirmation.

    A proposal that was sent back waits for whoever made it, and returns to the unit then.
    """
    over: dict[Any, Any] = {
        ProcedureStep: ProcedureStep.done_at.is_(None),
        ProcedureObjection: ProcedureObjection.answered_at.is_(None),
        ProcedureOverride: ProcedureOverride.settled_at.is_(None),
        Procedure: Procedure.state == "returned",
    }
    for table, open in over.items():
        yield table, (table.tenant_id == tenant_id, table.organization_id == id, open)
