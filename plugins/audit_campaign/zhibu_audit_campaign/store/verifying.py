"""Verifications, reports and reviews, as they are kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import ancestors, new_id
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.verifying import Below, Situation
from zhibu_audit_campaign.rules.work import Audited, Stand
from zhibu_audit_campaign.store.work import AUDITED, SEARCH
from zhibu_audit_campaign.tables import Draw, Report, Verification, Verified

VERIFICATION: Any = Verification.__table__
VERIFIED: Any = Verified.__table__
REPORT: Any = Report.__table__
COUNTS = (
    *("expected", "completed", "floating", "hanging", "pocket", "lost", "unreceipted"),
    *("found", "not_found", "inquiries", "unanswered"),
)


async def counts(session: AsyncSession, tenant_id: UUID, id: UUID) -> Mapping[str, int]:
    """The numbers that are kept of an organization in an audit."""
    found = await session.execute(
        select(*(AUDITED.c[name] for name in COUNTS)).where(
            AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == id
        )
    )
    return dict(found.mappings().one())


async def decide(
    session: AsyncSession,
    tenant_id: UUID,
    values: Mapping[str, Any],
    checks: Sequence[Mapping[str, Any]] = (),
    situations: Sequence[Situation] = (),
) -> None:
    """Insert a decision of the level above, with what was verified."""
    await session.execute(insert(VERIFICATION).values(tenant_id=tenant_id, **values))
    blank = dict.fromkeys(("result", "note", *Situation.__dataclass_fields__))
    common = {
        "tenant_id": tenant_id,
        "verification_id": values["id"],
        "organization_id": values["organization_id"],
    }
    rows = [
        *({**blank, **common, "id": new_id(), "part": "check", **each} for each in checks),
        *(
            {**blank, **common, "id": new_id(), "part": "verification", **vars(each)}
            for each in situations
        ),
    ]
    if rows:
        await session.execute(insert(VERIFIED), rows)


async def last_decision(session: AsyncSession, tenant_id: UUID, audited_id: UUID) -> Any | None:
    """The decision that holds: its id, and who decided."""
    found = await session.execute(
        select(VERIFICATION.c.id, VERIFICATION.c.accepted, VERIFICATION.c.decided_by)
        .where(
            VERIFICATION.c.tenant_id == tenant_id,
            VERIFICATION.c.audited_id == audited_id,
            VERIFICATION.c.withdrawn_on.is_(None),
        )
        .order_by(VERIFICATION.c.id.desc())
        .limit(1)
    )
    return found.one_or_none()


async def withdraw(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(VERIFICATION)
        .where(VERIFICATION.c.tenant_id == tenant_id, VERIFICATION.c.id == id)
        .values(**values)
    )


async def below(session: AsyncSession, tenant_id: UUID, known: Audited) -> Below:
    """What is below an organization and not accepted, its searches: going on, not reviewed; and
    whether it has drawn none of its branches.
    """
    unit = Organization
    within = (
        AUDITED.c.tenant_id == tenant_id,
        AUDITED.c.campaign_id == known.campaign_id,
        unit.path >= known.path,
        unit.path < known.path[:-1] + "/",
    )
    taking_part = (
        select(func.count())
        .select_from(AUDITED)
        .join(unit, and_(unit.tenant_id == tenant_id, unit.id == AUDITED.c.organization_id))
        .where(*within)
    )
    open_below = taking_part.where(
        AUDITED.c.id != known.id,
        AUDITED.c.state != Stand.ACCEPTED,
        or_(AUDITED.c.level != Level.BRANCH, AUDITED.c.expected > 0),
    ).scalar_subquery()
    branches = taking_part.where(
        AUDITED.c.level == Level.BRANCH, AUDITED.c.expected > 0
    ).scalar_subquery()
    searches = (
        select(func.count())
        .select_from(SEARCH)
        .join(unit, and_(unit.tenant_id == tenant_id, unit.id == SEARCH.c.organization_id))
        .where(
            SEARCH.c.tenant_id == tenant_id,
            SEARCH.c.campaign_id == known.campaign_id,
            unit.path >= known.path,
            unit.path < known.path[:-1] + "/",
        )
    )
    going_on = SEARCH.c.outcome == Outcome.SEARCHING
    searching = searches.where(going_on).scalar_subquery()
    unreviewed = searches.where(~going_on, SEARCH.c.reviewed_on.is_(None)).scalar_subquery()
    drawn = exists().where(
        Draw.tenant_id == tenant_id,
        Draw.campaign_id == known.campaign_id,
        Draw.organization_id == known.organization_id,
        Draw.sector.is_(None),
    )
    asked = select(open_below, searching, unreviewed, branches, drawn)
    row = (await session.execute(asked)).one()
    undrawn = row[3] > 0 and not row[4]
    return Below(open=row[0], searching=row[1], unreviewed=row[2], undrawn=undrawn)


async def report(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    """Write a report, over the one that was."""
    await session.execute(
        delete(REPORT).where(
            REPORT.c.tenant_id == tenant_id, REPORT.c.audited_id == values["audited_id"]
        )
    )
    await session.execute(insert(REPORT).values(tenant_id=tenant_id, **values))


async def sum_up(session: AsyncSession, tenant_id: UUID, known: Audited) -> None:
    """Let the numbers of an organization above branches be the sums of its branches."""
    part, unit = AUDITED.alias(), Organization

    def total(name: str) -> Any:
        return (
            select(func.coalesce(func.sum(part.c[name]), 0))
            .select_from(part)
            .join(unit, and_(unit.tenant_id == part.c.tenant_id, unit.id == part.c.organization_id))
            .where(
                part.c.tenant_id == tenant_id,
                part.c.campaign_id == known.campaign_id,
                part.c.level == Level.BRANCH,
                unit.path >= known.path,
                unit.path < known.path[:-1] + "/",
            )
            .scalar_subquery()
        )

    await session.execute(
        update(AUDITED)
        .where(AUDITED.c.tenant_id == tenant_id, AUDITED.c.id == known.id)
        .values({name: total(name) for name in COUNTS})
    )


async def reported_above(session: AsyncSession, tenant_id: UUID, known: Audited) -> bool:
    """Whether an organization above has handed up what rests on this one. Those above are held, so
    that none does until the transaction is over.
    """
    unit = Organization
    query = (
        select(AUDITED.c.state)
        .join(unit, and_(unit.tenant_id == tenant_id, unit.id == AUDITED.c.organization_id))
        .where(
            AUDITED.c.tenant_id == tenant_id,
            AUDITED.c.campaign_id == known.campaign_id,
            AUDITED.c.id != known.id,
            AUDITED.c.level != known.level,
            unit.path.in_(ancestors(known.path)),
        )
        .order_by(AUDITED.c.id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=AUDITED)
    return any(state in (Stand.SUBMITTED, Stand.ACCEPTED) for state in await session.scalars(query))
