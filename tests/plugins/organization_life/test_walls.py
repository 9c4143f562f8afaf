"""Who must not: every query and mutation of organization life, before anything works."""

from datetime import date
from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.members.rules import MemberKind
from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind

LIVING = {"family": "与子女同住", "health": "良好", "wishes": "参加活动"}
MONEY = {"fen": 50000, "fund": "PARTY_DUES", "receipt": "签收单第3号"}
QUERIES = {
    "Meetings": "(organization: $o, first: 9) { nodes { id } }",
    "Meeting": "(id: $meeting) { id }",
    "Leaves": "(organization: $o, first: 9) { nodes { id } }",
    "Accommodations": "(organization: $o, first: 9) { nodes { id } }",
    "BookPage": "(organization: $o, year: 2026)",
    "Appraisals": "(organization: $o, first: 9) { nodes { id listed { name } } }",
    "Appraisal": "(id: $appraisal) { id results { id } }",
    "AppraisalPage": "(appraisal: $appraisal)",
    "Engagements": "(organization: $o, first: 9) { nodes { id } }",
    "Without": "(organization: $o, kind: LETTER, year: 2026, first: 9) { nodes { id } }",
    "Birthdays": "(organization: $o, month: 7, first: 9) { nodes { id } }",
    "Surveys": "(organization: $o, first: 9) { nodes { id } }",
    "Reliefs": "(organization: $o, first: 9) { nodes { id } }",
    "Unsurveyed": "(organization: $o, year: 2020, first: 9) { nodes { id } }",
    "Talks": "(organization: $o, first: 9) { nodes { id } }",
    "Matters": "(organization: $o, first: 9) { nodes { id } }",
    "MattersPage": "(organization: $o, year: 2026)",
    "Leaders": "(organization: $general, year: 2026, first: 9) { nodes { id } }",
    "LetterPage": "(engagement: $letter)",
    "Untalked": "(organization: $o, year: 2020, first: 9) { nodes { id } }",
}


@pytest.fixture
async def records(life: Any) -> dict[str, Any]:
    """One record of every kind, and inputs that would be accepted of whoever may."""
    held, planned = await life.held(), await life.planned()
    today = await life.planned(heldOn="2026-06-15")
    me, peer = life.id(life.me), life.id(life.peer)
    asked = {"meeting": planned, "member": peer, "reason": "出差"}
    await life.done("peer", "LeaveAsk", asked)
    await life.done("recorder", "MeetingAttend", life.marks(held, (life.peer, "PRESENT")))
    arrange = {"member": me, "ground": "ILL", "arrangement": "自愿", "since": "2027-01-01"}
    payload = await life.done(
        "secretary",
        "Accommodate",
        {**arrange, "until": "2027-02-01"},
        "accommodation { id }",
    )
    mutations: dict[str, dict[str, Any]] = {
        "MeetingPlan": life.meeting(heldOn="2026-06-30"),
        "MeetingHold": life.meeting(),
        "MeetingChange": {"meeting": planned, "title": "改名"},
        "MeetingCancel": {"meeting": planned, "reason": "停电"},
        "MeetingAttend": life.marks(held, (life.me, "PRESENT")),
        "MeetingStrike": {"meeting": held, "member": peer, "reason": "误登"},
        "CheckInOpen": {"meeting": today, "minutes": 10},
        "LeaveAsk": {**asked, "member": me},
        "LeaveWithdraw": {"meeting": planned, "member": peer},
        "LeaveDecide": {"meeting": planned, "member": peer, "approved": True},
        "MinutesWrite": {"meeting": held, "text": "记录"},
        "Accommodate": {**arrange, "member": peer},
        "AccommodationEnd": {
            "accommodation": payload["accommodation"]["id"],
            "until": "2027-01-15",
            "reason": "康复",
        },
    }
    appraisal, mutations["AppraisalOpen"] = await appraised(life)
    of_it = {"appraisal": appraisal}
    mutations |= {
        "AppraisalSpeak": {**of_it, "member": peer, "text": "自评"},
        "AppraisalRemark": {**of_it, "member": me, "author": peer, "text": "评价"},
        "AppraisalVote": life.ballot(appraisal, (life.peer, "QUALIFIED")),
        "AppraisalCount": {**of_it, "voters": [me, peer]},
        "AppraisalReopen": {**of_it, "reason": "重投"},
        "AppraisalGrade": life.grades(appraisal, (life.peer, "QUALIFIED"), reason="理由"),
        "AppraisalPublish": of_it,
        "AppraisalWithdraw": {**of_it, "reason": "撤回"},
        "AppraisalCancel": {**of_it, "reason": "误开"},
    }
    engaged, mutations["Engage"] = await taken(life)
    mutations |= {
        "EngagementChange": {"engagement": engaged, "title": "改名", "reason": "记错"},
        "EngagementFulfil": {"engagement": engaged, "on": "2026-06-15", "result": "完成"},
        "EngagementVoid": {"engagement": engaged, "reason": "误登"},
    }
    mutations |= await cared(life)
    talk, mutations["TalkRecord"] = await talked(life)
    mutations |= {
        "TalkFollow": {"talk": talk, "on": "2026-06-15", "result": "已改正"},
        "TalkHandle": {"talk": talk, "on": "2026-06-15", "decision": "批评"},
        "TalkVoid": {"talk": talk, "reason": "误登"},
        "TalkOpen": {"talk": talk, "reason": "核对"},
    }
    given = {
        "organization": life.at.id("branch"),
        "kind": "MAJOR_MATTER",
        "title": "婚姻",
        "details": "结婚",
        "member": peer,
        "on": "2026-06-14",
    }
    payload = await life.done("secretary", "MatterRecord", given, "matter { id }")
    matter = payload["matter"]["id"]
    mutations |= {
        "MatterRecord": given,
        "MatterAnswer": {"matter": matter, "on": "2026-06-15", "answer": "已阅"},
        "MatterVoid": {"matter": matter, "reason": "误登"},
        "MatterOpen": {"matter": matter, "reason": "核对"},
    }
    signed = {"member": peer, "kind": "LETTER", "title": "责任书", "since": "2026-06-01"}
    letter = await life.done("recorder", "Engage", signed, "engagement { id }")
    async with life.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=life.at.units["general"].id,
            member_id=life.peer.id,
            kind=PostKind.DEPUTY_SECRETARY,
            since=date(2025, 1, 1),
        )
    return {
        "letter": letter["engagement"]["id"],
        "general": life.at.id("general"),
        "mutations": mutations,
        "o": life.at.id("branch"),
        "meeting": held,
        "appraisal": appraisal,
    }


