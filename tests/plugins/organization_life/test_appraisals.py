"""Democratic appraisal over GraphQL: list, words, votes, grades, publication and putting right."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.accounts.service import roles
from zhibu.forms.writing import write as write_form
from zhibu.members import service as members
from zhibu.members.rules import MemberKind
from zhibu.procedures.public import Ground, limit_vote
from zhibu.testing.house import FOUNDED
from zhibu.testing.register import identity
from zhibu_organization_life.asking import grades_of
from zhibu_organization_life.sheets import GRADES
from zhibu_organization_life.tables import Ballot

SHOWN = """query ($id: ID!) { organizationLifeAppraisal(id: $id) {
  state entitled voted places publishedOn ballots { voterName }
  listed { name memberId graded grade ground }
  results { graded selfText excellent qualified suggested grade ground basis opinion reason
    member { name } remarks { text authorName } } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, dueFrom: "2026-06-01", dueTo: "2027-06-01",
  kinds: ["organization_life.appraisal_due"], first: 9) { nodes { dueOn basis } } }"""
MINE = "query ($m: ID!) { member(id: $m) { organizationLife(year: 2026) { grade } } }"
PAGE = "query ($id: ID!) { organizationLifeAppraisalPage(appraisal: $id) }"


@pytest.fixture
async def third(life: Any) -> Any:
    """Somebody without an account, who votes on paper."""
    return await life.member()


async def shown(life: Any, appraisal: str, login: str = "secretary") -> Any:
    answer = await life.at.ask(login, SHOWN, {"id": appraisal})
    assert "errors" not in answer, answer
    return answer["data"]["organizationLifeAppraisal"]


async def of(life: Any, appraisal: str, who: Any, login: str = "secretary") -> Any:
    rows = (await shown(life, appraisal, login))["results"]
    return next(row for row in rows if row["member"]["name"] == who.name)


async def voted(life: Any, appraisal: str, third: Any) -> None:
    """Everybody votes: `me` is excellent for all."""
    await life.done(
        "me",
        "AppraisalVote",
        life.ballot(appraisal, (life.peer, "QUALIFIED"), (third, "EXCELLENT")),
    )
    await life.done(
        "peer",
        "AppraisalVote",
        life.ballot(appraisal, (life.me, "EXCELLENT"), (third, "QUALIFIED")),
    )
    paper = [
        {"member": life.id(life.me), "excellent": 1},
        {"member": life.id(life.peer), "qualified": 1},
    ]
    given = {"appraisal": appraisal, "voters": [life.id(third)], "tallies": paper}
    await life.done("recorder", "AppraisalCount", given)


async def graded(life: Any, appraisal: str, third: Any) -> None:
    for who in (life.me, life.peer, third):
        given = {"appraisal": appraisal, "member": life.id(who), "text": "自评"}
        await life.done("recorder", "AppraisalSpeak", given)
    await voted(life, appraisal, third)
    given = life.grades(
        appraisal, (life.me, "EXCELLENT"), (life.peer, "QUALIFIED"), (third, "QUALIFIED")
    )
    await life.done("secretary", "AppraisalGrade", given)


@pytest.mark.clause("S2-11")
async def test_a_branch_appraises_once_for_a_year_at_its_organization_life_meeting(
    life: Any,
) -> None:
    theme = await life.held()
    given = {"meeting": theme, "year": 2026}
    assert await life.refused("secretary", "AppraisalOpen", given) == ["appraisal_elsewhere"]
    appraisal = await life.appraisal()
    meeting = await life.held(kind="LIFE_MEETING", contents=[], title="又一次")
    for year, code in ((2024, "appraisal_other_year"), (2026, "appraisal_of_year")):
        given = {"meeting": meeting, "year": year}
        assert await life.refused("secretary", "AppraisalOpen", given) == [code]
    assert await life.refused("secretary", "AppraisalOpen", {**given, "year": 1}) == [
        "core.year_invalid"
    ]
    cancel = {"appraisal": appraisal, "reason": "误开"}
    await life.done("secretary", "AppraisalCancel", cancel)
    assert await life.refused("secretary", "AppraisalCancel", cancel) == ["appraisal_not_ready"]
    await life.done("secretary", "AppraisalOpen", given)
    strike = {"meeting": meeting, "reason": "停电"}
    assert await life.refused("secretary", "MeetingCancel", strike) == ["appraisal_at_meeting"]


async def test_the_list_is_of_whoever_belonged_to_the_branch_on_the_day(life: Any) -> None:
    young = {"name": "预备", "identity_number": identity(790), "kind": MemberKind.IN_SERVICE}
    async with life.at.operator() as act:
        entry = members.Entry(
            organization_id=life.at.units["branch"].id, admitted_on=date(2026, 1, 1), **young
        )
        await members.admit(act, entry, decision="支部大会决议")
    gone, late = await life.member(), await life.member("far")
    async with life.at.operator() as act:
        far, branch = life.at.units["far"].id, life.at.units["branch"].id
        moves = ((gone, far, date(2026, 6, 10)), (late, branch, date(2026, 6, 15)))
        for who, unit, on in moves:
            await members.transfer(act, who.id, organization_id=unit, on=on, reason="调动")
    appraisal = await life.appraisal()
    listed = (await shown(life, appraisal, "me"))["listed"]
    assert {each["name"]: each["graded"] for each in listed} == {
        life.me.name: True,
        life.peer.name: True,
        "预备": False,
    }


async def test_members_speak_of_themselves_and_of_others_or_have_the_recorder_write_it(
    life: Any, third: Any
) -> None:
    appraisal = await life.appraisal()
    mine = {"appraisal": appraisal, "text": "做得还不够", "grade": "QUALIFIED"}
    await life.done("me", "AppraisalSpeak", mine)
    for_third = {**mine, "member": life.id(third)}
    assert await life.refused("me", "AppraisalSpeak", for_third) in (["FORBIDDEN"], ["NOT_FOUND"])
    await life.done("recorder", "AppraisalSpeak", for_third)
    remark = {"appraisal": appraisal, "member": life.id(life.me), "text": "敢担当"}
    assert await life.refused("me", "AppraisalRemark", remark) == ["own_remark"]
    assert await life.refused("peer", "AppraisalRemark", {**remark, "text": " "}) == [
        "text_missing"
    ]
    await life.done("peer", "AppraisalRemark", {**remark, "text": "还要写"})
    await life.done("peer", "AppraisalRemark", remark)
    far = await life.member("far")
    elsewhere = {**remark, "member": life.id(far), "author": life.id(third)}
    assert await life.refused("recorder", "AppraisalRemark", elsewhere) == ["not_appraised"]
    rows = (await shown(life, appraisal, "me"))["results"]
    assert [row["selfText"] for row in rows] == ["做得还不够"]
    assert rows[0]["remarks"] == [{"text": "敢担当", "authorName": life.peer.name}]


EARLIER = """query ($id: ID!) { organizationLifeAppraisal(id: $id) { results {
  selfText earlier { text grade saidBy reason replacedBy } } } }"""


async def test_a_self_appraisal_that_is_written_over_stays_as_it_was_with_who_and_why(
    life: Any,
) -> None:
    async def seen(login: str) -> list[Any]:
        answer = await life.at.ask(login, EARLIER, {"id": appraisal})
        return list(answer["data"]["organizationLifeAppraisal"]["results"])

    appraisal = await life.appraisal()
    mine = {"appraisal": appraisal, "text": "做得还不够", "grade": "QUALIFIED"}
    await life.done("me", "AppraisalSpeak", mine)
    await life.done("me", "AppraisalSpeak", mine)
    other = {**mine, "member": life.id(life.me), "text": "很好", "grade": "EXCELLENT"}
    assert await life.refused("recorder", "AppraisalSpeak", other) == ["reason_missing"]
    await life.done("recorder", "AppraisalSpeak", {**other, "reason": "按会上发言更正"})
    [row] = await seen("me")
    assert row == {
        "selfText": "很好",
        "earlier": [
            {
                "text": "做得还不够",
                "grade": "QUALIFIED",
                "saidBy": "me",
                "reason": "按会上发言更正",
                "replacedBy": "recorder",
            }
        ],
    }
    assert [row for row in await seen("peer") if row["earlier"]] == []
    assert "不够" not in str(await life.ledger("self_appraised"))


async def test_a_vote_is_cast_once_for_everybody_else_and_nobody_learns_how(
    life: Any, third: Any
) -> None:
    appraisal = await life.appraisal()
    ballot = life.ballot(appraisal, (life.peer, "EXCELLENT"), (third, "UNQUALIFIED"))
    bad = life.ballot(appraisal, (life.me, "EXCELLENT"), (third, "QUALIFIED"))
    assert await life.refused("me", "AppraisalVote", bad) == ["own_grade"]
    assert await life.refused("me", "AppraisalVote", {**bad, "votes": []}) == ["nothing_chosen"]
    assert await life.refused("secretary", "AppraisalVote", ballot) == ["no_member"]
    await life.done("me", "AppraisalVote", ballot)
    assert await life.refused("me", "AppraisalVote", ballot) == ["already_voted"]
    now = await shown(life, appraisal)
    assert now["ballots"] == [{"voterName": life.me.name}]
    assert {row["excellent"] for row in now["results"]} == {None}
    assert await life.ledger("appraisal_voted") == [{"year": 2026, "title": "组织生活会"}]
    platform, tenant = life.at.house.platform, life.at.tenant
    query = select(Ballot.sealed).where(Ballot.tenant_id == tenant.id)
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        [sealed] = await session.scalars(query)
    assert sealed
    assert life.peer.id.hex.encode() not in sealed
    few = {"appraisal": appraisal}
    assert await life.refused("recorder", "AppraisalCount", few) == ["too_few_votes"]
    again = {**few, "voters": [life.id(life.me), life.id(life.peer)]}
    assert await life.refused("recorder", "AppraisalCount", again) == ["no_right"]
    many = {
        **few,
        "voters": [life.id(life.peer)],
        "tallies": [{"member": life.id(life.peer), "excellent": 1}],
    }
    assert await life.refused("recorder", "AppraisalCount", many) == ["too_few_votes"]
    await life.done("recorder", "AppraisalCount", {**many, "tallies": []})
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        assert [*await session.scalars(query)] == [None, None]
    now = await shown(life, appraisal)
    assert (now["entitled"], now["voted"], now["places"]) == (3, 2, 1)


async def test_whoever_has_no_vote_casts_none(life: Any, third: Any) -> None:
    async with life.at.operator() as act:
        since = date(2026, 1, 1)
        await limit_vote(act, life.me.id, Ground.ON_PROBATION, since, None, decision="留党察看决定")
    appraisal = await life.appraisal()
    ballot = life.ballot(appraisal, (life.peer, "EXCELLENT"), (third, "QUALIFIED"))
    assert await life.refused("me", "AppraisalVote", ballot) == ["no_right"]
    planned = await life.planned(kind="LIFE_MEETING", contents=[], title="下周")
    given = {"meeting": planned, "year": 2025}
    assert await life.refused("secretary", "AppraisalOpen", given) == ["appraisal_other_year"]
    await life.done("secretary", "AppraisalCancel", {"appraisal": appraisal, "reason": "改期"})
    given = {"meeting": planned, "year": 2026}
    opened = await life.done("secretary", "AppraisalOpen", given, "appraisal { id }")
    later = life.ballot(opened["appraisal"]["id"], (life.me, "QUALIFIED"), (third, "QUALIFIED"))
    assert await life.refused("peer", "AppraisalVote", later) == ["meeting_not_held"]


@pytest.mark.clause("S0-09", "A-26")
async def test_grades_follow_the_vote_or_say_why_and_are_published_together(
    life: Any, third: Any
) -> None:
    appraisal = await life.appraisal()
    early = life.grades(appraisal, (life.me, "QUALIFIED"))
    assert await life.refused("secretary", "AppraisalGrade", early) == ["appraisal_not_ready"]
    await life.done("me", "AppraisalSpeak", {"appraisal": appraisal, "text": "自评"})
    await voted(life, appraisal, third)
    mine = await of(life, appraisal, life.me)
    assert (mine["excellent"], mine["suggested"]) == (2, "EXCELLENT")
    wrong = life.grades(appraisal, (life.peer, "QUALIFIED"), (third, "EXCELLENT"))
    assert await life.refused("secretary", "AppraisalGrade", wrong) == [
        "self_appraisal_missing",
        "grade_differs",
    ]
    many = life.grades(appraisal, (life.me, "EXCELLENT"), (third, "EXCELLENT"), reason="突出")
    assert await life.refused("secretary", "AppraisalGrade", many) == ["too_many_excellent"]
    await life.done("secretary", "AppraisalGrade", life.grades(appraisal, (life.me, "EXCELLENT")))
    publish = {"appraisal": appraisal}
    assert await life.refused("secretary", "AppraisalPublish", publish) == ["grade_missing"]
    veto = life.grades(appraisal, (life.peer, "UNQUALIFIED"), reason="连续六个月不参加", veto=True)
    await life.done("secretary", "AppraisalGrade", veto)
    none = life.grades(appraisal, (third, None), reason="在外借调，由借调支部评议")
    # Of two who are graded, a third is nobody.
    assert await life.refused("secretary", "AppraisalGrade", none) == ["too_many_excellent"]
    await life.override("excellent_rounding", "up", "branch")
    await life.done("secretary", "AppraisalGrade", none)
    before = await of(life, appraisal, life.me, "me")
    assert (before["grade"], before["excellent"]) == (None, None)
    await life.done("secretary", "AppraisalPublish", publish)
    mine = await of(life, appraisal, life.me, "me")
    assert (mine["grade"], mine["ground"]) == ("EXCELLENT", "VOTE")
    assert "1/3" in mine["basis"]
    listed = {
        each["name"]: each["ground"] for each in (await shown(life, appraisal, "me"))["listed"]
    }
    assert listed == {life.me.name: "VOTE", life.peer.name: "VETO", third.name: "UNGRADED"}
    answer = await life.at.ask("me", MINE, {"m": life.id(life.me)})
    assert answer["data"]["member"]["organizationLife"] == {"grade": "EXCELLENT"}
    async with life.at.operator() as act:
        asked = await grades_of(act, [life.me.id, life.peer.id, third.id], 2026)
        assert [asked[who.id].veto for who in (life.me, life.peer, third)] == [False, True, False]
        assert await grades_of(act, [life.me.id], 2025) == {}


async def test_a_published_grade_is_put_right_with_its_reason_and_withdrawn_and_printed(
    life: Any, third: Any
) -> None:
    appraisal = await life.appraisal()
    await graded(life, appraisal, third)
    async with life.at.operator() as act:
        await roles.assign(
            act,
            account_id=life.at.accounts["peer"],
            role="branch_committee_member",
            organization_id=life.at.units["branch"].id,
            since=FOUNDED,
            until=None,
            reason="测试",
        )
    own = life.grades(appraisal, (life.peer, "BASICALLY_QUALIFIED"), reason="复核")
    assert await life.refused("peer", "AppraisalGrade", own) == ["own_grade"]
    answer = await life.at.ask("me", PAGE, {"id": appraisal})
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    await life.done("secretary", "AppraisalPublish", {"appraisal": appraisal})
    page = await life.at.ask("me", PAGE, {"id": appraisal})
    assert f"<td>{life.me.name}</td><td>优秀</td>" in page["data"]["organizationLifeAppraisalPage"]
    silent = life.grades(appraisal, (third, "BASICALLY_QUALIFIED"))
    assert await life.refused("secretary", "AppraisalGrade", silent) == ["reason_missing"]
    await life.done(
        "secretary",
        "AppraisalGrade",
        life.grades(appraisal, (third, "BASICALLY_QUALIFIED"), reason="申诉复核"),
    )
    [told] = await life.ledger("appraisal_corrected")
    assert (told["before"], told["grade"], told["reason"]) == (
        "qualified",
        "basically_qualified",
        "申诉复核",
    )
    async with life.at.by("secretary") as act:
        assert GRADES.read is not None
        rows = await GRADES.read(act, {"year": 2026, "organization": life.at.id("branch")})
        assert sorted(str(row["grade"]) for row in rows) == [
            "basically_qualified",
            "excellent",
            "qualified",
        ]
        assert write_form(rows, GRADES.columns, GRADES.title)
    withdraw = {"appraisal": appraisal, "reason": "公布有误"}
    await life.done("secretary", "AppraisalWithdraw", withdraw)
    assert await life.refused("secretary", "AppraisalWithdraw", withdraw) == ["appraisal_not_ready"]
    assert (await of(life, appraisal, life.me, "me"))["grade"] is None
    reopen = {"appraisal": appraisal, "reason": "计票有误"}
    await life.done("secretary", "AppraisalReopen", reopen)
    now = await shown(life, appraisal)
    assert (now["state"], now["ballots"], now["places"]) == ("OPEN", [], None)
    assert {row["grade"] for row in now["results"]} == {None}
    await voted(life, appraisal, third)


@pytest.mark.clause("S0-09", "EM-18")
async def test_an_appraisal_is_due_once_a_year_until_its_grades_are_published(
    life: Any, third: Any
) -> None:
    async def days() -> list[str]:
        answer = await life.at.ask("secretary", DUE, {"o": life.at.id("branch")})
        return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]

    assert await days() == ["2027-03-31"]
    appraisal = await life.appraisal()
    await graded(life, appraisal, third)
    assert await days() == ["2027-03-31"]
    await life.done("secretary", "AppraisalPublish", {"appraisal": appraisal})
    assert await days() == []
