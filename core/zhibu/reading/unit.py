"""What the compilation of one root field shares among its parts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLSchema
from sqlalchemy import Dialect

from zhibu.reading.arguments import Arguments
from zhibu.reading.binds import Binds, Environment
from zhibu.reading.facts import Facts
from zhibu.reading.leaves import Leaves
from zhibu.reading.request import Reader
from zhibu.reading.selection import Selections
from zhibu.reading.values import NAMES

Shown = Callable[[Any], Any]


@dataclass(frozen=True)
class Batch:
    """A computed field: the objects it fills under `key` wait in one list with what it needs."""

    key: str
    needs: tuple[str, ...]
    values: Callable[..., Any]
    shown: Shown

    async def fill(
        self, held: list[tuple[dict[str, Any], tuple[Any, ...]]], reader: Reader
    ) -> None:
        rows = [dict(zip(self.needs, needs, strict=True)) for _, needs in held]
        answered: Any = self.values(rows, reader)
        if isawaitable(answered):
            answered = await answered
        for (target, _), value in zip(held, answered, strict=True):
            target[self.key] = self.shown(value)


@dataclass
class Unit:
    """`python` asks for values as resolvers give them, for the ordinary execution to show."""

    schema: GraphQLSchema
    dialect: Dialect
    facts: Facts
    selections: Selections
    python: bool = False
    binds: Binds = field(default_factory=Binds)
    batches: list[Batch] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: dict(NAMES))

    def __post_init__(self) -> None:
        self.env = Environment(self.binds, self.dialect, self.facts)
        self.leaves = Leaves(self.names, python=self.python)
        self.postgres = self.dialect.name == "postgresql"
        self._numbers = iter(range(1_000_000))

    def arguments(self, declared: GraphQLField, node: FieldNode) -> Arguments:
        return Arguments(declared.args, node, self.facts, self.binds, self.postgres)

    def number(self) -> int:
        return next(self._numbers)


def keep(
    waiting: list[Any] | None, needs: tuple[Any, ...], target: dict[str, Any]
) -> dict[str, Any]:
    """Called by shapers: let an object wait for a computed field, unless there is no list."""
    if waiting is not None:
        waiting.append((target, needs))
    return target


async def fill(batches: list[Batch], held: list[list[Any]], reader: Reader) -> None:
    for batch, waiting in zip(batches, held, strict=True):
        if waiting:
            await batch.fill(waiting, reader)
