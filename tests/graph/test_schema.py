"""The schema as published: described, guarded, and changed only where a date says so."""

import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import strawberry
import yaml
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
)

from zhibu import core
from zhibu.contributions import Graph
from zhibu.errors import PluginError
from zhibu.graph.compose import Parts, ZhibuSchema
from zhibu.plugins import Plugins, discover
from zhibu.reading import fields_without_permission

FOLDER = Path(__file__).parents[2] / "docs" / "schema"
ACCEPTED = FOLDER / "accepted.yaml"
CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{2}")

NAMES = discover().names
# What is missing is missing alone or where one is off, and what clashes does so between two.
COUNTS = sorted({0, 1, 2, len(NAMES) - 1, len(NAMES)})
SETS = [set(some) for count in COUNTS for some in combinations(NAMES, count)]


def composed(plugins: Plugins, names: set[str]) -> ZhibuSchema:
    return Parts(core.graph(), plugins.graphs()).compose(frozenset(names))


def sdl(schema: ZhibuSchema) -> str:
    return schema.as_str().rstrip("\n") + "\n"


@pytest.mark.parametrize("name", ["core", "all"])
def test_the_committed_schema_is_the_one_that_is_served(
    installed_plugins: Plugins, name: str
) -> None:
    """If not, write it: `zhibu schema export docs/schema/all.graphql`, `--plugins ""` for core."""
    names = set(installed_plugins.names) if name == "all" else set()
    committed = (FOLDER / f"{name}.graphql").read_text("utf-8")
    assert committed == sdl(composed(installed_plugins, names))


def breaking(before: GraphQLSchema, after: GraphQLSchema) -> set[str]:
    return {change.description for change in find_breaking_changes(before, after)}


def accepted(on: date) -> set[str]:
    """The breaks that were announced, each from its day on."""
    listed = yaml.safe_load(ACCEPTED.read_text("utf-8")) or []
    return {line["change"] for line in listed if line["from"] <= on}


def test_nothing_that_was_released_is_broken_unless_it_was_announced(
    installed_plugins: Plugins,
) -> None:
    released = build_schema((FOLDER / "released.graphql").read_text("utf-8"))
    served = build_schema(sdl(composed(installed_plugins, set(installed_plugins.names))))
    assert breaking(released, served) <= accepted(date.today())


def test_a_field_taken_away_or_made_required_would_be_noticed() -> None:
    before = build_schema("type Query { a(b: Int): Int c: Int }")
    assert len(breaking(before, build_schema("type Query { a(b: Int!): Int }"))) == 2
    assert not breaking(before, build_schema("type Query { a(b: Int): Int c: Int d: Int }"))


def test_every_announced_break_says_from_when_and_why() -> None:
    for line in yaml.safe_load(ACCEPTED.read_text("utf-8")) or []:
        assert set(line) == {"change", "from", "reason"}
        assert isinstance(line["from"], date)


@pytest.mark.parametrize("names", SETS, ids=lambda names: "+".join(sorted(names)) or "core")
def test_every_schema_names_each_permission_and_leaves_out_whatever_is_off(
    installed_plugins: Plugins, names: set[str]
) -> None:
    schema = composed(installed_plugins, names)
    assert fields_without_permission(schema) == []
    types = schema._schema.type_map
    for absent in set(installed_plugins.names) - names:
        # With its capitals: `dueSettle` is the core's, whatever is called dues.
        of_types = "".join(word.capitalize() for word in absent.split("_"))
        of_fields = f"{of_types[0].lower()}{of_types[1:]}"
        for name, kind in types.items():
            assert not name.startswith(of_types)
            if name in ("Query", "Mutation", "Subscription", "Member", "Organization"):
                assert isinstance(kind, GraphQLObjectType)
                assert not [field for field in kind.fields if field.startswith(of_fields)]


def test_a_plugin_s_subscription_is_there_while_the_plugin_is_on() -> None:
    @strawberry.type
    class Part:
        @strawberry.field
        def sample_steps(self) -> int:
            return 1

    parts = Parts(core.graph(), {"sample": Graph(subscription=Part)})
    on, off = (parts.compose(frozenset(names))._schema for names in ({"sample"}, set()))
    assert on.subscription_type is not None
    assert off.subscription_type is not None
    assert set(on.subscription_type.fields) - set(off.subscription_type.fields) == {"sampleSteps"}
    assert fields_without_permission(on) == ["Subscription.sampleSteps"]


def test_a_plugin_takes_no_field_of_the_core_s_types(installed_plugins: Plugins) -> None:
    @strawberry.type
    class Part:
        schooling: str

    parts = Parts(core.graph(), {"schooling": Graph(member=Part)})
    with pytest.raises(PluginError):
        parts.compose(frozenset({"schooling"}))


def test_everything_is_described_in_chinese_and_in_english(installed_plugins: Plugins) -> None:
    schema = composed(installed_plugins, set(installed_plugins.names))._schema
    lacking = [
        place
        for place, text in descriptions(schema)
        if not (text and CHINESE.search(text) and ENGLISH.search(text))
    ]
    assert lacking == []


def descriptions(schema: GraphQLSchema) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for name, kind in schema.type_map.items():
        if name.startswith("__") or isinstance(kind, GraphQLScalarType):
            continue
        found.append((name, kind.description))
        if isinstance(kind, GraphQLInputObjectType):
            found += [(f"{name}.{key}", each.description) for key, each in kind.fields.items()]
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in kind.fields.items():
                found.append((f"{name}.{key}", field.description))
                found += [
                    (f"{name}.{key}({argument}:)", given.description)
                    for argument, given in field.args.items()
                ]
        else:
            assert isinstance(kind, GraphQLEnumType)
    return found


def test_mutations_take_one_input_and_answer_their_refusals(installed_plugins: Plugins) -> None:
    schema = composed(installed_plugins, set(installed_plugins.names))._schema
    assert schema.mutation_type is not None
    for name, field in schema.mutation_type.fields.items():
        assert list(field.args) == ["input"], name
        answer = getattr(field.type, "of_type", field.type)
        assert "userErrors" in answer.fields, name
