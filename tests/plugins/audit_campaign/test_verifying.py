"""The level above: verifying, returning, reporting, reviewing, drawing and answering."""

from datetime import date
from typing import Any

import pytest

from zhibu.accounts.service import roles
from zhibu.identifiers import row_of
from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind
from zhibu_audit_campaign.rules.drawing import sample
from zhibu_audit_campaign.store import drawing, work

DECIDED = """query ($a: ID!) { auditCampaignVerifications(audited: $a, first: 9) { nodes { accepted
  reason measures proposals withdrawnOn verified { part code result number cause } } } }"""
STATE = "query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { state lost } } }"


async def state(audit: Any, id: str, login: str = "officer") -> str:
    return str((await audit.asked(login, STATE, id=id))["node"]["state"])


async def handed_up(audit: Any, campaign: str | None = None) -> tuple[str, str]:
    """An audit, and the branch that has handed up its results."""
    campaign = campaign or await audit.opened()
    id = await audit.audited(campaign)
    await audit.submitted(campaign, id)
    return campaign, id


async def secretary_of(audit: Any) -> str:
    """The secretary of the committee, who chairs."""
    async with audit.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=audit.at.units["committee"].id,
            member_id=audit.peer.id,
            kind=PostKind.SECRETARY,
            since=date(2026, 1, 1),
        )
    return str(audit.id(audit.peer))


@pytest.mark.clause("S3A-11", "S3A-12", "S3A-13", "S3A-14", "S3A-15", "S3A-16", "S3A-17")
async def test_a_branch_is_verified_by_three_checks_and_three_situations_and_reported_on(
    audit: Any,
) -> None:
    _, id = await handed_up(audit)
    wrong = audit.verification(id, measures=" ")
    wrong |= {"checks": wrong["checks"][:2], "situations": wrong["situations"][1:]}
    wrong["checks"][0] = {"check": "basics", "result": "ISSUE"}
    wrong["situations"][0] |= {"number": 1}
    wrong |= {"measures": " ", "proposals": ""}
    assert await audit.refused("officer", "Verify", wrong) == [
        "checks_missing",
        "checks_unexplained",
        "situations_missing",
        "number_differs",
        "unsaid",
        "unsaid",
    ]
    await audit.done("officer", "Verify", audit.verification(id))
    found = await audit.asked("officer", DECIDED, a=id)
    [decided] = found["auditCampaignVerifications"]["nodes"]
    assert decided["accepted"]
    assert decided["measures"] == "限期转接"
    assert len(decided["verified"]) == 6
    assert await state(audit, id) == "ACCEPTED"


@pytest.mark.clause("S3A-45")
async def test_what_the_plan_asks_of_a_situation_does_not_stay_blank(audit: Any) -> None:
    campaign = await audit.opened()
    sheets = await audit.listed("secretary", campaign)
    label = {"sheet": sheets[0]["id"], "label": "hanging", "note": "长期不在"}
    await audit.done("secretary", "Label", label)
    _, id = await handed_up(audit, campaign)
    given = audit.verification(id, hanging=1)
    given["situations"][1] |= {"destination": " "}
    assert await audit.refused("officer", "Verify", given) == ["situation_unsaid"]
    await audit.done("officer", "Verify", audit.verification(id, hanging=1))


async def test_results_are_returned_with_a_reason_and_handed_up_anew(audit: Any) -> None:
    _, id = await handed_up(audit)
    given = {"audited": id, "reason": " "}
    assert await audit.refused("officer", "Return", given) == ["reason_missing"]
    await audit.done("officer", "Return", {**given, "reason": "流动党员不实"})
    assert await state(audit, id) == "RETURNED"
    assert await audit.refused("officer", "Verify", audit.verification(id)) == ["not_handed_up"]
    await audit.done("secretary", "Submit", {"audited": id})
    await audit.done("officer", "Verify", audit.verification(id))


async def test_a_decision_is_taken_back_until_something_rests_on_it(audit: Any) -> None:
    campaign, id = await handed_up(audit)
    back = {"audited": id, "reason": "误操作"}
    assert await audit.refused("officer", "ReportWithdraw", back) == ["level_unfit"]
    assert await audit.refused("officer", "DecisionWithdraw", back) == ["not_handed_up"]
    await audit.done("officer", "Verify", audit.verification(id))
    await audit.done("officer", "DecisionWithdraw", back)
    assert await state(audit, id) == "SUBMITTED"
    await audit.done("officer", "Verify", audit.verification(id))
    committee = await audit.audited(campaign, "committee", "officer")
    given = audit.report(committee, await secretary_of(audit))
    await audit.done("officer", "Report", given)
    assert await audit.refused("officer", "DecisionWithdraw", back) == ["handed_up"]
    await audit.done("officer", "ReportWithdraw", {"audited": committee, "reason": "有误"})
    await audit.done("officer", "DecisionWithdraw", back)


