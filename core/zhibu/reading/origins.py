"""Where the value of an argument stands: in the document, or in a variable."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson

from zhibu.reading.facts import Facts


@dataclass(frozen=True)
class Literal:
    value: Any


@dataclass(frozen=True)
class Variable:
    path: tuple[str, ...]


Origin = Literal | Variable
ABSENT = Literal(None)


def plain(value: Any) -> Any:
    """An enum's stored value, in lists too; anything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


class Asking(dict[str, Any]):
    """Variables that note, by asking for it exactly, that the plan depends on their value."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def __len__(self) -> int:
        return 1  # an empty mapping would not be asked at all

    def __contains__(self, name: object) -> bool:
        return self._facts.present(str(name))

    def __getitem__(self, name: str) -> Any:
        return self._facts.exact((name,))

    def get(self, name: str, default: Any = None) -> Any:
        return self._facts.exact((name,)) if self._facts.present(name) else default


def as_json(values: Iterable[Any]) -> str:
    return orjson.dumps([getattr(value, "hex", value) for value in values], default=str).decode()
