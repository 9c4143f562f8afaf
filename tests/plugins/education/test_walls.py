"""Who must not: every query and mutation of education, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id

QUERIES = {
    "educationBehind": "educationBehind(organization: $o, year: 2026, first: 9) { nodes { name } }",
    "educationCredits": "educationCredits(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "educationCredit": "educationCredit(id: $credit) { id }",
    "educationSessions": "educationSessions(organization: $o, first: 9) { nodes { id } }",
    "educationSession": "educationSession(id: $session) { id }",
    "educationPlans": "educationPlans(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "educationTeachers": "educationTeachers(organization: $o, first: 9) { nodes { id } }",
    "educationCertificates": (
        "educationCertificates(organization: $o, year: 2026, first: 9) { nodes { id } }"
    ),
    "educationExpenses": (
        "educationExpenses(organization: $o, year: 2026, first: 9) { nodes { id } }"
    ),
    "educationPlansMissing": (
        "educationPlansMissing(organization: $o, year: 2026, first: 9) { nodes { id } }"
    ),
    "educationDuties": "educationDuties(organization: $o) { name holders { name } }",
    "educationLeaders": "educationLeaders(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "educationFigures": "educationFigures(organization: $o, year: 2026) { members sessions }",
    "educationArchivePage": "educationArchivePage(member: $member, year: 2026)",
    "educationCertificatePage": "educationCertificatePage(certificate: $certificate)",
    "educationPlanPage": "educationPlanPage(plan: $plan)",
    "educationTeachersPage": "educationTeachersPage(organization: $o)",
    "educationSessionPage": "educationSessionPage(session: $session)",
    "educationFundsPage": "educationFundsPage(organization: $o, year: 2026)",
    "educationEvaluationPage": "educationEvaluationPage(organization: $o, year: 2026)",
    "educationLeadersPage": "educationLeadersPage(organization: $o, year: 2026)",
    "educationFunds": "educationFunds(organization: $o, year: 2026) { category left }",
}
USED = {
    "$o": "ID!",
    "$credit": "ID!",
    "$session": "ID!",
    "$member": "ID!",
    "$certificate": "ID!",
    "$plan": "ID!",
}
# Asked through an act, which writes into the ledger or answers what no single statement holds.
BY_ACT = {"educationDuties", "educationFunds"} | {name for name in QUERIES if "Page" in name}


@pytest.fixture
async def records(education: Any) -> dict[str, Any]:
    """One record of every kind, and inputs that would be accepted of whoever may."""
    credit, pending = await education.claim(), await education.claim(hours="1", title="另一门")
    await education.verify(credit)
    session = await made(education, "educationSessionHold", education.session(), "session { id }")
    planned = await made(
        education,
        "educationSessionPlan",
        education.session(heldOn="2026-07-01", title="轮训"),
        "session { id }",
    )
    unit, me, peer = (
        education.at.id("branch"),
        education.id(education.me),
        education.id(education.peer),
    )
    plan = await made(
        education,
        "educationPlanMake",
        {"organization": unit, "year": 2026, "title": "计划"},
        "plan { id }",
    )
    item = {
        "plan": plan,
        "month": 7,
        "title": "轮训",
        "form": "CONCENTRATED",
        "topic": "purpose",
        "hours": "8",
    }
    payload = await education.done(
        "secretary", "educationPlanAddItem", item, "plan { items { id } }"
    )
    item_id = payload["plan"]["items"][0]["id"]
    teacher = await made(
        education,
        "educationTeacherAdd",
        {"organization": unit, "name": "周老师", "fullTime": True, "since": "2026-01-01"},
        "teacher { id }",
        by="officer",
    )
    budget = {
        "organization": unit,
        "kind": "BUDGET",
        "on": "2026-01-01",
        "fen": 500,
        "purpose": "教材",
        "category": "training",
    }
    expense = await made(
        education, "educationExpenseRecord", budget, "expense { id }", by="officer"
    )
    exempt = {"member": peer, "year": 2026, "ground": "ILL", "consent": "本人同意"}
    await education.done("secretary", "educationExempt", exempt, "member { id }")
    found = await education.read(
        "officer",
        "query ($id: ID!) { member(id: $id) { education(year: 2026) { exemptions { id } } } }",
        id=peer,
    )
    exemption = found["data"]["member"]["education"]["exemptions"][0]["id"]
    await made(
        education,
        "educationCreditRecord",
        education.hours(member=peer),
        "credit { id }",
        by="recorder",
    )
    given = education.hours(member=peer, hours="2", title="又一门")
    earned = await made(education, "educationCreditRecord", given, "credit { id }", by="recorder")
    await education.verify(earned)
    certificate = await made(
        education,
        "educationCertificateIssue",
        {"member": peer, "year": 2026},
        "certificate { id }",
        by="officer",
    )
    correction = {k: v for k, v in education.hours(hours="3").items() if k != "member"}
    mutations: dict[str, dict[str, Any]] = {
        "educationCreditClaim": education.hours(hours="1", title="第三门"),
        "educationCreditRecord": education.hours(hours="1", title="第四门"),
        "educationCreditVerify": {"credits": [pending]},
        "educationCreditReturn": {"credits": [pending], "reason": "缺证明"},
        "educationCreditCorrect": {**correction, "credit": credit, "reason": "有误"},
        "educationCreditVoid": {"credit": credit, "reason": "有误"},
        "educationCreditAskReview": {"credit": credit, "reason": "有签到表"},
        "educationSessionPlan": education.session(heldOn="2026-07-02"),
        "educationSessionHold": education.session(),
        "educationSessionCancel": {"session": session, "reason": "停电"},
        "educationSessionEnrol": {"session": planned, "member": me},
        "educationSessionWithdraw": {"session": planned, "member": peer},
        "educationSessionStrike": {"session": planned, "member": peer, "reason": "误登"},
        "educationSessionVerify": {"session": session},
        "educationSessionAttend": {
            "session": session,
            "marks": [{"member": peer, "presence": "PRESENT"}],
        },
        "educationPlanMake": {"organization": unit, "year": 2027, "title": "计划"},
        "educationPlanAddItem": item,
        "educationPlanRemoveItem": {"item": item_id},
        "educationPlanPublish": {"plan": plan},
        "educationTeacherAdd": {
            "organization": unit,
            "name": "某人",
            "fullTime": False,
            "since": "2026-01-01",
        },
        "educationTeacherEnd": {"teacher": teacher, "until": "2026-06-01"},
        "educationExempt": {**exempt, "member": me},
        "educationExemptionEnd": {"exemption": exemption, "reason": "康复"},
        "educationCertificateIssue": {"member": me, "year": 2026},
        "educationCertificateKeep": {"certificate": certificate, "reason": "有误"},
        "educationCertificateVoid": {"certificate": certificate, "reason": "有误"},
        "educationExpenseRecord": budget,
        "educationExpenseVoid": {"expense": expense, "reason": "有误"},
        "educationContentWithdraw": {"content": session, "reason": "表述不当"},
        "educationContentRestore": {"content": session, "reason": "已核实"},
        "educationYearOpen": {"organization": unit, "year": 2026},
    }
    variables = {
        "o": unit,
        "credit": credit,
        "session": session,
        "member": me,
        "certificate": certificate,
        "plan": plan,
    }
    return {"mutations": mutations, "variables": variables}


async def made(education: Any, name: str, given: Any, select: str, by: str = "secretary") -> str:
    payload = await education.done(by, name, given, select)
    return str(payload[select.split()[0]]["id"])


async def asked(education: Any, login: str | None, name: str, variables: Any) -> dict[str, Any]:
    body = QUERIES[name]
    used = {key: kind for key, kind in USED.items() if key in body}
    head = ", ".join(f"{key}: {kind}" for key, kind in used.items())
    given = {key[1:]: variables[key[1:]] for key in used}
    answer: dict[str, Any] = await education.read(login, f"query ({head}) {{ {body} }}", **given)
    return answer


def codes(answer: dict[str, Any]) -> set[str]:
    return {error["extensions"]["code"] for error in answer.get("errors", [])}


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    found = (answer.get("data") or {}).get(name)
    if isinstance(found, dict) and "nodes" in found:
        return found["nodes"] == []
    return found in (None, {"members": 0, "sessions": 0})


def test_every_field_of_the_schema_is_held_against_the_walls(installed_plugins: Any) -> None:
    schema = Parts(core.graph(), installed_plugins.graphs()).compose(frozenset({"education"}))
    types = schema._schema.type_map
    queries = {name for name in types["Query"].fields if name.startswith("education")}  # type: ignore[attr-defined]
    mutations = {name for name in types["Mutation"].fields if name.startswith("education")}  # type: ignore[attr-defined]
    assert queries == set(QUERIES)
    assert mutations == MUTATIONS


MUTATIONS = {
    *("educationCreditClaim", "educationCreditRecord", "educationCreditVerify"),
    *("educationCreditReturn", "educationCreditCorrect", "educationCreditVoid"),
    "educationCreditAskReview",
    *("educationSessionPlan", "educationSessionHold", "educationSessionCancel"),
    *("educationSessionEnrol", "educationSessionWithdraw", "educationSessionAttend"),
    *("educationSessionStrike", "educationSessionVerify"),
    *("educationPlanMake", "educationPlanAddItem", "educationPlanRemoveItem"),
    *("educationPlanPublish", "educationTeacherAdd", "educationTeacherEnd"),
    *("educationExempt", "educationExemptionEnd", "educationCertificateIssue"),
    *("educationCertificateKeep", "educationCertificateVoid"),
    *("educationExpenseRecord", "educationExpenseVoid"),
    *("educationContentWithdraw", "educationContentRestore", "educationYearOpen"),
}


async def test_nobody_who_may_not_gets_through(education: Any, records: Any) -> None:
    """Anonymous, another tenant, another committee, a peer of the branch: one after the other."""
    mutations, variables = records["mutations"], records["variables"]
    assert set(mutations) == MUTATIONS
    other = await education.at.house.found("qinghe", "清河市直机关")
    education.at.credentials["stranger"] = other.credentials["officer"]
    peer = await education.member("far")
    await education.at.account("far", member_id=peer.id)
    for name, given in mutations.items():
        answer = await education.answer(None, name, given)
        assert answer.get("data") is None, name
        assert answer["errors"], name
        for login in ("stranger", "rival", "far"):
            found = await education.refused(login, name, given)
            assert found in (["NOT_FOUND"], ["FORBIDDEN"]), (login, name, found)
            if login == "stranger":
                assert found == ["NOT_FOUND"], name
    for name in QUERIES:
        anonymous = await asked(education, None, name, variables)
        assert anonymous.get("data") is None, name
        assert anonymous["errors"], name
        for login in ("stranger", "rival", "far"):
            answer = await asked(education, login, name, variables)
            assert shows_nothing(answer, name), (login, name, answer)


async def test_a_plugin_that_is_off_at_the_unit_says_so(education: Any, records: Any) -> None:
    await education.at.switch("education", False, "general")
    for name, given in records["mutations"].items():
        login = "me" if name in ("educationCreditClaim", "educationCreditAskReview") else "officer"
        found = await education.refused(login, name, given)
        assert found == ["PLUGIN_DISABLED"], (name, found)
    for name in QUERIES:
        answer = await asked(education, "officer", name, records["variables"])
        assert shows_nothing(answer, name), (name, answer)
    await education.at.switch("education", True, "general")
    for name in QUERIES:
        answer = await asked(education, "officer", name, records["variables"])
        assert "errors" not in answer, name
    found = await asked(education, "officer", "educationCredits", records["variables"])
    assert len(found["data"]["educationCredits"]["nodes"]) == 4


async def test_a_plugin_that_is_off_for_the_tenant_is_absent(education: Any, records: Any) -> None:
    await education.at.switch("education", False)
    answer = await asked(education, "officer", "educationCredits", records["variables"])
    assert "Cannot query field" in answer["errors"][0]["message"]
    answer = await education.answer(
        "officer", "educationCreditVoid", records["mutations"]["educationCreditVoid"]
    )
    assert answer["errors"]
    assert "data" not in answer or answer["data"] is None


async def test_whoever_may_gets_each_query_in_one_statement(education: Any, records: Any) -> None:
    for name in QUERIES:
        answer = await asked(education, "officer", name, records["variables"])
        assert "errors" not in answer, (name, answer)
        assert education.statements == (0 if name in BY_ACT else 1), name


async def test_a_peer_sees_only_his_own(education: Any, records: Any) -> None:
    answer = await asked(education, "me", "educationCredits", records["variables"])
    assert len(answer["data"]["educationCredits"]["nodes"]) == 2
    peer = {**records["variables"], "member": education.id(education.peer)}
    assert shows_nothing(
        await asked(education, "me", "educationArchivePage", peer), "educationArchivePage"
    )
    own = await asked(education, "me", "educationArchivePage", records["variables"])
    assert own["data"]["educationArchivePage"].startswith("<!DOCTYPE html>")


async def test_records_of_one_tenant_are_unknown_in_another(education: Any, records: Any) -> None:
    other = await education.at.house.found("qinghe", "清河市直机关")
    credit = records["variables"]["credit"]
    answer = await other.ask("officer", "query ($id: ID!) { node(id: $id) { id } }", {"id": credit})
    assert answer["data"]["node"] is None
    assert global_id("EducationCredit", education.me.id) != credit
