"""Sessions over GraphQL: planned, enrolled in, held, attended, cancelled; leaders and lectures."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import global_id
from zhibu.members import service as members


async def held(education: Any, **changes: Any) -> str:
    payload = await education.done(
        "secretary", "educationSessionHold", education.session(**changes), "session { id }"
    )
    return str(payload["session"]["id"])


async def planned(education: Any, unit: str = "branch", by: str = "officer") -> str:
    given = education.session(unit, heldOn="2026-07-01", hours="8", form="CONCENTRATED")
    payload = await education.done(by, "educationSessionPlan", given, "session { id }")
    return str(payload["session"]["id"])


def mark(education: Any, session: str, *marks: tuple[Any, str]) -> dict[str, Any]:
    listed = [{"member": education.id(who), "presence": how} for who, how in marks]
    return {"session": session, "marks": listed}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"heldOn": "2026-06-16"}, ["education.session_held_in_future"]),
        ({"heldOn": "2026-01-01"}, ["education.late_reason_missing"]),
        ({"hours": "0"}, ["education.hours_not_positive"]),
        ({"hours": "9"}, ["education.day_overfull"]),
        ({"topic": "astrology"}, ["education.word_unknown"]),
    ],
)
async def test_a_bad_session_is_refused_by_name(
    education: Any, changes: dict[str, Any], codes: list[str]
) -> None:
    given = education.session(**changes)
    assert await education.refused("secretary", "educationSessionHold", given) == codes


async def test_what_a_session_names_must_exist_for_the_caller(education: Any) -> None:
    stranger = await education.member("far")
    given = education.session(
        lecturer=education.id(stranger),
        teacher=global_id("EducationTeacher", stranger.id),
        planItem=global_id("EducationPlanItem", stranger.id),
    )
    payload = await education.do("secretary", "educationSessionHold", given)
    assert [(e["code"], e["path"]) for e in payload["userErrors"]] == [
        ("education.reference_unknown", ["teacher"]),
        ("education.reference_unknown", ["planItem"]),
        ("education.reference_unknown", ["lecturer"]),
    ]


async def test_a_code_names_one_session(education: Any) -> None:
    await held(education, code="A1")
    given = education.session(code="A1")
    assert await education.refused("secretary", "educationSessionHold", given) == [
        "education.session_code_taken"
    ]


async def test_a_cancelled_session_keeps_its_code_and_says_what_to_do_next(education: Any) -> None:
    session = await held(education, code="A1")
    cancel = {"session": session, "reason": "停电"}
    await education.done("secretary", "educationSessionCancel", cancel, "session { state }")
    given = education.session(code="A1")
    payload = await education.do("secretary", "educationSessionHold", given)
    (error,) = payload["userErrors"]
    assert error["code"] == "education.session_code_cancelled"
    assert error["path"] == ["code"]
    assert "-2" in error["message"]
    await held(education, code="A1-2")


@pytest.mark.clause("S2-05")
async def test_whoever_attended_has_the_hours_and_marking_again_corrects(education: Any) -> None:
    session = await held(education)
    await education.done(
        "recorder",
        "educationSessionAttend",
        mark(education, session, (education.me, "PRESENT"), (education.peer, "ON_LEAVE")),
        "session { present onLeave }",
    )
    assert (await education.standing(education.me))["pending"] == "2"
    await education.verify_list(session)
    assert (await education.standing(education.me))["verified"] == "2"
    assert (await education.standing(education.peer))["verified"] == "0"
    await education.done(
        "recorder",
        "educationSessionAttend",
        mark(education, session, (education.me, "ABSENT"), (education.peer, "PRESENT")),
        "session { present absent }",
    )
    await education.verify_list(session)
    assert (await education.standing(education.me))["verified"] == "0"
    assert (await education.standing(education.peer))["verified"] == "2"
    assert await education.differences() == []


async def test_who_was_enrolled_in_what_was_held_gains_no_more_by_it(education: Any) -> None:
    """Also whoever the list does not name: nothing is planned any more."""
    given = education.session(heldOn="2026-06-15", hours="2")
    payload = await education.done("secretary", "educationSessionPlan", given, "session { id }")
    session = payload["session"]["id"]
    for who in (education.me, education.peer):
        enrolment = {"session": session, "member": education.id(who)}
        await education.done("recorder", "educationSessionEnrol", enrolment, "userErrors { code }")
        assert (await education.standing(who))["enrolled"] == "2"
    marks = mark(education, session, (education.me, "PRESENT"))
    await education.done("recorder", "educationSessionAttend", marks, "session { present }")
    await education.verify_list(session)
    for who, verified in ((education.me, "2"), (education.peer, "0")):
        standing = await education.standing(who)
        assert (standing["verified"], standing["enrolled"]) == (verified, "0")
    assert await education.differences() == []


async def test_a_day_that_a_session_fills_holds_it_once(education: Any) -> None:
    session = await held(education, hours="8")
    given = mark(education, session, (education.me, "PRESENT"))
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    given["marks"][0]["hours"] = "7.5"
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    assert (await education.standing(education.me))["pending"] == "7.5"
    claim = education.hours(earnedOn="2026-06-14", hours="1")
    assert await education.refused("me", "educationCreditClaim", claim) == [
        "education.day_overfull"
    ]


async def test_a_bad_list_is_refused_line_by_line_and_marks_nobody(education: Any) -> None:
    session, stranger = await held(education, hours="5"), await education.member("far")
    await education.claim(earnedOn="2026-06-14", hours="4")
    given = mark(
        education,
        session,
        (education.peer, "PRESENT"),
        (education.me, "PRESENT"),
        (stranger, "PRESENT"),
        (education.peer, "ABSENT"),
    )
    payload = await education.do("recorder", "educationSessionAttend", given)
    assert sorted((e["code"], tuple(e["path"][:2])) for e in payload["userErrors"]) == [
        ("education.day_overfull", ("marks", "1")),
        ("education.marked_twice", ("marks", "3")),
        ("education.member_elsewhere", ("marks", "2")),
    ]
    assert (await education.standing(education.peer))["verified"] == "0"


async def test_where_the_list_verifies_ones_own_place_waits_for_somebody_else(
    education: Any,
) -> None:
    await education.override("attendance_verified_by_other", False, "branch")
    boss = await education.member()
    await education.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    session = await held(education)
    given = mark(education, session, (boss, "PRESENT"), (education.me, "PRESENT"))
    await education.done("boss", "educationSessionAttend", given, "session { present }")
    assert (await education.standing(boss))["pending"] == "2"
    assert (await education.standing(education.me))["verified"] == "2"


async def test_a_member_enrols_in_what_his_committee_offers(education: Any) -> None:
    session = await planned(education, "committee")
    elsewhere = await planned(education, "rival", by="rival")
    document = """query ($id: ID!) { member(id: $id) { education(year: 2026) {
        enrolled sessionsOffered { id title } } } }"""
    answer = await education.read("me", document, id=education.id(education.me))
    assert education.statements == 1
    offered = answer["data"]["member"]["education"]["sessionsOffered"]
    assert [each["id"] for each in offered] == [session]
    me = education.id(education.me)
    assert await education.refused(
        "me", "educationSessionEnrol", {"session": elsewhere, "member": me}
    ) == ["NOT_FOUND"]
    given = {"session": session, "member": me}
    await education.done("me", "educationSessionEnrol", given, "userErrors { code }")
    assert (await education.standing(education.me))["enrolled"] == "8"
    assert await education.refused("me", "educationSessionEnrol", given) == [
        "education.already_marked"
    ]
    assert await education.refused(
        "me", "educationSessionEnrol", {**given, "member": education.id(education.peer)}
    ) in (["NOT_FOUND"], ["FORBIDDEN"])


async def test_a_place_is_given_back_until_it_is_marked(education: Any) -> None:
    planned = await education.done(
        "secretary",
        "educationSessionPlan",
        education.session(heldOn="2026-07-02"),
        "session { id }",
    )
    place = {"session": planned["session"]["id"], "member": education.id(education.me)}
    for login in ("me", "secretary"):
        refused = await education.refused(login, "educationSessionWithdraw", place)
        assert refused == ["education.not_enrolled"]
    await education.done("me", "educationSessionEnrol", place, "userErrors { code }")
    assert (await education.standing(education.me))["enrolled"] == "2"
    await education.done("me", "educationSessionWithdraw", place, "userErrors { code }")
    assert (await education.standing(education.me))["enrolled"] == "0"
    await education.done("me", "educationSessionEnrol", place, "userErrors { code }")


async def test_a_cancelled_session_takes_its_hours_and_places_back(education: Any) -> None:
    session = await held(education)
    given = mark(education, session, (education.me, "PRESENT"))
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    cancel = {"session": session, "reason": "录入有误"}
    await education.done("secretary", "educationSessionCancel", cancel, "session { state }")
    assert (await education.standing(education.me))["verified"] == "0"
    assert await education.refused("recorder", "educationSessionAttend", given) == [
        "education.session_settled"
    ]
    assert await education.differences() == []


async def test_completion_is_read_down_the_tree_in_one_statement(education: Any) -> None:
    session = await held(education)
    given = mark(education, session, (education.me, "PRESENT"))
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    await education.verify_list(session)
    await education.claim(hours="3")
    answer = await education.read(
        "officer",
        """query ($id: ID!) { organization(id: $id) { education(year: 2026) { ...figures }
            children { name education(year: 2026) { ...figures } } } }
        fragment figures on OrganizationEducation {
            members met verifiedHours pendingHours sessions completion averageHours }""",
        id=education.at.id("general"),
    )
    assert education.statements == 1
    top = answer["data"]["organization"]
    assert top["education"] == {
        "members": 2,
        "met": 0,
        "verifiedHours": "2",
        "pendingHours": "3",
        "sessions": 1,
        "completion": "0",
        "averageHours": "1",
    }
    children = {child["name"][-6:]: child["education"] for child in top["children"]}
    assert children["branch"] == top["education"]
    assert children["sother" if "sother" in children else "关other"]["members"] == 0


@pytest.mark.clause("S2-30")
async def test_the_archive_shows_every_credit_with_its_verifier(education: Any) -> None:
    credit = await education.claim(title="网络课程<甲>")
    await education.verify(credit)
    answer = await education.read(
        "me",
        "query ($m: ID!) { educationArchivePage(member: $m, year: 2026) }",
        m=education.id(education.me),
    )
    page = answer["data"]["educationArchivePage"]
    assert "网络课程&lt;甲&gt;" in page
    for text in (
        education.me.name,
        "<td>6月15日</td>",
        "已认定",
        "secretary",
        "未达标",
        "第二十条",
    ):
        assert text in page
    timeline = await education.ledger("education.archive_printed")
    assert timeline == [{"year": 2026}]


async def test_a_certificate_is_numbered_printed_and_void_once(education: Any) -> None:
    me = {"member": education.id(education.me), "year": 2026}
    assert await education.refused("officer", "educationCertificateIssue", me) == [
        "education.hours_not_reached"
    ]
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    payload = await education.done(
        "officer", "educationCertificateIssue", me, "certificate { id serial hours }"
    )
    certificate = payload["certificate"]
    assert (certificate["serial"], certificate["hours"]) == (1, "32")
    assert await education.refused("officer", "educationCertificateIssue", me) == [
        "education.certificate_issued_already"
    ]
    document = "query ($c: ID!) { educationCertificatePage(certificate: $c) }"
    page = await education.read("officer", document, c=certificate["id"])
    assert "准予结业" in page["data"]["educationCertificatePage"]
    void = {"certificate": certificate["id"], "reason": "信息有误"}
    await education.done("officer", "educationCertificateVoid", void, "certificate { id }")
    page = await education.read("officer", document, c=certificate["id"])
    assert page["data"] is None or page["data"]["educationCertificatePage"] is None
    again = await education.done(
        "officer", "educationCertificateIssue", me, "certificate { serial }"
    )
    assert again["certificate"]["serial"] == 2


async def test_nobody_exempts_himself_and_consent_is_needed(education: Any) -> None:
    boss = await education.member()
    await education.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    given = {
        "member": education.id(boss),
        "year": 2026,
        "ground": "ILL",
        "consent": " ",
    }
    assert await education.refused("boss", "educationExempt", given) == [
        "education.consent_missing",
        "education.own_exemption",
    ]
    await education.done(
        "officer", "educationExempt", {**given, "consent": "本人同意"}, "member { name }"
    )
    standing = await education.standing(boss)
    assert (standing["required"], standing["met"]) == ("0", True)
    assert "ill" in standing["reason"]


@pytest.mark.clause("S0-36", "S2-06", "EM-20")
async def test_who_will_miss_the_year_is_listed_with_reason_and_basis(education: Any) -> None:
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    document = """query ($o: ID!, $outlook: EducationOutlook!) { educationBehind(organization: $o,
        year: 2026, first: 50, outlook: $outlook) { totalCount nodes { name
        education(year: 2026) { willMiss behindPace met reason basis } } } }"""
    for outlook, field, wanted in (
        ("WILL_MISS", "willMiss", True),
        ("BEHIND_PACE", "behindPace", True),
        ("NOT_MET", "met", False),
    ):
        answer = await education.read(
            "secretary", document, o=education.at.id("branch"), outlook=outlook
        )
        assert education.statements == 1
        (node,) = answer["data"]["educationBehind"]["nodes"]
        assert node["name"] == education.peer.name
        assert node["education"][field] is wanted
        assert "0 class hours are verified" in node["education"]["reason"]
        assert "第二十条" in node["education"]["basis"]


@pytest.mark.parametrize("year", [0, 100000, -5])
async def test_an_impossible_year_is_refused_and_not_a_fault(education: Any, year: int) -> None:
    answer = await education.read(
        "officer",
        """query ($o: ID!, $y: Int!) {
            educationBehind(organization: $o, year: $y, first: 5) { nodes { name } } }""",
        o=education.at.id("branch"),
        y=year,
    )
    assert {e["extensions"]["code"] for e in answer["errors"]} == {"BAD_USER_INPUT"}


async def attended(education: Any, session: str, who: Any, **changes: Any) -> None:
    marks = [{"member": education.id(who), "presence": "PRESENT", **changes}]
    given = {"session": session, "marks": marks}
    await education.done("secretary", "educationSessionAttend", given, "session { id }")


@pytest.mark.parametrize("by", ["cancelling", "marking again"])
async def test_hours_that_were_corrected_into_another_year_leave_it_with_their_session(
    education: Any, by: str
) -> None:
    session = await held(education, heldOn="2026-01-03", lateReason="补录")
    await attended(education, session, education.me)
    (credit,) = await education.credits(education.me)
    await education.correct(credit["id"], earnedOn="2025-12-30", hours="2", form="PARTY_LECTURE")
    assert (await education.standing(education.me, year=2025))["pending"] == "2"
    if by == "cancelling":
        given = {"session": session, "reason": "重复录入"}
        await education.done("secretary", "educationSessionCancel", given, "session { id }")
    else:
        await attended(education, session, education.me, presence="ABSENT")
    assert (await education.standing(education.me, year=2025))["pending"] == "0"
    assert [each["state"] for each in await education.credits(education.me, 2025)] == ["VOID"]


async def test_a_day_is_not_overfilled_by_marking_what_was_corrected_to_another_day(
    education: Any,
) -> None:
    session = await held(education, hours="8")
    await attended(education, session, education.me)
    (credit,) = await education.credits(education.me)
    await education.correct(credit["id"], earnedOn="2026-06-13", hours="8", form="PARTY_LECTURE")
    await education.claim(earnedOn="2026-06-14", hours="8")
    marks = [{"member": education.id(education.me), "presence": "PRESENT", "hours": "7"}]
    given = {"session": session, "marks": marks}
    payload = await education.do("secretary", "educationSessionAttend", given)
    (error,) = payload["userErrors"]
    assert error["code"] == "education.day_overfull"
    await attended(education, session, education.me)  # as it is marked already


async def test_a_refusal_by_a_number_says_whose_number_it_is(education: Any) -> None:
    document = """mutation ($input: EducationSessionInput!) {
        educationSessionHold(input: $input) { userErrors { code basis } } }"""
    given = {"input": education.session(heldOn="2026-01-01", hours="9")}
    answer = await education.read("secretary", document, **given)
    errors = answer["data"]["educationSessionHold"]["userErrors"]
    assert [error["code"] for error in errors] == [
        "education.day_overfull",
        "education.late_reason_missing",
    ]
    assert all(error["basis"].startswith("《") for error in errors)


async def test_a_late_meeting_marks_whoever_belonged_there_on_its_day(education: Any) -> None:
    before = await held(education, heldOn="2026-06-01")
    await attended(education, before, education.peer)
    for who in (education.me, education.peer):
        async with education.at.operator() as act:
            await members.transfer(
                act,
                who.id,
                organization_id=education.at.units["other"].id,
                on=date(2026, 6, 10),
                reason="工作调动",
            )
    await attended(education, before, education.me)
    await education.verify_list(before)
    assert (await education.standing(education.me))["verified"] == "2"
    await attended(education, before, education.peer, presence="ABSENT")
    assert (await education.standing(education.peer))["verified"] == "0"
    after = mark(education, await held(education), (education.me, "PRESENT"))
    assert await education.refused("secretary", "educationSessionAttend", after) == [
        "education.member_elsewhere"
    ]


async def test_hours_of_a_list_count_once_somebody_else_verified_them(education: Any) -> None:
    await attended(education, await held(education), education.me)
    assert (await education.standing(education.me))["pending"] == "2"
    (credit,) = await education.credits(education.me)
    given = {"credits": [credit["id"]]}
    assert await education.refused("secretary", "educationCreditVerify", given) == [
        "education.own_claim"
    ]
    await education.verify(credit["id"], by="officer")
    assert (await education.standing(education.me))["verified"] == "2"


async def test_a_unit_lets_its_lists_verify_from_a_day_on_with_a_reason(education: Any) -> None:
    await education.override("attendance_verified_by_other", False, "general", date(2026, 6, 1))
    for day, count in (("2026-05-31", "0"), ("2026-06-01", "2")):
        session = await held(education, heldOn=day)
        await attended(education, session, education.me)
        assert (await education.standing(education.me))["verified"] == count


async def test_a_list_is_verified_at_once_by_those_who_did_not_enter_it(education: Any) -> None:
    """The secretary was there himself: his own place stays for somebody else, and is said."""
    boss = await education.member()
    await education.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    session = await held(education)
    given = mark(education, session, *((who, "PRESENT") for who in (boss, education.me)))
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    verify, asked = "educationSessionVerify", {"session": session}
    for login, codes in (
        ("me", ["FORBIDDEN"]),
        ("recorder", ["FORBIDDEN"]),
        ("rival", ["NOT_FOUND"]),
    ):
        assert await education.refused(login, verify, asked) == codes
    listed = """query ($o: ID!, $s: ID!) { educationCredits(organization: $o, year: 2026, first: 9,
        filter: {session: $s, states: [PENDING]}) { nodes { id member { id } } } }"""
    found = await education.read("officer", listed, o=education.at.id("branch"), s=session)
    nodes = {
        each["member"]["id"]: each["id"] for each in found["data"]["educationCredits"]["nodes"]
    }
    assert nodes.keys() == {education.id(boss), education.id(education.me)}
    decided = await education.verify_list(session, by="boss", remark="已核对")
    assert decided["count"] == 1
    (left,) = decided["left"]
    assert (left["credit"], left["member"]) == (nodes[education.id(boss)], education.id(boss))
    assert (left["code"], left["message"][:18]) == ("education.own_claim", "Hours are verified")
    assert (await education.standing(education.me))["verified"] == "2"
    assert (await education.standing(boss))["pending"] == "2"
    assert await education.refused("boss", verify, asked) == ["education.own_claim"]
    spared = {**asked, "leave": [nodes[education.id(boss)]]}
    assert await education.refused("officer", verify, spared) == ["education.nothing_waits"]
    assert (await education.verify_list(session))["left"] == []
    assert (await education.standing(boss))["verified"] == "2"
    assert await education.refused("officer", verify, asked) == ["education.nothing_waits"]
    (told, _) = await education.ledger("education.credit_verified")
    assert told["reason"] == "已核对"
    assert await education.differences() == []


async def test_a_list_of_the_committee_is_verified_branch_by_branch(education: Any) -> None:
    """A secretary verifies those of the own branch, and learns of nobody else's."""
    far = await education.member("other")
    given = education.session("general", title="集中轮训")
    made = await education.done("officer", "educationSessionHold", given, "session { id }")
    session = made["session"]["id"]
    marks = mark(education, session, (education.me, "PRESENT"), (far, "PRESENT"))
    await education.done("officer", "educationSessionAttend", marks, "session { present }")
    assert await education.verify_list(session, by="secretary") == {
        "count": 1,
        "left": [],
        "userErrors": [],
    }
    assert (await education.standing(education.me))["verified"] == "2"
    assert (await education.standing(far, "municipal"))["pending"] == "2"


