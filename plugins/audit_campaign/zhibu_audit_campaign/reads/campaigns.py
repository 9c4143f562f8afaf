"""Audits: who sees them, and where."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from zhibu.members.reads import MEMBERS
from zhibu.organizations.public import PostKind
from zhibu.organizations.reads import (
    ORGANIZATIONS,
    POSTS,
    below,
    lasting,
    organizations_inside,
    path_of,
    path_of_organization,
)
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.work import UNDER_WORK
from zhibu_audit_campaign.tables import Audited, Campaign, Stage

CAMPAIGN: Any = Campaign.__table__
STAGE: Any = Stage.__table__
AUDITED: Any = Audited.__table__
READ = "audit_campaign:campaign:read"


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read audits where it is carried out, or in an organization that takes part."""
    return or_(
        env.may(READ, path_of_organization(row)),
        _takes_part(row, lambda unit: env.may(READ, unit.c.path)),
    )


def touching(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether it is carried out at or below the organization asked for, or takes that in."""
    asked = args.row("organization", "Organization")
    return or_(
        organizations_inside(row.c.organization_id, asked),
        _takes_part(
            row,
            lambda unit: and_(below(unit.c.path, path_of(asked)), env.may(READ, unit.c.path)),
        ),
    )


def _takes_part(row: Any, condition: Any) -> ColumnElement[bool]:
    """Whether an organization for which the condition holds takes part."""
    each, unit = AUDITED.alias(), ORGANIZATIONS.alias()
    return (
        select(each.c.id)
        .select_from(each.join(unit, unit.c.id == each.c.organization_id))
        .where(each.c.campaign_id == row.c.id, condition(unit))
        .correlate(row)
        .exists()
    )


def secretary(row: Any, env: Any) -> ColumnElement[str]:
    """The name of who is secretary of the organization today."""
    post, member = POSTS.alias(), MEMBERS.alias()
    found: ColumnElement[str] = (
        select(member.c.name)
        .select_from(post.join(member, member.c.id == post.c.member_id))
        .where(
            post.c.organization_id == row.c.organization_id,
            post.c.kind == PostKind.SECRETARY,
            lasting(post, env.today),
        )
        .order_by(post.c.since.desc())
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )
    return found


def path_of_stage(row: Any) -> ColumnElement[str]:
    """Where the audit of a stage is carried out."""
    campaign = CAMPAIGN.alias()
    whose = (
        select(campaign.c.organization_id)
        .where(campaign.c.id == row.c.campaign_id)
        .correlate(row)
        .scalar_subquery()
    )
    return path_of(whose)


def stage_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever sees the audit sees its stages."""
    campaign = CAMPAIGN.alias()
    return (
        select(campaign.c.id)
        .where(campaign.c.id == row.c.campaign_id, seen(campaign, env))
        .correlate(row)
        .exists()
    )


def goes_on(row: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = row.c.state.in_((State.PREPARING, State.OPEN))
    return found


def is_overdue(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether it has people on its list, a stage of its level is over whose results go up, and it
    handed up nothing, as was asked.
    """
    stage = STAGE.alias()
    passed = (
        select(stage.c.id)
        .where(
            stage.c.campaign_id == row.c.campaign_id,
            stage.c.level == row.c.level,
            stage.c.hands_up,
            stage.c.until < env.today,
        )
        .correlate(row)
        .exists()
    )
    due = or_(row.c.level != Level.BRANCH, row.c.expected > 0)
    late = and_(passed, due, row.c.state.in_(UNDER_WORK))
    found: ColumnElement[bool] = late == args.bind("overdue")
    return found
