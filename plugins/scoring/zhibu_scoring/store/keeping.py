"""What of those who record, or supervise, falls due: their recommendation, the end of a term."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY
from zhibu.organizations.tables import Organization, Post
from zhibu_scoring.rules.recorders import Duty
from zhibu_scoring.store.people import ASSESSING
from zhibu_scoring.tables import ScoringRecommendation


def recommendations(window: Window) -> Select[Any]:
    """Who began to record on a day; done once it is recorded that the branch recommended them."""
    known = (
        select(func.min(ScoringRecommendation.entered_on))
        .where(
            ScoringRecommendation.tenant_id == Post.tenant_id,
            ScoringRecommendation.post_id == Post.id,
            ScoringRecommendation.withdrawn_on.is_(None),
        )
        .correlate(Post)
        .scalar_subquery()
    )
    return _of(window, Post.since, known).where(Post.until.is_(None))


def terms(window: Window) -> Select[Any]:
    """The end of their terms; done once they hold the post no more."""
    return _of(window, Post.term_ends_on, Post.until)


def _of(window: Window, due_on: Any, done: ColumnElement[Any] | Any) -> Select[Any]:
    """One of each branch and day, whoever it is about."""
    waiting = func.count() - func.count(done)
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            func.min(Post.since).label("starts_on"),
            due_on.label("due_on"),
            case((waiting == 0, func.max(done))).label("done_on"),
        )
        .join(
            Organization,
            and_(Organization.tenant_id == Post.tenant_id, Organization.id == Post.organization_id),
        )
        .where(
            Post.tenant_id == window.tenant_id,
            Post.kind.in_([duty.value for duty in Duty]),
            due_on.between(window.first, window.last),
            Organization.kind.in_(ASSESSING),
            Organization.ended_on.is_(None),
        )
        .group_by(Organization.id, due_on)
    )
