"""SQL expressions over members that the read planner uses."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Text,
    and_,
    case,
    exists,
    func,
    null,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast

from zhibu.calendar import add_months
from zhibu.members.rules import Stage
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations.reads import PERIODS, as_of, below, lasting, path_of, path_then
from zhibu.storage.aliases import named

MEMBERS: Any = Member.__table__
AFFILIATIONS: Any = Affiliation.__table__
STAGES: Any = StagePeriod.__table__


def path_of_member(row: Any) -> ColumnElement[str]:
    """The path of the branch of the member that a row is about, by its `member_id`."""
    member = named(MEMBERS, "mu")
    found: ColumnElement[str] = (
        select(member.c.path).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )
    return found


def members_inside(column: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the member that a column names belongs at or below an organization."""
    member = named(MEMBERS, "mi")
    inside = select(member.c.id).where(below(member.c.path, path_of(organization)))
    found: ColumnElement[bool] = column.in_(inside)
    return found


def branch(row: Any, target: Any, env: Any) -> Any:
    """The formal branch, on the day that was asked for."""
    day = as_of(env)
    if day is None:
        return target.c.id == row.c.organization_id
    home = AFFILIATIONS.alias()
    then = (
        select(home.c.organization_id)
        .where(home.c.member_id == row.c.id, lasting(home, day))
        .limit(1)
        .scalar_subquery()
    )
    return target.c.id == func.coalesce(then, row.c.organization_id)


def stage(row: Any, env: Any) -> Any:
    """The stage, on the day that was asked for."""
    day = as_of(env)
    if day is None:
        return row.c.stage
    period = STAGES.alias()
    then = (
        select(period.c.stage)
        .where(period.c.member_id == row.c.id, lasting(period, day))
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(then, row.c.stage)


def by_then(name: str, since: str) -> Any:
    """A column that says what happened on the day in `since`: null before that day."""

    def expression(row: Any, env: Any) -> Any:
        day = as_of(env)
        if day is None:
            return row.c[name]
        return case((row.c[since] <= day, row.c[name]), else_=null())

    return expression


def joined_on(row: Any, env: Any) -> Any:
    """When the affiliation began that holds now, or held on the day that was asked for."""
    home = AFFILIATIONS.alias()
    day = as_of(env)
    held = home.c.until.is_(None) if day is None else lasting(home, day)
    return select(home.c.since).where(home.c.member_id == row.c.id, held).limit(1).scalar_subquery()


def belonging(row: Any, args: Any, env: Any) -> Any:
    """The condition of `members`: living now, or a member of some branch on the day asked for;
    and at or below `organization`, where it stood on that day."""
    day = as_of(env)
    if day is None:
        terms = [] if args.given("filter.stages") else [row.c.stage != Stage.LEFT.value]
        if args.given("organization"):
            terms.append(below(row.c.path, path_of(args.row("organization", "Organization"))))
        return and_(True, *terms)
    home = AFFILIATIONS.alias()
    terms = [home.c.member_id == row.c.id, lasting(home, day)]
    if args.given("organization"):
        place = PERIODS.alias()
        top = path_then(args.row("organization", "Organization"), day)
        terms += [
            place.c.organization_id == home.c.organization_id,
            lasting(place, day),
            below(place.c.path, top),
        ]
    return exists(select(home.c.id).where(*terms))


def there(row: Any, args: Any, env: Any) -> Any:
    """The condition of `member`: this one, if a member of some branch on the day asked for."""
    terms = [row.c.id == args.row("id", "Member")]
    day = as_of(env)
    if day is not None:
        home = AFFILIATIONS.alias()
        terms.append(
            exists(select(home.c.id).where(home.c.member_id == row.c.id, lasting(home, day)))
        )
    return and_(*terms)


def at_stages(row: Any, args: Any, env: Any) -> Any:
    """Whether the stage, on the day that was asked for, is one of `filter.stages`."""
    return args.among(_typed(stage(row, env), row.c.stage), "filter.stages")


def at_least_aged(row: Any, args: Any, env: Any) -> Any:
    """Whether somebody was `filter.ageFrom` years old or older on the day."""
    return row.c.birth_date <= _years_before(_day(env), args.bind("filter.age_from"), env)


def at_most_aged(row: Any, args: Any, env: Any) -> Any:
    """Whether somebody was not older than `filter.ageTo` years on the day."""
    years = args.bind("filter.age_to", convert=lambda age: age + 1)
    return row.c.birth_date > _years_before(_day(env), years, env)


def _day(env: Any) -> Any:
    day = as_of(env)
    return env.today if day is None else day


def _years_before(day: Any, years: Any, env: Any) -> Any:
    """The same day so many years earlier; SQLite keeps dates as text."""
    if env.dialect.name == "postgresql":
        return sql_cast(day - func.make_interval(sql_cast(years, Integer)), Date)
    return func.date(day, func.printf("-%d years", years), type_=Text())


def _typed(expression: Any, like: Any) -> Any:
    return type_coerce(expression, like.type)


def probation_ends_on(row: Any, env: Any) -> Any:
    """When a running probation is due to end; null for everybody else."""
    period = STAGES.alias()
    return (
        select(period.c.ends_on)
        .where(
            period.c.member_id == row.c.id,
            period.c.until.is_(None),
            period.c.stage == Stage.PROBATIONARY.value,
        )
        .limit(1)
        .scalar_subquery()
    )


def ages(rows: list[dict[str, Any]], env: Any) -> list[int]:
    """Completed years of life today."""
    return [_age(row["birth_date"], env.today) for row in rows]


def standings(rows: list[dict[str, Any]], env: Any) -> list[int | None]:
    """Completed years since becoming a full member (党龄); null for who is not one."""
    return [_age(row["full_on"], env.today) if row["full_on"] else None for row in rows]


def _age(since: date, today: date) -> int:
    years = today.year - since.year
    return years if add_months(since, 12 * years) <= today else years - 1
