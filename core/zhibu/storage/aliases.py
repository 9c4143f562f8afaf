"""Tables under names of their own, made once."""

from functools import cache
from typing import Any


@cache
def named(table: Any, name: str) -> Any:
    """The table under this name. Statements share it: giving it its columns takes long.

    Where one use may enclose another, give each a name of its own: the inner one hides the outer.
    """
    return table.alias(name)
