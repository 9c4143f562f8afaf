"""What of a year's hours is not done: members', branches', and certificates left uncovered."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    select,
    type_coerce,
)

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, ends_of_years
from zhibu.members.tables import Member
from zhibu_education.rules.standing import days_passed
from zhibu_education.tables import Certificate, Standing


def behind(window: Window) -> Select[Any]:
    """Each living member's hours of a year; done while they keep the pace, or are reached."""
    years = ends_of_years(window)
    done = case((~_behind(window), window.today))
    return _standings(window, years).add_columns(
        Member.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        years.c.starts_on,
        years.c.due_on,
        done.label("done_on"),
    )


def unfinished(window: Window) -> Select[Any]:
    """Each branch's year; done while nobody is behind and, once it has ended, nothing pending."""
    years = ends_of_years(window)
    pending = and_(_hundredths(Standing.pending) > 0, years.c.due_on <= window.today)
    open_ones = func.sum(case((_behind(window), 1), (pending, 1), else_=0))
    return (
        _standings(window, years)
        .add_columns(
            Member.organization_id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            years.c.starts_on,
            years.c.due_on,
            case((open_ones == 0, window.today)).label("done_on"),
        )
        .group_by(Member.organization_id, years.c.starts_on, years.c.due_on)
    )


def certificates(window: Window) -> Select[Any]:
    """Certificates whose hours count no longer; until each is voided, kept or covered again."""
    columns: list[Any] = [
        Certificate.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        Certificate.uncovered_on.label("starts_on"),
        Certificate.uncovered_on.label("due_on"),
        literal(None, Date()).label("done_on"),
    ]
    return (
        select(*columns)
        .join(
            Member,
            and_(Member.tenant_id == Certificate.tenant_id, Member.id == Certificate.member_id),
        )
        .where(
            Certificate.tenant_id == window.tenant_id,
            Certificate.uncovered_on.between(window.first, window.last),
        )
    )


def _standings(window: Window, years: Any) -> Select[Any]:
    return (
        select()
        .select_from(Standing)
        .join(years, years.c.year == Standing.year)
        .join(
            Member,
            and_(Member.tenant_id == Standing.tenant_id, Member.id == Standing.member_id),
        )
        .where(
            Standing.tenant_id == window.tenant_id,
            Standing.required > 0,
            Member.left_on.is_(None),
        )
    )


def _behind(window: Window) -> ColumnElement[bool]:
    """The rule `behind` on the day that is asked about, for whatever year a standing is of."""
    year = window.today.year
    passed, days = days_passed(year, window.today)
    verified, required = _hundredths(Standing.verified), _hundredths(Standing.required)
    return case(
        (Standing.year < year, verified < required),
        (Standing.year == year, verified * days < required * passed),
        else_=false(),
    )


def _hundredths(column: Any) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)