async def appraised(life: Any) -> tuple[str, dict[str, Any]]:
    """An appraisal, and input of another one."""
    other = await life.held(kind="LIFE_MEETING", contents=[], title="另一次组织生活会")
    return await life.appraisal(), {"meeting": other, "year": 2025}


async def cared(life: Any) -> dict[str, dict[str, Any]]:
    """Inputs about the peer, whom somebody surveyed and who was paid relief."""
    await life.member(kind=MemberKind.RETIRED)
    survey = {"member": life.id(life.peer), "on": "2026-06-10", **LIVING, "hardship": True}
    made = await life.done("secretary", "SurveyRecord", survey, "survey { id }")
    relief = {"member": life.id(life.peer), "on": "2026-06-12", **MONEY}
    paid = await life.done("secretary", "ReliefRecord", relief, "relief { id }")
    return {
        "SurveyRecord": survey,
        "SurveyVoid": {"survey": made["survey"]["id"], "reason": "误登"},
        "SurveyOpen": {"survey": made["survey"]["id"], "reason": "走访"},
        "ReliefRecord": relief,
        "ReliefVoid": {"relief": paid["relief"]["id"], "reason": "误登"},
    }


async def talked(life: Any) -> tuple[str, dict[str, Any]]:
    """A talk that was had with the peer, and input of another one."""
    given = {
        "member": life.id(life.peer),
        "talker": life.id(life.me),
        "kind": "HEART",
        "ground": "ROUTINE",
        "on": "2026-06-14",
        "why": "日常",
        "said": "谈思想",
    }
    payload = await life.done("secretary", "TalkRecord", given, "talk { id }")
    return str(payload["talk"]["id"]), given


async def taken(life: Any) -> tuple[str, dict[str, Any]]:
    """A pledge of the peer's, and input of another one."""
    given = {
        "member": life.id(life.peer),
        "kind": "PLEDGE",
        "title": "承诺",
        "since": "2026-06-01",
    }
    payload = await life.done("recorder", "Engage", given, "engagement { id }")
    return str(payload["engagement"]["id"]), given


