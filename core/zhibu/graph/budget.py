"""What a document may cost, looked at before it is validated: validation itself can be made slow.

Each look goes through the document once. Fragments are measured once and remembered: the limiters
that walk a fragment again for every spread of it take hours over a kilobyte of doubled fragments.
"""

from dataclasses import dataclass

from graphql import DocumentNode

from zhibu.graph.errors import QueryTooExpensive
from zhibu.graph.measures import Measure, Measuring
from zhibu.graph.repeats import repeats

MEASURES = (
    "depth",
    "aliases",
    "root_fields",
    "mutations",
    "directives",
    "fields",
    "values",
    "cost",
)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The most that one document may hold. `cost` counts fields, times the pages around them.

    `fields` counts spreads as well, `values` what is written into arguments, `repeats` the pairs of
    fields in one place, by how long it takes to compare them.
    """

    characters: int = 64_000
    tokens: int = 1000
    depth: int = 12
    aliases: int = 30
    root_fields: int = 10
    mutations: int = 4
    directives: int = 5
    fields: int = 600
    fragments: int = 60
    values: int = 300
    repeats: int = 20_000
    cost: int = 8000


def spend(document: DocumentNode, budget: Budget) -> list[Measure]:
    """The measures of the document's operations. Raises `QueryTooExpensive`.

    Each is held to the budget, whichever is asked for: validation goes through all of them.
    """
    measuring = Measuring(document)
    within("fragments", len(measuring.fragments), budget)
    measures = measuring.operations()
    for measure in measures:
        for name in MEASURES:
            within(name, getattr(measure, name), budget)
    within("fields", sum(measure.fields for measure in measures), budget)
    within("values", sum(measure.values for measure in measures), budget)
    within("repeats", repeats(document, budget.repeats), budget)
    return measures


def within(name: str, found: int, budget: Budget) -> None:
    """Raise `QueryTooExpensive` when more was found than the budget has of it."""
    limit: int = getattr(budget, name)
    if found > limit:
        raise QueryTooExpensive(measure=name, found=found, limit=limit)
