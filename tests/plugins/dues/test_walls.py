"""Who must not: every query and mutation of dues, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id, new_id

QUERIES = {
    "duesMonths": "duesMonths(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "duesBases": "duesBases(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "duesPayments": "duesPayments(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "duesArrears": "duesArrears(organization: $o, first: 9) { nodes { id } }",
    "duesHandovers": "duesHandovers(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "duesPublications": "duesPublications(organization: $o, year: 2025, first: 9) { nodes { id } }",
    "duesGridPage": "duesGridPage(organization: $o, year: 2026)",
    "duesReceiptPage": "duesReceiptPage(payment: $payment)",
    "duesStandingPage": "duesStandingPage(member: $member)",
    "duesPublicationPage": "duesPublicationPage(publication: $publication)",
}


@pytest.fixture
async def records(dues: Any) -> dict[str, dict[str, Any]]:
    """Inputs about records that are there, and would be accepted or refused for themselves."""
    await dues.fixed()
    await dues.fixed(dues.peer)
    payment = await dues.paid()
    unit, me = dues.at.id("branch"), dues.id(dues.me)
    made = await dues.done(
        "recorder", "duesBaseDeclare", dues.income(dues.peer, reason="更正"), "base { id }"
    )
    given = {"member": me, "firstMonth": "2026-07-01", "reason": "驻外"}
    quarterly = await dues.done("secretary", "duesQuarterlyConsent", given, "quarterly { id }")
    hand = {"organization": unit, "until": "2026-06-15"}
    handed = await dues.done("secretary", "duesHandOver", hand, "handover { id }")
    publish = {"organization": unit, "year": 2025, "place": "公开栏"}
    published = await dues.done("secretary", "duesPublish", publish, "publication { id }")
    base = {"base": made["base"]["id"], "reason": "误"}
    return {
        "duesBaseDeclare": dues.income(reason="变更"),
        "duesBaseConfirm": {"bases": [base["base"]]},
        "duesBaseVoid": base,
        "duesPaymentRecord": dues.payment(dues.peer),
        "duesPaymentCorrect": {"payment": payment, "correct": dues.payment(), "reason": "误"},
        "duesPaymentVoid": {"payment": payment, "reason": "误"},
        "duesReductionAsk": {**given, "lastMonth": "2026-12-01", "fen": 0},
        "duesReductionEnd": {
            "reduction": global_id("DuesReduction", new_id()),
            "month": "2026-07-01",
            "reason": "误",
        },
        "duesQuarterlyConsent": {**given, "firstMonth": "2026-10-01"},
        "duesQuarterlyEnd": {
            "quarterly": quarterly["quarterly"]["id"],
            "month": "2026-07-01",
            "reason": "误",
        },
        "duesArrearsAnswer": {
            "arrears": global_id("DuesArrears", new_id()),
            "finding": "REFUSES",
            "answer": "谈话",
        },
        "duesHandOver": hand,
        "duesHandoverReceive": {"handover": handed["handover"]["id"]},
        "duesHandoverReturn": {"handover": handed["handover"]["id"], "reason": "误"},
        "duesPublish": publish,
        "duesPublicationWithdraw": {
            "publication": published["publication"]["id"],
            "reason": "误",
        },
    }


ABSENT = ("duesReductionEnd", "duesArrearsAnswer")  # of which the story makes no record


async def asked(dues: Any, records: Any, login: str | None, name: str) -> dict[str, Any]:
    credential = dues.at.credentials[login] if login else None
    ids = {
        "o": dues.at.id("branch"),
        "member": dues.id(dues.me),
        "payment": records["duesPaymentVoid"]["payment"],
        "publication": records["duesPublicationWithdraw"]["publication"],
    }
    used = {key: id for key, id in ids.items() if f"${key}" in QUERIES[name]}
    declared = ", ".join(f"${key}: ID!" for key in used)
    document = f"query ({declared}) {{ {QUERIES[name]} }}"
    found: dict[str, Any] = await dues.at.house.ask(document, used, credential=credential)
    return found


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    shown = (answer.get("data") or {}).get(name)
    return shown is None or (isinstance(shown, dict) and shown["nodes"] == [])


def test_every_field_of_the_schema_is_held_against_the_walls(installed_plugins: Any) -> None:
    schema = Parts(core.graph(), installed_plugins.graphs()).compose(frozenset({"dues"}))._schema
    assert schema.query_type is not None
    names = {name for name in schema.query_type.fields if name.startswith("dues")}
    assert names == set(QUERIES)


async def test_nobody_who_may_not_gets_through(
    dues: Any, records: Any, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    schema = Parts(core.graph(), installed_plugins.graphs()).compose(frozenset({"dues"}))._schema
    assert schema.mutation_type is not None
    names = {name for name in schema.mutation_type.fields if name.startswith("dues")}
    assert names == set(records)
    other = await dues.at.house.found("qinghe", "清河市直机关")
    dues.at.credentials["stranger"] = other.credentials["officer"]
    far = await dues.member("far")
    await dues.at.account("far", member_id=far.id)
    for name, given in records.items():
        answer = await dues.answer(None, name, given)
        assert answer.get("data") is None, name
        for login in ("stranger", "rival", "far"):
            found = await dues.refused(login, name, given)
            assert found == ["NOT_FOUND"], (login, name, found)
    for name in QUERIES:
        assert (await asked(dues, records, None, name)).get("data") is None, name
        for login in ("stranger", "rival", "far"):
            answer = await asked(dues, records, login, name)
            assert shows_nothing(answer, name), (login, name)


async def test_a_member_of_the_branch_does_nothing_of_the_branch_s(dues: Any, records: Any) -> None:
    own = ("duesBaseDeclare", "duesReductionAsk", *ABSENT)
    for name, given in records.items():
        if name not in own:
            found = await dues.refused("me", name, given)
            assert found in (["FORBIDDEN"], ["NOT_FOUND"]), (name, found)


async def test_a_plugin_that_is_off_at_the_unit_says_so(dues: Any, records: Any) -> None:
    await dues.at.switch("dues", False, "general")
    for name, given in records.items():
        if name in ABSENT:
            continue
        login = "me" if name == "duesReductionAsk" else "officer"
        assert await dues.refused(login, name, given) == ["PLUGIN_DISABLED"], name
    for name in QUERIES:
        assert shows_nothing(await asked(dues, records, "officer", name), name), name
    await dues.at.switch("dues", False)
    answer = await asked(dues, records, "officer", "duesMonths")
    assert "Cannot query field" in answer["errors"][0]["message"]


async def test_whoever_may_sees_each_list(dues: Any, records: Any) -> None:
    for name in QUERIES:
        answer = await asked(dues, records, "officer", name)
        assert "errors" not in answer, (name, answer)
        if name != "duesArrears":
            assert not shows_nothing(answer, name), name
