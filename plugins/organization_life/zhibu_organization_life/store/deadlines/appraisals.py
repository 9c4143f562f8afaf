"""Which appraisals are due: every branch's, once a year, some months after it at the latest."""

from typing import Any

from sqlalchemy import Date, Integer, Select, and_, func, literal, or_, select, union_all

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, by_region
from zhibu.organizations.tables import Organization
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.rules.catalogues import APPRAISING
from zhibu_organization_life.store.deadlines.meetings import none
from zhibu_organization_life.tables import Appraisal

GRACE = "organization_life.appraisal_grace_months"


def appraisals(window: Window) -> Select[Any]:
    """Appraisals that fall due; done on the day on which their grades were published."""
    found = [
        each
        for year in range(window.first.year - 2, window.last.year + 1)
        for each in _of_year(window, year)
    ]
    rows: Any = union_all(*(found or [none(window)])).subquery("owed")
    return select(*rows.c)


def _of_year(window: Window, year: int) -> list[Select[Any]]:
    _, last = year_of(year)
    values = window.book.regions(GRACE, last)
    graces = sorted({each.value for each in values if each.value is not None})
    days = {months: add_months(last, months) for months in graces}
    return [
        _owed(window, year, months, due_on, values)
        for months, due_on in days.items()
        if window.first <= due_on <= window.last
    ]


def _owed(window: Window, year: int, months: int, due_on: Any, values: Any) -> Select[Any]:
    published = (
        select(func.min(Appraisal.published_on))
        .where(
            Appraisal.tenant_id == window.tenant_id,
            Appraisal.organization_id == Organization.id,
            Appraisal.year == year,
            Appraisal.state == Stand.PUBLISHED,
        )
        .correlate(Organization)
        .scalar_subquery()
    )
    first, _ = year_of(year)
    grace = by_region(values, Organization.path, lambda found: literal(found.value, Integer()))
    return select(
        Organization.id.label("subject_id"),
        Organization.id.label("organization_id"),
        NOBODY.label("member_id"),
        literal(first, Date()).label("starts_on"),
        literal(due_on, Date()).label("due_on"),
        published.label("done_on"),
    ).where(
        and_(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(sorted(APPRAISING)),
            Organization.ended_on.is_(None),
            # A branch founded within the year appraises its members for the next one.
            or_(Organization.founded_on.is_(None), Organization.founded_on <= first),
            grace == months,
        )
    )