async def test_a_certificate_says_when_its_hours_no_longer_count(education: Any) -> None:
    for day in range(10, 14):
        session = await held(education, heldOn=f"2026-06-{day}", hours="8")
        await attended(education, session, education.me)
        await education.verify_list(session)
    me = {"member": education.id(education.me), "year": 2026}
    payload = await education.done("officer", "educationCertificateIssue", me, "certificate { id }")
    document = """query ($c: ID!, $m: ID!) { educationCertificatePage(certificate: $c)
        member(id: $m) { education(year: 2026) { certificateCovered } } }"""
    asked = {"c": payload["certificate"]["id"], "m": education.id(education.me)}
    data = (await education.read("officer", document, **asked))["data"]
    assert data["member"]["education"]["certificateCovered"] is True
    assert "已不足" not in data["educationCertificatePage"]
    (first, *_) = await education.credits(education.me)
    void = {"credit": first["id"], "reason": "误录"}
    await education.done("officer", "educationCreditVoid", void, "credit { id }")
    data = (await education.read("officer", document, **asked))["data"]
    assert data["member"]["education"]["certificateCovered"] is False
    assert "现认定 24 学时" in data["educationCertificatePage"]
    peer = {"c": asked["c"], "m": education.id(education.peer)}
    data = (await education.read("officer", document, **peer))["data"]
    assert data["member"]["education"]["certificateCovered"] is None


async def test_who_was_marked_by_mistake_is_taken_off_the_list_with_the_hours(
    education: Any,
) -> None:
    session = await held(education)
    given = {"session": session, "member": education.id(education.me), "reason": "误登"}
    strike = "educationSessionStrike"
    assert await education.refused("secretary", strike, given) == ["education.not_marked"]
    await attended(education, session, education.me)
    await attended(education, session, education.peer)
    wrong = {**given, "reason": " "}
    assert await education.refused("secretary", strike, wrong) == ["education.reason_missing"]
    assert await education.refused("me", strike, given) == ["FORBIDDEN"]
    shown = "session { present absent attendance { member { id } } }"
    left = (await education.done("secretary", strike, given, shown))["session"]
    assert left["attendance"] == [{"member": {"id": education.id(education.peer)}}]
    assert (left["present"], left["absent"]) == (1, 0)
    assert (await education.standing(education.me))["verified"] == "0"
    assert [each["state"] for each in await education.credits(education.me)] == ["VOID"]
    (told,) = await education.ledger("education.attendance_struck")
    assert told["reason"] == "误登"
    await attended(education, session, education.me)
    assert (await education.standing(education.me))["pending"] == "2"
    assert await education.differences() == []
