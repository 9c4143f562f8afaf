"""SQL expressions over organizations that the read planner uses."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, column, exists, func, or_, select

from zhibu.figures.tables import KeptFigure
from zhibu.figures.totals import own, subtree_total
from zhibu.members.tables import Affiliation
from zhibu.organizations.tables import Organization, OrganizationPeriod, Post
from zhibu.storage.aliases import named

ORGANIZATIONS: Any = Organization.__table__
PERIODS: Any = OrganizationPeriod.__table__
POSTS: Any = Post.__table__
AFFILIATIONS: Any = Affiliation.__table__
FIGURES: Any = KeptFigure.__table__
# Longer than any path: SQLite is told all positions in which a label may end.
_LONGEST = 200


def path_of_organization(row: Any) -> ColumnElement[str]:
    """The path of the organization that a row belongs to, by its `organization_id`."""
    unit = named(ORGANIZATIONS, "ou")
    found: ColumnElement[str] = (
        select(unit.c.path)
        .where(unit.c.id == row.c.organization_id)
        .correlate(row)
        .scalar_subquery()
    )
    return found


def organizations_inside(column: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the organization that a column names lies at or below another."""
    unit = named(ORGANIZATIONS, "oi")
    inside = select(unit.c.id).where(below(unit.c.path, path_of(organization)))
    found: ColumnElement[bool] = column.in_(inside)
    return found


def as_of(env: Any) -> Any | None:
    """The day the root field was asked for, or None for now."""
    root = env.root
    if root is None or not root.declares("as_of") or not root.given("as_of"):
        return None
    return root.bind("as_of")


