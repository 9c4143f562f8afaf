"""Whom nobody surveyed this year: retired members, where it is asked for."""

from typing import Any

from sqlalchemy import Select, and_, func, literal, select

from zhibu.contributions import Window
from zhibu.due.declaring import by_region, ends_of_years
from zhibu.members.tables import Member
from zhibu_organization_life.tables import Survey


def surveys(window: Window) -> Select[Any]:
    """The survey of each year whose last day lies in the window; done on its day."""
    years = ends_of_years(window)
    asked = window.book.regions("organization_life.surveys_owed", window.last)
    found = (
        select(func.min(Survey.surveyed_on))
        .where(
            Survey.tenant_id == window.tenant_id,
            Survey.member_id == Member.id,
            Survey.voided_on.is_(None),
            Survey.surveyed_on.between(years.c.starts_on, years.c.due_on),
        )
        .correlate(Member, years)
        .scalar_subquery()
    )
    owed = by_region(asked, Member.path, lambda value: literal(bool(value.value)))
    return select(
        Member.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        years.c.starts_on,
        years.c.due_on,
        found.label("done_on"),
    ).where(
        and_(
            Member.tenant_id == window.tenant_id,
            Member.stage.in_(["full", "probationary"]),
            Member.kind == "retired",
            Member.admitted_on <= years.c.due_on,
            owed.is_(True),
        )
    )
