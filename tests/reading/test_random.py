"""Any selection of the toy schema is answered alike by both ways of running it."""

import asyncio
from typing import Any

from graphql import GraphQLList, GraphQLObjectType, get_named_type, get_nullable_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhibu.errors import Forbidden

ARGUMENTS = {
    "person": ['(id: "%person")'],
    "personNamed": ['(name: "Person 8 of 1")', '(name: "\' OR 1=1 --")'],
    "node": ['(id: "%person")', '(id: "%unit")'],
    "persons": [
        "(first: 3)",
        "(first: 4, offset: 57)",
        "(first: 5, orderBy: BORN_DESC)",
        "(first: 6, orderBy: MIXED, filter: {stage: FULL})",
    ],
    "units": ["", "(first: 2)"],
    "unitsOfKind": ["", "(kind: COMMITTEE)"],
    "totals": ["", '(path: "1.1.")'],
    "education": ["(year: 2025)", "(year: 2026)"],
    "secretEducation": ["", "(year: 2025)"],
}
ORDINARY = {"version", "greeting"}


@st.composite
def selections(draw: Any, kind: Any, depth: int) -> str:
    fields = [name for name in kind.fields if name not in ORDINARY]
    if depth == 0:
        fields = [n for n in fields if not hasattr(get_named_type(kind.fields[n].type), "fields")]
    chosen = draw(st.lists(st.sampled_from([*fields, "__typename"]), min_size=1, max_size=5))
    parts = []
    for name in chosen:
        if name == "__typename":
            parts.append(name)
            continue
        arguments = ARGUMENTS.get(name, [""]) if kind.fields[name].args else [""]
        number = draw(st.integers(0, len(arguments) - 1))
        spelt = arguments[number]
        # Equal response keys must mean equal fields and arguments: that is the language's rule.
        alias = f"{name}{number}: " if number or draw(st.booleans()) else ""
        below = get_named_type(kind.fields[name].type)
        inside = ""
        if isinstance(get_nullable_type(kind.fields[name].type), GraphQLList):
            depth = min(depth, 3)
        if hasattr(below, "fields"):
            inside = " { " + draw(selections(below, max(depth - 1, 0))) + " }"
        field = f"{alias}{name}{spelt}{inside}"
        if draw(st.booleans()) and isinstance(kind, GraphQLObjectType):
            field = f"... on {kind.name} {{ {field} }}"
        parts.append(field)
    return " ".join(parts)


async def outcome(answer: Any) -> Any:
    """What the caller gets, be it a refusal."""
    try:
        return await answer
    except Forbidden as error:
        return error.facts


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_selection_is_answered_alike(toy, restricted, data):
    schema = toy.engine.graphql
    document = "{ " + data.draw(selections(schema.query_type, 4)) + " }"
    number = data.draw(st.sampled_from([0, 4, 7]))
    document = document.replace("%person", toy.person(number)).replace(
        "%unit", toy.unit(number % 6)
    )
    by = [toy.request(), *restricted][data.draw(st.integers(0, len(restricted)))]
    fast = asyncio.run(outcome(toy.fast(document, by=by)))
    assert fast == asyncio.run(outcome(toy.slow(document, by=by)))
