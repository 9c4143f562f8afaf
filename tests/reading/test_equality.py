"""The compiled answer is the ordinary one, over documents of every form."""

import pytest

from zhibu.identifiers import global_id

P = "person(id: $id)"
DOCUMENTS = {
    "columns of every type": """query($id: ID!) { person(id: $id) {
        __typename id name unitId bornOn leftOn stage active dues tags seenAt data me phone } }""",
    "expressions": "query($id: ID!) { person(id: $id) { totalHours creditCount } }",
    "relations": """query($id: ID!) { person(id: $id) {
        unit { id name kind foundedOn personCount } home { __typename path } } }""",
    "lists": """query($id: ID!) { person(id: $id) { credits {
        __typename id hours earnedOn toldAt verified stage year
        person { name unit { name } } } } }""",
    "lists in lists": """query($id: ID!) { person(id: $id) { credits { person {
        tags data seenAt dues active credits { hours person { education(year: 2025) { hours } } }
        } } } }""",
    "computed": """query($id: ID!) { person(id: $id) { shout secretShout
        badges { label since __typename } credits { person { shout badges { since } } } } }""",
    "parts": """query($id: ID!, $year: Int!) { person(id: $id) {
        a: education(year: 2025) { hours year gap memberName __typename }
        b: education(year: $year) { hours gap year }
        secretEducation { gap hours } } }""",
    "aliases and merging": """query($id: ID!) {
        one: person(id: $id) { n: name name unit { id } unit { name } }
        two: person(id: $id) { name: stage id: name } }""",
    "fragments": """query($id: ID!) { ...Root person(id: $id) { ...A ... on Person { stage } } }
        fragment Root on Query { other: person(id: $id) { ...A } }
        fragment A on Person { name unit { ...B } } fragment B on Unit { id ...C }
        fragment C on Node { __typename id }""",
    "directives": """query($id: ID!, $yes: Boolean!, $no: Boolean! = false) { person(id: $id) {
        name @include(if: $yes) stage @include(if: $no) dues @skip(if: $yes)
        ... @skip(if: $no) { bornOn } ... on Person @include(if: $no) { phone } } }""",
    "nodes": """query($id: ID!, $unit: ID!) {
        a: node(id: $id) { __typename id ... on Person { name unit { name } } ... on Unit { path } }
        b: node(id: $unit) { ... on Unit { path } ... on Person { name } ... on Node { id } } }""",
    "pages": """query($unit: ID!) { persons(first: 10) { __typename totalCount
        nodes { name } edges { __typename cursor node { id unit { name } } }
        pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor } }
        units { nodes { name personCount } totalCount }
        in: persons(first: 3, unit: $unit) { totalCount edges { node { stage } } } }""",
    "pages beyond the end": """{ persons(first: 5, offset: 1000) { totalCount nodes { name }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""",
    "only the count": "{ persons(first: 1, filter: {stage: FULL}) { totalCount } }",
    "only the type": "{ __typename persons(first: 1) { __typename } totals { __typename } }",
    "orders": """{ a: persons(first: 9, orderBy: BORN_DESC) { nodes { bornOn id } }
        b: persons(first: 9, orderBy: MIXED) { nodes { stage bornOn unit { name } } totalCount }
        c: persons(first: 9, orderBy: HOURS) { nodes { dues totalHours } } }""",
    "filters": """query($f: PersonFilter!, $stages: [Stage!]) {
        a: persons(first: 50, filter: $f) { nodes { name } totalCount }
        b: persons(first: 50, filter: {stages: $stages, active: true}) { nodes { name stage } }
        c: persons(first: 50, filter: {bornBefore: "1955-01-01", name: null}) { nodes { bornOn } }
        d: persons(first: 50, filter: {stages: []}) { totalCount }
        e: persons(first: 50, filter: null) { totalCount } }""",
    "listings": "{ unitsOfKind { name kind } all: unitsOfKind(kind: COMMITTEE) { id path } }",
    "figures": """{ totals { persons dues oldest average } none: totals(path: "9.") {
        persons dues oldest average } some: totals(path: "1.1.") { persons } }""",
    "what is absent": """query($none: ID!, $what: ID!) {
        person(id: $none) { name shout credits { id } }
        node(id: $none) { id } unknown: node(id: $what) { id } }""",
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("number", [0, 1, 7, 12])
async def test_the_compiled_answer_is_the_ordinary_one(toy, name, number):
    variables = {
        "id": toy.person(number),
        "unit": toy.unit(number % 6),
        "none": toy.person(999),
        "what": global_id("What", "0" * 32),
        "year": 2026,
        "yes": number % 2 == 0,
        "stages": [["FULL"], None, ["PROBATIONARY", "FULL"], []][number % 4],
        "f": [
            {},
            {"stage": "FULL", "bornBefore": "1955-06-01"},
            {"name": "Person 3 of 1", "active": None},
            {"units": [toy.unit(1), toy.unit(2)], "stages": ["FULL"]},
        ][number % 4],
    }
    document = DOCUMENTS[name]
    used = {key: value for key, value in variables.items() if f"${key}" in document}
    fast = await toy.fast(document, used)
    slow = await toy.slow(document, used)
    assert fast == slow
    assert list(fast) == list(slow)


async def test_values_arrive_as_the_api_promises(toy):
    answer = await toy.fast(
        "query($id: ID!) { person(id: $id) { name dues seenAt active tags bornOn totalHours } }",
        {"id": toy.person(7)},
    )
    assert answer["person"] == {
        "name": '名字 7 "quoted" %s {x}',
        "dues": "1.75",
        "seenAt": "2026-01-02T03:04:07.007000Z",
        "active": False,
        "tags": ["a", "7"],
        "bornOn": "1957-08-08",
        "totalHours": "33.25",
    }


async def test_a_list_keeps_its_order_and_its_limit(toy):
    answer = await toy.fast(
        "query($id: ID!) { person(id: $id) { credits { earnedOn hours } } }",
        {"id": toy.person(7)},
    )
    earned = [credit["earnedOn"] for credit in answer["person"]["credits"]]
    assert earned == sorted(earned, reverse=True)
    assert len(earned) == 5


async def test_an_ordinary_resolver_beside_sql_fields_is_given_the_row(toy):
    document = "query($id: ID!) { version person(id: $id) { greeting name unit { name } } }"
    by = toy.request()
    operation = toy.engine.operation(document)
    assert toy.engine.plan(operation, {"id": toy.person(3)}, by) is None
    answer = await toy.slow(document, {"id": toy.person(3)}, by)
    assert answer["person"] == {
        "greeting": "Hello Person 3 of 1",
        "name": "Person 3 of 1",
        "unit": {"name": "Unit 3 of 1"},
    }
    assert len(by.statements) == 1
