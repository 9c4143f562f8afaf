"""Who must not: every query and mutation of discipline, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id, new_id, row_of
from zhibu_discipline.store import referrals

QUERIES = {
    "disciplineCasePage": 'disciplineCasePage(case: $c, paper: NOTICE, purpose: "存档")',
    "disciplineCases": "disciplineCases(organization: $o, first: 9) { nodes { id } }",
    "disciplineReferrals": "disciplineReferrals(organization: $o, first: 9) { nodes { id } }",
    "disciplinePunishments": "disciplinePunishments(organization: $o) { code }",
    "disciplineFileChecks": "disciplineFileChecks(organization: $o, first: 9) { nodes { id } }",
    "disciplineFileDocuments": "disciplineFileDocuments(organization: $o) { code }",
    "disciplineGrounds": "disciplineGrounds(organization: $o) { code }",
    "disciplineSuggestions": "disciplineSuggestions(member: $m) { reason }",
}

ABOUT_MEMBERS = ("disciplineOpen", "disciplineRefer", "disciplineFileCheck")  # whom all here see
OWN_FILE = ("Correct", "Repair", "Keep", "Withdraw")  # of the check that its member sees


@pytest.fixture
async def records(discipline: Any) -> dict[str, dict[str, Any]]:
    """Inputs about a disposition that is there, and would be accepted or refused for themselves."""
    given = {"case": await discipline.opened()}
    return {
        "disciplineOpen": discipline.opening(),
        "disciplinePropose": discipline.helping(given["case"]),
        "disciplineDrop": {**given, "reason": "误提"},
        "disciplineDeliver": {**given, "delivery": "SIGNED", "opinion": "无异议"},
        "disciplineAnswer": {**given, "withdraws": True},
        "disciplineEvaluate": {**given, "result": "CORRECTED", "evaluation": "表现良好"},
        "disciplineAppeal": {**given, "reason": "不符合事实"},
        "disciplineFile": {**given, "number": "2026-1"},
        **await handed_over(discipline, given),
        **await checked(discipline),
    }


async def checked(discipline: Any) -> dict[str, dict[str, Any]]:
    """The same about a file that was checked."""
    given = {"member": discipline.id(discipline.me), "checklist": discipline.checklist()}
    made = await discipline.done("secretary", "disciplineFileCheck", given, "check { id }")
    about = {"check": made["check"]["id"]}
    return {
        "disciplineFileCheck": given,
        "disciplineFileCorrect": {**about, "checklist": given["checklist"], "reason": "误登"},
        "disciplineFileRepair": {**about, "document": "application", "how": "补写"},
        "disciplineFileKeep": {**about, "custody": "PERSONNEL_FILE", "custodian": "人事处"},
        "disciplineFileWithdraw": {**about, "reason": "误登"},
    }


async def handed_over(discipline: Any, case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same about somebody who was handed over, and an entry of help for nobody removed yet."""
    refer = {"member": discipline.id(discipline.me), "facts": "涉嫌违纪"}
    made = await discipline.done("secretary", "disciplineRefer", refer, "referral { id }")
    given = {"referral": made["referral"]["id"]}
    async with discipline.at.operator() as act:
        values = {
            "id": new_id(),
            "case_id": row_of(case["case"], "DisciplineCase"),
            "helped_on": act.today,
            "what": "走访",
            "entered_on": act.today,
        }
        await referrals.add_help(act.session, act.tenant_id, values)
    return {
        "disciplineRefer": refer,
        "disciplineReferralPass": {**given, "to": "区纪委"},
        "disciplineReferralAnswer": {
            **given,
            "decidedOn": discipline.today,
            "document": "区纪 8",
        },
        "disciplineReferralWithdraw": {**given, "reason": "误报"},
        "disciplineReferralNotify": {**given, "number": "组通 1"},
        "disciplineReferralClose": {**given, "note": "表现良好"},
        "disciplineFollowUp": {**case, "what": "走访"},
        "disciplineFollowUpWithdraw": {
            "followUp": global_id("DisciplineFollowUp", values["id"]),
            "reason": "误登",
        },
    }


async def asked(discipline: Any, login: str | None, name: str, case: str = "") -> dict[str, Any]:
    credential = discipline.at.credentials[login] if login else None
    known = {"m": discipline.id(discipline.me), "o": discipline.at.id("branch"), "c": case}
    about = next(each for each in known if f"${each}" in QUERIES[name])
    document, given = f"query (${about}: ID!) {{ {QUERIES[name]} }}", {about: known[about]}
    found: dict[str, Any] = await discipline.at.house.ask(document, given, credential=credential)
    return found


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    shown = (answer.get("data") or {}).get(name)
    return shown is None or (isinstance(shown, dict) and shown.get("nodes") == [])


