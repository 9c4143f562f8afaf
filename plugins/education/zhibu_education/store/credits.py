"""Credits: the rows of the ledger of hours."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.tables import Attachment
from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.store.chunks import chunks
from zhibu_education.store.people import holding
from zhibu_education.tables import Credit

LIVE = (CreditState.PENDING, CreditState.VERIFIED)
# Columns, not entities: an import reads tens of thousands of them.
VALUE = (
    Credit.id,
    Credit.member_id,
    Credit.earned_on,
    Credit.title,
    Credit.hours,
    Credit.form,
    Credit.state,
    Credit.session_id,
    Credit.recorded_by,
    Credit.recorder_id,
    Credit.version,
)


_ROWS: Any = Credit.__table__
_ADD = Fixed(insert(_ROWS))
_ON_DAYS = Fixed(
    select(Credit.member_id, Credit.earned_on, func.sum(Credit.hours))
    .where(
        Credit.tenant_id == bindparam("tenant"),
        among(Credit.member_id, "members"),
        among(Credit.earned_on, "days"),
        Credit.state.in_(LIVE),
    )
    .group_by(Credit.member_id, Credit.earned_on)
)


_THEIR_MEMBERS = (
    select(Member.id)
    .where(
        Member.tenant_id == bindparam("tenant"),
        Member.id.in_(
            select(Credit.member_id).where(
                Credit.tenant_id == bindparam("tenant"), among(Credit.id, "credits")
            )
        ),
    )
    .order_by(Member.id)
    .with_for_update(key_share=True)
)


async def credits(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, rules.Credit]:
    """These credits, held until the transaction ends, and before them their members.

    In this order everywhere, so that of two acts none waits for the other.
    """
    found: dict[UUID, rules.Credit] = {}
    if session.get_bind().dialect.name != "sqlite":  # where a writer is alone
        await session.execute(_THEIR_MEMBERS, {"tenant": tenant_id, "credits": sorted(set(ids))})
    for part in chunks(sorted(set(ids))):
        rows = await session.execute(
            select(*VALUE)
            .where(Credit.tenant_id == tenant_id, Credit.id.in_(part))
            .order_by(Credit.id)
            .with_for_update()
        )
        found |= {row.id: _value(row) for row in rows}
    return found


async def credits_of_sessions(
    session: AsyncSession, tenant_id: UUID, sessions: Collection[UUID]
) -> dict[tuple[UUID, UUID], rules.Credit]:
    """The live credits that these sessions gave, by session and member."""
    found: dict[tuple[UUID, UUID], rules.Credit] = {}
    for part in chunks(sorted(set(sessions))):
        rows = await session.execute(
            select(*VALUE).where(
                Credit.tenant_id == tenant_id,
                Credit.session_id.in_(part),
                Credit.state.in_(LIVE),
            )
        )
        found |= {
            (row.session_id, row.member_id): _value(row)
            for row in rows
            if row.session_id is not None
        }
    return found


async def waiting_of_session(
    session: AsyncSession, tenant_id: UUID, session_id: UUID
) -> Sequence[UUID]:
    """The credits of a session that wait to be verified."""
    found = await session.scalars(
        select(Credit.id).where(
            Credit.tenant_id == tenant_id,
            Credit.session_id == session_id,
            Credit.state == CreditState.PENDING,
        )
    )
    return found.all()


async def credits_of_members(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    first: date,
    last: date,
) -> list[rules.Credit]:
    """Whatever was ever credited to these members between two days, in any state."""
    found: list[rules.Credit] = []
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(*VALUE).where(
                Credit.tenant_id == tenant_id,
                Credit.member_id.in_(part),
                Credit.earned_on.between(first, last),
            )
        )
        found += [_value(row) for row in rows]
    return found


async def hours_on_days(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    days: Collection[date],
    *,
    hold: bool = False,
) -> dict[tuple[UUID, date], Decimal]:
    """Live hours of these members on these days, in any form; `hold` holds the members first."""
    people = sorted(set(members))
    first = holding(session, tenant_id, people) if hold else []
    asked = _ON_DAYS(tenant=tenant_id, members=people, days=sorted(set(days)))
    *_, rows = await run(session, *first, asked)
    return {(member, day): hours for member, day, hours in rows}


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert credits; each row names every column but the tenant."""
    if len(rows) == 1:
        await run(session, _ADD(tenant_id=tenant_id, **rows[0]))
    elif rows:
        await session.execute(insert(Credit), [{"tenant_id": tenant_id, **row} for row in rows])


async def decide(
    session: AsyncSession,
    tenant_id: UUID,
    ids: Collection[UUID],
    *,
    state: CreditState,
    by: UUID | None,
    at: datetime,
    decision: str | None,
) -> None:
    """Give these credits their state and say who decided when and why."""
    for part in chunks(sorted(ids)):
        await session.execute(
            update(Credit)
            .where(Credit.tenant_id == tenant_id, Credit.id.in_(part))
            .values(
                state=state,
                decided_by=by,
                decided_at=at,
                decision=decision,
                version=Credit.version + 1,
            )
            .execution_options(synchronize_session=False)
        )


async def row(session: AsyncSession, tenant_id: UUID, credit_id: UUID) -> Mapping[str, Any]:
    """Every column of a credit that exists, as a correction copies them."""
    found = await session.execute(
        select(*Credit.__table__.c).where(Credit.tenant_id == tenant_id, Credit.id == credit_id)
    )
    return dict(found.mappings().one())


async def evidence_owner(
    session: AsyncSession, tenant_id: UUID, attachment_id: UUID
) -> tuple[UUID | None, UUID | None] | None:
    """The account that handed a file in and the member it is about; None where there is no file."""
    found = await session.execute(
        select(Attachment.account_id, Attachment.member_id).where(
            Attachment.tenant_id == tenant_id, Attachment.id == attachment_id
        )
    )
    row = found.first()
    return None if row is None else (row.account_id, row.member_id)


async def recount(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    forms: frozenset[str],
    first: date,
    last: date,
) -> None:
    """Set what counts of these members' hours between two days after the rule changed."""
    for part in chunks(sorted(set(members))):
        counts = case((Credit.form.in_(sorted(forms)), Credit.hours), else_=Decimal(0))
        await session.execute(
            update(Credit)
            .where(
                Credit.tenant_id == tenant_id,
                Credit.member_id.in_(part),
                Credit.earned_on.between(first, last),
            )
            .values(counted=counts)
            .execution_options(synchronize_session=False)
        )


def _value(row: Any) -> rules.Credit:
    values = row._asdict()
    return rules.Credit(**{**values, "state": CreditState(values["state"])})