async def asked(life: Any, login: str, name: str, records: Any) -> dict[str, Any]:
    body = QUERIES[name]
    key = next(
        (key for key in ("meeting", "appraisal", "letter", "general") if f"${key}" in body), "o"
    )
    document = f"query (${key}: ID!) {{ organizationLife{name}{body} }}"
    found: dict[str, Any] = await life.at.ask(login, document, {key: records[key]})
    return found


def shows_nothing(answer: dict[str, Any]) -> bool:
    [found] = (answer.get("data") or {"none": None}).values()
    return found is None or found == {"nodes": []}


def test_every_field_of_the_schema_is_held_against_the_walls(installed_plugins: Any) -> None:
    parts = Parts(core.graph(), installed_plugins.graphs())
    types = parts.compose(frozenset({"organization_life"}))._schema.type_map
    fields = {
        name.removeprefix("organizationLife")
        for root in ("Query", "Mutation")
        for name in types[root].fields  # type: ignore[attr-defined]  # an object type
        if name.startswith("organizationLife")
    }
    # A code of one's own is tested beside checking in.
    assert fields == {*QUERIES, *MUTATIONS, "CheckIn"}


MUTATIONS = {
    *("MeetingPlan", "MeetingHold", "MeetingChange", "MeetingCancel", "MeetingAttend"),
    *("MeetingStrike", "CheckInOpen", "LeaveAsk", "LeaveWithdraw", "LeaveDecide"),
    *("MinutesWrite", "Accommodate", "AccommodationEnd", "AppraisalOpen", "AppraisalSpeak"),
    *("AppraisalRemark", "AppraisalVote", "AppraisalCount", "AppraisalReopen", "AppraisalGrade"),
    *("AppraisalPublish", "AppraisalWithdraw", "AppraisalCancel"),
    *("Engage", "EngagementChange", "EngagementFulfil", "EngagementVoid"),
    *("MatterRecord", "MatterAnswer", "MatterVoid", "MatterOpen"),
    *("TalkRecord", "TalkFollow", "TalkHandle", "TalkVoid", "TalkOpen"),
    *("SurveyRecord", "SurveyVoid", "SurveyOpen", "ReliefRecord", "ReliefVoid"),
}


async def test_nobody_who_may_not_gets_through(life: Any, records: Any) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    mutations = records["mutations"]
    assert set(mutations) == MUTATIONS
    other = await life.at.house.found("qinghe", "清河市直机关")
    life.at.credentials["stranger"] = other.credentials["officer"]
    await life.at.account("far", member_id=(await life.member("far")).id)
    for name, given in mutations.items():
        answer = await life.answer(None, f"organizationLife{name}", given)
        assert answer.get("data") is None, name
        assert answer["errors"], name
        for login in ("stranger", "rival", "far"):
            assert await life.refused(login, name, given) == ["NOT_FOUND"], (login, name)
    for name in QUERIES:
        for login in ("stranger", "rival", "far"):
            assert shows_nothing(await asked(life, login, name, records)), (login, name)


async def test_a_member_reads_his_branch_s_meetings_and_changes_none(
    life: Any, records: Any
) -> None:
    for name, given in records["mutations"].items():
        if name not in ("LeaveAsk", "LeaveWithdraw", "AppraisalVote"):
            found = await life.refused("me", name, given)
            assert found in (["FORBIDDEN"], ["NOT_FOUND"]), (name, found)
    answer = await asked(life, "me", "Meetings", records)
    assert len(answer["data"]["organizationLifeMeetings"]["nodes"]) == 5
    assert shows_nothing(await asked(life, "me", "Leaves", records))
    shown = """query ($m: ID!) { organizationLifeMeeting(id: $m) {
      present attendance { member { name } } } }"""
    answer = await life.at.ask("me", shown, {"m": records["meeting"]})
    seen = answer["data"]["organizationLifeMeeting"]
    assert [place["member"]["name"] for place in seen["attendance"]] == [life.me.name]


async def test_a_plugin_that_is_off_at_the_unit_says_so(life: Any, records: Any) -> None:
    await life.at.switch("organization_life", False, "general")
    for name, given in records["mutations"].items():
        assert await life.refused("officer", name, given) == ["PLUGIN_DISABLED"], name
    for name in QUERIES:
        assert shows_nothing(await asked(life, "officer", name, records)), name
    await life.at.switch("organization_life", True, "general")
    for name in QUERIES:
        answer = await asked(life, "officer", name, records)
        assert "errors" not in answer, name
        assert not shows_nothing(answer), name
