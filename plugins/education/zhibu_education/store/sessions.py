"""Sessions and who attended them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import Presence, SessionState
from zhibu_education.tables import Attendance, Session

CHUNK = 500


async def session_of(
    session: AsyncSession, tenant_id: UUID, session_id: UUID
) -> rules.Session | None:
    """One session with its host's path."""
    found = await _sessions(session, tenant_id, Session.id == session_id)
    return found[0] if found else None


async def sessions_by_code(
    session: AsyncSession, tenant_id: UUID, codes: Collection[str]
) -> dict[str, rules.Session]:
    """The sessions that have these codes."""
    found: dict[str, rules.Session] = {}
    wanted = list(codes)
    for start in range(0, len(wanted), CHUNK):
        part = await _sessions(session, tenant_id, Session.code.in_(wanted[start : start + CHUNK]))
        found |= {value.code: value for value in part}
    return found


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert sessions; each row names every column but the tenant."""
    if rows:
        await session.execute(insert(Session), [{"tenant_id": tenant_id, **row} for row in rows])


async def change(
    session: AsyncSession, tenant_id: UUID, session_id: UUID, values: dict[str, Any]
) -> None:
    """Set columns of one session."""
    await session.execute(
        update(Session)
        .where(Session.tenant_id == tenant_id, Session.id == session_id)
        .values(**values, version=Session.version + 1)
        .execution_options(synchronize_session=False)
    )


async def attendance(
    session: AsyncSession, tenant_id: UUID, session_id: UUID
) -> dict[UUID, Presence]:
    """Who is marked how, by member."""
    rows = await session.execute(
        select(Attendance.member_id, Attendance.state).where(
            Attendance.tenant_id == tenant_id, Attendance.session_id == session_id
        )
    )
    return {member: Presence(state) for member, state in rows}


async def mark(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Write attendance over what was marked before; each row names id, session and member."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for start in range(0, len(rows), CHUNK):
        part = [{"tenant_id": tenant_id, **row} for row in rows[start : start + CHUNK]]
        statement = dialect.insert(Attendance).values(part)
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "session_id", "member_id"],
                set_={name: statement.excluded[name] for name in ("state", "hours", "reason")},
            )
        )


async def _sessions(session: AsyncSession, tenant_id: UUID, where: Any) -> list[rules.Session]:
    rows = await session.execute(
        select(Session, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == Session.tenant_id)
            & (Organization.id == Session.organization_id),
        )
        .where(Session.tenant_id == tenant_id, where)
    )
    return [
        rules.Session(
            id=row.id,
            organization_id=row.organization_id,
            path=path,
            code=row.code,
            title=row.title,
            held_on=row.held_on,
            hours=row.hours,
            form=row.form,
            topic=row.topic,
            channel=row.channel,
            state=SessionState(row.state),
            version=row.version,
        )
        for row, path in rows
    ]
