"""Audits and their stages as they are kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import Campaign, Stage, State
from zhibu_audit_campaign.rules.plans import Level, PlanKind
from zhibu_audit_campaign.tables import Campaign as Row
from zhibu_audit_campaign.tables import Stage as StageRow

CAMPAIGNS: Any = Row.__table__
ORGANIZATIONS: Any = Organization.__table__
STAGES: Any = StageRow.__table__
GOING_ON = (State.PREPARING, State.OPEN)


async def going_on(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, plan: PlanKind
) -> str | None:
    """The title of an audit by this plan that goes on in the organization."""
    found: str | None = await session.scalar(
        select(CAMPAIGNS.c.title)
        .where(
            CAMPAIGNS.c.tenant_id == tenant_id,
            CAMPAIGNS.c.organization_id == organization_id,
            CAMPAIGNS.c.plan == plan,
            CAMPAIGNS.c.state.in_(GOING_ON),
        )
        .limit(1)
    )
    return found


async def open(
    session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any], stages: Sequence[Stage]
) -> None:
    """Insert an audit and its stages."""
    await session.execute(insert(CAMPAIGNS).values(tenant_id=tenant_id, **values))
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "campaign_id": values["id"],
            "place": place,
            "code": stage.code,
            "level": stage.level,
            "zh": stage.zh,
            "en": stage.en,
            "clause": stage.clause,
            "needs": stage.needs,
            "hands_up": stage.hands_up,
            "reviews_plans": stage.reviews_plans,
            "since": stage.since,
            "until": stage.until,
        }
        for place, stage in enumerate(stages, 1)
    ]
    await session.execute(insert(STAGES), rows)


async def campaign(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, hold: bool = False
) -> Campaign | None:
    """One audit; None where there is none. `hold` keeps it until the transaction is over."""
    query = select(CAMPAIGNS).where(CAMPAIGNS.c.tenant_id == tenant_id, CAMPAIGNS.c.id == id)
    if hold and session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Campaign(
        id=row.id,
        organization_id=row.organization_id,
        plan=PlanKind(row.plan),
        title=row.title,
        state=State(row.state),
        as_of=row.as_of,
        opened_on=row.opened_on,
        version=row.version,
        lines=row.lines,
    )


async def stages(session: AsyncSession, tenant_id: UUID, campaign_id: UUID) -> list[Stage]:
    """The stages of an audit, in the plan's order."""
    return [_stage(row) for row in await session.execute(_stages(tenant_id, campaign_id))]


async def stages_at(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID
) -> tuple[str | None, list[Stage]]:
    """Where an audit is carried out, and its stages; None where there is no such audit."""
    query = (
        _stages(tenant_id, campaign_id)
        .add_columns(ORGANIZATIONS.c.path)
        .join(
            CAMPAIGNS,
            and_(
                CAMPAIGNS.c.tenant_id == STAGES.c.tenant_id,
                CAMPAIGNS.c.id == STAGES.c.campaign_id,
            ),
        )
        .join(
            ORGANIZATIONS,
            and_(
                ORGANIZATIONS.c.tenant_id == CAMPAIGNS.c.tenant_id,
                ORGANIZATIONS.c.id == CAMPAIGNS.c.organization_id,
            ),
        )
    )
    rows = (await session.execute(query)).all()
    return rows[0].path if rows else None, [_stage(row) for row in rows]


def _stages(tenant_id: UUID, campaign_id: UUID) -> Select[Any]:
    asked = (STAGES.c.tenant_id == tenant_id, STAGES.c.campaign_id == campaign_id)
    return select(STAGES).where(*asked).order_by(STAGES.c.place)


def _stage(row: Any) -> Stage:
    return Stage(
        code=row.code,
        level=Level(row.level),
        zh=row.zh,
        en=row.en,
        clause=row.clause,
        since=row.since,
        until=row.until,
        needs=row.needs,
    )


async def move_stage(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, code: str, since: date, until: date
) -> None:
    """Give a stage other days."""
    await session.execute(
        update(STAGES)
        .where(
            STAGES.c.tenant_id == tenant_id,
            STAGES.c.campaign_id == campaign_id,
            STAGES.c.code == code,
        )
        .values(since=since, until=until)
    )


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    """Change columns of an audit; its version grows."""
    await session.execute(
        update(CAMPAIGNS)
        .where(CAMPAIGNS.c.tenant_id == tenant_id, CAMPAIGNS.c.id == id)
        .values(**values, version=CAMPAIGNS.c.version + 1)
    )
