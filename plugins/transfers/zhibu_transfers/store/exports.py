"""What pages and workbooks show: a letter with its transfer, and who left without a receipt."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu_transfers.rules.cases import State
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.tables import TransfersCase, TransfersLetter

CASES: Any = TransfersCase.__table__
UNITS: Any = Organization.__table__
LETTERS: Any = TransfersLetter.__table__
WAITING = (State.ISSUED, State.ACCEPTED)


async def letter(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """A letter, with whose it is and whence he goes; None where there is none."""
    found = await session.execute(
        select(LETTERS, CASES.c.member_id, CASES.c.from_id, CASES.c.to_id)
        .join(
            CASES, and_(CASES.c.tenant_id == LETTERS.c.tenant_id, CASES.c.id == LETTERS.c.case_id)
        )
        .where(LETTERS.c.tenant_id == tenant_id, LETTERS.c.id == id)
    )
    return found.one_or_none()


async def printed(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Count one more print of a letter."""
    await session.execute(
        update(LETTERS)
        .where(LETTERS.c.tenant_id == tenant_id, LETTERS.c.id == id)
        .values(prints=LETTERS.c.prints + 1)
    )


async def without_receipt(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    today: date,
    *,
    limit: int | None = None,
) -> Sequence[Any]:
    """Whoever was sent from at or below a path and whose receipt is overdue, of those in the scope,
    by branch and name.
    """
    where = [
        CASES.c.tenant_id == tenant_id,
        scope.bound(UNITS.c.path, CASES.c.member_id),
        CASES.c.receipt_on.is_(None),
        CASES.c.receipt_by < today,
        CASES.c.state.in_(WAITING),
    ]
    if path:
        where += [Organization.path >= path, Organization.path < path[:-1] + "/"]
    rows = await session.execute(
        select(
            CASES.c.id,
            CASES.c.member_id,
            CASES.c.name,
            CASES.c.elsewhere,
            CASES.c.finding,
            CASES.c.found,
            CASES.c.receipt_by,
            Member.gender,
            Member.birth_date,
            Organization.name.label("organization"),
            Organization.path,
            LETTERS.c.year,
            LETTERS.c.serial,
            LETTERS.c.heading,
            LETTERS.c.issued_on,
        )
        .join(
            Organization,
            and_(Organization.tenant_id == CASES.c.tenant_id, Organization.id == CASES.c.from_id),
        )
        .join(Member, and_(Member.tenant_id == CASES.c.tenant_id, Member.id == CASES.c.member_id))
        .join(
            LETTERS,
            and_(
                LETTERS.c.tenant_id == CASES.c.tenant_id,
                LETTERS.c.case_id == CASES.c.id,
                LETTERS.c.state != LetterState.VOID,
            ),
        )
        .where(*where)
        .order_by(Organization.path, Member.sort_name, CASES.c.id)
        .limit(limit)
    )
    return rows.all()
