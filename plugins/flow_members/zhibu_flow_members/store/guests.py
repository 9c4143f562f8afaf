"""Guests from other institutions, and what is noted of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.guests import Guest, GuestNote, GuestState
from zhibu_flow_members.rules.notes import Channel, Conduct, NoteKind, Wanted
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.tables import Guest as Row
from zhibu_flow_members.tables import GuestNote as NoteRow

HOST: Any = Organization.__table__.alias("host")
RECEIVER: Any = Organization.__table__.alias("receiver")
SAME = tuple(
    name
    for name in Guest.__dataclass_fields__
    if name not in ("path", "receiver_path", "host_name", "state", "paper")
)


async def guest(session: AsyncSession, tenant_id: UUID, id: UUID) -> Guest | None:
    """One guest, held until the act is over."""
    found = await _held(session, tenant_id, Row.id == id)
    return found[0] if found else None


async def about(session: AsyncSession, tenant_id: UUID, code: str, matter: UUID) -> Guest | None:
    """The stay that another institution calls by this id, held."""
    found = await _held(session, tenant_id, and_(Row.peer_code == code, Row.about == matter))
    return found[0] if found else None


async def others(
    session: AsyncSession, tenant_id: UUID, code: str, member: UUID, matter: UUID
) -> Sequence[Guest]:
    """The other stays of the same person of another institution that are not over, held."""
    same = and_(Row.peer_code == code, Row.peer_member == member, Row.about != matter)
    goes_on = and_(Row.ended_on.is_(None), Row.withdrawn_on.is_(None), Row.left_on.is_(None))
    return await _held(session, tenant_id, and_(same, goes_on))


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a guest; its version grows."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values, version=Row.version + 1)
        .execution_options(synchronize_session=False)
    )


async def note(session: AsyncSession, tenant_id: UUID, id: UUID) -> GuestNote | None:
    """One note, held until the act is over."""
    found = await session.execute(
        select(NoteRow, Organization.path)
        .join(
            Organization,
            and_(Organization.tenant_id == NoteRow.tenant_id, Organization.id == NoteRow.host_id),
        )
        .where(NoteRow.tenant_id == tenant_id, NoteRow.id == id)
        .with_for_update(of=NoteRow, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path = first
    return GuestNote(
        id=row.id,
        guest_id=row.guest_id,
        path=path,
        kind=NoteKind(row.kind),
        on=row.happened_on,
        voided_on=row.voided_on,
    )


async def noted(session: AsyncSession, tenant_id: UUID, id: UUID) -> Wanted:
    """What a note says."""
    row = (
        await session.scalars(
            select(NoteRow).where(NoteRow.tenant_id == tenant_id, NoteRow.id == id)
        )
    ).one()
    return Wanted(
        kind=NoteKind(row.kind),
        channel=Channel(row.channel),
        on=row.happened_on,
        text=row.text,
        grade=Conduct(row.grade) if row.grade else None,
        reason=row.reason,
    )


async def add_note(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(NoteRow), [{"tenant_id": tenant_id, **row}])


async def change_note(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a note."""
    await session.execute(
        update(NoteRow)
        .where(NoteRow.tenant_id == tenant_id, NoteRow.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def forget_notes(session: AsyncSession, tenant_id: UUID, guest_id: UUID, text: str) -> None:
    """What was noted of somebody who is erased is not kept; that it was noted is."""
    await session.execute(
        update(NoteRow)
        .where(NoteRow.tenant_id == tenant_id, NoteRow.guest_id == guest_id)
        .values(text=text, reason=None, void_reason=None)
        .execution_options(synchronize_session=False)
    )


async def _held(session: AsyncSession, tenant_id: UUID, asked: Any) -> Sequence[Guest]:
    rows = await session.execute(
        select(Row, RECEIVER.c.path, HOST.c.path, HOST.c.name)
        .join(
            RECEIVER, and_(RECEIVER.c.tenant_id == Row.tenant_id, RECEIVER.c.id == Row.receiver_id)
        )
        .outerjoin(HOST, and_(HOST.c.tenant_id == Row.tenant_id, HOST.c.id == Row.host_id))
        .where(Row.tenant_id == tenant_id, asked)
        .order_by(Row.id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    return [_guest(*row) for row in rows]


def _guest(row: Row, receiver_path: str, host_path: str | None, host_name: str | None) -> Guest:
    return Guest(
        path=host_path or receiver_path,
        receiver_path=receiver_path,
        host_name=host_name,
        state=GuestState(row.state),
        paper=Paper(row.paper),
        **{name: getattr(row, name) for name in SAME},
    )
