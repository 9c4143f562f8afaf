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
    done = case((handed, AUDITED.c.submitted_on))
    return _of_stages(window, done).where(STAGES.c.hands_up)


def plans(window: Window) -> Select[Any]:
    """Each organization's plan, by the last day of the stage in which those of its level are
    reviewed, where units are asked to; done once it was accepted, open again once it is written
    anew (S3B-15).
    """
    accepted = AUDITED.c.plan_state == PlanStand.ACCEPTED
    done = case((accepted, AUDITED.c.plan_reviewed_on))
    found = _of_stages(window, done).join(Organization, _place_of(AUDITED))
    asked = _asked_for(window, "audit_campaign.plan_review")
    return found.where(STAGES.c.reviews_plans, asked)


def searches(window: Window) -> Select[Any]:
    """Each search by its day, where days are set; done once it was concluded, open again once one
    goes on (S3C-07).
    """
    done = case((SEARCH.c.outcome != Outcome.SEARCHING, SEARCH.c.concluded_on))
    found = _falling(window, SEARCH, SEARCH.c.opened_on, SEARCH.c.due_on, done)
    asked = _asked_for(window, "audit_campaign.search_limit")
    return found.join(Organization, _place_of(SEARCH)).where(asked)


def inquiries(window: Window) -> Select[Any]:
    """Each inquiry that was not taken back, by the day of its answer; done once it is answered."""
    asked, due, done = INQUIRY.c.asked_on, INQUIRY.c.due_on, INQUIRY.c.answered_on
    return _falling(window, INQUIRY, asked, due, done).where(INQUIRY.c.voided_on.is_(None))


def _of_stages(window: Window, done: ColumnElement[Any]) -> Select[Any]:
    """Each organization that has work, by the last day of each stage of its own level."""
    found = _falling(window, AUDITED, STAGES.c.since, STAGES.c.until, done)
    return found.join(STAGES, _stage_of(AUDITED)).where(
        or_(AUDITED.c.level != Level.BRANCH, AUDITED.c.expected > 0)
    )


def _falling(
    window: Window,
    row: Any,
    starts: ColumnElement[Any],
    due: ColumnElement[Any],
    done: ColumnElement[Any],
) -> Select[Any]:
    """The rows of audits that go on, of which something falls due within the window."""
    return (
        select(
            row.c.id.label("subject_id"),
            row.c.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            starts.label("starts_on"),
            due.label("due_on"),
            done.label("done_on"),
        )
        .select_from(row)
        .join(CAMPAIGNS, _campaign_of(row))
        .where(
            row.c.tenant_id == window.tenant_id,
            CAMPAIGNS.c.state == State.OPEN,
            due.between(window.first, window.last),
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
