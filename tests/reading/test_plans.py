"""Plans are shared by shape and never by value."""

import asyncio

import pytest
from graphql import GraphQLError

from zhibu.errors import Forbidden
from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope

ONE = "query($id: ID!) { person(id: $id) { name phone } }"


def below(*paths: str) -> Scope:
    marks = PathSet({path: (True, True) for path in paths})
    return Scope(marks, marks, "")


async def test_callers_of_one_shape_share_a_plan_and_see_their_own_rows(toy):
    document = "{ persons(first: 100) { totalCount nodes { name } } } # shared"
    plans = toy.engine.operation(document).plans
    for path, count in (("1.1.1.", 10), ("1.2.", 20), ("1.1.2.", 10), ("1.1.", 30)):
        by = toy.request(person=below(path))
        assert (await toy.fast(document, by=by))["persons"]["totalCount"] == count
    assert len(plans) == 1
    await toy.fast(document, by=toy.request(person=below("1.1.1.", "1.2.")))
    assert len(plans) == 2


async def test_values_make_no_plans(toy):
    document = ONE + " # values"
    for number in range(20):
        answer = await toy.fast(document, {"id": toy.person(number)})
        assert (str(number) in answer["person"]["name"]) is True
    assert len(toy.engine.operation(document).plans) == 1


async def test_nulls_enums_and_switches_make_plans(toy):
    document = """query($o: PersonOrder! = PATH, $f: PersonFilter, $s: Boolean = false) {
        persons(first: 2, orderBy: $o, filter: $f) { nodes { name stage @skip(if: $s) } } }"""
    plans = toy.engine.operation(document).plans
    variables = [{}, {"o": "PATH"}, {"f": None}, {"f": {}}, {"f": {"name": None}}, {"s": False}]
    for given in variables:
        assert len((await toy.fast(document, given))["persons"]["nodes"]) == 2
    assert len(plans) == 1
    await toy.fast(document, {"f": {"name": "nobody"}})
    await toy.fast(document, {"f": {"name": "somebody"}})
    assert len(plans) == 2
    await toy.fast(document, {"o": "MIXED"})
    await toy.fast(document, {"s": True})
    assert len(plans) == 4


async def test_what_others_ask_makes_no_plans_for_whoever_may_see_nothing(toy):
    document = """query($f: PersonFilter) {
        persons(first: 2, filter: $f) { totalCount nodes { name } } } # nothing"""
    plans = toy.engine.operation(document).plans
    given = [{}, {"f": {"name": "nobody"}}, {"f": {"active": True}}]
    for each in given:
        await toy.fast(document, each)
    assert len(plans) == len(given)
    for each in given:
        with pytest.raises(Forbidden):
            await toy.fast(document, each, toy.request(person=below()))
    assert len(plans) == len(given) + 1
    for each in given:
        await toy.fast(document, each)
    assert len(plans) == len(given) + 1


async def test_an_absent_variable_and_null_are_told_apart(toy):
    document = "query($kind: UnitKind! = BRANCH) { unitsOfKind(kind: $kind) { kind } }"
    assert {u["kind"] for u in (await toy.fast(document))["unitsOfKind"]} == {"BRANCH"}
    document = "query($n: Int) { units(first: $n) { nodes { path } } }"
    assert len((await toy.fast(document))["units"]["nodes"]) == 6
    assert await toy.fast(document) == await toy.slow(document)


async def test_plans_of_a_document_are_bounded(toy):
    document = "query($id: ID!) { node(id: $id) { id } } # bounded"
    plans = toy.engine.operation(document).plans
    from zhibu.identifiers import global_id, new_id

    for number in range(200):
        await toy.fast(document, {"id": global_id(f"Kind{number}", new_id())})
    assert len(plans) <= 2


async def test_one_statement_for_each_root_field_in_one_round(toy):
    by = toy.request()
    await toy.fast(
        """query($id: ID!) { person(id: $id) { shout education(year: 2026) { gap hours }
            credits { person { credits { id } } } unit { personCount } }
            persons(first: 50) { totalCount nodes { shout totalHours } } totals { persons } }""",
        {"id": toy.person(7)},
        by,
    )
    assert (len(by.statements), by.rounds) == (3, 1)


async def test_wrong_variables_are_refused_in_graphql_cores_words(toy):
    wrong = [{}, {"id": None}, {"id": ["a"]}, {"id": {"a": 1}}]
    for given in wrong:
        with pytest.raises(GraphQLError) as refused:
            await toy.fast(ONE, given)
        assert "Variable '$id'" in refused.value.message
    document = "query($f: PersonFilter) { persons(first: 1, filter: $f) { totalCount } }"
    for value in ({"stage": "NONE"}, {"nothing": 1}, {"active": "yes"}, {"bornBefore": "x"}, [1]):
        with pytest.raises(GraphQLError, match=r"Variable '\$f'"):
            await toy.fast(document, {"f": value})


async def test_equal_requests_at_once_do_not_mix(toy):
    async def name(number: int) -> str:
        return (await toy.fast(ONE, {"id": toy.person(number)}))["person"]["name"]

    names = await asyncio.gather(*(name(number) for number in range(8, 40)))
    assert names == [f"Person {number} of 1" for number in range(8, 40)]


async def test_a_document_is_admitted_once_before_it_is_parsed(toy):
    from zhibu.reading import Engine

    asked = []
    engine = Engine(toy.engine.schema, toy.store.dialect, secret=b"s", admit=asked.append)
    for _ in range(3):
        assert engine.operation("{ version }").errors == []
    assert asked == ["{ version }"]


async def test_two_engines_of_one_schema_do_not_disturb_each_other(toy):
    from zhibu.reading import Engine

    other = Engine(toy.engine.schema, toy.store.dialect, secret=b"another")
    document = "{ version persons(first: 1) { pageInfo { endCursor } } }"
    cursors = set()
    for engine in (toy.engine, other, toy.engine):
        result = await engine.execute(engine.operation(document), None, toy.request())
        cursors.add(result.data["persons"]["pageInfo"]["endCursor"])
    assert len(cursors) == 2
