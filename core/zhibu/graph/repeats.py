"""How often fields stand in one place: to see that they can be one, validation compares each pair.

Three kilobytes of one field, written two hundred times, keep it busy for a third of a second.
"""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

OF_OBJECTS = 30  # times as long as two plain fields take two that have fields of their own
MOST_VISITS = 5_000  # of selections, in documents whose fragments are spread all over


def repeats(document: DocumentNode, limit: int) -> int:
    """The pairs that are compared, by how long they take; where it is more than that, any more.

    Fragments are walked by themselves as well: so does validation, whether they are spread or not.
    """
    return _Repeats(document, limit).total()


class _Repeats:
    def __init__(self, document: DocumentNode, limit: int) -> None:
        self._defined = [
            node.selection_set
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
        ]
        self._fragments: Mapping[str, SelectionSetNode] = {
            node.name.value: node.selection_set
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._limit = limit
        self._visits = 0

    def total(self) -> int:
        found = 0
        for each in self._defined:
            found += self._below([each])
            if self._visits > MOST_VISITS:
                return self._limit + 1
        return found

    def _below(self, sets: Iterable[SelectionSetNode]) -> int:
        together: dict[str, list[FieldNode]] = {}
        for field in self._fields(sets, frozenset()):
            together.setdefault((field.alias or field.name).value, []).append(field)
        found = 0
        for fields in together.values():
            below = [field.selection_set for field in fields if field.selection_set]
            weight = OF_OBJECTS if below else 1
            found += weight * (len(fields) * (len(fields) - 1) // 2)
            if below:
                found += self._below(below)
        return found

    def _fields(
        self, sets: Iterable[SelectionSetNode], within: frozenset[str]
    ) -> Iterator[FieldNode]:
        """The fields of these selections, those of their fragments among them."""
        for each in sets:
            for node in each.selections:
                self._visits += 1
                if self._visits > MOST_VISITS:
                    return
                if isinstance(node, FieldNode):
                    yield node
                elif isinstance(node, InlineFragmentNode):
                    yield from self._fields([node.selection_set], within)
                elif isinstance(node, FragmentSpreadNode):
                    name = node.name.value
                    if name in self._fragments and name not in within:
                        yield from self._fields([self._fragments[name]], within | {name})
