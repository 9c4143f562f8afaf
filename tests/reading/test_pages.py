"""Pages: every row once, in order, and nothing but cursors of the same list is accepted."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope
from zhibu.reading import CursorInvalid, PageOffsetInvalid, PageSizeInvalid

SUBTREE = PathSet({"1.1.": (True, True)})
PAGE = """query($first: Int!, $after: String, $order: PersonOrder, $filter: PersonFilter) {
    persons(first: $first, after: $after, orderBy: $order, filter: $filter) {
        totalCount edges { cursor node { id name bornOn stage unit { name } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.parametrize("order", [None, "PATH", "BORN_DESC", "MIXED", "HOURS"])
@pytest.mark.parametrize("first", [1, 7, 30, 100])
async def test_pages_hold_every_row_once(toy, order, first):
    seen, after, pages = [], None, 0
    while True:
        variables = {"first": first, "after": after, "order": order}
        if order is None:
            del variables["order"]
        page = (await toy.fast(PAGE, variables))["persons"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        pages += 1
        info = page["pageInfo"]
        assert page["totalCount"] == 60
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["hasPreviousPage"] == (after is not None)
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert len(seen) == len(set(seen)) == 60
    assert pages == -(-60 // first)
    whole = (await toy.fast(PAGE, {"first": 100, "order": order or "PATH"}))["persons"]
    assert seen == [edge["node"]["id"] for edge in whole["edges"]]


async def test_orders_are_the_orders_they_say(toy):
    page = (await toy.fast(PAGE, {"first": 60, "order": "BORN_DESC"}))["persons"]
    born = [edge["node"]["bornOn"] for edge in page["edges"]]
    assert born == sorted(born, reverse=True)
    page = (await toy.fast(PAGE, {"first": 60, "order": "MIXED"}))["persons"]
    rows = [(e["node"]["stage"], e["node"]["bornOn"]) for e in page["edges"]]
    # Stored values order stages: "full" before "probationary"; ages fall within each.
    stages = [stage for stage, _ in rows]
    assert stages == sorted(stages)
    full = [born for stage, born in rows if stage == "FULL"]
    assert full == sorted(full, reverse=True)


async def test_an_offset_counts_rows(toy):
    document = "query($n: Int!) { persons(first: 5, offset: $n) { nodes { id } } }"
    whole = await toy.fast("{ persons(first: 60) { nodes { id } } }")
    page = await toy.fast(document, {"n": 50})
    assert page["persons"]["nodes"] == whole["persons"]["nodes"][50:55]


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_a_page_has_1_to_100_rows(toy, first):
    for selection in ("nodes { id }", "totalCount"):
        document = f"query($n: Int!) {{ persons(first: $n) {{ {selection} }} }}"
        for run in (toy.fast, toy.slow):
            with pytest.raises(PageSizeInvalid) as refused:
                await run(document, {"n": first})
            assert refused.value.path == ("first",)
        with pytest.raises(PageSizeInvalid):
            await toy.fast(f"{{ persons(first: {first}) {{ {selection} }} }}")


async def test_an_offset_is_not_negative_and_not_beside_a_cursor(toy):
    with pytest.raises(PageOffsetInvalid):
        await toy.fast("{ persons(first: 1, offset: -1) { nodes { id } } }")
    cursor = (await toy.fast(PAGE, {"first": 1}))["persons"]["pageInfo"]["endCursor"]
    with pytest.raises(PageOffsetInvalid):
        await toy.fast(
            f'{{ persons(first: 1, offset: 1, after: "{cursor}") {{ nodes {{ id }} }} }}'
        )


async def test_a_cursor_that_was_changed_is_refused(toy):
    cursor = (await toy.fast(PAGE, {"first": 3}))["persons"]["pageInfo"]["endCursor"]
    told = bytearray(urlsafe_b64decode(cursor))
    told[-3] ^= 1
    forged = ["", "x", "é", "MQ==", cursor[:-4], urlsafe_b64encode(told).decode(), cursor + "AAAA"]
    for wrong in forged:
        for run in (toy.fast, toy.slow):
            with pytest.raises(CursorInvalid) as refused:
                await run(PAGE, {"first": 3, "after": wrong})
            assert refused.value.path == ("after",)


async def test_a_cursor_belongs_to_its_list(toy, other_tenant):
    cursor = (await toy.fast(PAGE, {"first": 3}))["persons"]["pageInfo"]["endCursor"]
    foreign = [
        {"first": 3, "after": cursor, "order": "BORN_DESC"},
        {"first": 3, "after": cursor, "filter": {"stage": "FULL"}},
        {"first": 3, "after": cursor, "filter": {"name": "x"}},
    ]
    for variables in foreign:
        with pytest.raises(CursorInvalid):
            await toy.fast(PAGE, variables)
    with pytest.raises(CursorInvalid):
        await toy.fast(f'{{ units(first: 1, after: "{cursor}") {{ nodes {{ id }} }} }}')
    with pytest.raises(CursorInvalid):
        await toy.fast(PAGE, {"first": 3, "after": cursor}, other_tenant)
    assert await toy.fast(PAGE, {"first": 9, "after": cursor})


async def test_a_count_is_made_only_when_asked_for(toy):
    by = toy.request()
    await toy.fast("{ persons(first: 1) { nodes { name } } }", by=by)
    assert "count(" not in by.statements[0]


async def test_rows_are_joined_for_the_page_only(toy):
    document = "{ persons(first: 2) { nodes { name totalHours unit { name } } } }"
    (sql,) = toy.engine.describe(document, None, toy.request())
    inner = sql[sql.index("FROM (") : sql.index("AS page")]
    assert "LIMIT" in inner
    assert "toy_unit" not in inner
    assert "toy_credit" not in inner


async def test_the_keys_of_the_order_are_fetched_for_cursors_only(toy):
    plain, cursor = (
        toy.engine.describe(f"{{ persons(first: 2) {{ nodes {{ name }} {more} }} }}", None, by)[0]
        for by in [toy.request()]
        for more in ("pageInfo { hasNextPage }", "pageInfo { endCursor }")
    )
    assert "sort_name" not in plain[: plain.index("FROM")]
    assert "sort_name" in cursor[: cursor.index("FROM")]


async def test_an_index_serves_scope_and_order_together(toy):
    if toy.store.dialect.name != "sqlite":
        pytest.skip("SQLite tells its plan in words")
    by = toy.request(person=Scope(SUBTREE, SUBTREE, ""))
    document = """query($after: String) { persons(first: 5, after: $after) {
        nodes { name unit { name } totalHours } pageInfo { endCursor } } }"""
    first = await toy.fast(document, by=by)
    by.parameters.clear()
    await toy.fast(document, {"after": first["persons"]["pageInfo"]["endCursor"]}, by)
    plan = toy.store.run("EXPLAIN QUERY PLAN " + by.statements[-1], by.parameters[0])
    steps = [step[-1] for step in plan]
    (page,) = [step for step in steps if step.startswith("SEARCH n ")]
    assert "USING INDEX ix_toy_person_page (tenant_id=? AND" in page
