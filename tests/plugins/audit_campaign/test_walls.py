"""Who must not: every query and mutation of audits, before anything works."""

from dataclasses import dataclass
from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id

LISTS = (
    "Audited",
    "Sheets",
    "Newcomers",
    "Issues",
    "Searches",
    "Draws",
    "Settlements",
    "Circulars",
    "Inquiries",
    "Releases",
)
OF_WORK = ("Workers", "Trainings", "Verifications", "Reports", "Questions", "Analyses")
QUERIES = {
    "auditCampaigns": "auditCampaigns(organization: $o, first: 9) { nodes { id } }",
    **{
        f"auditCampaign{name}": f"auditCampaign{name}(campaign: $c, organization: $o, first: 9) "
        "{ nodes { id } }"
        for name in LISTS
    },
    **{
        f"auditCampaign{name}": f"auditCampaign{name}(audited: $a, first: 9) {{ nodes {{ id }} }}"
        for name in OF_WORK
    },
    "auditCampaignBoard": "auditCampaignBoard(campaign: $c, organization: $o) { listed: expected }",
    "auditCampaignReconciliation": "auditCampaignReconciliation(campaign: $c, organization: $o) "
    "{ listed }",
    "auditCampaignPlan": "auditCampaignPlan(organization: $o, planKind: CITY) { code }",
    "auditCampaignWarnings": "auditCampaignWarnings(campaign: $c) { stage }",
    "auditCampaignProposals": "auditCampaignProposals(sheet: $h, conditions: []) { code }",
    "auditCampaignClosings": "auditCampaignClosings(campaign: $c) { listed }",
    "auditCampaignFormPage": 'auditCampaignFormPage(audited: $a, form: "found", purpose: "归档")',
    "auditCampaignSamples": "auditCampaignSamples(draw: $d, first: 9) { nodes { id } }",
    "auditCampaignSearchFile": "auditCampaignSearchFile(search: $s) { name }",
}


@dataclass(kw_only=True)
class Records:
    """An audit of our committee with something of everything, and inputs to change each of it."""

    campaign: str
    audited: str
    sheet: str
    search: str
    draw: str
    inputs: dict[str, dict[str, Any]]


