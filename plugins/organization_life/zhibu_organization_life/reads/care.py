"""Surveys and relief, and whom nobody surveyed."""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, not_, select

from zhibu.members.reads import members_inside
from zhibu_organization_life.tables import Relief, Survey

SURVEY: Any = Survey.__table__
RELIEF: Any = Relief.__table__


def unsurveyed(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Retired members of an organization of whom nobody found out in a year how they live."""
    survey = SURVEY.alias()
    had = (
        select(survey.c.id)
        .where(
            survey.c.member_id == row.c.id,
            survey.c.voided_on.is_(None),
            extract("year", survey.c.surveyed_on) == args.bind("year"),
        )
        .correlate(row)
        .exists()
    )
    here = members_inside(row.c.id, args.row("organization", "Organization"))
    return and_(row.c.left_on.is_(None), row.c.kind == "retired", here, not_(had))


def of_members_inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether the member belongs at or below the organization asked for."""
    found: ColumnElement[bool] = members_inside(
        row.c.member_id, args.row("organization", "Organization")
    )
    return found
