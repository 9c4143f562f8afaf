"""A scheme: its parts and items as the parameter in force writes them (S4-15, S4-66)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis
from zhibu_scoring.errors import SchemeMalformed


class Part(StrEnum):
    """The four parts of a scheme."""

    BASE = "base"
    PLUS = "plus"
    MINUS = "minus"
    VETO = "veto"


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something that has points; `number` is its place on the sheet, `most` what counts a year."""

    code: str
    name: str
    part: Part
    number: int
    points: Decimal
    most: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """What a year is assessed by. Everybody begins with what the base items come to."""

    items: Mapping[str, Item]
    basis: Basis

    @property
    def base(self) -> Decimal:
        return sum((i.points for i in self.items.values() if i.part is Part.BASE), Decimal(0))


def scheme(words: Sequence[Mapping[str, Any]] | None, basis: Basis) -> Scheme:
    """The scheme that a catalogue writes. Raises `SchemeMalformed` naming the first such item."""
    return Scheme(items={item.code: item for item in _items(words or (), basis)}, basis=basis)


def _items(words: Sequence[Mapping[str, Any]], basis: Basis) -> Iterator[Item]:
    for word in words:
        part, number, points = word.get("part"), word.get("number"), _points(word.get("points", 0))
        most = None if word.get("most") is None else _points(word["most"])
        whole = isinstance(number, int) and not isinstance(number, bool)
        unlimited = word.get("most") is None
        fits = word["code"].isidentifier() and part in list(Part) and whole
        if not fits or points is None or (most is None) != unlimited:
            raise SchemeMalformed(path=("item",), basis=basis, item=word["code"])
        yield Item(
            code=word["code"],
            name=word["zh"],
            part=Part(str(part)),
            number=int(str(number)),
            points=points,
            most=most,
        )


def _points(said: Any) -> Decimal | None:
    """Points as the core keeps decimals: not below nothing, with two places at most."""
    if isinstance(said, bool | float):
        return None
    try:
        points = Decimal(said)
    except (InvalidOperation, TypeError, ValueError):
        return None
    exact = (
        points.is_finite() and points >= 0 and points * 100 == (points * 100).to_integral_value()
    )
    return points if exact else None
