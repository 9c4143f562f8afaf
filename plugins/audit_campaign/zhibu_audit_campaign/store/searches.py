"""Searches of who is lost, and each step of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu_audit_campaign.rules.checking import Evidence, Judged
from zhibu_audit_campaign.rules.searching import Method, Outcome, Search, Steps
from zhibu_audit_campaign.rules.work import Audited
from zhibu_audit_campaign.store.held import held
from zhibu_audit_campaign.tables import Entry, Issue
from zhibu_audit_campaign.tables import Search as Row

SEARCH: Any = Row.__table__
ENTRY: Any = Entry.__table__
ISSUE: Any = Issue.__table__


async def search(session: AsyncSession, tenant_id: UUID, id: UUID) -> Search | None:
    """One search and where it is, held until the act is over; None where there is none."""
    row = await held(session, tenant_id, SEARCH, id)
    if row is None:
        return None
    return Search(
        id=row.id,
        audited_id=row.audited_id,
        member_id=row.member_id,
        organization_id=row.organization_id,
        path=row.path,
        sheet_id=row.sheet_id,
        opened_on=row.opened_on,
        outcome=Outcome(row.outcome),
        reviewed=row.reviewed_on is not None,
        concluded_by=row.concluded_by,
        version=row.version,
    )


async def file(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any:
    """What the file of a search says, with whose it is."""
    found = await session.execute(
        select(SEARCH, Member.name)
        .join(Member, and_(Member.tenant_id == SEARCH.c.tenant_id, Member.id == SEARCH.c.member_id))
        .where(SEARCH.c.tenant_id == tenant_id, SEARCH.c.id == id)
    )
    return found.one()


async def is_open(session: AsyncSession, tenant_id: UUID, sheet_id: UUID) -> bool:
    """Whether there is a file of a sheet."""
    found = await session.scalar(
        select(SEARCH.c.id).where(SEARCH.c.tenant_id == tenant_id, SEARCH.c.sheet_id == sheet_id)
    )
    return found is not None


async def open(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(SEARCH).values(tenant_id=tenant_id, **values))


async def in_vain(session: AsyncSession, tenant_id: UUID, sheet_id: UUID) -> bool:
    """Whether the search for whom a sheet is about did not find him."""
    found = await session.scalar(
        select(SEARCH.c.id).where(
            SEARCH.c.tenant_id == tenant_id,
            SEARCH.c.sheet_id == sheet_id,
            SEARCH.c.outcome == Outcome.NOT_FOUND,
        )
    )
    return found is not None


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    """Change columns of a search; its version grows."""
    await session.execute(
        update(SEARCH)
        .where(SEARCH.c.tenant_id == tenant_id, SEARCH.c.id == id)
        .values(**values, version=SEARCH.c.version + 1)
    )


async def add_entry(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(ENTRY).values(tenant_id=tenant_id, **values))


async def entry(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """A step: of which search, and whether it was taken back."""
    found = await session.execute(
        select(ENTRY.c.search_id, ENTRY.c.voided_on).where(
            ENTRY.c.tenant_id == tenant_id, ENTRY.c.id == id
        )
    )
    return found.one_or_none()


async def void_entry(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(ENTRY).where(ENTRY.c.tenant_id == tenant_id, ENTRY.c.id == id).values(**values)
    )


async def entries(session: AsyncSession, tenant_id: UUID, search_id: UUID) -> Sequence[Any]:
    """Every step of a search, void ones too, the earliest first, with who took it."""
    rows = await session.execute(
        select(ENTRY, Member.name)
        .join(Member, and_(Member.tenant_id == ENTRY.c.tenant_id, Member.id == ENTRY.c.by_id))
        .where(ENTRY.c.tenant_id == tenant_id, ENTRY.c.search_id == search_id)
        .order_by(ENTRY.c.happened_on, ENTRY.c.id)
    )
    return rows.all()


async def steps(session: AsyncSession, tenant_id: UUID, search_id: UUID) -> Steps:
    """By what ways somebody was searched; what was taken back counts for nothing."""
    rows = await session.execute(
        select(ENTRY.c.method, ENTRY.c.evidence)
        .where(
            ENTRY.c.tenant_id == tenant_id,
            ENTRY.c.search_id == search_id,
            ENTRY.c.voided_on.is_(None),
        )
        .distinct()
    )
    known = [(Method(method), Evidence(evidence)) for method, evidence in rows]
    return Steps({method for method, _ in known}, {evidence for _, evidence in known})


async def lost(session: AsyncSession, tenant_id: UUID, known: Audited) -> set[UUID]:
    """Who of the list of a branch is confirmed to be lost, and was not found since."""
    found = exists().where(
        SEARCH.c.tenant_id == ISSUE.c.tenant_id,
        SEARCH.c.sheet_id == ISSUE.c.sheet_id,
        SEARCH.c.outcome == Outcome.FOUND,
    )
    rows = await session.scalars(
        select(ISSUE.c.member_id).where(
            ISSUE.c.tenant_id == tenant_id,
            ISSUE.c.campaign_id == known.campaign_id,
            ISSUE.c.organization_id == known.organization_id,
            ISSUE.c.label == "lost",
            ISSUE.c.state == Judged.CONFIRMED,
            ~found,
        )
    )
    return {*rows}
