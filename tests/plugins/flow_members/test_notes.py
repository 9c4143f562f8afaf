"""Contact with who is away: by whom, how often, what he reports, and what follows silence."""

from typing import Any

import pytest

from zhibu.organizations.public import PostKind

UNCERTAIN = {"certainty": "UNCERTAIN", "until": None, "talk": None, "lateReason": "补录"}
SUGGESTED = "query ($m: ID!) { disciplineSuggestions(member: $m) { reason } }"
STAGE = "query ($m: ID!) { member(id: $m) { stage } }"
LIAISONS = """query ($o: ID!) { flowMembersLiaisons(organization: $o, first: 9, keeps: true) {
  nodes { liaisonName load reason } } }"""


@pytest.mark.clause("S1-29", "S1-37", "S0-33")
async def test_contact_is_noted_by_its_way_and_falls_due_anew(flow: Any) -> None:
    case = await flow.recorded()
    assert await flow.due("contact_due") == ["2026-09-14"]
    for wrong, codes in (
        ({"text": " "}, ["note_unsaid"]),
        ({"on": "2026-06-16"}, ["not_yet"]),
        ({"kind": "LIFE"}, ["note_elsewhere"]),
        ({"kind": "VISIT_RETURNED"}, ["note_not_yet"]),
        ({"grade": "QUALIFIED"}, ["conduct_missing"]),
        ({"fault": "NO_CONTACT"}, ["fault_missing"]),
    ):
        assert await flow.refused("secretary", "NoteRecord", flow.note(case, **wrong)) == codes
    for channel in ("LETTER", "PHONE", "WEB"):
        await flow.done("secretary", "NoteRecord", flow.note(case, channel=channel))
    sent = flow.note(case, kind="MATERIAL", channel="LETTER", text="寄送学习资料")
    payload = await flow.done("secretary", "NoteRecord", sent, "note { id }")
    late = flow.note(case, on="2026-06-15")
    await flow.done("secretary", "NoteRecord", late)
    assert await flow.due("contact_due") == ["2026-09-15"]
    channels = {row["channel"] for row in await flow.notes("me", "channel")}
    assert channels == {"LETTER", "PHONE", "WEB"}
    void = {"note": payload["note"]["id"], "reason": "重复"}
    await flow.done("secretary", "NoteVoid", void)
    assert await flow.refused("secretary", "NoteVoid", void) == ["note_void"]
    end = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await flow.done("secretary", "CaseEnd", end)
    assert await flow.due("contact_due") == []


@pytest.mark.clause("S1-31")
async def test_who_is_away_reports_every_six_months_himself_or_by_his_branch(flow: Any) -> None:
    case = await flow.recorded()
    assert await flow.due("report_due") == ["2026-12-14"]
    report = {"case": case, "channel": "WEB", "on": "2026-06-15", "text": "思想、学习和工作"}
    assert await flow.refused("peer", "ReportWrite", report) == ["NOT_FOUND"]
    assert await flow.refused("secretary", "ReportWrite", report) == ["note_reason_missing"]
    payload = await flow.done("me", "ReportWrite", report, "note { id kind }")
    assert payload["note"]["kind"] == "REPORT"
    assert await flow.due("report_due") == ["2026-12-15"]
    assert await flow.refused("me", "NoteRecord", flow.note(case)) == ["FORBIDDEN"]
    await flow.done("me", "NoteVoid", {"note": payload["note"]["id"], "reason": "写错"})
    assert await flow.due("report_due") == ["2026-12-14"]
    await flow.done("secretary", "ReportWrite", {**report, "reason": "来信代录"})
    assert await flow.due("report_due") == ["2026-12-15"]


@pytest.mark.clause("S1-27", "S1-39")
async def test_education_and_visits_stand_in_the_phase_in_which_they_were(flow: Any) -> None:
    case = await flow.recorded(since="2026-06-10", talk=None)
    host = {**flow.note(case, kind="VISIT_INCOMING", channel="VISIT")}
    host["arrival"] = flow.arrival(str(host.pop("case")))
    await flow.done("host", "ArrivalNote", host)
    family = flow.note(case, kind="VISIT_FAMILY", channel="VISIT", text="走访家属")
    await flow.done("secretary", "NoteRecord", family)
    for on in ("2026-06-09", "2026-06-11"):
        await flow.done("secretary", "NoteRecord", flow.note(case, kind="EDUCATION", on=on))
    back = flow.note(case, kind="VISIT_RETURNED", channel="VISIT", on="2026-06-15")
    assert await flow.refused("secretary", "NoteRecord", back) == ["note_not_yet"]
    end = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await flow.done("secretary", "CaseEnd", end)
    await flow.done("secretary", "NoteRecord", back)
    after = flow.note(case, kind="EDUCATION", on="2026-06-15")
    await flow.done("secretary", "NoteRecord", after)
    late = {**family, "on": "2026-06-15"}
    assert await flow.refused("secretary", "NoteRecord", late) == ["note_not_yet"]
    phases = [row["phase"] for row in await flow.notes("me", "phase", filter="kinds: [EDUCATION]")]
    assert sorted(phases) == ["AFTER", "BEFORE", "DURING"]


