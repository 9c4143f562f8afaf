"""The kept figures of a year, added up over a subtree."""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast

from zhibu.figures.tables import KeptFigure
from zhibu.organizations.reads import below, path_of
from zhibu.storage.tables import Exact
from zhibu_education.reads.here import Here
from zhibu_education.reads.years import asked_year

MEMBERS, MET, HOURS, PENDING, SESSIONS = (
    "education.members",
    "education.met",
    "education.hours",
    "education.pending",
    "education.sessions",
)


class OfOrganization:
    """`organization { education(year) }`: kept totals of that year, and what is behind."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row
        self.args, self.env = args, env
        self.asked = asked_year(args, env)
        self.year = self.asked.number
        self.here = Here(row.c.path, env)

    def total(self, figure: str) -> ColumnElement[int]:
        kept = KeptFigure.__table__.alias()
        return (
            select(_whole(func.sum(kept.c.value)))
            .where(
                kept.c.name == figure_of_year(figure, self.year),
                self.here.unit(kept.c.path),
            )
            .scalar_subquery()
        )


class Totals:
    """`educationFigures`: the kept figures of a year that are asked for, in one row."""

    def __init__(self, args: Any, env: Any) -> None:
        self.year = args.bind("year")
        self.kept = self.from_ = KeptFigure.__table__.alias()
        self.path = self.kept.c.path
        self._names: list[ColumnElement[str]] = []
        self._top = path_of(args.row("organization", "Organization"))

    @property
    def where(self) -> ColumnElement[bool]:
        return and_(self.kept.c.name.in_(self._names), below(self.path, self._top))

    def total(self, figure: str) -> ColumnElement[int]:
        name = figure_of_year(figure, self.year)
        self._names.append(name)
        return _whole(func.sum(case((self.kept.c.name == name, self.kept.c.value), else_=0)))


def figure_of_year(figure: str, year: Any) -> ColumnElement[str]:
    """The name under which a figure of a year is kept."""
    return literal(f"{figure}.") + sql_cast(year, Text())


def as_hours(hundredths: Any) -> ColumnElement[Decimal]:
    """A sum of hundredths, shown as class hours."""
    return type_coerce(hundredths, Exact())


def _whole(total: Any) -> ColumnElement[int]:
    """A sum as a whole number: PostgreSQL adds up bigint as numeric."""
    return sql_cast(func.coalesce(total, 0), BigInteger)