@pytest.fixture
async def records(audit: Any) -> Records:
    """Inputs that would be accepted, or refused for themselves."""
    campaign = await audit.opened("committee", "officer")
    audited = await audit.audited(campaign)
    await audit.prepared(audited)
    listed = await audit.listed("secretary", campaign, "committee")
    sheet = next(each["id"] for each in listed if each["name"] == audit.me.name)

    async def made(name: str, what: str, **given: Any) -> str:
        found = await audit.done("secretary", name, given, f"{what} {{ id }}")
        return str(found[what]["id"])

    worker = {"audited": audited, "member": audit.id(audit.me), "duty": "核对"}
    training = {"audited": audited, "on": audit.today, "topics": "政策", "people": 2}
    label = {"sheet": sheet, "label": "lost", "note": "停机"}
    opening = {"sheet": sheet, "responsible": audit.id(audit.peer), "dueOn": "2026-07-31"}
    ids = {
        "worker": await made("WorkerAdd", "worker", **worker),
        "training": await made("TrainingRecord", "training", **training),
        "issue": await made("Label", "issue", **label),
        "search": await made("SearchOpen", "search", **opening),
    }
    step = {"search": ids["search"], "on": audit.today, "method": "DIRECT", "course": "停机"}
    step |= {"by": audit.id(audit.peer), "evidence": "DOCUMENT", "evidenceNote": "通话记录"}
    await audit.done("secretary", "SearchLog", step)
    file = "query ($s: ID!) { auditCampaignSearchFile(search: $s) { steps { id } } }"
    steps = await audit.asked("secretary", file, s=ids["search"])
    entry = steps["auditCampaignSearchFile"]["steps"][0]["id"]
    asking = {"audited": audited, "text": "如何处理？"}
    inquiry = {"search": ids["search"], "body": "police", "text": "户籍", "on": audit.today}
    ids["inquiry"] = await made("InquiryMake", "inquiry", **inquiry)
    ids["question"] = await made("Ask", "question", **asking)
    committee = await audit.audited(campaign, "committee", "officer")
    drawn = await audit.done(
        "district", "Draw", {"audited": committee}, "draw { id samples { id } }"
    )
    other = next(each["id"] for each in listed if each["name"] == audit.peer.name)
    await audit.completed(other)
    settle = {"sheet": other, "course": "TRANSFER", "conditions": ["ELSEWHERE"]}
    settle |= {"metOn": audit.today}
    of = {"settlement": await made("Settle", "settlement", **settle)}
    poor = {"audited": audited, "text": "进度迟缓"}
    issued = await audit.done("officer", "CircularIssue", poor, "circular { id }")
    circular = issued["circular"]["id"]
    release = {"audited": audited, "form": "found", "purpose": "归档"}
    asked = await audit.done("secretary", "ReleaseAsk", release, "release { id }")
    released = {"release": asked["release"]["id"]}
    whole = {"campaign": campaign, "reason": "工作需要"}
    why = {"reason": "误登"}
    ending = {"search": ids["search"], "outcome": "FOUND", "lostSince": "2025-10-01"}
    inputs = {
        "Open": audit.opening(planKind="CITY"),
        "StageMove": {
            **whole,
            "dates": {"stage": "review", "since": "2026-06-15", "until": "2026-07-10"},
        },
        "End": whole,
        "Resume": whole,
        "Cancel": whole,
        "PlanWrite": audit.plan(audited),
        "PlanReview": {"audited": audited, "accepts": True},
        "WorkerAdd": worker,
        "WorkerEnd": {"worker": ids["worker"], **why},
        "TrainingRecord": training,
        "TrainingVoid": {"training": ids["training"], **why},
        "Prefill": {"audited": audited},
        "SheetComplete": audit.filling(sheet),
        "SheetReopen": {"sheet": sheet, **why},
        "Label": label,
        "Judge": {"issue": ids["issue"], "confirms": False, "note": "已联系"},
        "SearchOpen": opening,
        "SearchEntrust": {
            **{"search": ids["search"], "responsible": audit.id(audit.peer)},
            **{"dueOn": "2026-08-31", **why},
        },
        "SearchLog": step,
        "SearchEntryVoid": {"searchEntry": entry, **why},
        "SearchConclude": {**ending, "circumstances": "外出", "cause": "换号"},
        "SearchReopen": {"search": ids["search"], **why},
        "InquiryMake": inquiry,
        "InquiryAnswer": {"inquiry": ids["inquiry"], "text": "无", "on": audit.today},
        "InquiryVoid": {"inquiry": ids["inquiry"], **why},
        "Submit": {"audited": audited},
        "SubmissionWithdraw": {"audited": audited, **why},
        "SubmitInPlace": {"audited": audited, **why},
        "Verify": audit.verification(audited),
        "Return": {"audited": audited, **why},
        "DecisionWithdraw": {"audited": audited, **why},
        "Report": audit.report(committee, audit.id(audit.peer)),
        "AnalysisWrite": {"audited": committee, "report": "analysis", "text": "x"},
        "ReportWithdraw": {"audited": committee, **why},
        "Review": {"audited": committee, "remark": "同意"},
        "SearchReview": {"search": ids["search"], "remark": "属实"},
        "Draw": {"audited": committee},
        "SampleRecord": {
            **{"sample": drawn["draw"]["samples"][0]["id"], "on": audit.today, "people": 1},
            **{"lost": 0, "hanging": 0, "floating": 0, "remark": "属实"},
        },
        "Settle": settle,
        "SettlementApprove": {**of, "remark": "同意"},
        "SettlementCarry": {**of, "matter": global_id("TransfersCase", audit.me.id)},
        "SettlementWithdraw": {**of, **why},
        "ReleaseAsk": release,
        "ReleaseApprove": released,
        "ReleaseRefuse": {**released, **why},
        "ReleaseWithdraw": {**released, **why},
        "FormsWrite": {"audited": audited, "forms": ["summary"], "purpose": "归档"},
        "CircularIssue": {"audited": audited, "text": "进度迟缓"},
        "CircularReply": {"circular": circular, "text": "已整改"},
        "CircularWithdraw": {"circular": circular, **why},
        "Ask": asking,
        "AskWithdraw": {"question": ids["question"]},
        "Answer": {"question": ids["question"], "text": "按规定"},
    }
    return Records(
        campaign=campaign,
        audited=audited,
        sheet=sheet,
        search=ids["search"],
        draw=drawn["draw"]["id"],
        inputs=inputs,
    )


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
    audit: Any, records: Records, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member, and who audits the ledger."""
    known = {f"auditCampaign{name}" for name in records.inputs}
    assert fields(installed_plugins, "mutation_type") == known
    assert fields(installed_plugins, "query_type") == set(QUERIES)
    other = await audit.at.house.found("qinghe", "清河市直机关")
    audit.at.credentials["stranger"] = other.credentials["officer"]
    await audit.at.account("me", member_id=audit.me.id)
    await audit.at.account("auditor", "audit_administrator")
    given = {
        "o": audit.at.id("branch"),
        "c": records.campaign,
        "a": records.audited,
        "s": records.search,
        "h": records.sheet,
        "d": records.draw,
    }
    for login in (None, "stranger", "me", "auditor", "rival", "far_secretary"):
        credential = audit.at.credentials[login] if login else None
        for name, text in QUERIES.items():
            used = {key: value for key, value in given.items() if f"${key}" in text}
            head = ", ".join(f"${key}: ID!" for key in used)
            document = f"query ({head}) {{ {text} }}"
            answer = await audit.at.house.ask(document, used, credential=credential)
            assert shows_nothing(answer, name), (login, name, answer)
        for name, changed in records.inputs.items():
            answer = await audit.answer(login, name, changed)
            assert "errors" in answer, (login, name, answer)


async def test_who_takes_part_sees_the_audit_and_may_not_change_it(
    audit: Any, records: Records
) -> None:
    for name in ("Open", "StageMove", "End", "Resume", "Cancel"):
        found = await audit.refused("secretary", name, records.inputs[name])
        assert found == ["NOT_FOUND"], name
    document = "query ($o: ID!) { auditCampaigns(organization: $o, first: 9) { nodes { id } } }"
    found = await audit.asked("secretary", document, o=audit.at.id("branch"))
    assert [each["id"] for each in found["auditCampaigns"]["nodes"]] == [records.campaign]


async def test_a_committee_member_of_the_branch_fills_in_and_does_not_hand_up(
    audit: Any, records: Records
) -> None:
    await audit.at.account("committee_member", "branch_committee_member", "branch")
    await audit.done("committee_member", "SheetComplete", records.inputs["SheetComplete"])
    assert await audit.refused("committee_member", "Submit", records.inputs["Submit"]) == [
        "FORBIDDEN"
    ]


async def test_sheets_are_seen_by_branch_and_committee_and_not_above(audit: Any) -> None:
    campaign = await audit.opened()
    assert len(await audit.listed("secretary", campaign)) == 2
    assert len(await audit.listed("far_secretary", campaign)) == 1
    assert len(await audit.listed("officer", campaign)) == 2
    assert len(await audit.listed("rival", campaign)) == 1
    assert await audit.listed("other_secretary", campaign) == []
    document = "query ($id: ID!) { node(id: $id) { id } }"
    [first, _] = await audit.listed("secretary", campaign)
    for login in ("other_secretary", "rival", "district", "municipal"):
        assert (await audit.asked(login, document, id=first["id"]))["node"] is None, login


@pytest.mark.clause("S3B-05")
async def test_a_sensitive_label_is_seen_by_those_who_need_to_know(audit: Any) -> None:
    line = {"code": "label.religion", "zh": "信教党员", "en": "Religion", "clause": "S3B-05"}
    rest = [
        {"code": "scope.formal", "zh": "一", "en": "one", "clause": "S3B-01"},
        {"code": "stage.survey", "zh": "一", "en": "one", "clause": "S3B-13", "level": "branch"}
        | {"since": "02-01", "until": "02-28"},
    ]
    await audit.set("plan_district", [{**line, "sensitive": True, "enabled": True}, *rest])
    days = [{"stage": "survey", "since": "2026-06-01", "until": "2026-06-30"}]
    campaign = await audit.opened(planKind="DISTRICT", stages=days)
    [sheet, _] = await audit.listed("secretary", campaign)
    await audit.at.account("committee_member", "branch_committee_member", "branch")
    given = {"sheet": sheet["id"], "label": "religion", "note": "本人报告"}
    made = await audit.done("secretary", "Label", given, "issue { id restricted }")
    assert made["issue"]["restricted"]
    document = """query ($c: ID!, $o: ID!) { auditCampaignIssues(campaign: $c, organization: $o,
      first: 9) { nodes { id } } }"""
    for login, count in (("secretary", 1), ("officer", 1), ("committee_member", 0)):
        found = await audit.asked(login, document, c=campaign, o=audit.at.id("branch"))
        assert len(found["auditCampaignIssues"]["nodes"]) == count, login
    judged = {"issue": made["issue"]["id"], "confirms": False, "note": "误登"}
    assert await audit.refused("committee_member", "Judge", judged) == ["NOT_FOUND"]


async def test_where_audits_are_off_there_are_none(audit: Any, records: Records) -> None:
    await audit.at.switch("audit_campaign", False, "district")
    assert await audit.refused("district", "Open", records.inputs["Open"]) == ["PLUGIN_DISABLED"]
