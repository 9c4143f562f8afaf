"""A branch's year: summed up, decided, reviewed, put up, objected to, concluded."""

from datetime import UTC, datetime
from typing import Any

import pytest

from zhibu.accounts.service import roles
from zhibu.testing.house import FOUNDED

OF_YEAR = """query ($o: ID!, $y: Int!) { scoringYears(organization: $o, year: $y, first: 9) {
  nodes { id stand noticedOn noticeUntil body inFavour opinion
    results { total rank mark ground eligible low behind vetoReason correction member { id } }
    objections { outcome answer } inspections { findings returned }
    lateFacts { description settlement } } } }"""


async def closing(scoring: Any) -> Any:
    """The new year has begun: last year is to be closed."""
    scoring.at.house.now = datetime(2027, 1, 4, 4, tzinfo=UTC)
    await scoring.at.later(days=0)
    return scoring


@pytest.fixture
async def january(scoring: Any) -> Any:
    """The new year has begun, and a member got ahead in the last one."""
    await scoring.approved()
    return await closing(scoring)


async def drawn_up(scoring: Any, login: str = "recorder") -> str:
    given = {"organization": scoring.at.id("branch"), "year": 2026}
    made = await scoring.done(login, "scoringYearDrawUp", given, "scoringYear { id }")
    return str(made["scoringYear"]["id"])


def decision(year: str, **changes: Any) -> dict[str, Any]:
    given = {
        "scoringYear": year,
        "body": "BRANCH_MEETING",
        "heldOn": "2027-01-04",
        "entitled": 2,
        "present": 2,
        "inFavour": 2,
        "minutes": "2027年1月4日支部党员大会记录",
    }
    return {**given, **changes}


async def decided(scoring: Any, **changes: Any) -> str:
    year = await drawn_up(scoring)
    await scoring.done("secretary", "scoringYearDecide", decision(year, **changes))
    return year


async def noticed(scoring: Any, **changes: Any) -> str:
    year = await decided(scoring, **changes)
    given = {"scoringYear": year, "approved": True}
    await scoring.done("officer", "scoringYearReview", given)
    given = {"scoringYear": year, "place": "党务公开栏", "noticedOn": "2027-01-04"}
    await scoring.done("secretary", "scoringYearNotice", given)
    return year


async def of(scoring: Any, login: str = "officer") -> Any:
    answer = await scoring.at.ask(login, OF_YEAR, {"o": scoring.at.id("branch"), "y": 2026})
    assert "errors" not in answer, answer
    [found] = answer["data"]["scoringYears"]["nodes"]
    return found


def result(found: Any, scoring: Any, who: Any) -> Any:
    return next(r for r in found["results"] if r["member"]["id"] == scoring.id(who))


async def test_a_year_is_not_summed_up_before_it_is_over(scoring: Any) -> None:
    given = {"organization": scoring.at.id("branch"), "year": 2026}
    assert await scoring.refused("recorder", "scoringYearDrawUp", given) == ["year_not_over"]
    far = {**given, "year": 99999}
    assert await scoring.refused("recorder", "scoringYearDrawUp", far) == ["core.year_invalid"]


@pytest.mark.clause("S4-10", "S4-30")
async def test_the_recorder_sums_up_and_the_branch_decides(january: Any) -> None:
    year = await drawn_up(january)
    found = await of(january)
    mine, peer = (result(found, january, who) for who in (january.me, january.peer))
    assert (mine["total"], mine["rank"], peer["total"], peer["rank"]) == ("102", 1, "100", 2)
    bad = decision(year, heldOn="2027-02-01", present=0, inFavour=0, minutes=" ")
    assert await january.refused("secretary", "scoringYearDecide", bad) == [
        "minutes_missing",
        "decided_too_early",
        "quorum_missed",
        "votes_missed",
    ]
    for wrong, code in (
        ({"body": "COMMITTEE"}, "no_committee"),
        ({"present": 3}, "counts_impossible"),
        ({"inFavour": 1}, "votes_missed"),
        ({"entitled": 0, "present": 0, "inFavour": 0}, "quorum_missed"),
    ):
        given = decision(year, **wrong)
        assert code in await january.refused("secretary", "scoringYearDecide", given)
    await january.done("secretary", "scoringYearDecide", decision(year))
    assert (await of(january))["stand"] == "DECIDED"
    given = {"organization": january.at.id("branch"), "year": 2026}
    assert await january.refused("recorder", "scoringYearDrawUp", given) == ["year_elsewhere"]
    part = (await january.of())["total"]
    assert part == "102"


