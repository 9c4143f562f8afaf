"""What workbooks and printed pages are filled with."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_education.store.credits import LIVE
from zhibu_education.tables import Certificate, Credit, Standing


class Line(NamedTuple):
    """A credit with the path of its member's branch."""

    member_id: UUID
    path: str
    earned_on: date
    title: str
    hours: Decimal
    form: str
    kind: str | None
    topic: str
    channel: str | None
    evidence: str | None


async def credits_below(
    session: AsyncSession, tenant_id: UUID, path: str, first: date, last: date
) -> list[Line]:
    """Live credits outside of sessions of whoever is at or below a path, between two days.

    Without those whose words were withdrawn: a workbook would spread them.
    """
    where = [
        Credit.tenant_id == tenant_id,
        Credit.session_id.is_(None),
        Credit.state.in_(LIVE),
        Credit.withdrawn_on.is_(None),
        Credit.earned_on.between(first, last),
    ]
    if path:
        where += [Member.path >= path, Member.path < path[:-1] + "/"]
    query: Any = (
        select(
            Credit.member_id,
            Member.path,
            Credit.earned_on,
            Credit.title,
            Credit.hours,
            Credit.form,
            Credit.kind,
            Credit.topic,
            Credit.channel,
            Credit.evidence,
        )
        .join(Member, (Member.tenant_id == Credit.tenant_id) & (Member.id == Credit.member_id))
        .where(*where)
        .order_by(Credit.earned_on, Member.path, Member.sort_name, Credit.id)
    )
    return [Line(*row) for row in await session.execute(query)]


async def archive(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int
) -> Sequence[Any]:
    """Every credit of a member's year, whatever became of it, in the order of the days."""
    c = Credit
    query: Any = (
        select(
            c.earned_on,
            c.title,
            c.withdrawn_on,
            c.topic,
            c.form,
            c.kind,
            c.hours,
            c.counted,
            c.state,
            c.evidence,
            c.session_id,
            c.decided_by,
            c.decided_at,
            c.decision,
        )
        .where(c.tenant_id == tenant_id, c.member_id == member_id, c.year == year)
        .order_by(c.earned_on, c.recorded_at, c.id)
    )
    return [*(await session.execute(query))]


async def account_names(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, str]:
    """What these accounts are called."""
    rows = await session.execute(
        select(Account.id, Account.name).where(
            Account.tenant_id == tenant_id, Account.id.in_(sorted(ids))
        )
    )
    return {row.id: row.name for row in rows}


async def certificate(
    session: AsyncSession, tenant_id: UUID, certificate_id: UUID
) -> Certificate | None:
    """One certificate."""
    found: Certificate | None = await session.scalar(
        select(Certificate).where(
            Certificate.tenant_id == tenant_id, Certificate.id == certificate_id
        )
    )
    return found


async def standings_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int
) -> Sequence[Any]:
    """Where every member at or below a path who has not left stands in a year, by branch."""
    where = [Standing.tenant_id == tenant_id, Standing.year == year, Member.left_on.is_(None)]
    if path:
        where += [Member.path >= path, Member.path < path[:-1] + "/"]
    query: Any = (
        select(
            Standing.member_id,
            Standing.required,
            Standing.verified,
            Standing.pending,
            Standing.ground,
            Member.name,
            Member.path,
            Organization.name.label("organization"),
        )
        .join(Member, (Member.tenant_id == Standing.tenant_id) & (Member.id == Standing.member_id))
        .join(
            Organization,
            (Organization.tenant_id == Member.tenant_id)
            & (Organization.id == Member.organization_id),
        )
        .where(*where)
        .order_by(Member.path, Member.sort_name, Member.id)
    )
    return [*(await session.execute(query))]
