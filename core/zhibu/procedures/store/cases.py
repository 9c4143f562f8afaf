"""Procedures, their steps and documents."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.procedures.rules.values import Case, Entry
from zhibu.procedures.tables import Procedure, ProcedureDocument, ProcedureStep
from zhibu.storage.upsert import insert_or

_CASES: Any = Procedure.__table__
_STEPS: Any = ProcedureStep.__table__
_DOCUMENTS: Any = ProcedureDocument.__table__
_CASE = [column for column in _CASES.c if column.name != "tenant_id"]
_STEP = [column for column in _STEPS.c if column.name != "tenant_id"]


async def case(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, hold: bool = True
) -> Case | None:
    """The procedure, held until the transaction ends: what is decided on it waits its turn.

    A vote does not hold it; many are cast at once.
    """
    query = select(*_CASE).where(_CASES.c.tenant_id == tenant_id, _CASES.c.id == id)
    row = (await session.execute(query.with_for_update() if hold else query)).one_or_none()
    return Case(**row._mapping) if row else None


async def add_case(session: AsyncSession, tenant_id: UUID, added: Case) -> None:
    """Raises `IntegrityError` when one of its kind is under way about the same subject."""
    await session.execute(insert(_CASES).values({**vars(added), "tenant_id": tenant_id}))


async def erase_proposed(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase what was sealed with proposals about these members that are over."""
    c = _CASES.c
    over = and_(c.tenant_id == tenant_id, c.member_id.in_(members), c.ended_on.is_not(None))
    await session.execute(update(_CASES).where(over).values(sealed=None))


async def save_case(
    session: AsyncSession, tenant_id: UUID, before: Case, values: Mapping[str, Any]
) -> bool:
    """Write what changed; False when somebody else has changed it meanwhile."""
    done = await session.execute(
        update(_CASES)
        .where(
            _CASES.c.tenant_id == tenant_id,
            _CASES.c.id == before.id,
            _CASES.c.version == before.version,
        )
        .values({**values, "version": before.version + 1})
        .returning(_CASES.c.id)
    )
    return done.first() is not None


async def procedure_of_step(session: AsyncSession, tenant_id: UUID, id: UUID) -> UUID | None:
    query = select(_STEPS.c.procedure_id).where(_STEPS.c.tenant_id == tenant_id, _STEPS.c.id == id)
    return (await session.execute(query)).scalar_one_or_none()


async def steps(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> list[Entry]:
    """Every time it was at a step, in order."""
    query = (
        select(*_STEP)
        .where(_STEPS.c.tenant_id == tenant_id, _STEPS.c.procedure_id == procedure_id)
        .order_by(_STEPS.c.number)
    )
    return [Entry(**row._mapping) for row in await session.execute(query)]


async def add_step(session: AsyncSession, tenant_id: UUID, added: Entry) -> None:
    await session.execute(insert(_STEPS).values({**vars(added), "tenant_id": tenant_id}))


async def save_step(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(_STEPS).where(_STEPS.c.tenant_id == tenant_id, _STEPS.c.id == id).values(values)
    )


async def document_kinds(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> set[str]:
    """The kinds of documents that are there."""
    query = select(_DOCUMENTS.c.kind).where(
        _DOCUMENTS.c.tenant_id == tenant_id, _DOCUMENTS.c.procedure_id == procedure_id
    )
    return set((await session.execute(query)).scalars())


async def add_document(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> bool:
    """False when the same file is there as the same kind already."""
    added = await session.execute(
        insert_or(session, _DOCUMENTS)
        .values({**values, "tenant_id": tenant_id})
        .on_conflict_do_nothing()
        .returning(_DOCUMENTS.c.id)
    )
    return added.first() is not None