async def test_a_year_waits_for_what_waits(scoring: Any) -> None:
    await scoring.declared()
    await closing(scoring)
    year = await drawn_up(scoring)
    given = decision(year)
    assert await scoring.refused("secretary", "scoringYearDecide", given) == ["entries_waiting"]


@pytest.mark.clause("S4-31")
async def test_the_organ_committee_reviews_what_others_decided_or_returns_it(january: Any) -> None:
    year = await decided(january)
    given = {"scoringYear": year, "approved": False}
    assert await january.refused("secretary", "scoringYearReview", given) == ["FORBIDDEN"]
    assert await january.refused("officer", "scoringYearReview", given) == ["reason_missing"]
    returned = {**given, "opinion": "加分材料不全"}
    await january.done("officer", "scoringYearReview", returned)
    found = await of(january)
    assert (found["stand"], found["opinion"]) == ("RETURNED", "加分材料不全")
    assert await drawn_up(january) == year
    await january.done("officer", "scoringYearDecide", decision(year))
    own = {**given, "approved": True}
    assert await january.refused("officer", "scoringYearReview", own) == ["own_review"]


@pytest.mark.clause("S4-31")
async def test_the_working_committee_inspects_at_random_and_has_it_put_right(january: Any) -> None:
    account = await january.at.account("inspector")
    async with january.at.operator() as act:
        await roles.assign(
            act,
            account_id=account,
            role="working_committee_officer",
            organization_id=january.at.units["district"].id,
            since=FOUNDED,
            until=None,
            reason="任命",
        )
    year = await drawn_up(january)
    given = {"scoringYear": year, "findings": "记分依据不足", "returned": True}
    assert await january.refused("inspector", "scoringYearInspect", given) == ["year_elsewhere"]
    await january.done("secretary", "scoringYearDecide", decision(year))
    empty = {**given, "findings": " "}
    assert await january.refused("inspector", "scoringYearInspect", empty) == ["body_missing"]
    assert await january.refused("officer", "scoringYearInspect", given) == ["FORBIDDEN"]
    await january.done("inspector", "scoringYearInspect", given)
    found = await of(january)
    assert found["stand"] == "RETURNED"
    assert found["inspections"] == [{"findings": "记分依据不足", "returned": True}]


@pytest.mark.clause("S4-32")
async def test_a_year_is_put_up_for_seven_days_and_then_concluded(january: Any) -> None:
    year = await noticed(january)
    found = await of(january)
    assert (found["noticedOn"], found["noticeUntil"]) == ("2027-01-04", "2027-01-11")
    given = {"scoringYear": year}
    assert await january.refused("secretary", "scoringYearConclude", given) == ["notice_not_over"]
    await january.at.later(days=8)
    await january.done("secretary", "scoringYearConclude", given)
    assert (await of(january))["stand"] == "CONCLUDED"
    assert await january.refused("secretary", "scoringYearConclude", given) == ["year_elsewhere"]


@pytest.mark.clause("S4-32")
async def test_an_objection_is_looked_into_and_the_result_corrected(january: Any) -> None:
    year = await noticed(january)
    given = {"scoringYear": year, "member": january.id(january.me), "body": "加分不实"}
    far = await january.at.member("other")
    stranger = {**given, "member": january.id(far), "body": " "}
    assert await january.refused("me", "scoringObject", stranger) == ["not_in_year", "body_missing"]
    await january.at.account("peer", member_id=january.peer.id)
    made = await january.done("peer", "scoringObject", given, "objection { id }")
    objection = made["objection"]["id"]
    await january.at.later(days=8)
    conclude = {"scoringYear": year}
    assert await january.refused("secretary", "scoringYearConclude", conclude) == [
        "objections_open"
    ]
    answer = {"objection": objection, "outcome": "CORRECTED", "answer": "经核实并未采纳"}
    assert await january.refused("secretary", "scoringObjectionAnswer", answer) == [
        "nothing_to_correct"
    ]
    [entry] = (await january.of())["entries"]
    back = {"entry": entry["id"], "reason": "并未采纳"}
    await january.done("recorder", "scoringEntryReverse", back)
    await january.approve_all()
    await january.done("secretary", "scoringObjectionAnswer", answer)
    again = await january.refused("secretary", "scoringObjectionAnswer", answer)
    assert again == ["objection_answered"]
    found = await of(january)
    mine, peer = (result(found, january, who) for who in (january.me, january.peer))
    assert (mine["total"], mine["rank"], mine["correction"]) == ("100", 1, "经核实并未采纳")
    assert (peer["rank"], peer["correction"]) == (1, None)
    await january.done("secretary", "scoringYearConclude", conclude)


