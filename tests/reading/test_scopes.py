"""Nobody is shown a row, a field or a relation beyond their scope, nor another tenant's."""

import re

import pytest

from zhibu.errors import Forbidden
from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope

ALL = "{ persons(first: 100) { totalCount nodes { id name phone unit { path } home { path } } } }"


def below(*paths: str) -> Scope:
    marks = PathSet({path: (True, True) for path in paths})
    return Scope(marks, marks, "")


NOWHERE = below()


async def test_a_page_and_its_count_hold_the_scope_and_nothing_else(toy):
    page = (await toy.fast(ALL, by=toy.request(person=below("1.1."))))["persons"]
    assert page["totalCount"] == len(page["nodes"]) == 30
    assert {node["home"]["path"] for node in page["nodes"]} == {"1.1.", "1.1.1.", "1.1.2."}


async def test_a_row_outside_the_scope_is_absent(toy):
    document = "query($id: ID!) { person(id: $id) { name } node(id: $id) { id } }"
    by = toy.request(person=below("1.2."))
    assert await toy.fast(document, {"id": toy.person(1)}, by) == {"person": None, "node": None}
    seen = await toy.fast(document, {"id": toy.person(4)}, by)
    assert seen["person"] == {"name": "Person 4 of 1"}


async def test_another_tenant_shows_nothing_of_itself(toy, other_person):
    document = "query($id: ID!) { person(id: $id) { name } node(id: $id) { id } }"
    answer = await toy.fast(document, {"id": other_person})
    assert answer == {"person": None, "node": None}
    page = (await toy.fast(ALL))["persons"]
    assert page["totalCount"] == 60
    assert {node["id"] for node in page["nodes"]} == {toy.person(number) for number in range(60)}


async def test_rows_of_another_tenant_that_point_here_are_not_counted(toy):
    answer = await toy.fast(
        """query($id: ID!) { person(id: $id) { creditCount totalHours unit { personCount }
            education(year: 2026) { hours } credits { id } } }""",
        {"id": toy.person(8)},
    )
    assert answer["person"] == {
        "creditCount": 0,
        "totalHours": "0",
        "unit": {"personCount": 10},
        "education": {"hours": "0"},
        "credits": [],
    }


async def test_every_tenant_owned_table_of_a_statement_names_the_tenant(toy):
    (sql,) = toy.engine.describe(
        """{ persons(first: 5) { totalCount nodes { totalHours unit { personCount }
            credits { person { creditCount } } } } }""",
        None,
        toy.request(),
    )
    named = re.findall(r"(?:FROM|JOIN) (toy_\w+)(?: AS (\w+))?(?=\s)", sql)
    assert len(named) == 8
    for table, alias in named:
        assert re.search(rf"\b{alias or table}\.tenant_id = (\?|%s)", sql), (table, alias)


async def test_a_field_with_its_own_permission_is_null_where_it_does_not_reach(toy):
    page = (await toy.fast(ALL, by=toy.request(phone=below("1.2."))))["persons"]
    shown = {node["home"]["path"] for node in page["nodes"] if node["phone"]}
    hidden = {node["home"]["path"] for node in page["nodes"] if node["phone"] is None}
    assert shown == {"1.2.", "1.2.1."}
    assert hidden == {"1.", "1.1.", "1.1.1.", "1.1.2."}


async def test_a_field_of_the_same_reach_costs_no_condition(toy):
    document = "{ persons(first: 1) { nodes { phone } } }"
    everywhere = toy.engine.describe(document, None, toy.request())
    same = toy.request(person=below("1.1."), phone=below("1.1."))
    less = toy.request(person=below("1.1."), phone=below("1.1.1."))
    assert "CASE" not in everywhere[0] + toy.engine.describe(document, None, same)[0]
    assert "CASE" in toy.engine.describe(document, None, less)[0]
    none = toy.engine.describe(document, None, toy.request(phone=NOWHERE))
    assert "phone" not in none[0]


async def test_a_part_and_a_computed_field_keep_their_permission(toy):
    document = """query($id: ID!) { person(id: $id) {
        secretShout shout secretEducation(year: 2026) { gap hours } } }"""
    by = toy.request(phone=below("1.2."))
    hidden = (await toy.fast(document, {"id": toy.person(1)}, by))["person"]
    assert hidden["secretShout"] is None
    assert hidden["secretEducation"] is None
    assert hidden["shout"]
    shown = (await toy.fast(document, {"id": toy.person(4)}, by))["person"]
    assert shown["secretShout"] == shown["shout"]
    assert shown["secretEducation"]["gap"]


