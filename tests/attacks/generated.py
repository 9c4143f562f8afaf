"""Documents that Schemathesis makes of the committed schema, and what makes sense in them."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import schemathesis
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    visit,
)
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.graphql import nodes
from tests.noninterference.documents import DATES, Ids, named

SDL = Path("docs/schema/all.graphql").read_text("utf-8")


def schema() -> GraphQLSchema:
    return build_schema(SDL)


@cache
def operations() -> dict[str, Any]:
    """What Schemathesis finds to be asked: every query and every mutation, by name."""
    decimals = st.decimals(-1000, 1000, allow_nan=False, places=2)
    schemathesis.graphql.scalar("Decimal", decimals.map(lambda each: nodes.String(str(each))))
    loaded = schemathesis.graphql.from_file(SDL)
    return {found.ok().label: found.ok() for found in loaded.get_all_operations()}


def documents(operation: Any, *, faulty: bool) -> st.SearchStrategy[str]:
    """Documents that ask for one operation; faulty ones are at odds with the schema somewhere."""
    mode = GenerationMode.NEGATIVE if faulty else GenerationMode.POSITIVE
    found: st.SearchStrategy[Any] = operation.as_strategy(generation_mode=mode)
    return found.map(lambda case: str(case.body))


class Sense(Visitor):
    """Puts ids of rows that are there, days and pages that somebody might ask for into a document.

    What Schemathesis makes is refused for its values, most often; behind them is more to break.
    """

    def __init__(self, info: TypeInfo, ids: Ids, random: Random, about: str) -> None:
        super().__init__()
        self._info = info
        self._ids = ids
        self._random = random
        self._about = about

    def enter_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | None:
        argument = self._info.get_argument()
        if argument is None:
            return None
        name = node.name.value
        return ArgumentNode(name=node.name, value=self._value(name, argument.type, node.value))

    def _value(self, name: str, kind: Any, node: Any) -> Any:
        kind = get_nullable_type(kind)
        if isinstance(node, NullValueNode):
            return node
        if isinstance(kind, GraphQLList) and isinstance(node, ListValueNode):
            return ListValueNode(
                values=tuple(self._value(name, kind.of_type, each) for each in node.values)
            )
        if isinstance(kind, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            return ObjectValueNode(
                fields=tuple(
                    ObjectFieldNode(
                        name=each.name,
                        value=self._value(
                            each.name.value, kind.fields[each.name.value].type, each.value
                        ),
                    )
                    if each.name.value in kind.fields
                    else each
                    for each in node.fields
                )
            )
        random, kind = self._random, get_named_type(kind).name
        if name == "idempotencyKey":
            return NullValueNode()
        if kind == "ID":
            id = self._ids.any(random, named(name, self._about), plain=random.random() < 0.9)
            return StringValueNode(value=id)
        if kind == "Date":
            return StringValueNode(value=random.choice(DATES))
        if name == "first":
            return IntValueNode(value=str(random.choice((1, 2, 20, 100))))
        if name in ("year", "offset", "version"):
            return IntValueNode(value={"year": "2026", "offset": "0", "version": "1"}[name])
        return node


def sensible(
    document: DocumentNode, schema: GraphQLSchema, ids: Ids, random: Random
) -> DocumentNode:
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    info = TypeInfo(schema)
    sense = Sense(info, ids, random, field.name.value)
    found: DocumentNode = visit(document, TypeInfoVisitor(info, sense))
    return found


class _Names(Visitor):
    """Asks for the type's name wherever several types may be answered."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        if not is_abstract_type(self._info.get_parent_type()):
            return None
        name = FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())
        return SelectionSetNode(selections=(name, *node.selections))


def with_names(document: DocumentNode, schema: GraphQLSchema) -> DocumentNode:
    info = TypeInfo(schema)
    found: DocumentNode = visit(document, TypeInfoVisitor(info, _Names(info)))
    return found
