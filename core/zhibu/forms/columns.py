"""A column of a form: its heading, what its cells mean, and what a template says about it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhibu.forms.cells import Cell, Doubtful, Unreadable
from zhibu.forms.kinds.kind import Kind, Shown

_NOISE = re.compile(r"[\s*★※:：'\u200b-\u200f\ufeff]+")
_REMARK = re.compile(r"(.+?)[(\[【].*[)\]】]")


@dataclass(frozen=True)
class Column:
    """One column. `key` names the value in rows; `title` is the Chinese heading.

    `required` columns must have a heading and a value in every row. `aliases` are other headings
    that mean the same. `example` is a value (not a text) for the template.
    """

    key: str
    title: str
    kind: Kind
    required: bool = field(default=False, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    width: int | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)
    example: Any = field(default=None, kw_only=True)

    def read(self, raw: Cell, on: date) -> Any:
        """The value of a cell, or `Doubtful` around it. Raises `Unreadable`."""
        if self.kind.absent(raw):
            if self.required:
                raise Unreadable("core.cell_required")
            return self.kind.empty
        return self.kind.read(raw, on)

    def value(self, raw: Cell, on: date) -> Any:
        """The plain value of a cell, without its doubt. Raises `Unreadable`."""
        found = self.read(raw, on)
        return found.value if isinstance(found, Doubtful) else found

    def show(self, value: Any) -> Shown:
        return self.kind.show(value)

    @property
    def shown_width(self) -> int:
        return self.width or max(self.kind.width, 2 * len(self.title) + 4)


def heading_key(text: str) -> str:
    """A heading without its asterisk, spaces, line breaks and width of letters."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Headings:
    """Which heading means which column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = {
            heading_key(name): index
            for index, column in reversed(list(enumerate(columns)))
            for name in (*column.aliases, column.title)
        }

    def column(self, heading: str) -> int | None:
        """The place of the column; a remark in brackets after the heading is ignored."""
        key = heading_key(heading)
        if key in self._columns:
            return self._columns[key]
        remark = _REMARK.fullmatch(key)
        return self._columns.get(remark[1]) if remark else None
