"""The work of a branch in an audit, as it is kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.violations import unique_violation
from zhibu_audit_campaign.errors import WorkerKnown
from zhibu_audit_campaign.rules.campaigns import Ground, State
from zhibu_audit_campaign.rules.checking import Judged
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.work import Audited, Left, Stand
from zhibu_audit_campaign.tables import Audited as Row
from zhibu_audit_campaign.tables import Campaign, Inquiry, Issue, Search, Sheet, Training, Worker

AUDITED: Any = Row.__table__
CAMPAIGN: Any = Campaign.__table__
SHEET: Any = Sheet.__table__
ISSUE: Any = Issue.__table__
SEARCH: Any = Search.__table__
INQUIRY: Any = Inquiry.__table__
WORKER: Any = Worker.__table__
TRAINING: Any = Training.__table__
COUNTED = ("floating", "hanging", "pocket", "lost")  # labels that a branch's numbers count


async def audited(session: AsyncSession, tenant_id: UUID, id: UUID) -> Audited | None:
    """An organization in an audit, held until the act is over; None where there is none."""
    query = (
        select(AUDITED, CAMPAIGN.c.state.label("of"), CAMPAIGN.c.as_of, Organization.path)
        .join(
            CAMPAIGN,
            and_(
                CAMPAIGN.c.tenant_id == AUDITED.c.tenant_id,
                CAMPAIGN.c.id == AUDITED.c.campaign_id,
            ),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == AUDITED.c.tenant_id,
                Organization.id == AUDITED.c.organization_id,
            ),
        )
        .where(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=AUDITED)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Audited(
        id=row.id,
        campaign_id=row.campaign_id,
        organization_id=row.organization_id,
        path=row.path,
        level=Level(row.level),
        state=Stand(row.state),
        campaign_state=State(row.of),
        as_of=row.as_of,
        submitted_by=row.submitted_by,
        planned=row.planned_on is not None,
        planned_by=row.planned_by,
        in_place=row.end_reason is not None,
        version=row.version,
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    """Change columns of an organization in an audit; its version grows."""
    await session.execute(
        update(AUDITED)
        .where(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == id)
        .values(**values, version=AUDITED.c.version + 1)
    )


async def recount(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Count the kept numbers of an organization again from its sheets, issues and searches."""
    await session.execute(
        update(AUDITED)
        .where(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == id)
        .values(**counts())
    )


def counts() -> dict[str, Any]:
    """The numbers of an organization in an audit, as its records give them."""
    confirmed = ISSUE.c.state == Judged.CONFIRMED
    return {
        "completed": _of(SHEET, SHEET.c.completed_on.is_not(None)),
        "unreceipted": _of(SHEET, SHEET.c.ground == Ground.UNRECEIPTED),
        **{label: _of(ISSUE, confirmed, ISSUE.c.label == label) for label in COUNTED},
        "found": _of(SEARCH, SEARCH.c.outcome == Outcome.FOUND),
        "not_found": _of(SEARCH, SEARCH.c.outcome == Outcome.NOT_FOUND),
        "inquiries": _of(INQUIRY, INQUIRY.c.voided_on.is_(None)),
        "unanswered": _of(INQUIRY, INQUIRY.c.voided_on.is_(None), INQUIRY.c.answered_on.is_(None)),
    }


async def left(session: AsyncSession, tenant_id: UUID, known: Audited) -> Left:
    """What is still to be done, in one statement."""
    searched = exists().where(
        SEARCH.c.tenant_id == ISSUE.c.tenant_id, SEARCH.c.sheet_id == ISSUE.c.sheet_id
    )
    lost = (ISSUE.c.state == Judged.CONFIRMED, ISSUE.c.label == "lost", ~searched)
    found = await session.execute(
        select(
            _count(WORKER, WORKER.c.audited_id == known.id, WORKER.c.until.is_(None)),
            _count(TRAINING, TRAINING.c.audited_id == known.id, TRAINING.c.voided_on.is_(None)),
            _of(SHEET, SHEET.c.completed_on.is_(None)),
            _of(ISSUE, ISSUE.c.state == Judged.SUGGESTED),
            _of(ISSUE, *lost),
        )
        .select_from(AUDITED)
        .where(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == known.id)
    )
    workers, trainings, sheets, suggestions, unsearched = found.one()
    return Left(
        workers=workers,
        trainings=trainings,
        sheets=sheets,
        suggestions=suggestions,
        unsearched=unsearched,
    )


def _of(table: Any, *conditions: Any) -> Any:
    """How many rows of a table belong to the organization in the audit and are so."""
    same = (
        table.c.campaign_id == AUDITED.c.campaign_id,
        table.c.organization_id == AUDITED.c.organization_id,
    )
    return _count(table, *same, *conditions)


def _count(table: Any, *conditions: Any) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.tenant_id == AUDITED.c.tenant_id, *conditions)
        .correlate(AUDITED)
        .scalar_subquery()
    )


async def is_worker(
    session: AsyncSession, tenant_id: UUID, audited_id: UUID, member_id: UUID
) -> bool:
    """Whether somebody is in the work group."""
    asked = exists().where(
        WORKER.c.tenant_id == tenant_id,
        WORKER.c.audited_id == audited_id,
        WORKER.c.member_id == member_id,
        WORKER.c.until.is_(None),
    )
    return bool(await session.scalar(select(asked)))


async def add_worker(
    session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any], name: str
) -> None:
    """Put somebody into the work group. Raises `WorkerKnown` where he is in it."""
    try:
        await session.execute(insert(WORKER).values(tenant_id=tenant_id, once=True, **values))
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise WorkerKnown(path=("member",), name=name) from error


async def worker(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Somebody of a work group: of which organization in an audit, and whether he left it."""
    return await _one(session, tenant_id, WORKER, id, WORKER.c.until.label("ended"))


async def end_worker(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(WORKER)
        .where(WORKER.c.tenant_id == tenant_id, WORKER.c.id == id)
        .values(once=None, **values)
    )


async def add_training(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(TRAINING).values(tenant_id=tenant_id, **values))


async def training(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """A training: of which organization in an audit, and whether it was taken back."""
    return await _one(session, tenant_id, TRAINING, id, TRAINING.c.voided_on.label("ended"))


async def void_training(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(TRAINING)
        .where(TRAINING.c.tenant_id == tenant_id, TRAINING.c.id == id)
        .values(**values)
    )


async def _one(
    session: AsyncSession, tenant_id: UUID, table: Any, id: UUID, ended: Any
) -> Any | None:
    found = await session.execute(
        select(table.c.audited_id, ended).where(table.c.tenant_id == tenant_id, table.c.id == id)
    )
    return found.one_or_none()
