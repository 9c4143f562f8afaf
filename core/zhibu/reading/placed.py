"""Parameters in a statement: what holds at the place of a row, by the nearest override above it.

A plan is kept for many requests, so the values are bound when it runs, never written into it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
from sqlalchemy import ColumnElement, String, Text, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from zhibu.parameters.book import Value
from zhibu.reading.binds import Environment
from zhibu.reading.request import Run

Day = Callable[[Run], date]


def parameter_at(env: Environment, name: str, path: Any, on: Day) -> ColumnElement[str]:
    """The value of a parameter at `path` as text, null where it is not set.

    `on(run)` is the day asked about: `args.value("year", …)`, say.
    """
    return _nearest(env, name, path, on, _text)


def chosen_at(env: Environment, name: str, word: Any, path: Any, on: Day) -> ColumnElement[bool]:
    """Whether a word is among the choices of a parameter at `path`."""
    chosen = func.coalesce(_nearest(env, name, path, on, _listed), "")
    marked = literal(",") + cast(word, String()) + literal(",")
    return func.replace(chosen, marked, "") != chosen


def _nearest(
    env: Environment, name: str, path: Any, on: Day, shown: Callable[[Any], str | None]
) -> ColumnElement[str]:
    def source(run: Run) -> str:
        found: list[Value] = run.reader.parameters.regions(name, on(run))
        return orjson.dumps([[each.path, shown(each.value)] for each in found]).decode()

    bound = env.bound(Text(), source)
    top: Any
    value: Any
    if env.dialect.name == "postgresql":
        pairs = func.jsonb_array_elements(cast(bound, JSONB)).table_valued(column("value", JSONB))
        top, value = pairs.c.value[0].astext, pairs.c.value[1].astext
    else:
        pairs = func.json_each(bound).table_valued("value")
        top, value = (
            func.json_extract(pairs.c.value, place, type_=String()) for place in ("$[0]", "$[1]")
        )
    # The national value stands under the empty path, which everything lies below.
    return (
        select(value)
        .where(func.substr(path, 1, func.length(top)) == top)
        .order_by(func.length(top).desc())
        .limit(1)
        .scalar_subquery()
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _listed(value: Any) -> str | None:
    return None if value is None else f",{','.join(value)},"
