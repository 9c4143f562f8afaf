"""Which responsibility letters are due: of every member, every year, where it is asked for."""

from typing import Any

from sqlalchemy import Select, and_, func, literal, select

from zhibu.contributions import Window
from zhibu.due.declaring import by_region, ends_of_years
from zhibu.members.tables import Member
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.tables import Engagement


def letters(window: Window) -> Select[Any]:
    """The letter of each year whose last day lies in the window; done on the day it was signed.

    Whoever was admitted within the year has one as well; whose membership is stopped has none.
    """
    years = ends_of_years(window)
    asked = window.book.regions("organization_life.letters_owed", window.last)
    signed = (
        select(func.min(Engagement.since))
        .where(
            Engagement.tenant_id == window.tenant_id,
            Engagement.member_id == Member.id,
            Engagement.kind == Engaged.LETTER,
            Engagement.voided_on.is_(None),
            Engagement.since.between(years.c.starts_on, years.c.due_on),
        )
        .correlate(Member, years)
        .scalar_subquery()
    )
    owed = by_region(asked, Member.path, lambda found: literal(bool(found.value)))
    return select(
        Member.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        years.c.starts_on,
        years.c.due_on,
        signed.label("done_on"),
    ).where(
        and_(
            Member.tenant_id == window.tenant_id,
            Member.stage.in_(["full", "probationary"]),
            Member.admitted_on <= years.c.due_on,
            owed.is_(True),
        )
    )
