"""Cases."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.papers import Certainty, Paper
from zhibu_flow_members.rules.stays import Stay
from zhibu_flow_members.rules.values import (
    Case,
    Ending,
    Ground,
    Peer,
    PeerState,
    Terms,
    Verification,
)
from zhibu_flow_members.tables import Case as Row

TABLE: Any = Row.__table__
AWAY = "away"
HOSTED = fields(Verification)


async def case(session: AsyncSession, tenant_id: UUID, id: UUID) -> Case | None:
    """One case, held until the act is over."""
    found = await _held(session, tenant_id, Row.id == id)
    return found[0] if found else None


async def unended(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Case]:
    """What is not ended of these members' cases, held."""
    asked = and_(among(TABLE.c.member_id, "members"), Row.once.is_not(None))
    return await _held(session, tenant_id, asked, members=sorted(members))


async def transferred_to(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, host_id: UUID
) -> Sequence[Case]:
    """What of a member's cases ended with his transfer to who took him in, held."""
    ended = and_(Row.ending == Ending.TRANSFERRED, Row.voided_on.is_(None))
    asked = and_(Row.member_id == member_id, Row.host_id == host_id, ended)
    return await _held(session, tenant_id, asked)


async def ended_by_leaving(
    session: AsyncSession, tenant_id: UUID, member_id: UUID
) -> Sequence[Case]:
    """What of a member's cases ended when he left, or went over to another institution, held."""
    how = Row.ending.in_((Ending.LEFT, Ending.TRANSFERRED))
    asked = and_(Row.member_id == member_id, how, Row.voided_on.is_(None))
    return await _held(session, tenant_id, asked)


async def peered(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Case]:
    """These members' cases of which another institution was told, held."""
    asked = and_(among(TABLE.c.member_id, "members"), Row.peer_code.is_not(None))
    return await _held(session, tenant_id, asked, members=sorted(members))


async def stays(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, *, besides: UUID | None = None
) -> list[Stay]:
    """Every stay of a member that is not void, but one."""
    rows = await session.execute(
        select(Row.since, Row.until, Row.ended_on, Row.place).where(
            Row.tenant_id == tenant_id,
            Row.member_id == member_id,
            Row.voided_on.is_(None),
            *([Row.id != besides] if besides else []),
        )
    )
    return [Stay(**row._mapping) for row in rows]


def once(since: date, today: date) -> str:
    """What keeps a member from having two: one that has begun, and one that begins on a day."""
    return AWAY if since <= today else since.isoformat()


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert a case. Raises `DoneMeanwhile` where the member was sent away by somebody else."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a case; its version grows. Raises `DoneMeanwhile`."""
    try:
        await session.execute(
            update(Row)
            .where(Row.tenant_id == tenant_id, Row.id == id)
            .values(**values, version=Row.version + 1)
            .execution_options(synchronize_session=False)
        )
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def erase(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase how these were reached; that they were away stays."""
    await session.execute(
        update(TABLE)
        .where(TABLE.c.tenant_id == tenant_id, among(TABLE.c.member_id, "members"))
        .values(sealed=None),
        {"members": sorted(set(members))},
    )


async def _held(session: AsyncSession, tenant_id: UUID, asked: Any, **given: Any) -> Sequence[Case]:
    rows = await session.execute(
        select(Row, Member.path, Organization.path)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .outerjoin(
            Organization,
            and_(Organization.tenant_id == Row.tenant_id, Organization.id == Row.host_id),
        )
        .where(Row.tenant_id == tenant_id, asked)
        .order_by(Row.id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True),
        given,
    )
    return [_case(*row) for row in rows]


def _meanwhile(error: IntegrityError) -> Exception:
    return error if unique_violation(error) is None else DoneMeanwhile(path=("case",))


def _peer(row: Row) -> Peer | None:
    if row.peer_code is None or row.peer_state is None:
        return None
    return Peer(code=row.peer_code, unit=row.peer_unit, state=PeerState(row.peer_state))


def _case(row: Row, path: str, host_path: str | None) -> Case:
    return Case(
        id=row.id,
        member_id=row.member_id,
        path=path,
        host_path=host_path,
        terms=Terms(
            ground=Ground(row.ground),
            place=row.place,
            unit=row.unit,
            host_id=row.host_id,
            certainty=Certainty(row.certainty),
            since=row.since,
            until=row.until,
            untransferred=row.untransferred,
            by_wish=row.by_wish,
            paper=Paper(row.paper),
            paper_reason=row.paper_reason,
        ),
        told_on=row.told_on,
        verification=Verification(**{each.name: getattr(row, each.name) for each in HOSTED}),
        hosted=row.hosted or {},
        touched_on=row.touched_on,
        reported_on=row.reported_on,
        contact=row.contact,
        peer=_peer(row),
        peer_offer=row.peer_offer,
        ended_on=row.ended_on,
        ending=row.ending,
        voided_on=row.voided_on,
        version=row.version,
        sealed=row.sealed,
    )
