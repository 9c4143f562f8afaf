"""What is owed once a year: leaders' lectures, and plans."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Integer, Select, and_, literal, or_, select, true

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, Span, all_of, by_region, together, years_alike
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post
from zhibu.parameters.book import Value
from zhibu_education.rules.catalogues import LECTURES, SessionState
from zhibu_education.tables import Plan, Session


def lectures(window: Window) -> Select[Any]:
    """Each leader's lecture of a year (S2-04); done on the day of the last one that was due."""
    names = ("education.leading_posts", "education.lectures_of_leaders")
    found = (
        together(
            window,
            [Span(0, *year_of(year), year_of(year)[1]) for year in alike],
            partial(_lectures, window, posts, wanted),
        )
        for [posts, wanted], alike in years_alike(window, _years(window), *names, on=_last)
    )
    return all_of(window, found, "lectures")


def plans(window: Window) -> Select[Any]:
    """Each plan that an organization owes for a year (S2-29); done once it is published."""
    names = ("education.planning_kinds", "education.plan_months")
    found = (
        together(
            window,
            [_plan(year, number) for year in alike for number in _numbers(months)],
            partial(_plans, window, kinds, months),
        )
        for [kinds, months], alike in years_alike(window, _years(window), *names, on=_last)
    )
    return all_of(window, found, "plans")


def _lectures(
    window: Window, posts: Sequence[Value], wanted: Sequence[Value], span: Any
) -> Select[Any]:
    leads = (
        select(Post.id)
        .join(
            Organization,
            and_(Organization.tenant_id == Post.tenant_id, Organization.id == Post.organization_id),
        )
        .where(
            Post.tenant_id == window.tenant_id,
            Post.member_id == Member.id,
            Post.since <= span.c.ends_on,
            or_(Post.until.is_(None), Post.until > span.c.starts_on),
            by_region(posts, Organization.path, lambda found: Post.kind.in_(found.value or ())),
        )
        .correlate(Member, span)
        .exists()
    )
    given = (
        select(Session.held_on)
        .where(
            Session.tenant_id == window.tenant_id,
            Session.lecturer_id == Member.id,
            Session.state == SessionState.HELD,
            Session.form.in_(sorted(LECTURES)),
            Session.held_on.between(span.c.starts_on, span.c.ends_on),
        )
        .correlate(Member, span)
        .order_by(Session.held_on, Session.id)
        .limit(1)
    )

    def last_of(found: Value) -> Any:
        return given.offset(max(0, (found.value or 0) - 1)).scalar_subquery()

    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            span.c.starts_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            by_region(wanted, Member.path, last_of).label("done_on"),
        )
        .select_from(Member)
        .join(span, true())
        .where(
            Member.tenant_id == window.tenant_id,
            Member.left_on.is_(None),
            leads,
            by_region(wanted, Member.path, lambda found: literal(bool(found.value))),
        )
    )


def _plans(
    window: Window, kinds: Sequence[Value], months: Sequence[Value], span: Any
) -> Select[Any]:
    within = by_region(
        months, Organization.path, lambda found: literal(found.value or 0, Integer())
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.starts_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            Plan.published_on.label("done_on"),
        )
        .select_from(Organization)
        .join(span, within == span.c.number)
        .join(
            Plan,
            and_(
                Plan.tenant_id == Organization.tenant_id,
                Plan.organization_id == Organization.id,
                Plan.year == span.c.year,
            ),
            isouter=True,
        )
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.ended_on.is_(None),
            or_(Organization.founded_on.is_(None), Organization.founded_on <= span.c.due_on),
            by_region(
                kinds, Organization.path, lambda found: Organization.kind.in_(found.value or ())
            ),
        )
    )


def _plan(year: int, months: int) -> Span:
    first, last = year_of(year)
    return Span(months, first, last, add_months(first, months) - timedelta(days=1))


def _numbers(values: Sequence[Value]) -> list[int]:
    return sorted({value.value or 0 for value in values})


def _last(year: int) -> date:
    return year_of(year)[1]


def _years(window: Window) -> range:
    return range(window.first.year, window.last.year + 1)
