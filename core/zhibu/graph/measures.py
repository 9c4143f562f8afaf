"""What the operations of a document hold, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)

PAGE_ARGUMENTS = frozenset({"first", "last", "limit"})
LARGEST_PAGE = 100
Price = Mapping[tuple[str, ...], int]
INTROSPECTION = {"__schema": 2_000, "__type": 100}  # what it takes, not what is selected of it
WRITING = 10  # what a mutation costs besides what is selected
_MOST_TERMS = 16


@dataclass(frozen=True)
class Measure:
    """What a selection (the operation of this name) holds, and what it costs.

    `cost` takes every variable for the largest page. `price` says the same by variables: the sizes
    of the pages that `names` ask for, multiplied by a number, for each `names` in it.
    """

    depth: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0
    values: int = 0
    mutations: int = 0
    name: str | None = None
    price: Price = field(default_factory=dict)

    def price_with(self, variables: Mapping[str, Any] | None) -> int:
        """What it costs with these variables."""
        total = WRITING * self.mutations
        for names, count in self.price.items():
            for name in names:
                given = (variables or {}).get(name)
                count *= min(max(1, given), LARGEST_PAGE) if type(given) is int else LARGEST_PAGE
            total += count
        return total


class Measuring:
    """Measures each selection and each fragment of a document once."""

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
        changes = node.operation is OperationType.MUTATION
        return replace(
            found,
            name=node.name.value if node.name else None,
            mutations=found.root_fields if changes else 0,
        )

    def _selection(self, selections: SelectionSetNode | None, directives: int = 0) -> Measure:
        depth = aliases = roots = fields = cost = values = 0
        price: dict[tuple[str, ...], int] = {}
        for node in selections.selections if selections else ():
            directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                below = self._selection(node.selection_set) if node.selection_set else Measure()
                roots += 1
                aliases += node.alias is not None
                # Introspection is deep by nature and stays within the schema, which is finite.
                depth = max(depth, 1 if node.name.value.startswith("__") else below.depth + 1)
                page = self._page(node)
                cost += 1 + (page if isinstance(page, int) else LARGEST_PAGE) * below.cost
                _add(price, {(): INTROSPECTION.get(node.name.value, 1)})
                _add(price, below.price, page)
                fields += 1 + below.fields
                values += _values(node)
            else:
                if isinstance(node, FragmentSpreadNode):
                    below = self._fragment(node.name.value)
                else:
                    assert isinstance(node, InlineFragmentNode)
                    below = self._selection(node.selection_set)
                roots += below.root_fields
                depth = max(depth, below.depth)
                cost += below.cost
                _add(price, below.price)
                fields += 1 + below.fields
            values += below.values
            aliases += below.aliases
            directives += below.directives
        if len(price) > _MOST_TERMS:
            price = {(): cost}
        return Measure(depth, aliases, roots, directives, fields, cost, values, price=price)

    def _fragment(self, name: str) -> Measure:
        if name in self.known:
            return self.known[name]
        if name in self.open or name not in self.fragments:
            return Measure()  # a cycle or an unknown name: validation words it
        self.open.add(name)
        self.known[name] = self._selection(self.fragments[name].selection_set)
        self.open.discard(name)
        return self.known[name]

    def _page(self, node: FieldNode) -> int | str:
        """How often what is below counts, or the variable that says so."""
        for argument in node.arguments or ():
            if argument.name.value in PAGE_ARGUMENTS:
                match argument.value:
                    case IntValueNode(value=text):
                        return min(max(1, int(text[:7])), LARGEST_PAGE)
                    case VariableNode(name=name):
                        return name.value
                return LARGEST_PAGE
        return 1


def _values(node: FieldNode) -> int:
    """How much is written into the arguments of a field."""
    count, waiting = 0, [argument.value for argument in node.arguments or ()]
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, ListValueNode):
            waiting.extend(value.values)
        elif isinstance(value, ObjectValueNode):
            waiting.extend(field.value for field in value.fields)
    return count


def _add(price: dict[tuple[str, ...], int], more: Price, page: int | str = 1) -> None:
    """Add a price, times the page around it."""
    for names, count in more.items():
        times = count if isinstance(page, str) else count * page
        key = (*names, page) if isinstance(page, str) else names
        price[key] = price.get(key, 0) + times
