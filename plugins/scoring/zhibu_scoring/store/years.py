"""Years of branches, and what members' years came to."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.upsert import insert_or
from zhibu_scoring.rules.results import Result
from zhibu_scoring.rules.years import APPROVED, Stand, Year
from zhibu_scoring.tables import ScoringResult, ScoringYear

YEARS: Any = ScoringYear.__table__
RESULTS: Any = ScoringResult.__table__
SAME = ("base", "plus", "minus", "vetoed", "veto_reason", "total", "rank", "mark", "ground")
KEPT = (*SAME, "eligible", "low", "behind")


async def hold(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> None:
    """Let one act at a time change a branch's year. On SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name != "sqlite":
        await session.execute(
            select(Organization.id)
            .where(Organization.tenant_id == tenant_id, Organization.id == organization_id)
            .with_for_update(key_share=True)
        )


async def year(session: AsyncSession, tenant_id: UUID, id: UUID) -> Year | None:
    """One branch's year; None where there is none."""
    return await _year(session, tenant_id, YEARS.c.id == id)


async def year_of(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> Year | None:
    """What a branch made of a year; None before it was drawn up."""
    where = (YEARS.c.organization_id == organization_id) & (YEARS.c.year == year)
    return await _year(session, tenant_id, where)


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(YEARS).values(tenant_id=tenant_id, **values))


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a branch's year."""
    await session.execute(
        update(YEARS).where(YEARS.c.tenant_id == tenant_id, YEARS.c.id == id).values(**values)
    )


async def results_of(session: AsyncSession, tenant_id: UUID, year_id: UUID) -> Sequence[Any]:
    """What a branch's members came to, the highest first."""
    rows = await session.execute(
        select(RESULTS)
        .where(RESULTS.c.tenant_id == tenant_id, RESULTS.c.year_id == year_id)
        .order_by(RESULTS.c.rank.is_(None), RESULTS.c.rank, RESULTS.c.member_id)
    )
    return rows.all()


async def approved(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], years: Collection[int]
) -> Sequence[Any]:
    """What these members came to in years that the level above approved, the latest first."""
    rows = await session.execute(
        select(RESULTS)
        .join(YEARS, (YEARS.c.tenant_id == tenant_id) & (YEARS.c.id == RESULTS.c.year_id))
        .where(
            RESULTS.c.tenant_id == tenant_id,
            among(RESULTS.c.member_id, "members"),
            RESULTS.c.year.in_(sorted(years)),
            YEARS.c.stand.in_(APPROVED),
        )
        .order_by(RESULTS.c.year.desc(), RESULTS.c.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def forget(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Take out what was drawn up before."""
    await session.execute(
        delete(RESULTS).where(RESULTS.c.tenant_id == tenant_id, RESULTS.c.year_id == id)
    )


async def release(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], years: Collection[UUID]
) -> None:
    """Take these members out of years that their branches gave up."""
    await session.execute(
        delete(RESULTS).where(
            RESULTS.c.tenant_id == tenant_id,
            among(RESULTS.c.member_id, "members"),
            among(RESULTS.c.year_id, "years"),
        ),
        {"members": sorted(set(members)), "years": sorted(set(years))},
    )


async def keep(
    session: AsyncSession, tenant_id: UUID, id: UUID, year: int, found: Sequence[Result]
) -> None:
    """Write what a branch's members came to."""
    if found:
        await session.execute(
            insert(RESULTS),
            [
                {
                    "tenant_id": tenant_id,
                    "id": new_id(),
                    "year_id": id,
                    "member_id": each.member_id,
                    "year": year,
                    **{name: getattr(each, name) for name in KEPT},
                }
                for each in found
            ],
        )


async def correct(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Write whole rows of a branch's year over what was drawn up, in one statement."""
    statement = insert_or(session, RESULTS).values(rows)
    keys = ["tenant_id", "year_id", "member_id"]
    new = {name: statement.excluded[name] for name in (*KEPT, "corrected_on", "correction")}
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=new))


async def _year(session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool]) -> Year | None:
    rows = await session.execute(select(YEARS).where(YEARS.c.tenant_id == tenant_id, where))
    row = rows.one_or_none()
    if row is None:
        return None
    return Year(
        id=row.id,
        organization_id=row.organization_id,
        year=row.year,
        stand=Stand(row.stand),
        drawn_up_on=row.drawn_up_on,
        held_on=row.held_on,
        decided_by=row.decided_by,
        reviewed_on=row.reviewed_on,
        noticed_on=row.noticed_on,
        notice_until=row.notice_until,
        noticed_late=row.noticed_late_reason is not None,
        reopened=row.reopened_on is not None,
    )
