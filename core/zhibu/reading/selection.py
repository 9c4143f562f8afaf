"""Selections: which fields of a type a document asks for, merged as GraphQL merges them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from zhibu.reading.errors import NotCompiled
from zhibu.reading.facts import Facts

Parent = FieldNode | OperationDefinitionNode


@dataclass(frozen=True)
class Selected:
    """A field of an object under its response key; `field` is None for `__typename`."""

    key: str
    nodes: list[FieldNode]
    name: str
    field: GraphQLField | None


class Selections:
    """Reads the selections of one document for one request."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        facts: Facts,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._facts = facts

    def of(self, parents: Iterable[Parent], kind: GraphQLObjectType) -> Iterator[Selected]:
        """The fields that `parents` (one field, written several times) select of `kind`."""
        merged: dict[str, list[FieldNode]] = {}
        for parent in parents:
            if parent.selection_set:
                self._collect(parent.selection_set, kind, merged)
        for key, nodes in merged.items():
            name = nodes[0].name.value
            if name.startswith("__") and name != "__typename":
                raise NotCompiled(name)
            yield Selected(key, nodes, name, kind.fields.get(name))

    def _collect(
        self, chosen: SelectionSetNode, kind: GraphQLObjectType, merged: dict[str, list[FieldNode]]
    ) -> None:
        for selection in chosen.selections:
            if not all(self._includes(directive) for directive in selection.directives or ()):
                continue
            if isinstance(selection, FieldNode):
                merged.setdefault((selection.alias or selection.name).value, []).append(selection)
                continue
            if isinstance(selection, InlineFragmentNode):
                condition, inside = selection.type_condition, selection.selection_set
            else:
                fragment = self._fragments[selection.name.value]  # type: ignore[attr-defined]
                condition, inside = fragment.type_condition, fragment.selection_set
            if condition is None or self._applies(condition.name.value, kind):
                self._collect(inside, kind, merged)

    def _applies(self, condition: str, kind: GraphQLObjectType) -> bool:
        if condition == kind.name:
            return True
        other = self._schema.type_map.get(condition)
        return is_abstract_type(other) and self._schema.is_sub_type(other, kind)

    def _includes(self, directive: DirectiveNode) -> bool:
        if directive.name.value not in ("skip", "include"):
            raise NotCompiled(directive.name.value)
        (argument,) = directive.arguments or ()
        value = argument.value
        if isinstance(value, VariableNode):
            holds = self._facts.exact((value.name.value,))
        else:
            holds = isinstance(value, BooleanValueNode) and value.value
        return bool(holds) == (directive.name.value == "include")
