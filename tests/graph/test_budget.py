"""What a document may cost: each kind of excess is refused at once, before it is validated."""

from typing import Any

import pytest
from graphql import parse

from zhibu.graph.budget import MEASURES, Budget, spend
from zhibu.graph.errors import QueryTooExpensive
from zhibu.testing.counting import calls
from zhibu.testing.house import House

MEASURING = 100_000  # calls; a doubled fragment takes millions where each spread is walked
ANSWERING = 100_000


def doubled(levels: int) -> str:
    """Fragments of which each spreads the next one twice."""
    parts = ["query { viewer { ...F0 } }"]
    for level in range(levels):
        parts.append(f"fragment F{level} on Viewer {{ ...F{level + 1} ...F{level + 1} }}")
    return " ".join([*parts, f"fragment F{levels} on Viewer {{ name }}"])


def nested(levels: int) -> str:
    return "query { organization(id: 1) " + "{ parent " * levels + "{ id }" + " }" * levels + " }"


def page(first: str, inner: str = "id") -> str:
    return f"query {{ members(first: {first}) {{ nodes {{ {inner} }} }} }}"


DOCUMENTS = [
    ("cost", doubled(14)),
    ("fields", doubled(40)),
    ("fields", "query { viewer { " + "... { name } " * 301 + "} }"),
    ("fragments", "query { a } " + " ".join(f"fragment F{n} on A {{ a }}" for n in range(61))),
    ("values", f"query {{ a(b: [{'1 ' * 300}]) }}"),
    ("repeats", "query { viewer { " + "name " * 202 + "} }"),
    ("repeats", "query { viewer { " + "roles { role } " * 38 + "} }"),
    ("aliases", "query { " + " ".join(f"a{n}: viewer {{ name }}" for n in range(31)) + " }"),
    ("root_fields", "query { " + "viewer { name } " * 11 + "}"),
    ("directives", "query { viewer { name " + "@skip(if: false) " * 6 + "} }"),
    ("depth", nested(13)),
    ("fields", "query { viewer { " + "name " * 601 + "} }"),
    ("cost", page("100", "affiliations { id } " * 50)),
    ("cost", "query ($n: Int!) " + page("$n", "affiliations { id } " * 50)[6:]),
    (
        "mutations",
        "mutation { " + " ".join(f"a{n}: signOut(input: {{}}) {{ done }}" for n in range(5)) + " }",
    ),
]


@pytest.mark.parametrize(("measure", "document"), DOCUMENTS)
def test_every_excess_is_refused_by_its_own_measure_and_soon(measure: str, document: str) -> None:
    with calls() as counted, pytest.raises(QueryTooExpensive) as refused:
        spend(parse(document), Budget())
    assert counted.calls < MEASURING
    assert refused.value.facts["found"] > refused.value.facts["limit"]
    if measure not in ("cost", "fields"):
        assert refused.value.facts["measure"] == measure


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "mutations"])
def test_a_document_at_the_limit_passes_and_one_beyond_does_not(name: str) -> None:
    document = parse("query { a: viewer { name @skip(if: false) } viewer(x: 1) { name } }")
    (measure,) = spend(document, Budget())
    found = getattr(measure, name)
    assert found > 0
    spend(document, Budget(**{name: found}))
    with pytest.raises(QueryTooExpensive):
        spend(document, Budget(**{name: found - 1}))


def test_no_operation_hides_behind_a_costlier_one() -> None:
    costly = page("100", "id name")
    with pytest.raises(QueryTooExpensive):
        spend(parse(f"query A {costly[6:]} query B {nested(13)[6:]}"), Budget())


def test_a_page_counts_as_often_as_it_is_long() -> None:
    def cost(document: str) -> int:
        (measure,) = spend(parse(document), Budget())
        return measure.cost

    assert cost(page("1")) == 3
    assert cost(page("50")) == 1 + 50 * 2
    assert cost("query ($n: Int!) " + page("$n")[6:]) == cost(page("100")) == 1 + 100 * 2


def test_a_fragment_that_spreads_itself_is_left_to_validation() -> None:
    document = (
        "query { viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }"
    )
    (measure,) = spend(parse(document), Budget())
    assert measure.fields < 10


CIRCLES = "{ __schema { types " + "{ fields { type " * 20 + "{ name }" + " } }" * 20 + " } }"
ATTACKS: list[tuple[str, Any]] = [
    ("fragments doubled", doubled(20)),
    ("a document of many tokens", "query { viewer { name " + "# x\n" * 10 + "a " * 3000 + "} }"),
    ("a very long document", "query { viewer { name } } #" + "x" * 70_000),
    ("selections nested deeply", nested(400)),
    ("lists nested deeply", "query { organization(id: " + "[" * 900 + "]" * 900 + ") { id } }"),
    ("many fields of one name", "query { viewer { " + "name " * 599 + "} }"),
    ("introspection in circles", CIRCLES),
    ("a number of 5,000 digits", "query { members(first: " + "9" * 5000 + ") { totalCount } }"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "document"), ATTACKS, ids=[name for name, _ in ATTACKS])
async def test_an_attack_is_answered_with_a_refusal_and_soon(
    house: House, name: str, document: str
) -> None:
    institution = await house.found()
    await institution.ask("officer", "{ viewer { name } }")  # the schema is composed by then
    with calls() as counted:
        answer = await institution.ask("officer", document)
    assert counted.calls < ANSWERING
    if name != "many fields of one name":  # which is within the budget, and merges to one
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes <= {"QUERY_TOO_EXPENSIVE", "BAD_USER_INPUT"}
