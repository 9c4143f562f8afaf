"""What of audits falls due: what a stage came to and was not handed up, and whom one searches."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, by_region
from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.planning import PlanStand
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.work import Stand
from zhibu_audit_campaign.store.campaigns import CAMPAIGNS, STAGES
from zhibu_audit_campaign.store.searches import SEARCH
from zhibu_audit_campaign.store.work import AUDITED, INQUIRY


def results(window: Window) -> Select[Any]:
    """Each organization with people on its list, by the last day of each stage of its level that
    hands something up; done once it did, open again once that was returned.
    """
    handed = AUDITED.c.state.in_((Stand.SUBMITTED, Stand.ACCEPTED))
    return (
        select(
            AUDITED.c.id.label("subject_id"),
            AUDITED.c.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            STAGES.c.since.label("starts_on"),
            STAGES.c.until.label("due_on"),
            case((handed, AUDITED.c.submitted_on)).label("done_on"),
        )
        .join(STAGES, _stage_of(AUDITED))
        .join(CAMPAIGNS, _campaign_of(AUDITED))
        .where(
            AUDITED.c.tenant_id == window.tenant_id,
            CAMPAIGNS.c.state == State.OPEN,
            STAGES.c.hands_up,
            STAGES.c.until.between(window.first, window.last),
            or_(AUDITED.c.level != Level.BRANCH, AUDITED.c.expected > 0),
        )
    )


def plans(window: Window) -> Select[Any]:
    """Each organization's plan, by the last day of the stage in which those of its level are
    reviewed, where units are asked to; done once it was accepted, open again once it is written
    anew (S3B-15).
    """
    accepted = AUDITED.c.plan_state == PlanStand.ACCEPTED
    return (
        select(
            AUDITED.c.id.label("subject_id"),
            AUDITED.c.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            STAGES.c.since.label("starts_on"),
            STAGES.c.until.label("due_on"),
            case((accepted, AUDITED.c.plan_reviewed_on)).label("done_on"),
        )
        .join(STAGES, _stage_of(AUDITED))
        .join(CAMPAIGNS, _campaign_of(AUDITED))
        .join(Organization, _place_of(AUDITED))
        .where(
            AUDITED.c.tenant_id == window.tenant_id,
            CAMPAIGNS.c.state == State.OPEN,
            STAGES.c.reviews_plans,
            STAGES.c.until.between(window.first, window.last),
            or_(AUDITED.c.level != Level.BRANCH, AUDITED.c.expected > 0),
            _asked_for(window, "audit_campaign.plan_review"),
        )
    )


def searches(window: Window) -> Select[Any]:
    """Each search by its day, where days are set; done once it was concluded, open again once one
    goes on (S3C-07).
    """
    over = SEARCH.c.outcome != Outcome.SEARCHING
    return (
        select(
            SEARCH.c.id.label("subject_id"),
            SEARCH.c.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            SEARCH.c.opened_on.label("starts_on"),
            SEARCH.c.due_on.label("due_on"),
            case((over, SEARCH.c.concluded_on)).label("done_on"),
        )
        .join(CAMPAIGNS, _campaign_of(SEARCH))
        .join(Organization, _place_of(SEARCH))
        .where(
            SEARCH.c.tenant_id == window.tenant_id,
            CAMPAIGNS.c.state == State.OPEN,
            SEARCH.c.due_on.between(window.first, window.last),
            _asked_for(window, "audit_campaign.search_limit"),
        )
    )


def inquiries(window: Window) -> Select[Any]:
    """Each inquiry that was not taken back, by the day of its answer; done once it is answered."""
    return (
        select(
            INQUIRY.c.id.label("subject_id"),
            INQUIRY.c.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            INQUIRY.c.asked_on.label("starts_on"),
            INQUIRY.c.due_on.label("due_on"),
            INQUIRY.c.answered_on.label("done_on"),
        )
        .join(CAMPAIGNS, _campaign_of(INQUIRY))
        .where(
            INQUIRY.c.tenant_id == window.tenant_id,
            CAMPAIGNS.c.state == State.OPEN,
            INQUIRY.c.due_on.between(window.first, window.last),
            INQUIRY.c.voided_on.is_(None),
        )
    )


def _campaign_of(row: Any) -> ColumnElement[bool]:
    return and_(CAMPAIGNS.c.tenant_id == row.c.tenant_id, CAMPAIGNS.c.id == row.c.campaign_id)


def _stage_of(row: Any) -> ColumnElement[bool]:
    """The stages of its own level."""
    return and_(
        STAGES.c.tenant_id == row.c.tenant_id,
        STAGES.c.campaign_id == row.c.campaign_id,
        STAGES.c.level == row.c.level,
    )


def _place_of(row: Any) -> ColumnElement[bool]:
    return and_(Organization.tenant_id == row.c.tenant_id, Organization.id == row.c.organization_id)


def _asked_for(window: Window, name: str) -> ColumnElement[bool]:
    """Whether a parameter asks for it where the organization is."""
    regions = window.book.regions(name, window.today)
    asked = by_region(regions, Organization.path, lambda value: literal(bool(value.value)))
    found: ColumnElement[bool] = asked.is_(True)
    return found
