"""What records come to say of a year that is decided: listed, due, and for people to decide."""

from typing import Any

import pytest
from tests.plugins.scoring.test_years import closing, decided, noticed, of, result, vetoed

from zhibu.accounts.service import roles
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import FOUNDED

LATE = """query ($o: ID!, $y: Int!) { scoringYears(organization: $o, year: $y, first: 1) { nodes {
  lateFacts { id name points happenedOn description reverses notedOn settledOn settlement settledBy
    reason member { id } } } } }"""
WARNING = {"kind": "WARNING", "title": "警告", "document": "云纪〔2027〕2号"}


@pytest.fixture
async def january(scoring: Any) -> Any:
    """The new year has begun; a member was honoured in the last one, and it counts."""
    honour = {
        "member": scoring.id(scoring.me),
        "kind": "COMMENDED_MUNICIPAL",
        "title": "优秀共产党员",
        "document": "市委〔2026〕7号",
        "decidedOn": "2026-06-01",
    }
    await scoring.done("officer", "scoringFactRecord", honour)
    await scoring.approve_all()
    return await closing(scoring)


async def late(scoring: Any, login: str = "officer") -> list[Any]:
    answer = await scoring.at.ask(login, LATE, {"o": scoring.at.id("branch"), "y": 2026})
    assert "errors" not in answer, answer
    found: list[Any] = answer["data"]["scoringYears"]["nodes"][0]["lateFacts"]
    return found


async def warned(scoring: Any) -> str:
    given = {"member": scoring.id(scoring.me), **WARNING, "decidedOn": "2026-12-20"}
    made = await scoring.done("officer", "scoringFactRecord", given, "fact { id }")
    return str(made["fact"]["id"])


async def due(scoring: Any, *kinds: str) -> list[Any]:
    asked = {"from": "2025-12-01", "kinds": list(kinds)}
    found = await Deadlines(at=scoring.at).items("officer", "2027-03-01", **asked)
    return sorted((each["dueOn"], each["kind"]) for each in found)


@pytest.mark.clause("S4-32", "S4-61")
async def test_a_punishment_of_a_decided_year_is_listed_and_changes_no_result(january: Any) -> None:
    await decided(january)
    assert await late(january) == []
    fact = await warned(january)
    [found] = await late(january)
    told = (found["name"], found["points"], found["happenedOn"], found["notedOn"])
    assert told == ("本年度受警告处分", "-10", "2026-12-20", "2027-01-04")
    assert found["member"]["id"] == january.id(january.me)
    assert result(await of(january), january, january.me)["total"] == "110"
    assert await january.waiting() == []
    assert await late(january, "me") != [], "the member sees what came late of himself"
    await january.at.account("peer", member_id=january.peer.id)
    assert await late(january, "peer") == []
    void = {"fact": fact, "reason": "误登"}
    await january.done("officer", "scoringFactVoid", void)
    [found] = await late(january)
    assert (found["settlement"], found["settledOn"]) == ("GONE", "2027-01-04")


@pytest.mark.clause("S4-32", "S4-55")
async def test_an_absence_recorded_late_and_an_honour_taken_back_are_listed(january: Any) -> None:
    await decided(january)
    await january.held(on="2026-12-14", title="年终主题党日", me="ABSENT")
    facts = """query ($o: ID!) { scoringFacts(organization: $o, year: 2026, first: 1) {
      nodes { id } } }"""
    answer = await january.at.ask("officer", facts, {"o": january.at.id("branch")})
    [honour] = answer["data"]["scoringFacts"]["nodes"]
    await january.done("officer", "scoringFactVoid", {"fact": honour["id"], "reason": "撤销表彰"})
    assert await january.propose() == (0, 0, 0)
    found = {each["name"]: each for each in await late(january)}
    assert found["未请假无故缺席组织活动"]["points"] == "-3"
    honoured = found["当年受市级表彰"]
    assert honoured["points"] == "-10"
    [entry] = [e for e in (await january.of())["entries"] if e["item"] != "absence"]
    assert honoured["reverses"] == entry["id"]
    assert await january.propose() == (0, 0, 0)
    assert len(await late(january)) == 2, "asked again, nothing is listed twice"


@pytest.mark.clause("S4-31", "S4-32")
async def test_a_year_that_is_returned_proposes_what_came_late(january: Any) -> None:
    year = await decided(january)
    await warned(january)
    opinion = {"scoringYear": year, "approved": False, "opinion": "处分未记分"}
    await january.done("officer", "scoringYearReview", opinion)
    assert await january.propose() == (1, 0, 0)
    [found] = await late(january)
    assert found["settlement"] == "PROPOSED"
    await january.approve_all()
    await decided(january)
    assert result(await of(january), january, january.me)["total"] == "100"
    assert [each["settledOn"] for each in await late(january)] == ["2027-01-04"]


@pytest.mark.clause("S4-32")
async def test_the_level_above_leaves_a_result_as_it_is_and_says_why(january: Any) -> None:
    await decided(january)
    await warned(january)
    [found] = await late(january)
    given = {"lateFact": found["id"], "reason": " "}
    assert await january.refused("secretary", "scoringLateFactLeave", given) == ["FORBIDDEN"]
    assert await january.refused("officer", "scoringLateFactLeave", given) == ["reason_missing"]
    assert await january.refused("officer", "scoringLateFactReopen", given) == [
        "late_fact_open",
        "reason_missing",
    ]
    async with january.at.operator() as act:
        await roles.assign(
            act,
            account_id=january.at.accounts["me"],
            role="committee_officer",
            organization_id=january.at.units["committee"].id,
            since=FOUNDED,
            until=None,
            reason="任命",
        )
    left = {**given, "reason": "处分决定在评定之后作出"}
    assert await january.refused("me", "scoringLateFactLeave", left) == ["own_late_fact"]
    await january.done("officer", "scoringLateFactLeave", left)
    assert await january.refused("officer", "scoringLateFactLeave", left) == ["late_fact_settled"]
    [found] = await late(january)
    assert (found["settlement"], found["reason"]) == ("LEFT", left["reason"])
    await january.propose()
    assert [each["settlement"] for each in await late(january)] == ["LEFT"]
    await january.done("officer", "scoringLateFactReopen", left)
    [found] = await late(january)
    assert (found["settlement"], found["reason"]) == (None, None)