async def test_an_objection_outside_the_notice_or_about_oneself_is_not_for_oneself_to_answer(
    january: Any,
) -> None:
    year = await decided(january)
    given = {"scoringYear": year, "member": january.id(january.me), "body": "漏记一项"}
    assert await january.refused("me", "scoringObject", given) == ["not_noticed"]
    await january.done("officer", "scoringYearReview", {"scoringYear": year, "approved": True})
    post = {"scoringYear": year, "place": " ", "noticedOn": "2027-02-01"}
    assert await january.refused("secretary", "scoringYearNotice", post) == [
        "notice_place_missing",
        "decided_too_early",
    ]
    post = {"scoringYear": year, "place": "公开栏", "noticedOn": "2027-01-04"}
    await january.done("secretary", "scoringYearNotice", post)
    made = await january.done("me", "scoringObject", given, "objection { id }")
    await january.appoint("branch_secretary")
    answer = {"objection": made["objection"]["id"], "outcome": "EXPLAINED", "answer": " "}
    assert await january.refused("me", "scoringObjectionAnswer", answer) == [
        "own_objection",
        "body_missing",
    ]
    explained = {**answer, "answer": "该事项不在积分项目内"}
    await january.done("secretary", "scoringObjectionAnswer", explained)
    assert (await of(january))["objections"][0]["outcome"] == "EXPLAINED"


@pytest.mark.clause("S4-32")
async def test_an_objection_on_paper_is_entered_after_the_year_was_concluded_and_still_answered(
    january: Any,
) -> None:
    year = await noticed(january)
    await january.at.later(days=8)
    conclude = {"scoringYear": year}
    await january.done("secretary", "scoringYearConclude", conclude)
    given = {
        "scoringYear": year,
        "member": january.id(january.me),
        "raiser": january.id(january.peer),
        "body": "加分不实",
        "handedInOn": "2027-01-12",
        "reason": "书面提出，登记遗漏",
    }
    assert await january.refused("me", "scoringObjectionEnter", given) == ["FORBIDDEN"]
    assert await january.refused("secretary", "scoringObjectionEnter", given) == ["outside_notice"]
    given["handedInOn"] = "2027-01-08"
    told = "objection { id raisedOn raisedBy enteredOn lateReason raiser { id } }"
    entered = await january.done("secretary", "scoringObjectionEnter", given, told)
    objection = entered["objection"]
    assert (objection["raisedOn"], objection["enteredOn"]) == ("2027-01-08", "2027-01-12")
    assert (objection["raiser"]["id"], objection["raisedBy"]) == (given["raiser"], None)
    assert (await of(january))["stand"] == "NOTICED"
    assert await january.refused("secretary", "scoringYearConclude", conclude) == [
        "objections_open"
    ]
    answer = {"objection": objection["id"], "outcome": "EXPLAINED", "answer": "采纳通知属实"}
    await january.done("secretary", "scoringObjectionAnswer", answer)
    await january.done("secretary", "scoringYearConclude", conclude)


@pytest.mark.clause("S4-29")
async def test_points_are_made_known_every_quarter(scoring: Any) -> None:
    given = {"organization": scoring.at.id("branch"), "year": 2026, "quarter": 2, "place": "公开栏"}
    bad = {**given, "quarter": 3, "place": " "}
    assert await scoring.refused("recorder", "scoringPublish", bad) == [
        "quarter_invalid",
        "notice_place_missing",
    ]
    above = {**given, "organization": scoring.at.id("general")}
    assert await scoring.refused("officer", "scoringPublish", above) == ["not_assessing"]
    made = await scoring.done(
        "recorder", "scoringPublish", given, "publication { id members quarter }"
    )
    assert made["publication"]["members"] >= 2
    slip = {"publication": made["publication"]["id"], "reason": " "}
    assert await scoring.refused("recorder", "scoringPublicationWithdraw", slip) == [
        "reason_missing"
    ]
    slip["reason"] = "误登"
    await scoring.done("recorder", "scoringPublicationWithdraw", slip)
    assert await scoring.refused("recorder", "scoringPublicationWithdraw", slip) == [
        "publication_withdrawn"
    ]