@pytest.mark.clause("S1-30", "S1-02")
async def test_the_host_tells_the_branch_of_attendance_and_dues_and_sees_its_own_notes(
    flow: Any,
) -> None:
    case = await flow.recorded(talk=None)
    await flow.done("secretary", "NoteRecord", flow.note(case))
    given = {"arrival": flow.arrival(case), "kind": "LIFE", "channel": "VISIT"}
    life = {**given, "on": "2026-06-15", "text": "参加六月主题党日"}
    assert await flow.refused("secretary", "ArrivalNote", life) == ["NOT_FOUND"]
    assert await flow.refused("host", "ArrivalNote", {**life, "kind": "TARGETS"}) == [
        "note_elsewhere"
    ]
    await flow.done("host", "ArrivalNote", life)
    dues = {**life, "kind": "DUES", "text": "代收六月党费"}
    payload = await flow.done("host", "ArrivalNote", dues, "note { id side }")
    assert payload["note"]["side"] == "HOST"
    assert {row["kind"] for row in await flow.notes("host", "kind", "far")} == {"LIFE", "DUES"}
    kinds = {row["kind"] for row in await flow.notes("secretary", "kind")}
    assert kinds == {"CONTACT", "LIFE", "DUES"}
    void = {"note": payload["note"]["id"], "reason": "他人的"}
    assert await flow.refused("recorder", "NoteVoid", void) == ["NOT_FOUND"]
    await flow.done("host", "NoteVoid", void)


@pytest.mark.clause("S1-14")
async def test_long_silence_is_criticized_first_and_handled_only_if_that_changes_nothing(
    flow: Any,
) -> None:
    case = await flow.recorded(since="2025-12-01", **UNCERTAIN)
    criticism = flow.note(case, kind="CRITICISM", text="长期不联系", on="2026-06-10")
    assert await flow.refused("secretary", "NoteRecord", criticism) == ["fault_missing"]
    wrong = {**criticism, "fault": "NO_TRANSFER"}
    assert await flow.refused("secretary", "NoteRecord", wrong) == ["fault_unfounded"]
    handling = flow.note(case, kind="HANDLING", text="提请按党章处理")
    assert await flow.refused("secretary", "NoteRecord", handling) == ["criticism_missing"]
    await flow.done("secretary", "NoteRecord", {**criticism, "fault": "NO_CONTACT"})
    before = await flow.at.ask("me", STAGE, {"m": flow.id(flow.me)})
    made = await flow.done("secretary", "NoteRecord", handling, "note { id }")
    assert await flow.at.ask("me", STAGE, {"m": flow.id(flow.me)}) == before
    found = await flow.at.ask("secretary", SUGGESTED, {"m": flow.id(flow.me)})
    assert [each["reason"] for each in found["data"]["disciplineSuggestions"]] == ["AWAY"]
    slip = {"note": made["note"]["id"], "reason": "误登"}
    await flow.done("secretary", "NoteVoid", slip)
    found = await flow.at.ask("secretary", SUGGESTED, {"m": flow.id(flow.me)})
    assert found["data"]["disciplineSuggestions"] == []
    fresh = await flow.recorded(member=flow.id(flow.peer), talk=None)
    soon = {**flow.note(fresh, kind="CRITICISM"), "fault": "NO_CONTACT"}
    assert await flow.refused("secretary", "NoteRecord", soon) == ["fault_unfounded"]


@pytest.mark.clause("S1-14")
async def test_criticism_is_judged_by_the_day_on_which_it_was_spoken_not_entered(flow: Any) -> None:
    case = await flow.recorded(since="2025-12-01", **UNCERTAIN)
    late = {"reason": "补录"}
    early = {**flow.note(case, kind="CRITICISM", text="长期不联系"), "fault": "NO_CONTACT", **late}
    assert await flow.refused("secretary", "NoteRecord", {**early, "on": "2026-05-31"}) == [
        "fault_unfounded"
    ], "half a year was not over on that day"
    await flow.done("secretary", "NoteRecord", flow.note(case, on="2026-06-12"))
    await flow.done("secretary", "NoteRecord", {**early, "on": "2026-06-05"})
    assert await flow.refused("secretary", "NoteRecord", {**early, "on": "2026-06-13"}) == [
        "fault_unfounded"
    ], "there was contact the day before"
    handling = flow.note(case, kind="HANDLING", text="提请按党章处理", on="2026-06-05")
    assert await flow.refused("secretary", "NoteRecord", handling) == ["criticism_missing"]
    await flow.done("secretary", "NoteRecord", {**handling, "on": "2026-06-06"})


