"""The training year that a field is asked about, in a statement and when it runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from zhibu.calendar import checked_year, year_of
from zhibu.reading.placed import Day


@dataclass(frozen=True, kw_only=True)
class AskedYear:
    """`number` in SQL; `last_day` when it runs: rules of a year are those of its last day."""

    number: ColumnElement[int]
    last_day: Day
    env: Any


def asked_year(args: Any, env: Any) -> AskedYear:
    return AskedYear(number=args.bind("year"), last_day=args.value("year", _last_day), env=env)


def _last_day(year: int) -> date:
    return year_of(checked_year(year))[1]