@pytest.mark.clause("S4-10")
async def test_each_half_of_a_year_is_checked_once(scoring: Any) -> None:
    given = {"organization": scoring.at.id("branch"), "year": 2026, "half": 1, "findings": "正常"}
    bad = {**given, "half": 2, "findings": ""}
    assert await scoring.refused("recorder", "scoringCheckRecord", bad) == [
        "check_invalid",
        "body_missing",
    ]
    made = await scoring.done("recorder", "scoringCheckRecord", given, "check { id }")
    assert await scoring.refused("recorder", "scoringCheckRecord", given) == ["check_known"]
    slip = {"check": made["check"]["id"], "reason": " "}
    assert await scoring.refused("recorder", "scoringCheckWithdraw", slip) == ["reason_missing"]
    slip["reason"] = "误登"
    told = "check { withdrawnOn withdrawnReason findings }"
    taken = await scoring.done("recorder", "scoringCheckWithdraw", slip, told)
    assert taken["check"] == {
        "withdrawnOn": "2026-06-15",
        "withdrawnReason": "误登",
        "findings": "正常",
    }
    assert await scoring.refused("recorder", "scoringCheckWithdraw", slip) == ["check_withdrawn"]
    again = {**given, "findings": "两名党员未参加"}
    await scoring.done("recorder", "scoringCheckRecord", again)
    assert await scoring.refused("recorder", "scoringCheckRecord", given) == ["check_known"]


@pytest.mark.clause("S4-36")
async def test_whoever_was_low_is_talked_with_and_helped_by_somebody_else(scoring: Any) -> None:
    await scoring.approved(item="probation")
    await closing(scoring)
    me, peer = scoring.id(scoring.me), scoring.id(scoring.peer)
    given = {"member": me, "year": 2026, "helper": peer, "plan": "谈心谈话，每月结对学习"}
    year = await decided(scoring)
    assert await scoring.refused("secretary", "scoringHelpPlan", given) == ["help_not_needed"]
    review = {"scoringYear": year, "approved": True}
    await scoring.done("officer", "scoringYearReview", review)
    bad = {**given, "helper": me, "plan": " "}
    assert await scoring.refused("secretary", "scoringHelpPlan", bad) == [
        "helper_missing",
        "body_missing",
    ]
    other = {**given, "member": peer, "helper": me}
    assert await scoring.refused("secretary", "scoringHelpPlan", other) == ["help_not_needed"]
    made = await scoring.done("secretary", "scoringHelpPlan", given, "help { id outcome }")
    assert await scoring.refused("secretary", "scoringHelpPlan", given) == ["help_known"]
    ended = {"help": made["help"]["id"], "outcome": "IMPROVED", "result": "按时参加组织生活"}
    await scoring.done("secretary", "scoringHelpEnd", ended)
    assert await scoring.refused("secretary", "scoringHelpEnd", ended) == ["help_over"]


@pytest.mark.clause("S4-19")
async def test_a_veto_that_the_appraisal_published_makes_the_result_nothing(scoring: Any) -> None:
    await scoring.approved()
    await closing(scoring)
    year = await noticed(scoring)
    await scoring.at.account("peer", member_id=scoring.peer.id)
    appraisal = await vetoed(scoring)
    await scoring.at.later(days=8)
    await scoring.done("secretary", "scoringYearConclude", {"scoringYear": year})
    mine = result(await of(scoring), scoring, scoring.me)
    assert (mine["total"], mine["mark"], mine["ground"]) == ("0", "UNQUALIFIED", "VETO")
    assert mine["vetoReason"] == "公开发表错误言论"
    assert mine["correction"]
    back = {"appraisal": appraisal, "reason": "认定有误"}
    await scoring.done("secretary", "organizationLifeAppraisalWithdraw", back)
    await scoring.propose()
    [late] = (await of(scoring))["lateFacts"]
    assert late == {"description": "民主评议一票否决的认定已撤回", "settlement": None}


