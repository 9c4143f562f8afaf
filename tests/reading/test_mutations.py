"""A mutation answers with the row as it has become, in the caller's selection."""

from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope

RENAME = """mutation($id: ID!, $name: String!) { personRename(id: $id, name: $name) {
    __typename person { name __typename credits { hours } education(year: 2026) { gap } }
    again: person { n: name unit { name } shout } } }"""


async def test_a_payload_reads_after_writing_with_a_statement_for_each_field(toy, strayed):
    by = toy.request()
    answer = await toy.slow(RENAME, {"id": strayed, "name": "New"}, by)
    assert answer["personRename"]["person"]["name"] == "New"
    assert answer["personRename"]["person"]["__typename"] == "Person"
    assert answer["personRename"]["again"]["n"] == "New"
    assert len(by.statements) == 2
    again = await toy.slow(RENAME, {"id": strayed, "name": "Newer"}, toy.request())
    assert again["personRename"]["person"]["name"] == "Newer"


async def test_what_the_caller_may_not_see_is_null_in_a_payload(toy, strayed):
    nowhere = Scope(PathSet({}), PathSet({}), "")
    answer = await toy.slow(RENAME, {"id": strayed, "name": "N"}, toy.request(person=nowhere))
    assert answer["personRename"]["person"] is None