async def test_a_relation_to_an_invisible_row_is_null(toy):
    by = toy.request(unit=below("1.1.1."))
    nodes = (await toy.fast(ALL, by=by))["persons"]["nodes"]
    assert len(nodes) == 60
    for shown in nodes:
        visible = shown["home"]["path"] == "1.1.1."
        assert shown["unit"] == ({"path": "1.1.1."} if visible else None)
    nobody = (await toy.fast(ALL, by=toy.request(unit=NOWHERE)))["persons"]["nodes"]
    assert {str(node["unit"]) for node in nobody} == {"None"}


async def test_a_list_of_invisible_rows_is_empty(toy):
    document = "query($id: ID!) { person(id: $id) { name credits { hours } } }"
    for credit in (NOWHERE, below("1.2.1.")):
        by = toy.request(credit=credit)
        answer = await toy.fast(document, {"id": toy.person(7)}, by)
        assert answer["person"]["credits"] == []


async def test_ones_own_row_is_seen_by_its_owner_alone(toy, member_of):
    own = "{ persons(first: 100) { nodes { id } totalCount } }"
    by = toy.request(person=Scope(PathSet({}), PathSet({"1.": (True, True)}), member_of(7).hex))
    page = (await toy.fast(own, by=by))["persons"]
    assert page == {"nodes": [{"id": toy.person(7)}], "totalCount": 1}


async def test_who_may_see_none_is_refused_or_given_null(toy):
    by = toy.request(person=NOWHERE, unit=NOWHERE)
    document = (
        "query($id: ID!) { person(id: $id) { name } node(id: $id) { id } units { totalCount } }"
    )
    answer = await toy.fast(document, {"id": toy.person(1)}, by)
    assert answer == {"person": None, "node": None, "units": None}
    assert by.statements == []
    for refused in (ALL, "{ totals { persons } }", "{ unitsOfKind { name } }"):
        with pytest.raises(Forbidden):
            await toy.fast(refused, by=by)
        with pytest.raises(Forbidden):
            await toy.slow(refused, by=by)


async def test_figures_add_up_the_scope_only(toy):
    answer = await toy.fast("{ totals { persons } }", by=toy.request(person=below("1.1.2.")))
    assert answer == {"totals": {"persons": 10}}


async def test_a_table_that_a_part_joins_is_the_tenants_own(toy, other_tenant):
    document = "query($id: ID!) { person(id: $id) { windfall { hours year } } }"
    answer = await toy.fast(document, {"id": toy.person(1)})
    assert answer["person"]["windfall"] == {"hours": None, "year": None}
    assert answer == await toy.slow(document, {"id": toy.person(1)})
    page = await toy.fast("{ persons(first: 100) { totalCount nodes { windfall { hours } } } }")
    assert page["persons"]["totalCount"] == len(page["persons"]["nodes"]) == 60


async def test_tenants_share_plans_and_nothing_else(toy, other_tenant):
    document = "{ persons(first: 100) { totalCount nodes { id } } totals { persons } } # tenants"
    ours = await toy.fast(document)
    theirs = await toy.fast(document, by=other_tenant)
    assert (ours["persons"]["totalCount"], theirs["persons"]["totalCount"]) == (60, 15)
    assert (ours["totals"]["persons"], theirs["totals"]["persons"]) == (60, 15)
    assert len(toy.engine.operation(document).plans) == 1
    assert await toy.fast(document) == ours
    seen = {node["id"] for node in ours["persons"]["nodes"]}
    assert not seen & {node["id"] for node in theirs["persons"]["nodes"]}


async def test_a_plan_knows_each_caller_anew(toy, member_of):
    document = "query($id: ID!) { person(id: $id) { me shout } }"
    for asking, asked in ((3, 3), (4, 3), (3, 4), (4, 4)):
        by = toy.request()
        by.binds["member"] = member_of(asking)
        answer = await toy.fast(document, {"id": toy.person(asked)}, by)
        assert answer["person"]["me"] is (asking == asked)
    assert len(toy.engine.operation(document).plans) == 1
