"""Notes of contact, and what they say of a case."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.notes import TOUCH, Note, NoteKind, Side
from zhibu_flow_members.tables import Card, CardReview
from zhibu_flow_members.tables import Note as Row


async def note(session: AsyncSession, tenant_id: UUID, id: UUID) -> Note | None:
    """One note, held until the act is over."""
    found = await session.execute(
        select(Row, Member.path, Organization.path)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .outerjoin(
            Organization,
            and_(Organization.tenant_id == Row.tenant_id, Organization.id == Row.host_id),
        )
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path, host_path = first
    return Note(
        id=row.id,
        case_id=row.case_id,
        member_id=row.member_id,
        path=path,
        host_path=host_path,
        kind=NoteKind(row.kind),
        side=Side(row.side),
        on=row.happened_on,
        voided_on=row.voided_on,
    )


async def told(
    session: AsyncSession, tenant_id: UUID, case_id: UUID, peer_note: UUID
) -> Note | None:
    """The note that another institution told of by this id."""
    id = await session.scalar(
        select(Row.id).where(
            Row.tenant_id == tenant_id, Row.case_id == case_id, Row.peer_note == peer_note
        )
    )
    return await note(session, tenant_id, id) if id else None


async def latest(
    session: AsyncSession, tenant_id: UUID, case_id: UUID, *, until: date | None = None
) -> dict[NoteKind, date]:
    """The latest day of each kind that was noted of a case and is not void, up to a day."""
    rows = await session.execute(
        select(Row.kind, func.max(Row.happened_on))
        .where(
            Row.tenant_id == tenant_id,
            Row.case_id == case_id,
            Row.voided_on.is_(None),
            *([Row.happened_on <= until] if until else []),
        )
        .group_by(Row.kind)
    )
    return {NoteKind(kind): day for kind, day in rows}


async def criticized(session: AsyncSession, tenant_id: UUID, case_id: UUID, before: date) -> bool:
    """Whether criticism was noted of a day before this one."""
    found = await session.scalar(
        select(Row.id)
        .where(
            Row.tenant_id == tenant_id,
            Row.case_id == case_id,
            Row.kind == NoteKind.CRITICISM,
            Row.voided_on.is_(None),
            Row.happened_on < before,
        )
        .limit(1)
    )
    return found is not None


async def reviewed_in(session: AsyncSession, tenant_id: UUID, case_id: UUID, year: int) -> bool:
    """Whether a card of the case was reviewed for a year."""
    found = await session.scalar(
        select(CardReview.id)
        .join(Card, and_(Card.tenant_id == CardReview.tenant_id, Card.id == CardReview.card_id))
        .where(CardReview.tenant_id == tenant_id, Card.case_id == case_id, CardReview.year == year)
        .limit(1)
    )
    return found is not None


def last_touch(latest: dict[NoteKind, date]) -> date | None:
    """The latest day on which he was in contact with either side."""
    return max((day for kind, day in latest.items() if kind in TOUCH), default=None)


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a note."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
