"""Activity cards, and their reviews."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.jobs.tables import Attachment
from zhibu.members.tables import Member
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.cards import Card, CardEnding
from zhibu_flow_members.tables import Card as Row
from zhibu_flow_members.tables import CardReview, Case

HOLDS = "holds"


async def card(session: AsyncSession, tenant_id: UUID, id: UUID) -> Card | None:
    """One card, held until the act is over."""
    found = await session.execute(
        _cards(tenant_id)
        .where(Row.id == id)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    return _card(*first) if first else None


async def living(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> Card | None:
    """The card of a member that holds."""
    found = await session.execute(
        _cards(tenant_id).where(Row.member_id == member_id, Row.once == HOLDS)
    )
    first = found.first()
    return _card(*first) if first else None


async def shown(session: AsyncSession, tenant_id: UUID, id: UUID) -> tuple[Card, str, bool] | None:
    """A card as it stands, the name of its member, and whether he is away by it still."""
    found = await session.execute(
        select(Row, Member.path, Member.name, Case.ended_on, Case.voided_on, Member.left_on)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .join(Case, and_(Case.tenant_id == Row.tenant_id, Case.id == Row.case_id))
        .where(Row.tenant_id == tenant_id, Row.id == id)
    )
    first = found.first()
    if first is None:
        return None
    row, path, name, *over = first
    return _card(row, path), name, not any(over)


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> int:
    """Insert a card with the next number, and say which. Raises `DoneMeanwhile`."""
    highest = await session.scalar(select(func.max(Row.serial)).where(Row.tenant_id == tenant_id))
    serial = (highest or 0) + 1
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, "serial": serial, **row}])
    except IntegrityError as error:
        raise _meanwhile(error) from error
    return serial


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a card."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def close(
    session: AsyncSession, tenant_id: UUID, case_id: UUID, on: date, reason: str
) -> UUID | None:
    """The card of a stay that is over holds no more; not before the day on which it was stamped.

    Which one it is, if it has a photograph still.
    """
    day = case((Row.stamped_on > on, Row.stamped_on), else_=on)
    values = {"ended_on": day, "ending": CardEnding.CLOSED, "end_reason": reason, "once": None}
    closed = await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.case_id == case_id, Row.once == HOLDS)
        .values(**values)
        .returning(Row.id, Row.photo_id)
        .execution_options(synchronize_session=False)
    )
    return next((row.id for row in closed.all() if row.photo_id is not None), None)


async def reopen(session: AsyncSession, tenant_id: UUID, case_id: UUID) -> None:
    """The card that ended with a stay holds again, unless its member has another by now."""
    table: Any = Row.__table__
    other = table.alias()
    another = (
        select(other.c.id)
        .where(
            other.c.tenant_id == table.c.tenant_id,
            other.c.member_id == table.c.member_id,
            other.c.once == HOLDS,
        )
        .correlate(table)
        .exists()
    )
    ended = (Row.case_id == case_id, Row.ending == CardEnding.CLOSED, ~another)
    values = {**dict.fromkeys(("ended_on", "ending", "end_reason")), "once": HOLDS}
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, *ended)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def reviewed(session: AsyncSession, tenant_id: UUID, card_id: UUID, year: int) -> UUID | None:
    """The review of a card in a year, if there was one."""
    found: UUID | None = await session.scalar(
        select(CardReview.id).where(
            CardReview.tenant_id == tenant_id,
            CardReview.card_id == card_id,
            CardReview.year == year,
        )
    )
    return found


async def review(
    session: AsyncSession, tenant_id: UUID, id: UUID | None, row: dict[str, Any]
) -> None:
    """Write the review of a year, over the former one if there is one. Raises `DoneMeanwhile`."""
    if id is not None:
        await session.execute(
            update(CardReview)
            .where(CardReview.tenant_id == tenant_id, CardReview.id == id)
            .values(**{key: value for key, value in row.items() if key != "id"})
            .execution_options(synchronize_session=False)
        )
        return
    try:
        await session.execute(insert(CardReview), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        raise _meanwhile(error) from error


async def reviews_of(
    session: AsyncSession, tenant_id: UUID, card_id: UUID
) -> list[tuple[int, str, date, str | None]]:
    """Year, result, day and note of each review of a card."""
    rows = await session.execute(
        select(CardReview.year, CardReview.result, CardReview.reviewed_on, CardReview.note)
        .where(CardReview.tenant_id == tenant_id, CardReview.card_id == card_id)
        .order_by(CardReview.year)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _cards(tenant_id: UUID) -> Any:
    return (
        select(Row, Member.path, Case.peer_code, Attachment.sha256)
        .join(Member, and_(Member.tenant_id == Row.tenant_id, Member.id == Row.member_id))
        .join(Case, and_(Case.tenant_id == Row.tenant_id, Case.id == Row.case_id))
        .outerjoin(
            Attachment,
            and_(Attachment.tenant_id == Row.tenant_id, Attachment.id == Row.photo_id),
        )
        .where(Row.tenant_id == tenant_id)
    )


def _meanwhile(error: IntegrityError) -> Exception:
    return error if unique_violation(error) is None else DoneMeanwhile(path=("card",))


def _card(row: Row, path: str, peer: str | None = None, photo: str | None = None) -> Card:
    return Card(
        id=row.id,
        case_id=row.case_id,
        member_id=row.member_id,
        path=path,
        serial=row.serial,
        stamped_on=row.stamped_on,
        stamped_by=row.stamped_by,
        issued_on=row.issued_on,
        ended_on=row.ended_on,
        photo_id=row.photo_id,
        photo=photo,
        peered=peer is not None,
    )
