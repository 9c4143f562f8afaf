"""How wide the columns of a table are, and how large its letters."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from zhibu.pdf.paper.blocks import Block, Cell

NARROWEST, SHORT, WIDEST = 1.5, 6.0, 24.0  # of a column, in characters of Chinese
CHINESE = 0x2E80  # characters beyond are as wide as high
PADDED = 0.8  # characters beside what a cell holds
SIZES = ((6, 10.5), (10, 9.5), (1000, 8.5))  # points, by how many columns there are
TIGHT = 9.5  # of a long table that is to stay on a page
BETWEEN_MARGINS = {False: 493.0, True: 740.0}  # points; whether the page lies on its side


def told(block: Block, landscape: bool) -> dict[str, Any]:
    """A block as JSON says it to the template that sets it."""
    if block.kind != "table":
        return {"kind": block.kind, "texts": list(block.texts)}
    widest = _widest(block)
    size = next(size for most, size in SIZES if len(widest) <= most)
    size = min(size, TIGHT) if block.tight else size
    return {
        "kind": "table",
        "size": size,
        "tight": block.tight,
        "widths": _widths(widest, BETWEEN_MARGINS[landscape] / size),
        "head": [[vars(cell) for cell in row] for row in block.head],
        "rows": [[vars(cell) for cell in row] for row in block.rows],
    }


def _widest(block: Block) -> list[float]:
    """How wide the longest text of each column is, in characters of Chinese."""
    rows = [*block.head, *block.rows]
    count = max((sum(cell.across for cell in row) for row in rows), default=1)
    found = [NARROWEST] * count
    for at, cell in (placed for row in rows for placed in _placed(row)):
        if cell.across == 1:
            found[at] = min(WIDEST, max(found[at], _width(cell.text)))
    return found


def _widths(widest: list[float], room: float) -> list[dict[str, float]]:
    """Columns of a few characters never break; the others share what is left, as they need it.

    Where there is too little of it for that, all share.
    """
    short = [width if width <= SHORT else 0.0 for width in widest]
    kept = sum(width + PADDED for width in short if width)
    needed = sum(SHORT for width in short if not width)
    if not needed or kept + needed > room:
        return [{"share": round(width + PADDED, 2)} for width in widest]
    return [
        {"em": round(width + PADDED, 2)} if width <= SHORT else {"share": round(width, 2)}
        for width in widest
    ]


def _placed(row: tuple[Cell, ...]) -> Iterator[tuple[int, Cell]]:
    at = 0
    for cell in row:
        yield at, cell
        at += cell.across


def _width(text: str) -> float:
    """Between Chinese and what is not, there is a quarter of a character."""
    wide = [ord(each) > CHINESE for each in text]
    return sum(1.0 if each else 0.55 for each in wide) + sum(a != b for a, b in pairwise(wide)) / 4
