"""Who must not: every query and mutation of audits, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts

QUERIES = {
    "auditCampaigns": "auditCampaigns(organization: $o, first: 9) { nodes { id } }",
    "auditCampaignAudited": "auditCampaignAudited(campaign: $c, organization: $o, first: 9) "
    "{ nodes { id } }",
    "auditCampaignSheets": "auditCampaignSheets(campaign: $c, organization: $o, first: 9) "
    "{ nodes { id } }",
    "auditCampaignNewcomers": "auditCampaignNewcomers(campaign: $c, organization: $o, first: 9) "
    "{ nodes { id } }",
    "auditCampaignReconciliation": "auditCampaignReconciliation(campaign: $c, organization: $o) "
    "{ listed }",
    "auditCampaignPlan": "auditCampaignPlan(organization: $o, planKind: CITY) { code }",
    "auditCampaignWarnings": "auditCampaignWarnings(campaign: $c) { stage }",
}


@pytest.fixture
async def records(audit: Any) -> dict[str, dict[str, Any]]:
    """Inputs that are there, and would be accepted or refused for themselves."""
    given = {"campaign": await audit.opened(), "reason": "工作需要"}
    days = {"stage": "review", "since": "2026-06-15", "until": "2026-07-10"}
    return {
        "Open": audit.opening(planKind="CITY"),
        "StageMove": {**given, "dates": days},
        "End": given,
        "Resume": given,
        "Cancel": given,
    }


def fields(installed: Any, of: str) -> set[str]:
    kinds = frozenset({"audit_campaign"})
    schema = Parts(core.graph(), installed.graphs()).compose(kinds)._schema
    return {name for name in getattr(schema, of).fields if name.startswith("auditCampaign")}


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    shown = (answer.get("data") or {}).get(name)
    if isinstance(shown, dict) and "listed" in shown:
        return shown["listed"] == 0
    return shown is None or (isinstance(shown, dict) and shown.get("nodes") == [])


async def test_nobody_who_may_not_gets_through(
    audit: Any, records: Any, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member, and who audits the ledger."""
    assert fields(installed_plugins, "mutation_type") == {
        f"auditCampaign{name}" for name in records
    }
    assert fields(installed_plugins, "query_type") == set(QUERIES)
    other = await audit.at.house.found("qinghe", "清河市直机关")
    audit.at.credentials["stranger"] = other.credentials["officer"]
    await audit.at.account("me", member_id=audit.me.id)
    await audit.at.account("auditor", "audit_administrator")
    own = await audit.opened("committee", "officer", planKind="CITY")
    for login in (None, "stranger", "me", "auditor", "rival"):
        credential = audit.at.credentials[login] if login else None
        for name, text in QUERIES.items():
            variables = {"o": audit.at.id("branch"), "c": own}
            used = {key: value for key, value in variables.items() if f"${key}" in text}
            head = ", ".join(f"${key}: ID!" for key in used)
            document = f"query ({head}) {{ {text} }}"
            answer = await audit.at.house.ask(document, used, credential=credential)
            assert shows_nothing(answer, name), (login, name, answer)
        for name, given in records.items():
            changed = {**given, "campaign": own} if "campaign" in given else given
            answer = await audit.answer(login, name, changed)
            assert "errors" in answer, (login, name, answer)


async def test_who_takes_part_sees_the_audit_and_may_not_change_it(
    audit: Any, records: Any
) -> None:
    for name, given in records.items():
        assert await audit.refused("secretary", name, given) == ["NOT_FOUND"], name
    document = "query ($o: ID!) { auditCampaigns(organization: $o, first: 9) { nodes { id } } }"
    found = await audit.asked("secretary", document, o=audit.at.id("branch"))
    assert [each["id"] for each in found["auditCampaigns"]["nodes"]] == [records["End"]["campaign"]]


async def test_lists_are_seen_by_branch_and_committee_and_not_above(
    audit: Any, records: Any
) -> None:
    campaign = records["End"]["campaign"]
    assert len(await audit.listed("secretary", campaign)) == 2
    assert len(await audit.listed("far_secretary", campaign)) == 1
    assert len(await audit.listed("officer", campaign)) == 2
    assert len(await audit.listed("rival", campaign)) == 1
    assert await audit.listed("other_secretary", campaign) == []
    document = "query ($id: ID!) { node(id: $id) { id } }"
    [first, _] = await audit.listed("secretary", campaign)
    for login in ("other_secretary", "rival", "district", "municipal"):
        assert (await audit.asked(login, document, id=first["id"]))["node"] is None, login


async def test_what_is_invisible_is_absent(audit: Any, records: Any) -> None:
    own = await audit.opened("committee", "officer", planKind="CITY")
    given = {"campaign": own, "reason": "结束"}
    assert await audit.refused("rival", "End", given) == ["NOT_FOUND"]
    document = "query ($c: ID!) { auditCampaignWarnings(campaign: $c) { stage } }"
    answer = await audit.at.ask("rival", document, {"c": own})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_where_audits_are_off_there_are_none(audit: Any, records: Any) -> None:
    await audit.at.switch("audit_campaign", False, "district")
    assert await audit.refused("district", "Open", records["Open"]) == ["PLUGIN_DISABLED"]
