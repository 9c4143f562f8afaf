"""What every kind of cell can do."""

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, ClassVar

from zhibu.forms.cells import Cell, is_nothing

Shown = str | int | float | Decimal | date | None


class Tells(IntEnum):
    """How much a cell tells of a person: the classes of `docs/security/data.md` that leave here."""

    INTERNAL = 1
    PERSONAL = 2
    SENSITIVE = 3


class Kind(ABC):
    """Reads a cell into a value, and shows a value so that reading it again gives the same.

    `as_text` kinds are written as text cells, so that no program takes them for numbers.
    `empty` is the value of an absent cell. Kinds are values: they hold no state between cells.
    """

    as_text: ClassVar[bool] = True
    width: ClassVar[int] = 14
    number_format: ClassVar[str] = "@"
    empty: ClassVar[Any] = None
    tells: ClassVar[Tells] = Tells.INTERNAL

    @abstractmethod
    def read(self, raw: Cell, on: date) -> Any:
        """The value, or `Doubtful` around it. Never called with an absent cell.

        `on` is today in the tenant's zone. Raises `Unreadable`.
        """

    def show(self, value: Any) -> Shown:
        """The value as it is written into a workbook."""
        return None if value is None else str(value)

    def absent(self, raw: Cell) -> bool:
        return is_nothing(raw)

    @property
    def labels(self) -> tuple[str, ...]:
        """The only texts that may be chosen, or nothing when any may be typed."""
        return ()

    @property
    def guidance(self) -> str:
        """One Chinese sentence for whoever fills in the template."""
        return ""
