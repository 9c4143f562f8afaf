"""Who keeps contact with whom."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.liaisons import Liaison
from zhibu_flow_members.tables import Liaison as Row

KEEPS = "keeps"


async def liaison(session: AsyncSession, tenant_id: UUID, id: UUID) -> Liaison | None:
    """One of them, held until the act is over."""
    found = await session.execute(
        select(Row, Member.path)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path = first
    return Liaison(
        id=row.id,
        case_id=row.case_id,
        member_id=row.member_id,
        path=path,
        since=row.since,
        until=row.until,
    )


async def present(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> date | None:
    """Since when somebody keeps contact with whom a case is about."""
    found: date | None = await session.scalar(
        select(Row.since).where(
            Row.tenant_id == tenant_id, Row.case_id == case_id, Row.once == KEEPS
        )
    )
    return found


async def load(session: AsyncSession, tenant_id: UUID, liaison_id: UUID) -> int:
    """With how many a member keeps contact now."""
    found = await session.scalar(
        select(func.count()).where(
            Row.tenant_id == tenant_id, Row.liaison_id == liaison_id, Row.once == KEEPS
        )
    )
    return found or 0


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert one. Raises `DoneMeanwhile` where somebody else was assigned."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("case",)) from error


async def hold(session: AsyncSession, tenant_id: UUID, liaison_id: UUID) -> None:
    """Let one act at a time give a member somebody to keep contact with; on SQLite a writer is
    alone anyway."""
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Member.id)
        .where(Member.tenant_id == tenant_id, Member.id == liaison_id)
        .with_for_update(key_share=True)
    )


async def close(session: AsyncSession, tenant_id: UUID, case_id: UUID, on: date) -> None:
    """Nobody keeps contact any more with who is no longer away."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.case_id == case_id, Row.once == KEEPS)
        .values(until=case((Row.since > on, Row.since), else_=on), once=None, closed=True)
        .execution_options(synchronize_session=False)
    )


async def reopen(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> None:
    """Whoever kept contact when a stay was ended does so again."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.case_id == case_id, Row.closed)
        .values(until=None, once=KEEPS, closed=False)
        .execution_options(synchronize_session=False)
    )


async def end(session: AsyncSession, tenant_id: UUID, id: UUID, until: date) -> None:
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(until=until, once=None)
        .execution_options(synchronize_session=False)
    )
