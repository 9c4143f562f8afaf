"""Sessions and who attended them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.upsert import insert_or
from zhibu.storage.violations import unique_violation
from zhibu_education.errors import DoneMeanwhile
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import Presence, SessionState
from zhibu_education.store.chunks import chunks
from zhibu_education.tables import Attendance, PlanItem, Session, Teacher


@dataclass(frozen=True, kw_only=True)
class Marked:
    """How a member is marked at a session now."""

    presence: Presence
    hours: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Named:
    """A living member found by name."""

    id: UUID
    name: str
    path: str


async def session_of(
    session: AsyncSession, tenant_id: UUID, session_id: UUID, *, hold: bool = False
) -> rules.Session | None:
    """One session with its host's path; `hold` keeps others from changing it meanwhile."""
    found = await _sessions(session, tenant_id, Session.id == session_id, hold=hold)
    return found[0] if found else None


async def sessions_by_code(
    session: AsyncSession, tenant_id: UUID, codes: Collection[str], *, hold: bool = False
) -> dict[str, rules.Session]:
    """The sessions that have these codes."""
    found: dict[str, rules.Session] = {}
    for part in chunks(sorted(set(codes))):
        values = await _sessions(session, tenant_id, Session.code.in_(part), hold=hold)
        found |= {value.code: value for value in values}
    return found


async def sessions_below(
    session: AsyncSession, tenant_id: UUID, path: str, first: date, last: date
) -> list[rules.Session]:
    """Sessions at or below a path, between two days, that were not cancelled; in their order."""
    where = [Session.state != SessionState.CANCELLED, Session.held_on.between(first, last)]
    if path:
        where += [Organization.path >= path, Organization.path < path[:-1] + "/"]
    found = await _sessions(session, tenant_id, and_(*where))
    return sorted(found, key=lambda value: (value.held_on, value.code))


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert sessions; each row names every column but the tenant. Raises `DoneMeanwhile`."""
    if not rows:
        return
    try:
        await session.execute(insert(Session), [{"tenant_id": tenant_id, **row} for row in rows])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("code",)) from error


async def change(
    session: AsyncSession, tenant_id: UUID, changes: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """Set columns of sessions."""
    for session_id, values in changes.items():
        await session.execute(
            update(Session)
            .where(Session.tenant_id == tenant_id, Session.id == session_id)
            .values(**values, version=Session.version + 1)
            .execution_options(synchronize_session=False)
        )


async def settle(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> None:
    """Planned sessions that took place are held from now on."""
    for part in chunks(sorted(set(ids))):
        await session.execute(
            update(Session)
            .where(Session.tenant_id == tenant_id, Session.id.in_(part))
            .values(state=SessionState.HELD, version=Session.version + 1)
            .execution_options(synchronize_session=False)
        )


async def attendance(
    session: AsyncSession, tenant_id: UUID, sessions: Collection[UUID]
) -> dict[tuple[UUID, UUID], Marked]:
    """Who is marked how, by session and member."""
    found: dict[tuple[UUID, UUID], Marked] = {}
    for part in chunks(sorted(set(sessions))):
        rows = await session.execute(
            select(
                Attendance.session_id, Attendance.member_id, Attendance.state, Attendance.hours
            ).where(Attendance.tenant_id == tenant_id, Attendance.session_id.in_(part))
        )
        found |= {
            (at, member): Marked(presence=Presence(state), hours=hours)
            for at, member, state, hours in rows
        }
    return found


async def mark(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Write attendance over what was marked before; each row names id, session and member."""
    for part in chunks(rows):
        statement = insert_or(session, Attendance).values(
            [{"tenant_id": tenant_id, **row} for row in part]
        )
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "session_id", "member_id"],
                set_={name: statement.excluded[name] for name in ("state", "hours", "reason")},
            )
        )


async def unmark(session: AsyncSession, tenant_id: UUID, session_id: UUID, member_id: UUID) -> None:
    """Take a member's place in a session away."""
    await session.execute(
        delete(Attendance)
        .where(
            Attendance.tenant_id == tenant_id,
            Attendance.session_id == session_id,
            Attendance.member_id == member_id,
        )
        .execution_options(synchronize_session=False)
    )


async def known(
    session: AsyncSession, tenant_id: UUID, *, teacher: UUID | None, plan_item: UUID | None
) -> set[UUID]:
    """Those of these records that exist."""
    found: set[UUID] = set()
    for table, id in ((Teacher, teacher), (PlanItem, plan_item)):
        if id is not None:
            found |= set(
                await session.scalars(
                    select(table.id).where(table.tenant_id == tenant_id, table.id == id)
                )
            )
    return found


async def members_named(
    session: AsyncSession, tenant_id: UUID, names: Collection[str]
) -> list[Named]:
    """The living members of these names."""
    found: list[Named] = []
    for part in chunks(sorted(set(names))):
        rows = await session.execute(
            select(Member.id, Member.name, Member.path).where(
                Member.tenant_id == tenant_id, Member.name.in_(part), Member.left_on.is_(None)
            )
        )
        found += [Named(id=row.id, name=row.name, path=row.path) for row in rows]
    return found


async def _sessions(
    session: AsyncSession, tenant_id: UUID, where: Any, *, hold: bool = False
) -> list[rules.Session]:
    query = (
        select(Session, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == Session.tenant_id)
            & (Organization.id == Session.organization_id),
        )
        .where(Session.tenant_id == tenant_id, where)
        .order_by(Session.id)
        .execution_options(populate_existing=True)
    )
    if hold:
        # Not the key: whoever holds a member may add credits of the session meanwhile, which point
        # to it, and would wait for us as we for the member.
        query = query.with_for_update(of=Session, key_share=True)
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
            kind=row.kind,
            topic=row.topic,
            channel=row.channel,
            place=row.place,
            teacher_name=row.teacher_name,
            state=SessionState(row.state),
            version=row.version,
            withdrawn_on=row.withdrawn_on,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row, path in await session.execute(query)
    ]
