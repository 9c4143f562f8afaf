"""Hand-overs and follow-up help as they are kept."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_discipline.rules.referrals import KNOWN, WAITING, Answer, Referral, Stand
from zhibu_discipline.tables import DisciplineFollowUp, DisciplineReferral

REFERRALS: Any = DisciplineReferral.__table__
FOLLOW_UPS: Any = DisciplineFollowUp.__table__
_COLUMNS = [REFERRALS.c[field.name] for field in fields(Referral)]


async def open(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(REFERRALS).values(tenant_id=tenant_id, **values))


async def referral(session: AsyncSession, tenant_id: UUID, id: UUID) -> Referral | None:
    """One hand-over, held until the transaction is over; None where there is none."""
    query = select(*_COLUMNS).where(REFERRALS.c.tenant_id == tenant_id, REFERRALS.c.id == id)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    return None if row is None else Referral(**{**row._mapping, "state": Stand(row.state)})


async def answer_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> Answer | None:
    """What was decided of a hand-over; None where nobody has answered it."""
    rows = await session.execute(
        select(*(REFERRALS.c[name] for name in ("punishment", "decided_on", "document", "until")))
        .where(REFERRALS.c.tenant_id == tenant_id, REFERRALS.c.id == id)
        .where(REFERRALS.c.state.in_(sorted(KNOWN)))
    )
    row = rows.one_or_none()
    return None if row is None else Answer(**row._mapping)


async def punished_since(session: AsyncSession, tenant_id: UUID, day: date) -> list[UUID]:
    """The hand-overs that a punishment of that day or later answered."""
    rows = await session.scalars(
        select(REFERRALS.c.id).where(
            REFERRALS.c.tenant_id == tenant_id,
            REFERRALS.c.state.in_(sorted(KNOWN)),
            REFERRALS.c.punishment.is_not(None),
            REFERRALS.c.decided_on >= day,
        )
    )
    return list(rows)


async def is_waiting(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> bool:
    """Whether something about the member was handed over and not answered."""
    return await _exists(session, tenant_id, member_id, WAITING)


async def is_referred(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> bool:
    """Whether anything about the member was handed over, answered or not."""
    return await _exists(session, tenant_id, member_id, WAITING | KNOWN)


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(REFERRALS)
        .where(REFERRALS.c.tenant_id == tenant_id, REFERRALS.c.id == id)
        .values(**values, version=REFERRALS.c.version + 1)
    )


async def demand_notice(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, on: date, by: date | None
) -> None:
    """Let the discipline body be told by that day of a removal, whose punishment has its influence;
    or no more, the removal having fallen before anybody was told."""
    await session.execute(
        update(REFERRALS)
        .where(
            REFERRALS.c.tenant_id == tenant_id,
            REFERRALS.c.member_id == member_id,
            REFERRALS.c.state.in_(sorted(KNOWN)),
            REFERRALS.c.punishment.is_not(None),
            REFERRALS.c.noticed_on.is_(None),
            or_(REFERRALS.c.until.is_(None), REFERRALS.c.until > on),
        )
        .values(notice_by=by, version=REFERRALS.c.version + 1)
    )


async def add_help(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(FOLLOW_UPS).values(tenant_id=tenant_id, **values))


async def help_case(session: AsyncSession, tenant_id: UUID, id: UUID) -> UUID | None:
    """Whose help it is: the disposition of an entry that was not withdrawn."""
    found: UUID | None = await session.scalar(
        select(FOLLOW_UPS.c.case_id).where(
            FOLLOW_UPS.c.tenant_id == tenant_id,
            FOLLOW_UPS.c.id == id,
            FOLLOW_UPS.c.withdrawn_on.is_(None),
        )
    )
    return found


async def withdraw_help(
    session: AsyncSession, tenant_id: UUID, id: UUID, on: date, reason: str
) -> None:
    await session.execute(
        update(FOLLOW_UPS)
        .where(FOLLOW_UPS.c.tenant_id == tenant_id, FOLLOW_UPS.c.id == id)
        .values(withdrawn_on=on, withdrawn_reason=reason)
    )


async def last_helped(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> date | None:
    """The last day on which somebody was helped on."""
    found: date | None = await session.scalar(
        select(func.max(FOLLOW_UPS.c.helped_on)).where(
            FOLLOW_UPS.c.tenant_id == tenant_id,
            FOLLOW_UPS.c.case_id == case_id,
            FOLLOW_UPS.c.withdrawn_on.is_(None),
        )
    )
    return found


async def _exists(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, states: frozenset[Stand]
) -> bool:
    found = await session.scalar(
        select(
            exists().where(
                REFERRALS.c.tenant_id == tenant_id,
                REFERRALS.c.member_id == member_id,
                REFERRALS.c.state.in_(sorted(states)),
            )
        )
    )
    return bool(found)
