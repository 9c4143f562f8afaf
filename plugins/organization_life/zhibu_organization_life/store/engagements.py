"""What members take on."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu.storage.violations import unique_violation
from zhibu_organization_life.errors import DoneMeanwhile
from zhibu_organization_life.rules.engagements import Engaged, Engagement, Terms
from zhibu_organization_life.tables import Engagement as Row


async def engagement(session: AsyncSession, tenant_id: UUID, id: UUID) -> Engagement | None:
    """One record, held until the act is over."""
    row = await session.scalar(
        select(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return _engagement(row) if row else None


async def taken(session: AsyncSession, tenant_id: UUID, member_id: UUID, once: str | None) -> bool:
    """Whether the member has what there is only one of."""
    if once is None:
        return False
    found = await session.scalar(
        select(Row.id).where(
            Row.tenant_id == tenant_id, Row.member_id == member_id, Row.once == once
        )
    )
    return found is not None


async def letters_kept(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    first: Any,
    last: Any,
) -> set[tuple[UUID, int]]:
    """Of whom a letter was fulfilled, and of which year, between two days."""
    rows = await session.execute(
        select(Row.member_id, Row.since).where(
            Row.tenant_id == tenant_id,
            among(Row.member_id, "members"),
            Row.kind == Engaged.LETTER,
            Row.voided_on.is_(None),
            Row.fulfilled_on.is_not(None),
            Row.since.between(first, last),
        ),
        {"members": sorted(set(members))},
    )
    return {(member_id, since.year) for member_id, since in rows}


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[Engagement]:
    """Everything these took on that is not void."""
    rows = await session.scalars(
        select(Row).where(
            Row.tenant_id == tenant_id,
            among(Row.member_id, "members"),
            Row.voided_on.is_(None),
        ),
        {"members": sorted(set(members))},
    )
    return [_engagement(row) for row in rows]


async def kinds_of(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, first: date, last: date
) -> set[Engaged]:
    """The kinds of what a member had taken on between two days, voided ones left out."""
    rows = await session.scalars(
        select(Row.kind).where(
            Row.tenant_id == tenant_id,
            Row.member_id == member_id,
            Row.voided_on.is_(None),
            Row.since <= last,
            or_(Row.until.is_(None), Row.until > first),
        )
    )
    return {Engaged(kind) for kind in rows}


async def add(session: AsyncSession, tenant_id: UUID, *rows: dict[str, Any]) -> None:
    """Insert records. Raises `DoneMeanwhile` where somebody recorded the same letter."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row} for row in rows])
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a record; its version grows. Raises `DoneMeanwhile`."""
    try:
        await session.execute(
            update(Row)
            .where(Row.tenant_id == tenant_id, Row.id == id)
            .values(**values, version=Row.version + 1)
            .execution_options(synchronize_session=False)
        )
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def engagements_below(
    session: AsyncSession, tenant_id: UUID, path: str, first: Any, last: Any
) -> Sequence[Any]:
    """What members at or below a path took on between two days, without what is void."""
    where = [Row.tenant_id == tenant_id, Row.voided_on.is_(None), Row.since.between(first, last)]
    if path:
        where += [Member.path >= path, Member.path < path[:-1] + "/"]
    columns = (getattr(Row, name) for name in SHOWN)
    rows = await session.execute(
        select(*columns, Member.path)
        .join(Member, (Member.tenant_id == Row.tenant_id) & (Member.id == Row.member_id))
        .where(*where)
        .order_by(Member.path, Member.sort_name, Member.id, Row.kind, Row.since, Row.id)
    )
    return rows.all()


SHOWN = (
    *("member_id", "kind", "title", "details", "since", "until", "hours", "result"),
    *("fulfilled_on", "late_reason"),
)


def _meanwhile(error: IntegrityError) -> Exception:
    if unique_violation(error) is None:
        return error
    return DoneMeanwhile(path=("since",))


def _engagement(row: Row) -> Engagement:
    return Engagement(
        id=row.id,
        member_id=row.member_id,
        kind=Engaged(row.kind),
        terms=Terms(
            title=row.title,
            since=row.since,
            details=row.details,
            until=row.until,
            hours=row.hours,
        ),
        fulfilled_on=row.fulfilled_on,
        result=row.result,
        voided_on=row.voided_on,
        version=row.version,
    )
