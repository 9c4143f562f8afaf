"""What a document may cost, measured in one pass before it is validated.

Fragments are measured once and remembered: the limiters that walk a fragment again for every
spread of it take hours over a kilobyte of doubled fragments.
"""

from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from zhibu.graph.errors import QueryTooExpensive

PAGE_ARGUMENTS = frozenset({"first", "last", "limit"})
LARGEST_PAGE = 100


MEASURES = ("depth", "aliases", "root_fields", "mutations", "directives", "fields", "cost")


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The most that one document may hold. `cost` counts fields, times the pages around them."""

    characters: int = 64_000
    tokens: int = 2000
    depth: int = 12
    aliases: int = 30
    root_fields: int = 10
    mutations: int = 4
    directives: int = 5
    fields: int = 600
    cost: int = 8000


@dataclass(frozen=True)
class Measure:
    """What a selection holds, and what it costs."""

    depth: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0
    mutations: int = 0


def spend(document: DocumentNode, budget: Budget) -> list[Measure]:
    """The measures of the document's operations. Raises `QueryTooExpensive`.

    Each is held to the budget, whichever is asked for: validation goes through all of them.
    """
    measures = _Measuring(document).operations()
    for measure in measures:
        for name in MEASURES:
            within(name, getattr(measure, name), budget)
    within("fields", sum(measure.fields for measure in measures), budget)
    return measures


def within(name: str, found: int, budget: Budget) -> None:
    """Raise `QueryTooExpensive` when more was found than the budget has of it."""
    limit: int = getattr(budget, name)
    if found > limit:
        raise QueryTooExpensive(measure=name, found=found, limit=limit)


class _Measuring:
    def __init__(self, document: DocumentNode) -> None:
        self.document = document
        self.fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self.known: dict[str, Measure] = {}
        self.open: set[str] = set()

    def operations(self) -> list[Measure]:
        return [
            self._operation(node)
            for node in self.document.definitions
            if isinstance(node, OperationDefinitionNode)
        ]

    def _operation(self, node: OperationDefinitionNode) -> Measure:
        found = self._selection(node.selection_set, len(node.directives or ()))
        if node.operation is OperationType.MUTATION:
            return replace(found, mutations=found.root_fields)
        return found

    def _selection(self, selections: SelectionSetNode | None, directives: int = 0) -> Measure:
        depth = aliases = roots = fields = cost = 0
        for node in selections.selections if selections else ():
            directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                below = self._selection(node.selection_set) if node.selection_set else Measure()
                roots += 1
                aliases += node.alias is not None
                # Introspection is deep by nature and stays within the schema, which is finite.
                depth = max(depth, 1 if node.name.value.startswith("__") else below.depth + 1)
                cost += 1 + self._page(node) * below.cost
                fields += 1 + below.fields
            else:
                if isinstance(node, FragmentSpreadNode):
                    below = self._fragment(node.name.value)
                else:
                    assert isinstance(node, InlineFragmentNode)
                    below = self._selection(node.selection_set)
                roots += below.root_fields
                depth = max(depth, below.depth)
                cost += below.cost
                fields += below.fields
            aliases += below.aliases
            directives += below.directives
        return Measure(depth, aliases, roots, directives, fields, cost)

    def _fragment(self, name: str) -> Measure:
        if name in self.known:
            return self.known[name]
        if name in self.open or name not in self.fragments:
            return Measure()  # a cycle or an unknown name: validation words it
        self.open.add(name)
        self.known[name] = self._selection(self.fragments[name].selection_set)
        self.open.discard(name)
        return self.known[name]

    def _page(self, node: FieldNode) -> int:
        """How often what is below counts; a variable is taken for the largest page there is."""
        for argument in node.arguments or ():
            if argument.name.value in PAGE_ARGUMENTS:
                value = argument.value
                if isinstance(value, IntValueNode):
                    return min(max(1, int(value.value[:7])), LARGEST_PAGE)
                return LARGEST_PAGE
        return 1