@pytest.mark.clause("S4-19", "S4-32")
async def test_a_veto_published_after_the_year_was_concluded_is_listed(january: Any) -> None:
    year = await noticed(january)
    await january.at.account("peer", member_id=january.peer.id)
    await january.at.later(days=8)
    await january.done("secretary", "scoringYearConclude", {"scoringYear": year})
    appraisal = await vetoed(january)
    await january.propose()
    [found] = await late(january)
    told = (found["name"], found["description"])
    assert told == ("民主评议认定一票否决", "公开发表错误言论")
    assert result(await of(january), january, january.me)["total"] == "110"
    back = {"appraisal": appraisal, "reason": "认定有误"}
    await january.done("secretary", "organizationLifeAppraisalWithdraw", back)
    await january.propose()
    assert [each["settlement"] for each in await late(january)] == ["GONE"]


@pytest.mark.clause("S4-19", "S4-32")
async def test_a_veto_that_the_level_above_left_is_not_let_in_by_an_objection_on_paper(
    january: Any,
) -> None:
    year = await noticed(january)
    await january.at.account("peer", member_id=january.peer.id)
    await january.at.later(days=8)
    conclude = {"scoringYear": year}
    await january.done("secretary", "scoringYearConclude", conclude)
    await vetoed(january)
    await january.propose()
    [found] = await late(january)
    left = {"lateFact": found["id"], "reason": "认定在评定之后作出"}
    await january.done("officer", "scoringLateFactLeave", left)
    paper = {"scoringYear": year, "handedInOn": "2027-01-08", "reason": "登记遗漏"}
    answer = {"EXPLAINED": january.peer, "CORRECTED": january.me}
    for (outcome, who), total in zip(answer.items(), ("110", "112"), strict=True):
        given = {**paper, "member": january.id(who), "body": "漏记一项"}
        made = await january.done("secretary", "scoringObjectionEnter", given, "objection { id }")
        if outcome == "CORRECTED":
            await january.approved(happenedOn="2026-06-01", lateReason="补录")
        given = {"objection": made["objection"]["id"], "outcome": outcome, "answer": "已核实"}
        await january.done("secretary", "scoringObjectionAnswer", given)
        await january.propose()
        await january.done("secretary", "scoringYearConclude", conclude)
        mine = result(await of(january), january, january.me)
        assert (mine["total"], mine["vetoReason"]) == (total, None)
    assert [each["settlement"] for each in await late(january)] == ["LEFT"]


@pytest.mark.clause("S4-32")
async def test_the_night_notes_what_came_late_when_the_year_takes_no_points_any_more(
    january: Any,
) -> None:
    await decided(january)
    await january.at.later(days=250)
    await january.held(on="2026-12-14", title="年终主题党日", me="ABSENT")
    assert await late(january) == []
    jobs = january.at.house.platform.jobs
    await jobs.tick()
    await jobs.run_waiting()
    assert [each["name"] for each in await late(january)] == ["未请假无故缺席组织活动"]


@pytest.mark.clause("S4-32")
async def test_late_facts_and_the_end_of_a_notice_are_due(january: Any) -> None:
    year = await noticed(january)
    await warned(january)
    assert await due(january, "scoring.late_facts", "scoring.notice") == [
        ("2027-01-04", "scoring.late_facts"),
        ("2027-01-11", "scoring.notice"),
    ]
    [found] = await late(january)
    left = {"lateFact": found["id"], "reason": "不影响结果"}
    await january.done("officer", "scoringLateFactLeave", left)
    await january.at.later(days=8)
    await january.done("secretary", "scoringYearConclude", {"scoringYear": year})
    assert await due(january, "scoring.late_facts", "scoring.notice") == []


@pytest.mark.clause("S4-29", "S4-10")
async def test_publications_are_due_each_quarter_and_checks_each_half_where_points_are_kept(
    scoring: Any,
) -> None:
    kinds = ("scoring.publication", "scoring.check")
    assert await due(scoring, *kinds) == []
    await scoring.approved()
    found = [day for day, _ in await due(scoring, *kinds)]
    assert found == [
        "2026-03-31",
        "2026-06-30",
        "2026-06-30",
        "2026-09-30",
        "2026-12-31",
        "2026-12-31",
    ]
    branch = {"organization": scoring.at.id("branch"), "year": 2026}
    said = {**branch, "quarter": 2, "place": "公开栏"}
    made = await scoring.done("recorder", "scoringPublish", said, "publication { id }")
    checked = {**branch, "half": 1, "findings": "正常"}
    found = await scoring.done("recorder", "scoringCheckRecord", checked, "check { id }")
    assert len(await due(scoring, *kinds)) == 4
    slip = {"publication": made["publication"]["id"], "reason": "误登"}
    await scoring.done("recorder", "scoringPublicationWithdraw", slip)
    assert len(await due(scoring, *kinds)) == 5
    slip = {"check": found["check"]["id"], "reason": "误登"}
    await scoring.done("recorder", "scoringCheckWithdraw", slip)
    assert len(await due(scoring, *kinds)) == 6
