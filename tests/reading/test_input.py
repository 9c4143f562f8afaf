"""Whatever a caller writes stays a value: ids, strings, cursors and names cannot become SQL."""

import pytest

from zhibu.identifiers import GlobalIdInvalid, global_id

ONE = "query($id: ID!) { person(id: $id) { name } }"
EVIL = [
    "' OR '1'='1",
    "%s",
    "%%",
    "?",
    ":p",
    "{}",
    "\\",
    "\x00a",
    "名",
    "a" * 5000,
    "1; DROP TABLE x",
]


@pytest.mark.parametrize("text", EVIL)
async def test_a_wrong_id_is_named_as_such(toy, text):
    for run in (toy.fast, toy.slow):
        with pytest.raises(GlobalIdInvalid) as refused:
            await run(ONE, {"id": text})
        assert refused.value.path == ("id",)
        with pytest.raises(GlobalIdInvalid):
            await run("query($id: ID!) { node(id: $id) { id } }", {"id": text})


async def test_an_id_of_another_type_is_refused(toy):
    for wrong in (toy.unit(1), global_id("Person", "nothing hexadecimal")):
        with pytest.raises(GlobalIdInvalid):
            await toy.fast(ONE, {"id": wrong})
        with pytest.raises(GlobalIdInvalid):
            await toy.fast(f'{{ person(id: "{wrong}") {{ name }} }}')


@pytest.mark.parametrize("text", [text for text in EVIL if "\x00" not in text])
async def test_a_string_is_compared_and_nothing_else(toy, text):
    document = """query($name: String!) { personNamed(name: $name) { name }
        persons(first: 5, filter: {name: $name}) { totalCount } totals(path: $name) { persons } }"""
    answer = await toy.fast(document, {"name": text})
    assert answer["personNamed"] is None
    assert answer["persons"]["totalCount"] == 0


async def test_odd_response_keys_are_only_keys(toy):
    document = """query($id: ID!) { __proto: person(id: $id) { rows: name r: name held: shout
        first: stage None: dues run: education(year: 2026) { cursor: hours x0: gap } } }"""
    variables = {"id": toy.person(7)}
    assert await toy.fast(document, variables) == await toy.slow(document, variables)


async def test_a_literal_argument_is_a_parameter_too(toy):
    sql = toy.engine.describe(
        '{ personNamed(name: "Person 8 of 1") { name } }', None, toy.request()
    )
    assert "Person 8" not in sql[0]