def fields(installed: Any, of: str) -> set[str]:
    schema = Parts(core.graph(), installed.graphs()).compose(frozenset({"discipline"}))._schema
    kind = getattr(schema, of)
    return {name for name in kind.fields if name.startswith("discipline")}


async def test_nobody_who_may_not_gets_through(
    discipline: Any, records: Any, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    assert fields(installed_plugins, "mutation_type") == set(records)
    assert fields(installed_plugins, "query_type") == set(QUERIES)
    other = await discipline.at.house.found("qinghe", "清河市直机关")
    discipline.at.credentials["stranger"] = other.credentials["officer"]
    far = await discipline.at.member("far")
    await discipline.at.account("far", member_id=far.id)
    for name, given in records.items():
        answer = await discipline.answer(None, name, given)
        assert answer.get("data") is None, name
        for login in ("stranger", "rival", "far"):
            found = await discipline.refused(login, name, given)
            assert found == ["NOT_FOUND"], (login, name, found)
    await discipline.proposed(records["disciplinePropose"])  # the member was told
    case = records["disciplineDrop"]["case"]
    for name in QUERIES:
        assert (await asked(discipline, None, name, case)).get("data") is None, name
        for login in ("stranger", "rival", "far"):
            answer = await asked(discipline, login, name, case)
            assert shows_nothing(answer, name), (login, name)


async def test_the_member_does_not_learn_what_is_only_being_looked_into(
    discipline: Any, records: Any
) -> None:
    case = records["disciplineDrop"]["case"]
    for name, given in records.items():
        known = name in ABOUT_MEMBERS or name.removeprefix("disciplineFile") in OWN_FILE
        wanted = ["FORBIDDEN"] if known else ["NOT_FOUND"]
        assert await discipline.refused("me", name, given) == wanted, name
    assert await discipline.case(case, "me") is None
    assert shows_nothing(await asked(discipline, "me", "disciplineCases"), "disciplineCases")
    assert (await discipline.member(login="me"))["discipline"]["cases"] == []
    await discipline.proposed(records["disciplinePropose"])
    assert (await discipline.case(case, "me"))["state"] == "PROPOSED"
    assert await discipline.case(case, "m1") is None


async def test_a_recorder_sees_nothing_of_it(discipline: Any, records: Any) -> None:
    for name, given in records.items():
        wanted = ["FORBIDDEN"] if name in ABOUT_MEMBERS else ["NOT_FOUND"]
        assert await discipline.refused("recorder", name, given) == wanted, name
    assert await discipline.case(records["disciplineDrop"]["case"], "recorder") is None


@pytest.mark.clause("A-29")
async def test_a_restricted_ground_is_seen_by_those_who_need_it_and_by_the_member(
    discipline: Any,
) -> None:
    await discipline.at.account("working", "working_committee_officer", "district")
    case = await discipline.opened("religion")
    assert await discipline.case(case, "working") is None
    assert (await discipline.case(case, "district"))["ground"] == "religion"
    file = {"kind": "education", "file": await discipline.branch.file("secretary")}
    await discipline.proposed(discipline.proposing(case, documents=[file]))
    assert (await discipline.case(case, "me"))["ground"] == "religion"
    assert await discipline.case(case, "working") is None
    document = "query ($o: ID!) { organization(id: $o) { discipline { underWay } } }"
    for login, count in (("working", 0), ("district", 1)):
        answer = await discipline.at.ask(login, document, {"o": discipline.at.id("branch")})
        assert answer["data"]["organization"]["discipline"]["underWay"] == count


async def test_a_plugin_that_is_off_at_the_unit_says_so(discipline: Any, records: Any) -> None:
    await discipline.at.switch("discipline", False, "committee")
    for name, given in records.items():
        found = await discipline.refused("officer", name, given)
        assert found == ["PLUGIN_DISABLED"], (name, found)
    answer = await asked(discipline, "officer", "disciplineSuggestions")
    assert answer["errors"][0]["extensions"]["code"] == "PLUGIN_DISABLED"


async def test_somebody_who_was_faster_is_noticed(discipline: Any, records: Any) -> None:
    given = {**records["disciplineDrop"], "version": 2}
    assert await discipline.refused("secretary", "disciplineDrop", given) == ["version_stale"]
