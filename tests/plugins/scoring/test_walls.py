"""Who must not: every query and mutation of scoring, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts

QUERIES = {
    "scoringEntries": "scoringEntries(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "scoringFacts": "scoringFacts(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "scoringYears": "scoringYears(organization: $o, year: 2025, first: 9) { nodes { id } }",
    "scoringPublications": "scoringPublications(organization: $o, year: 2026, first: 9) "
    "{ nodes { id } }",
    "scoringChecks": "scoringChecks(organization: $o, year: 2026, first: 9) { nodes { id } }",
    "scoringHelps": "scoringHelps(organization: $o, year: 2025, first: 9) { nodes { id } }",
    "scoringRecommendations": "scoringRecommendations(organization: $o, first: 9) { nodes { id } }",
    "scoringExemptions": "scoringExemptions(organization: $o, first: 9) { nodes { id } }",
}
PAGES = {
    "scoringSheetPage": "scoringSheetPage(member: $m, year: 2026)",
    "scoringSummaryPage": "scoringSummaryPage(organization: $o, year: 2025)",
    "scoringCardPage": "scoringCardPage(member: $m)",
    "scoringLedgerPage": "scoringLedgerPage(organization: $o)",
    "scoringArchive": "scoringArchive(organization: $o, year: 2026) { book { address } }",
    "scoringEvidence": "scoringEvidence(member: $m, year: 2026) { least }",
}
EXEMPT = {
    "ground": "LONG_ILL",
    "firstYear": 2026,
    "consent": "本人同意",
    "consentedOn": "2026-06-01",
}

FACT = {
    "kind": "COMMENDED_MUNICIPAL",
    "title": "优秀共产党员",
    "document": "市委〔2026〕7号",
    "decidedOn": "2026-06-01",
}


async def of_years(scoring: Any) -> dict[str, dict[str, Any]]:
    """Inputs about last year, which is put up, and about this one."""
    branch, peer, me = scoring.at.id("branch"), scoring.id(scoring.peer), scoring.id(scoring.me)
    low = {"happenedOn": "2025-06-01", "item": "probation", "lateReason": "补录"}
    await scoring.approved(scoring.peer, **low)
    summary = {"organization": branch, "year": 2025}
    made = await scoring.done("recorder", "scoringYearDrawUp", summary, "scoringYear { id }")
    year = {"scoringYear": made["scoringYear"]["id"]}
    decision = {
        **year,
        "body": "BRANCH_MEETING",
        "heldOn": "2026-06-15",
        "entitled": 2,
        "present": 2,
        "inFavour": 2,
        "minutes": "会议记录",
    }
    await scoring.done("secretary", "scoringYearDecide", decision)
    review = {**year, "approved": True}
    await scoring.done("officer", "scoringYearReview", review)
    warned = {"member": peer, **FACT, "kind": "WARNING", "decidedOn": "2025-05-06"}
    await scoring.done("officer", "scoringFactRecord", warned)
    late = """query ($o: ID!) { scoringYears(organization: $o, year: 2025, first: 1) {
      nodes { lateFacts { id } } } }"""
    answer = await scoring.at.ask("officer", late, {"o": branch})
    [late_fact] = answer["data"]["scoringYears"]["nodes"][0]["lateFacts"]
    notice = {**year, "place": "公开栏", "noticedOn": "2026-06-15"}
    await scoring.done("secretary", "scoringYearNotice", notice)
    objects = {**year, "member": peer, "body": "扣分过重"}
    made = await scoring.done("me", "scoringObject", objects, "objection { id }")
    quarter = {"organization": branch, "year": 2026, "quarter": 1, "place": "公开栏"}
    put = await scoring.done("recorder", "scoringPublish", quarter, "publication { id }")
    half = {"organization": branch, "year": 2026, "half": 1, "findings": "正常"}
    checked = await scoring.done("recorder", "scoringCheckRecord", half, "check { id }")
    plan = {"member": peer, "year": 2025, "helper": me, "plan": "结对"}
    help = await scoring.done("secretary", "scoringHelpPlan", plan, "help { id }")
    answer = {"objection": made["objection"]["id"], "outcome": "EXPLAINED", "answer": "按规定"}
    return {
        "scoringYearDrawUp": summary,
        "scoringYearDecide": decision,
        "scoringYearReview": review,
        "scoringYearNotice": notice,
        "scoringYearConclude": year,
        "scoringYearInspect": {**year, "findings": "抽查", "returned": False},
        "scoringLateFactLeave": {"lateFact": late_fact["id"], "reason": "不影响结果"},
        "scoringLateFactReopen": {"lateFact": late_fact["id"], "reason": "误"},
        "scoringObject": objects,
        "scoringObjectionEnter": {**objects, "handedInOn": "2026-06-15", "reason": "书面提出"},
        "scoringObjectionAnswer": answer,
        "scoringPublish": quarter,
        "scoringPublicationWithdraw": {"publication": put["publication"]["id"], "reason": "误"},
        "scoringCheckRecord": half,
        "scoringCheckWithdraw": {"check": checked["check"]["id"], "reason": "误"},
        "scoringHelpPlan": plan,
        "scoringHelpEnd": {"help": help["help"]["id"], "outcome": "IMPROVED", "result": "好转"},
    }


async def of_recorders(scoring: Any) -> dict[str, dict[str, Any]]:
    """Inputs about whom the branch recommended, and wants to recommend anew."""
    post = {
        "organization": scoring.at.id("branch"),
        "member": scoring.id(scoring.peer),
        "kind": "SUPERVISOR",
        "since": "2026-06-01",
    }
    made = await scoring.done("officer", "postAppoint", post, "post { id }")
    said = {"heldOn": "2026-05-28", "entitled": 2, "present": 2, "inFavour": 2}
    given = {"post": made["post"]["id"], **said}
    done = await scoring.done(
        "secretary", "scoringRecommendationRecord", given, "recommendation { id }"
    )
    id = done["recommendation"]["id"]
    return {
        "scoringRecommendationRecord": given,
        "scoringRecommendationWithdraw": {"recommendation": id, "reason": "误"},
    }


@pytest.fixture
async def records(scoring: Any) -> dict[str, dict[str, Any]]:
    """Inputs about records that are there, and would be accepted or refused for themselves."""
    waiting = await scoring.declared()
    counts = await scoring.approved(scoring.peer)
    exempt = {"member": scoring.id(scoring.peer), **EXEMPT, "firstYear": 2027}
    made = await scoring.done("secretary", "scoringExempt", exempt, "exemption { id }")
    fact = {"member": scoring.id(scoring.peer), **FACT}
    recorded = await scoring.done("officer", "scoringFactRecord", fact, "fact { id }")
    return {
        **await of_years(scoring),
        **await of_recorders(scoring),
        "scoringFactRecord": {**fact, "kind": "WARNING"},
        "scoringFactVoid": {"fact": recorded["fact"]["id"], "reason": "误"},
        "scoringPropose": {"organization": scoring.at.id("branch"), "year": 2026},
        "scoringEntryDeclare": scoring.said(scoring.peer, description="另一件"),
        "scoringEntryApprove": {"entries": [waiting]},
        "scoringEntryRefuse": {"entry": waiting, "reason": "误"},
        "scoringEntryWithdraw": {"entry": waiting, "reason": "误"},
        "scoringEntryReverse": {"entry": counts, "reason": "误"},
        "scoringExempt": {"member": scoring.id(scoring.peer), **EXEMPT},
        "scoringExemptionEnd": {
            "exemption": made["exemption"]["id"],
            "lastYear": 2026,
            "reason": "误",
        },
    }


async def asked(scoring: Any, login: str | None, name: str) -> dict[str, Any]:
    credential = scoring.at.credentials[login] if login else None
    document = f"query ($o: ID!) {{ {QUERIES[name]} }}"
    given = {"o": scoring.at.id("branch")}
    found: dict[str, Any] = await scoring.at.house.ask(document, given, credential=credential)
    return found


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    shown = (answer.get("data") or {}).get(name)
    return shown is None or shown["nodes"] == []


def test_every_field_of_the_schema_is_held_against_the_walls(installed_plugins: Any) -> None:
    schema = Parts(core.graph(), installed_plugins.graphs()).compose(frozenset({"scoring"}))._schema
    assert schema.query_type is not None
    names = {name for name in schema.query_type.fields if name.startswith("scoring")}
    assert names == {*QUERIES, *PAGES}


async def test_nobody_who_may_not_gets_through(
    scoring: Any, records: Any, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    schema = Parts(core.graph(), installed_plugins.graphs()).compose(frozenset({"scoring"}))._schema
    assert schema.mutation_type is not None
    names = {name for name in schema.mutation_type.fields if name.startswith("scoring")}
    assert names == set(records)
    other = await scoring.at.house.found("qinghe", "清河市直机关")
    scoring.at.credentials["stranger"] = other.credentials["officer"]
    far = await scoring.at.member("far")
    await scoring.at.account("far", member_id=far.id)
    for name, given in records.items():
        answer = await scoring.answer(None, name, given)
        assert answer.get("data") is None, name
        for login in ("stranger", "rival", "far"):
            found = await scoring.refused(login, name, given)
            assert found == ["NOT_FOUND"], (login, name, found)
    for name in QUERIES:
        assert (await asked(scoring, None, name)).get("data") is None, name
        for login in ("stranger", "rival", "far"):
            assert shows_nothing(await asked(scoring, login, name), name), (login, name)


async def test_nobody_who_may_not_gets_a_page(scoring: Any, records: Any) -> None:
    other = await scoring.at.house.found("qinghe", "清河市直机关")
    scoring.at.credentials["stranger"] = other.credentials["officer"]
    far = await scoring.at.member("far")
    await scoring.at.account("far", member_id=far.id)
    given = {"o": scoring.at.id("branch"), "m": scoring.id(scoring.peer)}
    for name, field in PAGES.items():
        word = "$m" if "$m" in field else "$o"
        document = f"query ({word}: ID!) {{ {field} }}"
        asked_for = {word[1:]: given[word[1:]]}
        for login in (None, "stranger", "rival", "far"):
            credential = scoring.at.credentials[login] if login else None
            answer = await scoring.at.house.ask(document, asked_for, credential=credential)
            assert answer.get("data") is None, (login, name)
        answer = await scoring.at.ask("officer", document, asked_for)
        assert "errors" not in answer, (name, answer)
        await scoring.at.switch("scoring", False, "general")
        answer = await scoring.at.ask("officer", document, asked_for)
        assert answer.get("data") is None, name
        await scoring.at.switch("scoring", True, "general")


async def test_a_member_of_the_branch_sees_and_does_nothing_of_others(
    scoring: Any, records: Any
) -> None:
    own = {"scoringEntryWithdraw": ["not_declared_by_you"], "scoringObject": []}
    for name, given in records.items():
        found = await scoring.refused("me", name, given)
        expected = (own[name],) if name in own else (["FORBIDDEN"], ["NOT_FOUND"])
        assert found in expected, (name, found)
    answer = await asked(scoring, "me", "scoringEntries")
    assert len(answer["data"]["scoringEntries"]["nodes"]) == 1
    for name in ("scoringExemptions", "scoringFacts", "scoringHelps"):
        assert shows_nothing(await asked(scoring, "me", name), name), name


async def test_the_recorder_declares_and_decides_nothing(scoring: Any, records: Any) -> None:
    for name in ("scoringEntryApprove", "scoringEntryRefuse", "scoringExempt", "scoringFactRecord"):
        assert await scoring.refused("recorder", name, records[name]) == ["FORBIDDEN"], name


async def test_whoever_only_reads_above_changes_nothing(scoring: Any, records: Any) -> None:
    for name, given in records.items():
        assert await scoring.refused("district", name, given) == ["FORBIDDEN"], name


async def test_a_plugin_that_is_off_at_the_unit_says_so(scoring: Any, records: Any) -> None:
    await scoring.at.switch("scoring", False, "general")
    for name, given in records.items():
        assert await scoring.refused("officer", name, given) == ["PLUGIN_DISABLED"], name
    for name in QUERIES:
        assert shows_nothing(await asked(scoring, "officer", name), name), name
    await scoring.at.switch("scoring", False)
    answer = await asked(scoring, "officer", "scoringEntries")
    assert "Cannot query field" in answer["errors"][0]["message"]


async def test_whoever_may_sees_each_list(scoring: Any, records: Any) -> None:
    for name in QUERIES:
        assert not shows_nothing(await asked(scoring, "officer", name), name), name
