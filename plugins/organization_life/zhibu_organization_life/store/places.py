"""Places at meetings: who is invited, and how everybody is marked."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu.storage.upsert import insert_or
from zhibu_organization_life.rules.attendance import Place
from zhibu_organization_life.rules.catalogues import Leave, Presence, Via
from zhibu_organization_life.tables import Attendance

TABLE: Any = Attendance.__table__
MARKED = ("expected", "state", "reason", "via", "marked_by", "marked_at")
GRANTED = (*MARKED, "leave", "leave_reason", "decided_by")


async def places_of(
    session: AsyncSession, tenant_id: UUID, meetings: Collection[UUID]
) -> dict[tuple[UUID, UUID], Place]:
    """Everybody's place, by meeting and member."""
    rows = await session.scalars(
        select(Attendance)
        .where(Attendance.tenant_id == tenant_id, among(Attendance.meeting_id, "meetings"))
        .execution_options(populate_existing=True),
        {"meetings": sorted(set(meetings))},
    )
    return {(row.meeting_id, row.member_id): _place(row) for row in rows}


async def mark(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Write marks over what was marked; each row names every column but the tenant.

    What was asked and decided about leave stays, unless the mark itself grants it.
    """
    granting = [row for row in rows if row["leave"] is not None]
    await _upsert(session, tenant_id, granting, GRANTED)
    await _upsert(session, tenant_id, [row for row in rows if row["leave"] is None], MARKED)


async def invite(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Write who is invited, and who of those who have a place is expected; marks stay."""
    await _upsert(session, tenant_id, rows, ("expected",))


async def change(
    session: AsyncSession, tenant_id: UUID, meeting_id: UUID, member_id: UUID, **values: Any
) -> None:
    """Set columns of one place."""
    await session.execute(
        update(Attendance)
        .where(
            Attendance.tenant_id == tenant_id,
            Attendance.meeting_id == meeting_id,
            Attendance.member_id == member_id,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def remove(
    session: AsyncSession, tenant_id: UUID, meeting_id: UUID, members: Collection[UUID]
) -> None:
    """Take these members' places away."""
    await session.execute(
        delete(TABLE).where(
            TABLE.c.tenant_id == tenant_id,
            TABLE.c.meeting_id == meeting_id,
            among(TABLE.c.member_id, "members"),
        ),
        {"members": sorted(set(members))},
    )


async def listed(
    session: AsyncSession, tenant_id: UUID, meetings: Collection[UUID]
) -> Sequence[Any]:
    """Everybody with a place at these, as a register lists them: `name` beside the place."""
    rows = await session.execute(
        select(
            Attendance.meeting_id,
            Member.name,
            Attendance.expected,
            Attendance.state,
            Attendance.reason,
            Attendance.leave_reason,
        )
        .join(
            Member,
            (Member.tenant_id == Attendance.tenant_id) & (Member.id == Attendance.member_id),
        )
        .where(Attendance.tenant_id == tenant_id, among(Attendance.meeting_id, "meetings"))
        .order_by(Member.sort_name, Member.id),
        {"meetings": sorted(set(meetings))},
    )
    return rows.all()


async def _upsert(
    session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]], written: Sequence[str]
) -> None:
    if not rows:
        return
    statement = insert_or(session, TABLE)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "meeting_id", "member_id"],
            set_={name: statement.excluded[name] for name in written},
        ),
        [{"tenant_id": tenant_id, **row} for row in rows],
    )


def _place(row: Attendance) -> Place:
    return Place(
        member_id=row.member_id,
        expected=row.expected,
        presence=Presence(row.state),
        reason=row.reason,
        via=Via(row.via) if row.via else None,
        leave=Leave(row.leave) if row.leave else None,
        leave_reason=row.leave_reason,
    )
