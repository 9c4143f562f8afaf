"""What siblings ask of transfers, as statements."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_transfers.rules.cases import Finding, Kind, State
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.rules.matters import Standing
from zhibu_transfers.rules.receipts import FileCheck
from zhibu_transfers.tables import TransfersCase, TransfersLetter, TransfersMembership

CASE: Any = TransfersCase.__table__
LETTER: Any = TransfersLetter.__table__
MATTER: Any = TransfersMembership.__table__


async def unreceipted(session: AsyncSession, tenant_id: UUID, path: str, on: date) -> Sequence[Any]:
    """Transfers out with a letter and without a receipt on a day: whose, and from which path."""
    lettered = (
        select(LETTER.c.id)
        .where(
            LETTER.c.tenant_id == CASE.c.tenant_id,
            LETTER.c.case_id == CASE.c.id,
            LETTER.c.issued_on <= on,
        )
        .correlate(CASE)
        .exists()
    )
    settled = and_(CASE.c.finding == Finding.SETTLED, CASE.c.found_on <= on)
    ended = (CASE.c.receipt_on, CASE.c.withdrawn_on)
    rows = await session.execute(
        select(CASE.c.member_id, Organization.path)
        .join(
            Organization,
            and_(Organization.tenant_id == CASE.c.tenant_id, Organization.id == CASE.c.from_id),
        )
        .where(
            CASE.c.tenant_id == tenant_id,
            CASE.c.kind == Kind.OUT,
            CASE.c.member_id.is_not(None),
            Organization.path >= path,
            Organization.path < path[:-1] + "/",
            lettered,
            or_(CASE.c.finding.is_(None), not_(settled)),
            *(or_(day.is_(None), day > on) for day in ended),
        )
    )
    return rows.all()


async def pocketed(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> Mapping[UUID, date]:
    """The last day of each of these members' letters that is over and was not used by then."""
    rows = await session.execute(
        select(CASE.c.member_id, func.max(LETTER.c.valid_until).label("last"))
        .join(LETTER, and_(LETTER.c.tenant_id == CASE.c.tenant_id, LETTER.c.case_id == CASE.c.id))
        .where(
            CASE.c.tenant_id == tenant_id,
            among(CASE.c.member_id, "members"),
            CASE.c.state == State.ISSUED,
            LETTER.c.state.not_in((LetterState.USED, LetterState.VOID)),
        )
        .group_by(CASE.c.member_id)
        .having(func.max(LETTER.c.valid_until) < on),
        {"members": sorted(members)},
    )
    return {row.member_id: row.last for row in rows}


async def file_doubted(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> set[UUID]:
    """Of whom the last arrival that says anything of the file says it is doubted or missing."""
    rows = await session.execute(
        select(CASE.c.member_id, CASE.c.file_check)
        .where(
            CASE.c.tenant_id == tenant_id,
            among(CASE.c.member_id, "members"),
            CASE.c.file_check.is_not(None),
            CASE.c.accepted_on.is_not(None),
        )
        .order_by(CASE.c.accepted_on, CASE.c.id),
        {"members": sorted(members)},
    )
    last = {row.member_id: row.file_check for row in rows}
    return {id for id, check in last.items() if check != FileCheck.SEEN}


async def case_about(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Whose transfer it is, of which kind, and from where; None if it was withdrawn or refused."""
    over = (State.WITHDRAWN, State.REFUSED)
    whence = func.coalesce(CASE.c.from_id, CASE.c.to_id)
    found = await session.execute(
        select(CASE.c.member_id, CASE.c.kind, Organization.path)
        .join(
            Organization,
            and_(Organization.tenant_id == CASE.c.tenant_id, Organization.id == whence),
        )
        .where(
            CASE.c.tenant_id == tenant_id,
            CASE.c.id == id,
            CASE.c.member_id.is_not(None),
            CASE.c.state.not_in(over),
        )
    )
    return found.one_or_none()


async def membership_about(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Whose membership it is, what is to become of it, and where; None if it was not granted."""
    found = await session.execute(
        select(MATTER.c.member_id, MATTER.c.matter.label("kind"), Organization.path)
        .join(
            Organization,
            and_(
                Organization.tenant_id == MATTER.c.tenant_id,
                Organization.id == MATTER.c.organization_id,
            ),
        )
        .where(
            MATTER.c.tenant_id == tenant_id,
            MATTER.c.id == id,
            MATTER.c.standing != Standing.NOT_GRANTED,
        )
    )
    return found.one_or_none()