def lasting(row: Any, day: date | ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row with `since` and `until` covers the day."""
    return and_(row.c.since <= day, or_(row.c.until.is_(None), row.c.until > day))


def then(name: str) -> Any:
    """The organization's `name`, `kind` or `parent_id` on the day that was asked for."""

    def expression(row: Any, env: Any) -> Any:
        day = as_of(env)
        return row.c[name] if day is None else func.coalesce(_then(row, name, day), row.c[name])

    return expression


def _then(row: Any, name: str, day: Any) -> Any:
    period = PERIODS.alias()
    return (
        select(period.c[name])
        .where(period.c.organization_id == row.c.id, lasting(period, day))
        .limit(1)
        .scalar_subquery()
    )


def there(row: Any, args: Any, env: Any) -> Any:
    """The condition of `organization`: this one, if it stood on the day that was asked for."""
    terms = [row.c.id == args.row("id", "Organization")]
    day = as_of(env)
    if day is not None:
        period = PERIODS.alias()
        terms.append(
            exists(
                select(period.c.id).where(
                    period.c.organization_id == row.c.id, lasting(period, day)
                )
            )
        )
    return and_(*terms)


def children(row: Any, target: Any, env: Any) -> Any:
    """The units right below: living now, or those that stood there on the day asked for."""
    day = as_of(env)
    if day is None:
        return and_(target.c.parent_id == row.c.id, target.c.ended_on.is_(None))
    period = PERIODS.alias()
    below_then = select(period.c.organization_id).where(
        period.c.parent_id == row.c.id, lasting(period, day)
    )
    return target.c.id.in_(below_then.correlate(row))


def posts(row: Any, target: Any, env: Any) -> Any:
    """The posts held here now, or on the day that was asked for."""
    day = as_of(env)
    held = target.c.until.is_(None) if day is None else lasting(target, day)
    return and_(target.c.organization_id == row.c.id, held)


def parent(row: Any, target: Any, env: Any) -> Any:
    """The unit above, on the day that was asked for."""
    return target.c.id == then("parent_id")(row, env)


def above(row: Any, target: Any, env: Any) -> Any:
    """Every unit above: those whose path ends where a label of this one's path ends."""
    place: Any
    if env.dialect.name == "postgresql":
        place = func.generate_series(1, func.length(row.c.path) - 1).column_valued("place")
    else:
        numbers = str([*range(1, _LONGEST)])
        place = func.json_each(numbers).table_valued(column("value", Integer)).c.value
    prefix = func.substr(row.c.path, 1, place, type_=String())
    ends = select(prefix).where(
        func.substr(row.c.path, place, 1, type_=String()) == ".",
        place < func.length(row.c.path),
    )
    return target.c.path.in_(ends.correlate(row))


def below(path: ColumnElement[str], top: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether `path` is the path `top` or lies under it, as a range an index can answer."""
    return and_(path >= top, path < func.substr(top, 1, func.length(top) - 1) + "/")


def path_of(id: ColumnElement[Any]) -> ColumnElement[str]:
    """The path of the organization with this id; null, so below nothing, for an unknown one."""
    top = named(ORGANIZATIONS, "ot")
    return select(top.c.path).where(top.c.id == id).scalar_subquery()


def path_then(id: ColumnElement[Any], day: date | ColumnElement[Any]) -> ColumnElement[str]:
    """The path it had on that day."""
    period = PERIODS.alias()
    return (
        select(period.c.path)
        .where(period.c.organization_id == id, lasting(period, day))
        .limit(1)
        .scalar_subquery()
    )


def standing(row: Any, args: Any, env: Any) -> Any:
    """The condition of `organizations`: living now, or on the day asked for; and below `under`."""
    day = as_of(env)
    if day is None:
        terms = [] if args.given("filter.include_ended") else [row.c.ended_on.is_(None)]
        if args.given("under"):
            terms.append(below(row.c.path, path_of(args.row("under", "Organization"))))
        return and_(True, *terms)
    period = PERIODS.alias()
    terms = [period.c.organization_id == row.c.id, lasting(period, day)]
    if args.given("under"):
        top = path_then(args.row("under", "Organization"), day)
        terms.append(below(period.c.path, top))
    return exists(select(period.c.id).where(*terms))


def member_count(row: Any, env: Any) -> ColumnElement[int]:
    """The members here and below: kept for today, counted for another day."""
    day = as_of(env)
    if day is None:
        return subtree_total("core.members", row)
    top, place, home = PERIODS.alias(), PERIODS.alias(), AFFILIATIONS.alias()
    return (
        select(func.count())
        .select_from(top)
        .join(place, below(place.c.path, top.c.path))
        .join(home, home.c.organization_id == place.c.organization_id)
        .where(
            top.c.organization_id == row.c.id,
            *(lasting(each, day) for each in (top, place, home)),
        )
        .scalar_subquery()
    )


def own_member_count(row: Any, env: Any) -> ColumnElement[int]:
    """The members of the organization itself: kept for today, counted for another day."""
    day = as_of(env)
    if day is None:
        return own("core.members", row)
    home = AFFILIATIONS.alias()
    return (
        select(func.count())
        .where(home.c.organization_id == row.c.id, lasting(home, day))
        .scalar_subquery()
    )


class Totals:
    """All kept figures of one organization and everything below it, in one row."""

    def __init__(self, args: Any, env: Any) -> None:
        self.figure = FIGURES.alias()
        self.from_ = self.figure
        self.path = self.figure.c.path
        self.names: list[str] = []
        self._top = path_of(args.row("organization", "Organization"))

    @property
    def where(self) -> Any:
        return and_(self.figure.c.name.in_(self.names), below(self.path, self._top))


def total(name: str) -> Any:
    """One of `Totals`."""

    def expression(totals: Totals, env: Any) -> Any:
        totals.names.append(name)
        value = case((totals.figure.c.name == name, totals.figure.c.value), else_=0)
        return func.coalesce(func.sum(value), 0)

    return expression


def contained(args: Any, name: str) -> ColumnElement[str]:
    """A pattern that finds the argument's text anywhere; its own wildcards mean themselves."""

    def pattern(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{escaped}%"

    found: ColumnElement[str] = args.bind(name, convert=pattern)
    return found
