"""Statements compiled for one engine serve every other that speaks the same dialect.

Each institution on SQLite has files, and so engines, of its own: SQLAlchemy would compile and keep
each statement once for every one of them.
"""

from typing import Any

from sqlalchemy.util import LRUCache

Key = tuple[Any, ...]


class Compiled(LRUCache[Key, Any]):
    """What SQLAlchemy asks for by dialect, shape, columns and more, kept by the dialect's name.

    Only for engines whose dialects are of one configuration and, on PostgreSQL, one version.
    """

    def get(self, key: Key, default: Any = None) -> Any:
        return super().get(_named(key), default)

    def __setitem__(self, key: Key, value: Any) -> None:
        super().__setitem__(_named(key), value)


def _named(key: Key) -> Key:
    return (key[0].name, *key[1:])


COMPILED = Compiled(2_000)
