"""What the two registers show, and where members away concentrate."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu_flow_members.store.stays import away
from zhibu_flow_members.tables import Case, Guest

MEMBERS: Any = Member.__table__
CASES: Any = Case.__table__
HOME: Any = Organization.__table__.alias("home")
HOST: Any = Organization.__table__.alias("host")


async def outgoing(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    first: date,
    last: date,
    *,
    most: int,
) -> Sequence[Any]:
    """Who of the branches at or below a path was away between two days, of those in the scope; one
    more than `most`.
    """
    here = [scope.bound(MEMBERS.c.path, CASES.c.member_id), *_below(Member.path, path)]
    return await _cases(session, tenant_id, here, first, last, most)


async def incoming(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    first: date,
    last: date,
    *,
    most: int,
) -> Sequence[Any]:
    """Who was taken in at or below a path between two days, where the scope is; one more than
    `most`.
    """
    here = [Case.host_id.is_not(None), scope.bound(HOST.c.path), *_below(HOST.c.path, path)]
    return await _cases(session, tenant_id, here, first, last, most)


async def guests(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    first: date,
    last: date,
    *,
    most: int,
) -> Sequence[Any]:
    """Who of other institutions was taken in there between two days; one more than `most`.

    The rows have what those of `incoming` have; who left by the word of the host has ended.
    """
    over = func.coalesce(Guest.ended_on, Guest.left_on)
    rows = await session.execute(
        select(Guest, over.label("over_on"), HOST.c.name, HOST.c.path)
        .join(HOST, and_(HOST.c.tenant_id == Guest.tenant_id, HOST.c.id == Guest.host_id))
        .where(
            Guest.tenant_id == tenant_id,
            Guest.withdrawn_on.is_(None),
            Guest.since <= last,
            or_(over.is_(None), over >= first),
            scope.bound(HOST.c.path),
            *_below(HOST.c.path, path),
        )
        .order_by(HOST.c.path, Guest.name, Guest.since, Guest.id)
        .limit(most + 1)
    )
    return [
        SimpleNamespace(
            Case=guest,
            name=guest.name,
            home_name=f"{guest.peer_name}{guest.home_branch}",
            host_name=name,
            host_path=host_path,
            ended_on=over_on,
        )
        for guest, over_on, name, host_path in rows
    ]


async def away_now(session: AsyncSession, tenant_id: UUID, path: str, today: date) -> Sequence[Any]:
    """Path, host and place of everybody who is away from branches at or below a path."""
    rows = await session.execute(
        select(
            Case.member_id, Member.path, Case.host_id, HOST.c.name.label("host_name"), Case.place
        )
        .join(Member, and_(Member.tenant_id == Case.tenant_id, Member.id == Case.member_id))
        .outerjoin(HOST, and_(HOST.c.tenant_id == Case.tenant_id, HOST.c.id == Case.host_id))
        .where(
            Case.tenant_id == tenant_id,
            away(today),
            Member.left_on.is_(None),
            *_below(Member.path, path),
        )
    )
    return rows.all()


async def _cases(
    session: AsyncSession, tenant_id: UUID, where: Sequence[Any], first: date, last: date, most: int
) -> Sequence[Any]:
    rows = await session.execute(
        select(
            Case,
            Member.name.label("name"),
            Member.path.label("path"),
            HOME.c.name.label("home_name"),
            HOST.c.name.label("host_name"),
            HOST.c.path.label("host_path"),
            Case.ended_on.label("ended_on"),
        )
        .join(Member, and_(Member.tenant_id == Case.tenant_id, Member.id == Case.member_id))
        .join(HOME, and_(HOME.c.tenant_id == Member.tenant_id, HOME.c.id == Member.organization_id))
        .outerjoin(HOST, and_(HOST.c.tenant_id == Case.tenant_id, HOST.c.id == Case.host_id))
        .where(
            Case.tenant_id == tenant_id,
            Case.voided_on.is_(None),
            Case.since <= last,
            or_(Case.ended_on.is_(None), Case.ended_on >= first),
            *where,
        )
        .order_by(Member.path, Member.sort_name, Member.id, Case.since, Case.id)
        .limit(most + 1)
    )
    return rows.all()


def _below(column: Any, path: str) -> list[Any]:
    return [column >= path, column < path[:-1] + "/"] if path else []
