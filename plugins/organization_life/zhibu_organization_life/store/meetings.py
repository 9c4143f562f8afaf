"""Meetings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.violations import unique_violation
from zhibu_organization_life.errors import DoneMeanwhile
from zhibu_organization_life.rules.catalogues import Kind, State
from zhibu_organization_life.rules.meetings import Details, Meeting
from zhibu_organization_life.store.people import any_at_or_below
from zhibu_organization_life.tables import Meeting as Row


async def meeting_of(
    session: AsyncSession, tenant_id: UUID, meeting_id: UUID, *, hold: bool = False
) -> Meeting | None:
    """One meeting with its host's path; `hold` keeps others from changing it meanwhile."""
    found = await _meetings(session, tenant_id, Row.id == meeting_id, hold=hold)
    return found[0] if found else None


async def meetings_by_code(
    session: AsyncSession, tenant_id: UUID, codes: Collection[str], *, hold: bool = False
) -> dict[str, Meeting]:
    """The meetings that have these codes."""
    these = among(Row.code, "codes")
    found = await _meetings(session, tenant_id, these, hold=hold, codes=sorted(set(codes)))
    return {value.code: value for value in found}


async def meetings_by_digest(session: AsyncSession, tenant_id: UUID, digest: str) -> list[Meeting]:
    """The meetings whose check-in code has this digest, held: a check-in is about to follow."""
    return await _meetings(session, tenant_id, Row.code_digest == digest, hold=True)


async def planned_for(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], since: date
) -> list[Meeting]:
    """Planned meetings, from a day on, of every unit at or above one of these members' units."""
    call = _PLANNED_FOR(tenant=tenant_id, since=since, members=sorted(set(members)))
    (rows,) = await run(session, call)
    if not rows:
        return []
    where = and_(Row.state == State.PLANNED, among(Row.id, "ids"))
    return await _meetings(session, tenant_id, where, hold=True, ids=[row.id for row in rows])


async def meetings_below(
    session: AsyncSession, tenant_id: UUID, path: str, first: date, last: date
) -> list[Meeting]:
    """Meetings at or below a path, between two days, that were not cancelled; in their order."""
    where = [Row.state != State.CANCELLED, Row.held_on.between(first, last)]
    if path:
        where += [Organization.path >= path, Organization.path < path[:-1] + "/"]
    found = await _meetings(session, tenant_id, and_(*where))
    return sorted(found, key=lambda value: (value.held_on, value.code))


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert meetings; each row names every column but the tenant. Raises `DoneMeanwhile`."""
    if not rows:
        return
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row} for row in rows])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("code",)) from error


async def change(
    session: AsyncSession, tenant_id: UUID, changes: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """Set columns of meetings; their versions grow."""
    for meeting_id, values in changes.items():
        await session.execute(
            update(Row)
            .where(Row.tenant_id == tenant_id, Row.id == meeting_id)
            .values(**values, version=Row.version + 1)
            .execution_options(synchronize_session=False)
        )


def columns_of(details: Details) -> dict[str, Any]:
    """The details as columns."""
    return {**asdict(details), "contents": " ".join(details.contents) or None}


_TENANT: Any = bindparam("tenant", type_=Uuid())
_PLANNED_FOR = Fixed(
    select(Row.id)
    .join(
        Organization,
        and_(Organization.tenant_id == _TENANT, Organization.id == Row.organization_id),
    )
    .where(
        Row.tenant_id == _TENANT,
        Row.state == State.PLANNED,
        Row.held_on >= bindparam("since", type_=Date()),
        any_at_or_below(_TENANT, Organization.path),
    )
    .order_by(Row.id)
)


async def _meetings(
    session: AsyncSession, tenant_id: UUID, where: Any, *, hold: bool = False, **these: Any
) -> list[Meeting]:
    query = (
        select(Row, Organization.path, Organization.kind)
        .join(
            Organization,
            and_(
                Organization.tenant_id == Row.tenant_id,
                Organization.id == Row.organization_id,
            ),
        )
        .where(Row.tenant_id == tenant_id, where)
        .order_by(Row.id)
        .execution_options(populate_existing=True)
    )
    if hold:
        query = query.with_for_update(of=Row, key_share=True)
    return [_meeting(*row) for row in await session.execute(query, these)]


def _meeting(row: Row, path: str, unit_kind: str) -> Meeting:
    return Meeting(
        id=row.id,
        organization_id=row.organization_id,
        path=path,
        unit_kind=unit_kind,
        code=row.code,
        kind=Kind(row.kind),
        details=Details(
            title=row.title,
            held_on=row.held_on,
            begins=row.begins,
            place=row.place,
            agenda=row.agenda,
            contents=tuple((row.contents or "").split()),
            hours=row.hours,
            chair_id=row.chair_id,
            lecturer_id=row.lecturer_id,
            lecturer_name=row.lecturer_name,
        ),
        state=State(row.state),
        late_reason=row.late_reason,
        code_digest=row.code_digest,
        code_until=row.code_until,
        version=row.version,
    )
