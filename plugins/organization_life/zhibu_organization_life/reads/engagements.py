"""What members take on, whom it misses, and whose political birthday falls into a month."""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, not_, or_, select, type_coerce

from zhibu.members.reads import members_inside
from zhibu.storage.tables import Exact
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.rules.listed import MANAGED
from zhibu_organization_life.tables import Engagement

ENGAGEMENT: Any = Engagement.__table__


def within_year(row: Any, year: Any) -> ColumnElement[bool]:
    """Whether something that is not void holds in a year."""
    begins, ends = extract("year", row.c.since), extract("year", row.c.until)
    return and_(row.c.voided_on.is_(None), begins <= year, or_(row.c.until.is_(None), ends >= year))


def without(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Members of an organization who took on nothing of a kind in a year."""
    engagement = ENGAGEMENT.alias()
    year = args.bind("year")
    lasting = within_year(engagement, year)
    # What happens on a day holds on that day; posts, areas and links until they end.
    dated = and_(lasting, extract("year", engagement.c.since) == year)
    once = [Engaged.PLEDGE, Engaged.VOLUNTEER, Engaged.LETTER, Engaged.CARE]
    found = (
        select(engagement.c.id)
        .where(
            engagement.c.member_id == row.c.id,
            engagement.c.kind == args.bind("kind"),
            or_(dated, and_(lasting, engagement.c.kind.not_in([str(kind) for kind in once]))),
        )
        .correlate(row)
        .exists()
    )
    kind = args.bind("kind")
    meant = [or_(kind != each.value, row.c.kind == managed) for each, managed in MANAGED.items()]
    return and_(_living(row, args), *meant, not_(found))


def born_in(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Members of an organization who were admitted in a month, of whatever year."""
    return and_(_living(row, args), extract("month", row.c.admitted_on) == args.bind("month"))


def by_birthday(row: Any) -> list[ColumnElement[Any]]:
    """In the order of the days of a month."""
    return [extract("day", row.c.admitted_on), row.c.sort_name, row.c.id]


def service_hours(member: Any, year: ColumnElement[int]) -> ColumnElement[Any]:
    """Hours of volunteer service in a year."""
    engagement = ENGAGEMENT.alias()
    return (
        select(type_coerce(func.coalesce(func.sum(engagement.c.hours), 0), Exact))
        .where(
            engagement.c.member_id == member.c.id,
            engagement.c.kind == Engaged.VOLUNTEER,
            engagement.c.voided_on.is_(None),
            extract("year", engagement.c.since) == year,
        )
        .correlate(member)
        .scalar_subquery()
    )


def _living(row: Any, args: Any) -> ColumnElement[bool]:
    return and_(
        row.c.left_on.is_(None),
        members_inside(row.c.id, args.row("organization", "Organization")),
    )
