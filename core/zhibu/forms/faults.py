"""What is wrong with a form, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zhibu.errors import ZhibuError


class Severity(StrEnum):
    """An error keeps its row from being written; a warning asks a person to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding. `row` is the number Excel shows, None for the whole file.

    `column` is the heading, None for the whole row. `code` and `facts` make its text, looked up
    in `locale/` like that of an error; `facts` never hold a whole identity number.
    """

    row: int | None
    column: str | None
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @classmethod
    def of(cls, error: ZhibuError, row: int | None, column: str | None = None) -> "Fault":
        """The same refusal that a mutation would answer with, put at a row."""
        return cls(row, column, error.code, error.facts)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
