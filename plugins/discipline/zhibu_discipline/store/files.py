"""Checks of members' files as they are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu_discipline.rules.files import Condition, FileCheck, FileLine, FileState
from zhibu_discipline.tables import DisciplineFileCheck, DisciplineFileDocument

CHECKS: Any = DisciplineFileCheck.__table__
DOCUMENTS: Any = DisciplineFileDocument.__table__
_COLUMNS = [CHECKS.c[field.name] for field in fields(FileCheck)]


async def open(
    session: AsyncSession,
    tenant_id: UUID,
    values: Mapping[str, Any],
    documents: Sequence[Mapping[str, Any]],
) -> None:
    await session.execute(insert(CHECKS).values(tenant_id=tenant_id, **values))
    await _write(session, tenant_id, documents)


async def place(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Whose check it is, and the path of his branch now; None where there is none."""
    found = await session.execute(
        select(CHECKS.c.member_id, Member.path)
        .join(Member, and_(Member.tenant_id == CHECKS.c.tenant_id, Member.id == CHECKS.c.member_id))
        .where(CHECKS.c.tenant_id == tenant_id, CHECKS.c.id == id)
    )
    return found.one_or_none()


async def check(session: AsyncSession, tenant_id: UUID, id: UUID) -> FileCheck:
    """One check that is there. Its member is held: of each member one check counts."""
    found = await session.execute(
        select(*_COLUMNS).where(CHECKS.c.tenant_id == tenant_id, CHECKS.c.id == id)
    )
    return _check(found.one())


async def standing(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> FileCheck | None:
    """The check of a member that counts."""
    found = await session.execute(
        select(*_COLUMNS).where(
            CHECKS.c.tenant_id == tenant_id,
            CHECKS.c.member_id == member_id,
            CHECKS.c.state == FileState.STANDING,
        )
    )
    row = found.one_or_none()
    return None if row is None else _check(row)


async def lines(session: AsyncSession, tenant_id: UUID, check_id: UUID) -> Sequence[FileLine]:
    """The documents of a check, in the order of the list."""
    rows = await session.execute(
        select(*(DOCUMENTS.c[field.name] for field in fields(FileLine)))
        .where(DOCUMENTS.c.tenant_id == tenant_id, DOCUMENTS.c.check_id == check_id)
        .order_by(DOCUMENTS.c.position)
    )
    return [FileLine(**{**row._mapping, "condition": Condition(row.condition)}) for row in rows]


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(CHECKS)
        .where(CHECKS.c.tenant_id == tenant_id, CHECKS.c.id == id)
        .values(**values, version=CHECKS.c.version + 1)
    )


async def rewrite(
    session: AsyncSession,
    tenant_id: UUID,
    check_id: UUID,
    documents: Sequence[Mapping[str, Any]],
) -> None:
    """Let a check say this of its documents, and nothing else."""
    await session.execute(
        delete(DOCUMENTS).where(
            DOCUMENTS.c.tenant_id == tenant_id, DOCUMENTS.c.check_id == check_id
        )
    )
    await _write(session, tenant_id, documents)


async def repair(
    session: AsyncSession,
    tenant_id: UUID,
    check_id: UUID,
    document: str,
    values: Mapping[str, Any],
) -> None:
    await session.execute(
        update(DOCUMENTS)
        .where(
            DOCUMENTS.c.tenant_id == tenant_id,
            DOCUMENTS.c.check_id == check_id,
            DOCUMENTS.c.document == document,
        )
        .values(**values)
    )


async def standings(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Any]:
    """What the checks that count say of these members in sum, in one statement."""
    rows = await session.execute(
        select(
            CHECKS.c.member_id, CHECKS.c.missing, CHECKS.c.doubtful, CHECKS.c.completed_on
        ).where(
            CHECKS.c.tenant_id == tenant_id,
            among(CHECKS.c.member_id, "members"),
            CHECKS.c.state == FileState.STANDING,
        ),
        {"members": sorted(members)},
    )
    return rows.all()


async def _write(
    session: AsyncSession, tenant_id: UUID, documents: Sequence[Mapping[str, Any]]
) -> None:
    if documents:
        rows = [{"tenant_id": tenant_id, **each} for each in documents]
        await session.execute(insert(DOCUMENTS), rows)


def _check(row: Any) -> FileCheck:
    given = {field.name: getattr(row, field.name) for field in fields(FileCheck)}
    return FileCheck(**{**given, "state": FileState(row.state)})
