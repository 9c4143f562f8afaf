"""Long lists in statements of a size that every database accepts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Each = TypeVar("Each")

CHUNK = 500


def chunks(values: Sequence[Each], size: int = CHUNK) -> Iterator[Sequence[Each]]:
    """The values in their order, a part at a time; nothing at all for no values."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
