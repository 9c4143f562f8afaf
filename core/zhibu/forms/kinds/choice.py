"""Closed lists in cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from zhibu.forms.cells import Cell, Unreadable, excerpt, is_nothing, narrowed
from zhibu.forms.kinds.kind import Kind
from zhibu.forms.words import NO, YES

_TRUE = frozenset({"是", "有", "对", "已", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "T", "1"})
_FALSE = frozenset(
    {"否", "无", "非", "未", "不是", "×", "✗", "✘", "X", "N", "NO", "FALSE", "F", "0"}
)


@dataclass(frozen=True)
class Choice(Kind):
    """One of `choices` (label → stored value); `aliases` are other spellings (alias → label)."""

    choices: Mapping[str, Any]
    aliases: Mapping[str, str] = field(default_factory=dict)

    width = 14

    def read(self, raw: Cell, on: date) -> Any:
        label = self._spellings.get(_key(raw))
        if label is None:
            raise Unreadable(
                "core.cell_choice_unknown", value=excerpt(raw), choices="、".join(self.choices)
            )
        return self.choices[label]

    def show(self, value: Any) -> str | None:
        """The label of a stored value; a value that is no longer offered is shown as it is."""
        if value is None:
            return None
        for label, stored in self.choices.items():
            if stored == value:
                return label
        return str(value)

    def absent(self, raw: Cell) -> bool:
        return is_nothing(raw) and _key(raw) not in self._spellings

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.choices)

    @property
    def guidance(self) -> str:
        return "从下拉列表中选择"

    @cached_property
    def _spellings(self) -> dict[str, str]:
        found = {_key(alias): label for alias, label in self.aliases.items()}
        return found | {_key(label): label for label in self.choices}


@dataclass(frozen=True)
class YesNo(Kind):
    """`True` or `False`: 是/否, √/×, 有/无, Y/N, 1/0. `blank` is what an empty cell means."""

    blank: bool | None = False

    width = 8

    def read(self, raw: Cell, on: date) -> bool:
        word = _key(raw)
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise Unreadable("core.cell_yes_no_unknown", value=excerpt(raw))

    def show(self, value: bool | None) -> str | None:
        return None if value is None else YES if value else NO

    def absent(self, raw: Cell) -> bool:
        return is_nothing(raw) and _key(raw) not in _FALSE

    @property
    def empty(self) -> bool | None:
        return self.blank

    @property
    def labels(self) -> tuple[str, ...]:
        return (YES, NO)

    @property
    def guidance(self) -> str:
        return "填“是”或“否”"


def _key(raw: Cell) -> str:
    return narrowed(raw).upper()
