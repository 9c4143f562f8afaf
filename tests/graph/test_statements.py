"""How many SQL statements a request takes: one for each root field, whatever is below it."""

from typing import Any

import pytest

from zhibu import snapshots
from zhibu.identifiers import global_id
from zhibu.tenants.directory import Directory
from zhibu.testing.counting import statements
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

MEMBER = "name organization { name parent { name } } affiliations { since } posts { kind }"

QUERIES = [
    ("a member", "query ($m: ID!) { member(id: $m) { %s } }" % MEMBER, 1),  # noqa: UP031
    ("a page", "query ($o: ID!) { members(first: 50, organization: $o) { nodes { name } } }", 1),
    ("a page with its total", "{ members(first: 50) { totalCount nodes { name } } }", 1),
    ("a unit", "query ($o: ID!) { organization(id: $o) { ancestors { id } children { id } } }", 1),
    ("figures", "query ($o: ID!) { organizationFigures(organization: $o) { members full } }", 1),
    ("two roots", "query ($m: ID!) { member(id: $m) { id } members(first: 1) { totalCount } }", 2),
    ("any node", "query ($m: ID!) { node(id: $m) { id ... on Member { name } } }", 1),
    ("the ledger", "{ ledger(first: 20) { nodes { sentence by } } }", 1),
    (
        "procedures",
        "{ procedures(first: 9) { totalCount nodes { kind member { name } step { title } "
        "steps { title } documents { file { name } } sittings { seats { memberName } } } } }",
        1,
    ),
    ("what may be seen nowhere", "{ oversights(first: 1) { totalCount } }", 0),
    ("who one is", "{ viewer { name roles { role } } }", 2),
    ("parameters", "{ roles { name } }", 0),
    ("a job", "{ jobs { id } }", 1),
]  # fmt: skip


@pytest.fixture(autouse=True)
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine must not make the platform read again, between two requests, its switches or
    which institutions there are.
    """
    monkeypatch.setattr(snapshots, "REMEMBERED", 3600.0)
    monkeypatch.setitem(Directory.__init__.__kwdefaults__, "seconds", 3600.0)


@pytest.mark.parametrize(("name", "document", "count"), QUERIES, ids=[each[0] for each in QUERIES])
async def test_a_query_takes_one_statement_for_each_root_field(
    institution: Institution, name: str, document: str, count: int
) -> None:
    variables = await asked(institution)
    await institution.ask("officer", document, variables)  # the credential is remembered
    with statements() as found:
        answer = await institution.ask("officer", document, variables)
    assert "errors" not in answer or count == 0, answer
    assert len(found) == count, "\n\n".join(found)


async def asked(institution: Institution) -> dict[str, Any]:
    member = await institution.member("branch")
    return {"m": global_id("Member", member.id), "o": institution.id("committee")}


ADMIT = """mutation ($input: MemberAdmitInput!) {
  memberAdmit(input: $input) { member { name organization { name } } userErrors { code } }
}"""


async def test_a_key_adds_two_statements_to_a_mutation(institution: Institution) -> None:
    """How many each mutation takes without one stands in `mutations/`."""
    counts = []
    for number, key in enumerate((None, None, "k")):
        input = {
            "organization": institution.id("branch"),
            "name": f"王{'甲乙丙'[number]}",
            "identityNumber": identity(800 + number),
            "kind": "IN_SERVICE",
            "admittedOn": "2026-06-01",
            "decision": "支部大会决议",
            "idempotencyKey": key,
        }
        with statements() as found:
            answer = await institution.ask("officer", ADMIT, {"input": input})
        assert answer["data"]["memberAdmit"]["userErrors"] == [], answer
        counts.append(len(found))
    assert counts[2] == counts[1] + 2, "\n\n".join(found)


async def test_what_is_nested_too_deep_for_the_database_is_refused_with_the_reason(
    institution: Institution,
) -> None:
    """SQLite parses so deep and no deeper; PostgreSQL takes what the budget of documents allows."""
    selected = "{ education(year: 2026) { evaluation { code value } averageHours behindPace } }"
    for _ in range(6):
        selected = f"{{ children {selected} }}"
    document = f"query ($id: ID!) {{ organization(id: $id) {selected} viewer {{ name }} }}"
    answer = await institution.ask("municipal", document, {"id": institution.id("root")})
    assert answer["data"]["viewer"] == {"name": "municipal"}
    if institution.house.platform.homes.default.name == "postgresql":
        assert answer["data"]["organization"]["children"]
    else:
        [error] = answer["errors"]
        assert error["extensions"]["error"] == "core.question_too_intricate"
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