@pytest.mark.clause("S4-19", "S4-32")
async def test_a_veto_that_the_appraisal_took_back_takes_nothing_off(scoring: Any) -> None:
    await scoring.approved()
    stopped = await scoring.at.member()
    given = {"member": scoring.id(stopped), "change": "STOPPED", "on": "2026-06-01"}
    decision = {"decision": "支部党员大会决议", "decidedOn": "2026-06-01"}
    await scoring.done("officer", "memberChangeStage", {**given, **decision}, "member { id }")
    await closing(scoring)
    await drawn_up(scoring)
    assert len((await of(scoring))["results"]) == 2, "a stopped membership is not assessed"
    own = await scoring.of(stopped)
    assert (own["standing"], own["total"]) == ("STOPPED", None)
    await scoring.at.account("peer", member_id=scoring.peer.id)
    appraisal = await vetoed(scoring)
    year = await noticed(scoring)
    assert result(await of(scoring), scoring, scoring.me)["total"] == "0"
    back = {"appraisal": appraisal, "reason": "认定有误"}
    await scoring.done("secretary", "organizationLifeAppraisalWithdraw", back)
    await scoring.at.later(days=8)
    await scoring.done("secretary", "scoringYearConclude", {"scoringYear": year})
    mine = result(await of(scoring), scoring, scoring.me)
    assert (mine["total"], mine["rank"], mine["vetoReason"]) == ("102", 1, None)
    assert mine["correction"] == "民主评议党员撤回一票否决的认定"


async def vetoed(scoring: Any) -> str:
    """The appraisal of 2026 finds a veto of `me`, and is published; its id."""
    meeting = {
        "organization": scoring.at.id("branch"),
        "kind": "LIFE_MEETING",
        "title": "组织生活会",
        "heldOn": "2027-01-03",
        "contents": [],
    }
    made = await scoring.done("secretary", "organizationLifeMeetingHold", meeting, "meeting { id }")
    life = made["meeting"]["id"]
    members = [m["member"]["id"] for m in (await of(scoring))["results"]]
    await scoring.done(
        "secretary",
        "organizationLifeMeetingAttend",
        {"meeting": life, "marks": [], "others": "PRESENT"},
    )
    made = await scoring.done(
        "secretary",
        "organizationLifeAppraisalOpen",
        {"meeting": life, "year": 2026},
        "appraisal { id }",
    )
    appraisal = made["appraisal"]["id"]
    me, peer = scoring.id(scoring.me), scoring.id(scoring.peer)
    for login, about in (("me", peer), ("peer", me)):
        ballot = {"appraisal": appraisal, "votes": [{"member": about, "grade": "QUALIFIED"}]}
        await scoring.done(login, "organizationLifeAppraisalVote", ballot)
    count = {"appraisal": appraisal, "voters": [], "tallies": []}
    await scoring.done("recorder", "organizationLifeAppraisalCount", count)
    grades = [
        {
            "member": id,
            "grade": "UNQUALIFIED" if id == scoring.id(scoring.me) else "QUALIFIED",
            "opinion": "据实评定",
            **(
                {"veto": True, "reason": "公开发表错误言论"}
                if id == scoring.id(scoring.me)
                else {"reason": "未进行测评"}
            ),
        }
        for id in members
    ]
    await scoring.done(
        "secretary", "organizationLifeAppraisalGrade", {"appraisal": appraisal, "grades": grades}
    )
    await scoring.done("secretary", "organizationLifeAppraisalPublish", {"appraisal": appraisal})
    return str(appraisal)


async def set_here(scoring: Any, name: str, value: Any) -> None:
    """What the branch's parameter is by a decision of the level above."""
    given = {
        "organization": scoring.at.id("branch"),
        "name": name,
        "since": "2020-01-01",
        "value": value,
        "reason": "本单位规定",
    }
    await scoring.done("municipal", "parameterOverride", given)


@pytest.mark.clause("S4-30")
async def test_how_many_must_be_in_favour_is_what_the_parameter_says(january: Any) -> None:
    await january.at.member()
    year = await drawn_up(january)
    given = decision(year, entitled=3, present=3)
    await set_here(january, "scoring.decision_majority", [2, 3])
    assert await january.refused("secretary", "scoringYearDecide", given) == ["votes_missed"]
    await january.done("secretary", "scoringYearDecide", {**given, "inFavour": 3})


async def test_the_last_year_is_open_for_as_many_months_as_the_parameter_says(
    january: Any,
) -> None:
    given = {"organization": january.at.id("branch"), "year": 2026}
    await january.done("recorder", "scoringPropose", given)
    await set_here(january, "scoring.closing_months", 0)
    assert await january.refused("recorder", "scoringPropose", given) == ["year_not_open"]