async def test_the_last_days_of_contact_and_report_are_kept_and_follow_what_is_voided(
    flow: Any,
) -> None:
    case = await flow.recorded(since="2026-05-20", talk=None)
    kept = "touchedOn reportedOn contactBy reportBy"
    for kind, day in (("CONTACT", "2026-06-01"), ("MATERIAL", "2026-06-03")):
        await flow.done("secretary", "NoteRecord", flow.note(case, kind=kind, on=day))
    report = {"case": case, "channel": "WEB", "on": "2026-06-10", "text": "工作情况"}
    made = await flow.done("me", "ReportWrite", report, "note { id }")
    await flow.done("secretary", "NoteRecord", flow.note(case, on="2026-05-25"))
    assert await flow.cases("secretary", kept) == [
        {
            "touchedOn": "2026-06-10",
            "reportedOn": "2026-06-10",
            "contactBy": "2026-09-10",
            "reportBy": "2026-12-10",
        }
    ]
    await flow.done("me", "NoteVoid", {"note": made["note"]["id"], "reason": "误发"})
    [found] = await flow.cases("secretary", kept)
    assert (found["touchedOn"], found["reportedOn"]) == ("2026-06-01", None)
    assert (found["contactBy"], found["reportBy"]) == ("2026-09-01", "2026-11-20")


@pytest.mark.clause("S1-32", "S1-38")
async def test_a_grade_rests_on_the_card_and_on_reports_or_says_why_not(flow: Any) -> None:
    case, card = await flow.carded()
    targets = flow.note(case, kind="TARGETS", text="参加组织生活、交纳党费、遵纪守法、发挥作用")
    await flow.done("secretary", "NoteRecord", targets)
    grade = flow.note(case, kind="EVALUATION", text="查验证件、听取汇报", on="2026-06-15")
    grade["grade"] = "EXCELLENT"
    assert await flow.refused("secretary", "NoteRecord", grade) == ["evaluation_unfounded"]
    await flow.done("secretary", "CardReview", {"card": card, "year": 2026, "result": "PASSED"})
    assert await flow.refused("secretary", "NoteRecord", grade) == ["evaluation_unfounded"]
    report = {"case": case, "channel": "WEB", "on": "2026-06-15", "text": "工作情况"}
    await flow.done("me", "ReportWrite", report)
    assert await flow.refused("secretary", "NoteRecord", {**grade, "grade": None}) == [
        "conduct_missing"
    ]
    await flow.done("secretary", "NoteRecord", grade)
    praised = flow.note(case, kind="COMMENDATION", text="表现突出，予以表彰")
    await flow.done("secretary", "NoteRecord", praised)
    [found] = await flow.notes("me", "grade", filter="kinds: [EVALUATION]")
    assert found == {"grade": "EXCELLENT"}


@pytest.mark.clause("S1-35", "A-08")
async def test_only_secretary_and_committee_of_the_branch_keep_contact(flow: Any) -> None:
    case = await flow.recorded()
    assign = {"case": case, "member": flow.id(flow.peer), "since": "2026-06-14"}
    assert await flow.refused("secretary", "LiaisonAssign", assign) == ["liaison_unfit"]
    await flow.appointed(flow.peer, PostKind.RECORDER)
    assert await flow.refused("secretary", "LiaisonAssign", assign) == ["liaison_unfit"]
    await flow.appointed(flow.peer)
    own = {**assign, "member": flow.id(flow.me)}
    assert await flow.refused("secretary", "LiaisonAssign", own) == ["own_liaison"]
    assert await flow.refused("secretary", "LiaisonAssign", {**assign, "since": "2026-06-16"}) == [
        "not_yet"
    ]
    payload = await flow.done("secretary", "LiaisonAssign", assign, "liaison { id }")
    assert await flow.refused("secretary", "LiaisonAssign", assign) == ["liaison_there"]
    end = {"liaison": payload["liaison"]["id"], "on": "2026-06-01"}
    assert await flow.refused("secretary", "LiaisonEnd", end) == ["dates_reversed"]
    await flow.done("secretary", "LiaisonEnd", {**end, "on": "2026-06-15"})
    assert await flow.refused("secretary", "LiaisonEnd", end) == ["liaison_over", "dates_reversed"]


@pytest.mark.clause("S1-36", "A-06")
async def test_above_five_a_liaison_is_warned_of_and_somebody_says_why(flow: Any) -> None:
    await flow.appointed(flow.peer)
    await flow.override("liaison_load", 1)
    liaison = {"member": flow.id(flow.peer), "since": "2026-06-14"}
    third = await flow.at.member()
    for number, who in enumerate((flow.me, third)):
        case = await flow.recorded(member=flow.id(who))
        given = {"case": case, **liaison}
        if number:
            answer = await flow.answer("secretary", "LiaisonAssign", given)
            [error] = answer["data"]["flowMembersLiaisonAssign"]["userErrors"]
            assert error["code"] == "flow_members.liaison_loaded"
            assert "本单位规定" in error["basis"] or "1" in error["basis"]
            given["reason"] = "支部委员会只有一人"
        await flow.done("secretary", "LiaisonAssign", given)
    answer = await flow.at.ask("secretary", LIAISONS, {"o": flow.at.id("branch")})
    found = answer["data"]["flowMembersLiaisons"]["nodes"]
    assert [row["load"] for row in found] == [2, 2]
    assert {row["liaisonName"] for row in found} == {flow.peer.name}
