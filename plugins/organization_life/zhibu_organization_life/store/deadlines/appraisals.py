"""Which appraisals are due: every branch's, once a year, some months after it at the latest."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Integer, Select, func, literal, or_, select

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, Span, all_of, by_region, together, years_alike
from zhibu.organizations.tables import Organization
from zhibu.parameters.book import Value
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.rules.catalogues import APPRAISING
from zhibu_organization_life.tables import Appraisal

GRACE = "organization_life.appraisal_grace_months"


def appraisals(window: Window) -> Select[Any]:
    """Appraisals that fall due; done on the day on which their grades were published."""
    years = range(window.first.year - 2, window.last.year + 1)
    found = (
        together(
            window,
            [_span(year, months) for year in alike for months in _graces(values)],
            partial(_owed, window, values),
        )
        for [values], alike in years_alike(window, years, GRACE, on=_last)
    )
    return all_of(window, found, "owed")


def _owed(window: Window, values: Sequence[Value], span: Any) -> Select[Any]:
    published = (
        select(func.min(Appraisal.published_on))
        .where(
            Appraisal.tenant_id == window.tenant_id,
            Appraisal.organization_id == Organization.id,
            Appraisal.year == span.c.year,
            Appraisal.state == Stand.PUBLISHED,
        )
        .correlate(Organization, span)
        .scalar_subquery()
    )
    grace = by_region(values, Organization.path, lambda found: literal(found.value, Integer()))
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.starts_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            published.label("done_on"),
        )
        .join(span, grace == span.c.number)
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(sorted(APPRAISING)),
            Organization.ended_on.is_(None),
            # A branch founded within the year appraises its members for the next one.
            or_(Organization.founded_on.is_(None), Organization.founded_on <= span.c.starts_on),
        )
    )


def _span(year: int, months: int) -> Span:
    first, last = year_of(year)
    return Span(months, first, last, add_months(last, months))


def _graces(values: Sequence[Value]) -> list[int]:
    return sorted({each.value for each in values if each.value is not None})


def _last(year: int) -> date:
    return year_of(year)[1]
