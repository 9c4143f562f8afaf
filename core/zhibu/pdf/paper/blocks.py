"""What stands on a page, one thing after the other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `across` columns, set to the left if it holds `text`."""

    text: str
    across: int = 1
    left: bool = False


@dataclass(frozen=True)
class Block:
    """One thing on the page: `kind` with its texts, or a table with its rows, `tight` or not."""

    kind: str
    texts: tuple[str, ...] = ()
    head: tuple[tuple[Cell, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    tight: bool = False