@pytest.mark.clause("S3A-41")
async def test_a_return_is_not_taken_back_once_something_was_opened_again(audit: Any) -> None:
    campaign, id = await handed_up(audit)
    back = {"audited": id, "reason": "误操作"}
    await audit.done("officer", "Return", {"audited": id, "reason": "不实"})
    [sheet, *_] = await audit.listed("secretary", campaign)
    reopening = {"sheet": sheet["id"], "reason": "改正"}
    await audit.done("secretary", "SheetReopen", reopening)
    assert await audit.refused("officer", "DecisionWithdraw", back) == ["sheets_open"]
    await audit.completed(sheet["id"])
    await audit.done("officer", "DecisionWithdraw", back)
    assert await state(audit, id) == "SUBMITTED"


async def test_an_audit_that_ended_stays_as_it_was_decided(audit: Any) -> None:
    campaign, id = await handed_up(audit)
    await audit.done("officer", "Verify", audit.verification(id))
    await audit.done("municipal", "End", {"campaign": campaign, "reason": "结束"})
    back = {"audited": id, "reason": "误操作"}
    assert await audit.refused("officer", "DecisionWithdraw", back) == ["state_unfit"]
    assert await state(audit, id) == "ACCEPTED"


@pytest.mark.clause("S3A-45")
async def test_each_situation_of_the_plan_is_told_once_and_no_other(audit: Any) -> None:
    _, id = await handed_up(audit)
    given = audit.verification(id)
    given["situations"] += [given["situations"][0], {**given["situations"][0], "code": "odd"}]
    assert await audit.refused("officer", "Verify", given) == ["situations_unknown"]


