"""What branches made known, checked, and whom they help."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_scoring.rules.help import Help, HelpOutcome
from zhibu_scoring.tables import ScoringCheck, ScoringHelp, ScoringPublication

PUBLICATIONS: Any = ScoringPublication.__table__
CHECKS: Any = ScoringCheck.__table__
HELPS: Any = ScoringHelp.__table__


async def publish(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(PUBLICATIONS).values(tenant_id=tenant_id, **values))


async def said(session: AsyncSession, tenant_id: UUID, table: Any, id: UUID) -> Any:
    """A row of `PUBLICATIONS` or `CHECKS`; None where there is none."""
    rows = await session.execute(
        select(table).where(table.c.tenant_id == tenant_id, table.c.id == id)
    )
    return rows.one_or_none()


async def withdraw(
    session: AsyncSession, tenant_id: UUID, table: Any, id: UUID, **values: Any
) -> None:
    """Say that such a row was withdrawn."""
    await session.execute(
        update(table).where(table.c.tenant_id == tenant_id, table.c.id == id).values(**values)
    )


async def check(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(CHECKS).values(tenant_id=tenant_id, **values))


async def checked(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> set[int]:
    """Which halves of a year a branch checked, by checks that stand."""
    rows = await session.scalars(
        select(CHECKS.c.half).where(
            CHECKS.c.tenant_id == tenant_id,
            CHECKS.c.organization_id == organization_id,
            CHECKS.c.year == year,
            CHECKS.c.withdrawn_on.is_(None),
        )
    )
    return set(rows)


async def plan(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(HELPS).values(tenant_id=tenant_id, **values))


async def helps_of(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> list[Help]:
    """Every plan of help of these members."""
    rows = await session.execute(
        select(HELPS).where(HELPS.c.tenant_id == tenant_id, among(HELPS.c.member_id, "members")),
        {"members": sorted(set(members))},
    )
    return [_help(row) for row in rows]


async def help_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> Help | None:
    """One plan of help; None where there is none."""
    rows = await session.execute(
        select(HELPS).where(HELPS.c.tenant_id == tenant_id, HELPS.c.id == id)
    )
    row = rows.one_or_none()
    return None if row is None else _help(row)


async def end_help(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Say what came of it."""
    await session.execute(
        update(HELPS).where(HELPS.c.tenant_id == tenant_id, HELPS.c.id == id).values(**values)
    )


def _help(row: Any) -> Help:
    return Help(
        id=row.id,
        member_id=row.member_id,
        year=row.year,
        outcome=HelpOutcome(row.outcome) if row.outcome else None,
    )
