"""Transfers as they are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu_transfers.rules.cases import OPEN, Case, Kind, State
from zhibu_transfers.tables import TransfersCase

CASES: Any = TransfersCase.__table__


async def hold_members(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Let one act at a time open a transfer of these; on SQLite a writer is alone anyway.

    Two lists that share members take hold of them in one order, and neither waits for the other.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Member.id)
        .where(Member.tenant_id == tenant_id, among(Member.id, "members"))
        .order_by(Member.id)
        .with_for_update(key_share=True),
        {"members": sorted(members)},
    )


async def moving(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> frozenset[UUID]:
    """Of which of these members a transfer is under way."""
    found = await session.scalars(
        select(CASES.c.member_id).where(
            CASES.c.tenant_id == tenant_id,
            among(CASES.c.member_id, "members"),
            CASES.c.state.in_(sorted(OPEN)),
        ),
        {"members": sorted(members)},
    )
    return frozenset(found)


async def is_open(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> bool:
    """Whether a transfer of the member is under way."""
    return bool(await moving(session, tenant_id, [member_id]))


async def is_received(
    session: AsyncSession, tenant_id: UUID, number: str, elsewhere: str, name: str
) -> bool:
    """Whether a letter of this number and heading for somebody of this name was entered."""
    found = await session.scalar(
        select(
            exists().where(
                CASES.c.tenant_id == tenant_id,
                CASES.c.kind == Kind.IN,
                CASES.c.state != State.WITHDRAWN,
                CASES.c.letter_number == number,
                CASES.c.elsewhere == elsewhere,
                CASES.c.name == name,
            )
        )
    )
    return bool(found)


async def open(session: AsyncSession, tenant_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    await session.execute(insert(CASES), [{"tenant_id": tenant_id, **row} for row in rows])


async def case(session: AsyncSession, tenant_id: UUID, id: UUID) -> Case | None:
    """One transfer, held until the transaction is over; None where there is none."""
    query = select(CASES).where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    return None if row is None else made(row)


async def ended(
    session: AsyncSession,
    tenant_id: UUID,
    member_id: UUID,
    kind: Kind,
    *,
    on: date | None,
    to: UUID | None,
) -> Case | None:
    """The last transfer of the member that came to its end: on that day, in that branch."""
    query = select(CASES).where(
        CASES.c.tenant_id == tenant_id,
        CASES.c.member_id == member_id,
        CASES.c.kind == kind,
        CASES.c.state.in_((State.ACCEPTED, State.CLOSED)),
    )
    if on is not None and kind is Kind.OUT:
        query = query.where(or_(CASES.c.receipt_on == on, CASES.c.proof.is_not(None)))
    elif on is not None:
        query = query.where(CASES.c.accepted_on == on)
    if to is not None:
        query = query.where(CASES.c.to_id == to)
    row = (await session.execute(query.order_by(CASES.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else made(row)


async def in_batch(session: AsyncSession, tenant_id: UUID, batch_id: UUID) -> Sequence[Case]:
    """The transfers under way of those that were opened together with this first one, held."""
    query = (
        select(CASES)
        .where(
            CASES.c.tenant_id == tenant_id,
            or_(CASES.c.id == batch_id, CASES.c.batch_id == batch_id),
            CASES.c.state.in_(sorted(OPEN)),
            CASES.c.kind != Kind.OFFERED,
        )
        .order_by(CASES.c.id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    return [made(row) for row in await session.execute(query)]


async def change_all(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], values: Mapping[str, Any]
) -> None:
    """The same for each of these."""
    await session.execute(
        update(CASES)
        .where(CASES.c.tenant_id == tenant_id, among(CASES.c.id, "ids"))
        .values(**values, version=CASES.c.version + 1),
        {"ids": sorted(ids)},
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(CASES)
        .where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
        .values(**values, version=CASES.c.version + 1)
    )


def made(row: Any) -> Case:
    """The row as the rules see it."""
    return Case(
        id=row.id,
        kind=Kind(row.kind),
        state=State(row.state),
        member_id=row.member_id,
        name=row.name,
        from_id=row.from_id,
        to_id=row.to_id,
        elsewhere=row.elsewhere,
        committee_id=row.committee_id,
        receiver_id=row.receiver_id,
        accepted_on=row.accepted_on,
        letter_until=row.letter_until,
        letter_number=row.letter_number,
        version=row.version,
        receipt_by=row.receipt_by,
        refused_on=row.refused_on,
        reason=row.reason,
        about=row.about,
        peer_code=row.peer_code,
        peer_unit=row.peer_unit,
    )
