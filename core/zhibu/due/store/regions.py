"""Parameters that differ from place to place, as one expression over a path."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, case

from zhibu.parameters.book import Value
from zhibu.policy.paths import edges


def by_region(values: Sequence[Value], path: Any, meant: Callable[[Value], Any]) -> Any:
    """What `meant` makes of the value in force at a row's path.

    `values` are those of `Book.regions`: the deepest place first, the national value last.
    """
    *own, national = values
    if not own:
        return meant(national)
    return case(*((_below(path, value), meant(value)) for value in own), else_=meant(national))


def _below(path: Any, value: Value) -> Any:
    first, beyond = edges(value.path)
    return and_(path >= first, path < beyond)
