"""Letters as they are kept, and their numbers."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_transfers.rules.letters import Letter, LetterState
from zhibu_transfers.tables import TransfersLetter

LETTERS: Any = TransfersLetter.__table__


async def hold_committee(session: AsyncSession, tenant_id: UUID, organization_id: UUID) -> None:
    """Let one act at a time number letters of the committee; on SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Organization.id)
        .where(Organization.tenant_id == tenant_id, Organization.id == organization_id)
        .with_for_update(key_share=True)
    )


async def last_serial(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> int:
    """The number of the committee's last letter of a year; 0 before the first."""
    found = await session.scalar(
        select(func.max(LETTERS.c.serial)).where(
            LETTERS.c.tenant_id == tenant_id,
            LETTERS.c.organization_id == organization_id,
            LETTERS.c.year == year,
        )
    )
    return found or 0


async def issue(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(LETTERS).values(tenant_id=tenant_id, **values))


async def in_force(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> Letter | None:
    """The letter of a transfer that is neither used nor void, expired or not."""
    return (await all_in_force(session, tenant_id, [case_id])).get(case_id)


async def all_in_force(
    session: AsyncSession, tenant_id: UUID, cases: Collection[UUID]
) -> dict[UUID, Letter]:
    """The letters in force of these transfers, by transfer."""
    rows = await session.execute(
        select(LETTERS).where(
            LETTERS.c.tenant_id == tenant_id,
            among(LETTERS.c.case_id, "cases"),
            LETTERS.c.state == LetterState.VALID,
        ),
        {"cases": sorted(cases)},
    )
    return {
        row.case_id: Letter(
            id=row.id,
            case_id=row.case_id,
            state=LetterState(row.state),
            number=f"{row.year}-{row.serial:04d}",
            issued_on=row.issued_on,
            valid_until=row.valid_until,
        )
        for row in rows
    }


async def first_issued(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> date | None:
    """When the first letter of a transfer was written; None where there is none."""
    found: date | None = await session.scalar(
        select(func.min(LETTERS.c.issued_on)).where(
            LETTERS.c.tenant_id == tenant_id, LETTERS.c.case_id == case_id
        )
    )
    return found


async def revive(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> bool:
    """Let the letter that a transfer used be in force again; whether there is one."""
    used = (
        LETTERS.c.tenant_id == tenant_id,
        LETTERS.c.case_id == case_id,
        LETTERS.c.state == LetterState.USED,
    )
    found = await session.execute(
        update(LETTERS)
        .where(*used)
        .values(state=LetterState.VALID, ended_on=None)
        .returning(LETTERS.c.id)
    )
    return found.one_or_none() is not None


async def end(
    session: AsyncSession, tenant_id: UUID, case_id: UUID, values: Mapping[str, Any]
) -> None:
    """Let the letter in force of a transfer be used, or void; where there is none, nothing."""
    await end_all(session, tenant_id, [case_id], values)


async def end_all(
    session: AsyncSession, tenant_id: UUID, cases: Collection[UUID], values: Mapping[str, Any]
) -> None:
    """The same for each of these transfers."""
    await session.execute(
        update(LETTERS)
        .where(
            LETTERS.c.tenant_id == tenant_id,
            among(LETTERS.c.case_id, "cases"),
            LETTERS.c.state == LetterState.VALID,
        )
        .values(**values),
        {"cases": sorted(cases)},
    )
