"""Certificates as far as deciding about them needs."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_education.rules.certificates import Certificate as Value
from zhibu_education.store.chunks import chunks
from zhibu_education.tables import Certificate

_VALUE = (
    Certificate.id,
    Certificate.member_id,
    Certificate.serial,
    Certificate.hours,
    Certificate.uncovered_on,
    Certificate.kept_verified,
    Certificate.kept_required,
)


async def valid_of(
    session: AsyncSession, tenant_id: UUID, year: int, members: Collection[UUID]
) -> list[Value]:
    """The valid certificates of these members' year."""
    found: list[Value] = []
    for part in chunks(sorted(members)):
        rows = await session.execute(
            select(*_VALUE).where(
                Certificate.tenant_id == tenant_id,
                Certificate.year == year,
                Certificate.member_id.in_(part),
                Certificate.voided_on.is_(None),
            )
        )
        found += [Value(**row._mapping) for row in rows]
    return found


async def certificate(session: AsyncSession, tenant_id: UUID, id: UUID) -> Value | None:
    """One certificate, a void one too."""
    rows = await session.execute(
        select(*_VALUE).where(Certificate.tenant_id == tenant_id, Certificate.id == id)
    )
    row = rows.first()
    return None if row is None else Value(**row._mapping)


async def wait(session: AsyncSession, tenant_id: UUID, since: Mapping[UUID, date | None]) -> None:
    """Since when certificates wait for a decision, or that they do not."""
    for day in sorted(set(since.values()), key=str):
        ids = sorted(id for id, each in since.items() if each == day)
        for part in chunks(ids):
            await session.execute(
                update(Certificate)
                .where(Certificate.tenant_id == tenant_id, Certificate.id.in_(part))
                .values(uncovered_on=day)
                .execution_options(synchronize_session=False)
            )
