"""What falls due in the register itself, declared as a plugin declares its own."""

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from zhibu.contributions import Due, Window
from zhibu.core_actions import MEMBER_CORRECT, MEMBER_READ, ORGANIZATION_READ
from zhibu.due.declaring import NOBODY, NOT_DONE, ends_of_years
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations.rules import BRANCHES, ELECTED, FORMAL_HOMES, Kind
from zhibu.organizations.tables import Organization, Post


def _probations(window: Window) -> Select[Any]:
    """Each probation; done when the next stage began, unless it goes on after an interruption."""
    running = func.sum(case((StagePeriod.until.is_(None), 1), else_=0))
    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            func.min(StagePeriod.since).label("starts_on"),
            StagePeriod.ends_on.label("due_on"),
            case((running == 0, func.max(StagePeriod.until))).label("done_on"),
        )
        .join(
            Member,
            and_(Member.tenant_id == StagePeriod.tenant_id, Member.id == StagePeriod.member_id),
        )
        .where(
            StagePeriod.tenant_id == window.tenant_id,
            StagePeriod.ends_on.between(window.first, window.last),
        )
        .group_by(Member.id, Member.organization_id, StagePeriod.ends_on)
    )


def _terms(window: Window) -> Select[Any]:
    """Each term of office; it is done once everybody elected for it has gone out of office."""
    in_office = func.sum(case((or_(Post.until.is_(None), Post.until > window.today), 1), else_=0))
    length = case(
        (Organization.kind.in_(_names(BRANCHES)), "core.branch_term"),
        (Organization.kind == Kind.GENERAL_BRANCH, "core.general_branch_term"),
        else_="core.committee_term",
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            func.min(Post.since).label("starts_on"),
            Post.term_ends_on.label("due_on"),
            case((in_office == 0, func.max(Post.until))).label("done_on"),
            length.label("basis"),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Post.tenant_id,
                Organization.id == Post.organization_id,
            ),
        )
        .where(
            Post.tenant_id == window.tenant_id,
            Post.kind.in_(_names(ELECTED)),
            Post.term_ends_on.between(window.first, window.last),
            Organization.ended_on.is_(None),
        )
        .group_by(Organization.id, Organization.kind, Post.term_ends_on)
    )


def _without_branch(window: Window) -> Select[Any]:
    """Members whose branch has ended or is no formal home, or whose affiliation is not recorded."""
    open_one = (
        select(Affiliation.id)
        .where(
            Affiliation.tenant_id == Member.tenant_id,
            Affiliation.member_id == Member.id,
            Affiliation.until.is_(None),
        )
        .correlate(Member)
    )
    last_until = (
        select(func.max(Affiliation.until))
        .where(Affiliation.tenant_id == Member.tenant_id, Affiliation.member_id == Member.id)
        .correlate(Member)
        .scalar_subquery()
    )
    since = func.coalesce(Organization.ended_on, last_until, Member.admitted_on)
    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            since.label("starts_on"),
            since.label("due_on"),
            NOT_DONE.label("done_on"),
        )
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .where(
            Member.tenant_id == window.tenant_id,
            Member.left_on.is_(None),
            since.between(window.first, window.last),
            or_(
                Organization.ended_on.is_not(None),
                Organization.kind.not_in(_names(FORMAL_HOMES)),
                ~open_one.exists(),
            ),
        )
    )


def _year_ends(window: Window) -> Select[Any]:
    """Each branch's check of its register, on the last day of each year of the window."""
    years = ends_of_years(window)
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            years.c.starts_on,
            years.c.due_on,
            NOT_DONE.label("done_on"),
        )
        .join(
            years,
            or_(Organization.founded_on.is_(None), Organization.founded_on <= years.c.due_on),
        )
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(_names(FORMAL_HOMES)),
            Organization.ended_on.is_(None),
        )
    )


def _names(kinds: Any) -> list[str]:
    return sorted(str(kind) for kind in kinds)


DUES = [
    Due(
        name="core.probation_ends",
        items=_probations,
        subject="Member",
        permission=MEMBER_READ,
        responsible=("branch_secretary", "branch_committee_member"),
        tells_member=True,
        gone_is_done=False,
        lead="core.probation_lead",
        escalation="core.probation_escalation",
        basis="core.probation_months",
    ),
    Due(
        name="core.term_ends",
        items=_terms,
        subject="Organization",
        permission=ORGANIZATION_READ,
        responsible=("branch_secretary", "committee_officer"),
        gone_is_done=False,
        lead="core.term_lead",
        escalation="core.term_escalation",
        basis="core.branch_term",
    ),
    Due(
        name="core.affiliation_missing",
        items=_without_branch,
        subject="Member",
        permission=MEMBER_READ,
        responsible=("branch_secretary",),
        tells_member=True,
        lead="core.affiliation_lead",
        escalation="core.affiliation_escalation",
        basis="core.affiliation_lead",
    ),
    Due(
        name="core.year_end",
        items=_year_ends,
        subject="Organization",
        permission=ORGANIZATION_READ,
        responsible=("branch_secretary",),
        lead="core.year_end_lead",
        escalation="core.year_end_escalation",
        pursued="core.year_end_pursued",
        basis="core.year_end_lead",
        settled_by=MEMBER_CORRECT,
        gone_is_done=False,
    ),
]