@pytest.mark.clause("S3A-21", "S3D-09")
async def test_a_search_goes_on_after_the_branch_handed_up_and_ends_before_the_report(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    listed = await audit.listed("secretary", campaign)
    [sheet] = [each for each in listed if each["name"] == audit.me.name]
    await audit.done("secretary", "Label", {"sheet": sheet["id"], "label": "lost", "note": "停机"})
    by = audit.id(audit.peer)
    opening = {"sheet": sheet["id"], "responsible": by, "dueOn": "2026-08-01"}
    made = await audit.done("secretary", "SearchOpen", opening, "search { id }")
    search = made["search"]["id"]
    _, id = await handed_up(audit, campaign)
    await audit.done("officer", "Verify", audit.verification(id, lost=1))
    committee = await audit.audited(campaign, "committee", "officer")
    report = audit.report(committee, await secretary_of(audit))
    assert await audit.refused("officer", "Report", report) == ["searches_open"]
    step = {"search": search, "on": audit.today, "method": "DIRECT", "course": "接通"}
    step |= {"by": by, "evidence": "HEARD", "evidenceNote": "通话"}
    await audit.done("secretary", "SearchLog", step)
    ending = {"search": search, "outcome": "FOUND", "lostSince": "2025-10-01"}
    ending |= {"circumstances": "外出", "cause": "换号"}
    await audit.done("secretary", "SearchConclude", ending)
    asking = {"search": search, "body": "police", "text": "有无违纪违法", "on": audit.today}
    asked = await audit.done("secretary", "InquiryMake", asking, "inquiry { id }")
    await audit.done("officer", "Report", report)
    again = {"search": search, "reason": "有误"}
    assert await audit.refused("secretary", "SearchReopen", again) == ["handed_up"]
    assert await audit.refused("secretary", "InquiryMake", asking) == ["handed_up"]
    of = {"inquiry": asked["inquiry"]["id"]}
    await audit.done("secretary", "InquiryAnswer", {**of, "text": "无", "on": audit.today})
    await audit.done("secretary", "InquiryVoid", {**of, "reason": "误登"})


async def test_nobody_decides_on_what_he_handed_up_himself(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    await audit.at.account("both", "branch_secretary", "branch")
    await audit.at.account("both_officer", "committee_officer", "committee")
    await audit.prepared(id)
    for each in await audit.listed("secretary", campaign):
        await audit.completed(each["id"])
    async with audit.at.operator() as act:
        await roles.assign(
            act,
            account_id=audit.at.accounts["both"],
            role="committee_officer",
            organization_id=audit.at.units["committee"].id,
            since=date(2000, 1, 1),
            until=None,
            reason="测试",
        )
    await audit.at.later(days=0)
    await audit.done("both", "Submit", {"audited": id})
    assert await audit.refused("both", "Verify", audit.verification(id)) == ["own_work"]
    assert await audit.refused("both", "Return", {"audited": id, "reason": "x"}) == ["own_work"]


@pytest.mark.clause("S3A-18", "S3A-20", "S3A-36")
async def test_a_committee_reports_once_every_branch_was_accepted_and_a_meeting_was_held(
    audit: Any,
) -> None:
    campaign, id = await handed_up(audit)
    committee = await audit.audited(campaign, "committee", "officer")
    blank = audit.report(committee, audit.id(audit.far), content=" ", proposals="", minutes=" ")
    assert await audit.refused("officer", "Report", blank) == [
        "below_open",
        "unsaid",
        "unsaid",
        "chair_unfit",
        "unsaid",
    ]
    await audit.done("officer", "Verify", audit.verification(id))
    await audit.done("officer", "Report", audit.report(committee, await secretary_of(audit)))
    assert await state(audit, committee) == "SUBMITTED"
    document = """query ($a: ID!) { auditCampaignReports(audited: $a, first: 9) { nodes { content
      minutes chair { name } } } }"""
    found = await audit.asked("officer", document, a=committee)
    [report] = found["auditCampaignReports"]["nodes"]
    assert report["chair"] == {"name": audit.peer.name}
    assert report["minutes"] == "专题会议纪要"


@pytest.mark.clause("S3A-21", "S3A-23")
async def test_the_district_accepts_reports_and_signs_its_own(audit: Any) -> None:
    campaign, id = await handed_up(audit)
    await audit.done("officer", "Verify", audit.verification(id))
    committee = await audit.audited(campaign, "committee", "officer")
    await audit.done("officer", "Report", audit.report(committee, await secretary_of(audit)))
    blank = {"audited": committee, "remark": " "}
    assert await audit.refused("district", "Review", blank) == ["unsaid"]
    await audit.done("district", "Review", {**blank, "remark": "同意"})
    district = await audit.audited(campaign, "district", "district")
    unsigned = audit.report(district, minutes=None)
    assert await audit.refused("district", "Report", unsigned) == [
        "below_open",
        "draw_missing",
        "unsaid",
    ]
    far = await audit.audited(campaign, "far", "far_secretary")
    await audit.submitted(campaign, far, "far_secretary", "far", who=audit.far)
    await audit.done("rival", "Verify", audit.verification(far))
    signed = {**unsigned, "signer": "张部长"}
    assert await audit.refused("district", "Report", signed) == ["draw_missing"]
    await audit.done("district", "Draw", {"audited": district})
    await audit.done("district", "Report", signed)
    assert await audit.refused("district", "Review", {"audited": district, "remark": "同意"})
    await audit.done("municipal", "Review", {"audited": district, "remark": "同意"})
    assert await state(audit, district, "district") == "ACCEPTED"


async def test_each_level_decides_on_what_is_right_below_it(audit: Any) -> None:
    campaign, id = await handed_up(audit)
    for login in ("secretary", "rival", "far_secretary"):
        found = await audit.refused(login, "Verify", audit.verification(id))
        assert found[0] in ("FORBIDDEN", "NOT_FOUND"), login
    committee = await audit.audited(campaign, "committee", "officer")
    given = {"audited": committee, "remark": "同意"}
    assert (await audit.refused("officer", "Review", given))[0] == "FORBIDDEN"
    assert await audit.refused("district", "Review", {**given, "audited": id}) == ["level_unfit"]


@pytest.mark.clause("S3A-21")
async def test_a_file_is_reviewed_once_it_is_concluded_and_anew_after_it_was_reopened(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    listed = await audit.listed("secretary", campaign)
    [sheet] = [each["id"] for each in listed if each["name"] == audit.me.name]
    label = {"sheet": sheet, "label": "lost", "note": "停机"}
    await audit.done("secretary", "Label", label)
    by = audit.id(audit.peer)
    given = {"sheet": sheet, "responsible": by, "dueOn": "2026-07-31"}
    made = await audit.done("secretary", "SearchOpen", given, "search { id }")
    review = {"search": made["search"]["id"], "remark": "属实"}
    assert await audit.refused("district", "SearchReview", review) == ["not_reviewable"]
    step = {"search": review["search"], "on": audit.today, "method": "DIRECT", "course": "接通"}
    step |= {"by": by, "evidence": "HEARD", "evidenceNote": "通话"}
    await audit.done("secretary", "SearchLog", step)
    ending = {"search": review["search"], "outcome": "FOUND", "lostSince": "2025-10-01"}
    ending |= {"circumstances": "外出", "cause": "换号"}
    await audit.done("secretary", "SearchConclude", ending)
    await audit.done("district", "SearchReview", review)
    assert await audit.refused("district", "SearchReview", review) == ["not_reviewable"]
    await audit.done("secretary", "SearchReopen", {"search": review["search"], "reason": "有误"})
    await audit.done("secretary", "SearchConclude", ending)
    await audit.done("district", "SearchReview", review)


async def drawn_again(audit: Any, audited: str, seed: str) -> dict[str, str]:
    """The codes of the branches that this seed draws of every ten, with the stratum of each."""
    async with audit.at.operator() as act:
        known = await work.audited(
            act.session, act.tenant_id, row_of(audited, "AuditCampaignAudited")
        )
        assert known is not None
        branches = await drawing.branches(act.session, act.tenant_id, known)
        bands = act.parameters.wholes("audit_campaign.size_bands", known.path, act.today)
    codes = {unit.id: unit.code for unit in audit.at.units.values()}
    strata = sample(branches, 10, bands, seed)
    return {codes[each.organization_id]: strata[each.id] for each in branches if each.id in strata}


@pytest.mark.clause("S3A-22", "S3B-16")
async def test_a_draw_is_kept_with_its_seed_and_samples_are_compared_with_what_was_reported(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    district = await audit.audited(campaign, "district", "district")
    few = {"audited": district, "percent": 9}
    assert await audit.refused("district", "Draw", few) == ["percent_unfit"]
    select = "draw { id seed percent branches drawn samples { id stratum organization { code } } }"
    made = (await audit.done("district", "Draw", {"audited": district}, select))["draw"]
    assert made["percent"] == 10
    assert await drawn_again(audit, district, made["seed"]) == {
        each["organization"]["code"]: each["stratum"] for each in made["samples"]
    }
    assert made["drawn"] * 10 >= made["branches"]
    sample = made["samples"][0]["id"]
    given = {"sample": sample, "on": audit.today, "people": 2, "lost": 1, "hanging": 0}
    given |= {"floating": 0, "remark": "查出一名失联"}
    told = await audit.done("district", "SampleRecord", given, "sample { agrees checkedOn }")
    assert told["sample"] == {"agrees": False, "checkedOn": audit.today}
    assert await audit.refused("district", "SampleRecord", given) == ["sampled_already"]
    document = """query ($d: ID!) { auditCampaignSamples(draw: $d, first: 100) {
      totalCount nodes { id checkedOn } } }"""
    found = (await audit.asked("district", document, d=made["id"]))["auditCampaignSamples"]
    assert found["totalCount"] == made["drawn"]
    told = {each["id"]: each["checkedOn"] for each in found["nodes"]}
    assert told == {each["id"]: None for each in made["samples"]} | {sample: audit.today}
    other = await audit.at.ask("other_secretary", document, {"d": made["id"]})
    assert not (other.get("data") or {}).get("auditCampaignSamples", {}).get("nodes")


@pytest.mark.clause("S3A-47", "S3B-29")
async def test_what_is_not_clear_is_asked_upward_and_answered_by_somebody_else(audit: Any) -> None:
    id = await audit.audited(await audit.opened())
    blank = {"audited": id, "text": " "}
    assert await audit.refused("secretary", "Ask", blank) == ["unsaid"]
    given = {"audited": id, "text": "定居国外的如何处理？"}
    made = await audit.done("secretary", "Ask", given, "question { id }")
    question = {"question": made["question"]["id"]}
    await audit.done("secretary", "AskWithdraw", question)
    assert await audit.refused("secretary", "AskWithdraw", question) == ["answered"]
    made = await audit.done("officer", "Ask", given, "question { id }")
    answer = {"question": made["question"]["id"], "text": "按停止党籍办理"}
    assert await audit.refused("officer", "Answer", answer) == ["own_work"]
    told = await audit.done("district", "Answer", answer, "question { answer answeredOn }")
    assert told["question"] == {"answer": "按停止党籍办理", "answeredOn": audit.today}
    assert await audit.refused("district", "Answer", answer) == ["answered"]


@pytest.mark.clause("S3A-02", "S3B-26")
async def test_the_board_says_how_far_each_level_is_and_what_is_overdue_is_brought_to_mind(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    board = """query ($c: ID!, $o: ID!) { auditCampaignBoard(campaign: $c, organization: $o) {
      branches submitted accepted expected completed } }"""
    where = {"c": campaign, "o": audit.at.id("committee")}
    found = (await audit.asked("officer", board, **where))["auditCampaignBoard"]
    assert (found["submitted"], found["expected"], found["completed"]) == (0, 2, 0)
    due = """query ($o: ID!) { dueItems(under: $o, kinds: ["audit_campaign.results"],
      dueTo: "2026-12-31", first: 20) { nodes { dueOn } } }"""
    items = await audit.asked("secretary", due, o=audit.at.id("branch"))
    assert [each["dueOn"] for each in items["dueItems"]["nodes"]] == ["2026-07-20"]
    await handed_up(audit, campaign)
    found = (await audit.asked("officer", board, **where))["auditCampaignBoard"]
    assert (found["submitted"], found["completed"]) == (1, 2)
    items = await audit.asked("secretary", due, o=audit.at.id("branch"))
    assert items["dueItems"]["nodes"] == []
