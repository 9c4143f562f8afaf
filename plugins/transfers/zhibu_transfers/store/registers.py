"""What registers show: letters of a committee, and memberships that are stopped or retained."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.rules import Stage
from zhibu.members.tables import Member, StagePeriod
from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu_transfers.rules.letters import LetterState, Listed
from zhibu_transfers.rules.matters import Matter, Standing
from zhibu_transfers.tables import (
    TransfersCase,
    TransfersContact,
    TransfersLetter,
    TransfersMembership,
)

UNITS: Any = Organization.__table__
LETTERS: Any = TransfersLetter.__table__
CASES: Any = TransfersCase.__table__
MATTERS: Any = TransfersMembership.__table__
CONTACTS: Any = TransfersContact.__table__


async def letters(
    session: AsyncSession,
    tenant_id: UUID,
    scope: Scope,
    path: str,
    today: date,
    *,
    year: int | None,
    only: Listed | None,
    most: int,
) -> Sequence[Any]:
    """Letters issued at or below a path, of those in the scope, by committee and number; one more
    than `most`.
    """
    seen = scope.bound(UNITS.c.path, CASES.c.member_id)
    where = [LETTERS.c.tenant_id == tenant_id, seen, *_below(path)]
    if year is not None:
        where.append(LETTERS.c.year == year)
    if only is not None:
        where.append(LETTERS.c.state == LetterState.VALID)
    if only is Listed.EXPIRED:
        where.append(LETTERS.c.valid_until < today)
    rows = await session.execute(
        select(LETTERS, CASES.c.member_id, Organization.name.label("committee"), Organization.path)
        .join(
            CASES, and_(CASES.c.tenant_id == LETTERS.c.tenant_id, CASES.c.id == LETTERS.c.case_id)
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == LETTERS.c.tenant_id,
                Organization.id == LETTERS.c.organization_id,
            ),
        )
        .where(*where)
        .order_by(Organization.path, LETTERS.c.year, LETTERS.c.serial)
        .limit(most + 1)
    )
    return rows.all()


async def memberships(
    session: AsyncSession, tenant_id: UUID, scope: Scope, path: str, today: date, *, most: int
) -> Sequence[Any]:
    """Who is stopped, or retained abroad, at or below a path today, of those in the scope; one more
    than `most`.

    Where somebody belongs is where the register has him today.
    """
    contacted = (
        select(func.max(CONTACTS.c.contacted_on))
        .where(
            CONTACTS.c.tenant_id == MATTERS.c.tenant_id,
            CONTACTS.c.membership_id == MATTERS.c.id,
            CONTACTS.c.voided_on.is_(None),
        )
        .scalar_subquery()
    )
    rows = await session.execute(
        select(
            MATTERS,
            contacted.label("contacted_on"),
            Member.gender,
            Member.birth_date,
            Organization.name.label("branch"),
            Organization.path,
        )
        .join(
            Member, and_(Member.tenant_id == MATTERS.c.tenant_id, Member.id == MATTERS.c.member_id)
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .where(
            MATTERS.c.tenant_id == tenant_id,
            MATTERS.c.standing == Standing.GRANTED,
            or_(_stopped(), _retained(today)),
            scope.bound(UNITS.c.path, MATTERS.c.member_id),
            *_below(path),
        )
        .order_by(Organization.path, MATTERS.c.matter.desc(), Member.sort_name, MATTERS.c.id)
        .limit(most + 1)
    )
    return rows.all()


def _stopped() -> Any:
    """The period that a stop made is the member's last."""
    return and_(
        MATTERS.c.matter == Matter.STOP,
        exists().where(
            StagePeriod.tenant_id == MATTERS.c.tenant_id,
            StagePeriod.member_id == MATTERS.c.member_id,
            StagePeriod.stage == Stage.STOPPED,
            StagePeriod.since == MATTERS.c.effective_on,
            StagePeriod.until.is_(None),
        ),
    )


def _retained(today: date) -> Any:
    return and_(
        MATTERS.c.matter == Matter.RETAIN,
        MATTERS.c.effective_on <= today,
        or_(MATTERS.c.returned_on.is_(None), MATTERS.c.returned_on > today),
        Member.stage.in_((Stage.FULL, Stage.PROBATIONARY)),
    )


def _below(path: str) -> list[Any]:
    return [Organization.path >= path, Organization.path < path[:-1] + "/"] if path else []
