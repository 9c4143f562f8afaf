"""Publishing control: what breaches discipline or law is seen by nobody any more, with a reason."""

from base64 import b64decode
from typing import Any

import pytest

from zhibu_education.sheets import CREDITS, TRAINING

BAD = "违规内容"
WITHDRAWN = "(content withdrawn)"
SESSION = """query ($id: ID!) { educationSession(id: $id) {
  title place teacherName withdrawnOn withdrawnReason original } }"""
CREDIT = """query ($id: ID!) { educationCredit(id: $id) {
  title evidence state counted withdrawnOn withdrawnReason original } }"""


async def held(education: Any, **changes: Any) -> str:
    given = education.session(title=BAD, place=BAD, teacherName=BAD, **changes)
    payload = await education.done("secretary", "educationSessionHold", given, "session { id }")
    return str(payload["session"]["id"])


async def withdraw(education: Any, content: str, by: str = "secretary") -> None:
    given = {"content": content, "reason": "违反宣传纪律"}
    await education.done(by, "educationContentWithdraw", given, "content")


async def shown(education: Any, document: str, id: str, login: str = "me") -> dict[str, Any]:
    answer = await education.read(login, document, id=id)
    assert "errors" not in answer, answer
    (found,) = answer["data"].values()
    return dict(found)


@pytest.mark.parametrize("name", ["educationContentWithdraw", "educationContentRestore"])
async def test_who_does_not_answer_for_the_unit_withdraws_nothing(
    education: Any, name: str
) -> None:
    session, credit = await held(education), await education.claim(title=BAD)
    for content in (session, credit):
        given = {"content": content, "reason": "x"}
        assert await education.refused("recorder", name, given) == ["FORBIDDEN"]
        assert await education.refused("me", name, given) == ["FORBIDDEN"]
        assert await education.refused("rival", name, given) == ["NOT_FOUND"]
    other = {"content": education.id(education.me), "reason": "x"}
    assert await education.refused("secretary", name, other) == ["core.global_id_invalid"]
    assert (await shown(education, SESSION, session))["title"] == BAD


async def test_a_withdrawal_says_why_and_happens_once(education: Any) -> None:
    session = await held(education)
    silent = {"content": session, "reason": " "}
    assert await education.refused("secretary", "educationContentWithdraw", silent) == [
        "education.reason_missing"
    ]
    again = {"content": session, "reason": "误撤"}
    assert await education.refused("secretary", "educationContentRestore", again) == [
        "education.content_shown"
    ]
    await withdraw(education, session)
    assert await education.refused("secretary", "educationContentWithdraw", again) == [
        "education.content_is_withdrawn"
    ]


@pytest.mark.clause("S0-38")
async def test_withdrawn_words_are_read_printed_and_exported_by_nobody(education: Any) -> None:
    session, credit = await held(education), await education.claim(title=BAD, evidence=BAD)
    marks = [{"member": education.id(education.me), "presence": "PRESENT"}]
    attend = {"session": session, "marks": marks}
    await education.done("recorder", "educationSessionAttend", attend, "session { present }")
    await education.verify(credit)
    before = await education.standing(education.me)
    for content in (session, credit):
        await withdraw(education, content)
    for login in ("me", "recorder", "municipal"):
        found = await shown(education, SESSION, session, login)
        assert {found["title"], found["place"], found["teacherName"]} == {WITHDRAWN}
        assert (found["withdrawnReason"], found["original"]) == ("违反宣传纪律", None)
    own = await shown(education, CREDIT, credit)
    assert (own["title"], own["evidence"]) == (WITHDRAWN,) * 2
    assert (own["state"], own["counted"], own["withdrawnOn"]) == ("VERIFIED", "4", "2026-06-15")
    assert await education.standing(education.me) == before
    pages = """query ($m: ID!, $s: ID!) { educationArchivePage(member: $m, year: 2026)
        educationSessionPage(session: $s) }"""
    answer = await education.read("officer", pages, m=education.id(education.me), s=session)
    for page in answer["data"].values():
        assert BAD not in page
        assert "（内容已撤回）" in page
    lists = """query ($o: ID!) {
        educationCredits(organization: $o, year: 2026, first: 9) { nodes { title evidence } }
        educationSessions(organization: $o, first: 9) { nodes { title place } } }"""
    answer = await education.read("municipal", lists, o=education.at.id("root"))
    assert BAD not in str(answer)
    async with education.at.by("officer") as act:
        for sheet in (CREDITS, TRAINING):
            assert sheet.read is not None
            assert list(await sheet.read(act, {"year": 2026})) == []


@pytest.mark.clause("S0-38")
async def test_whoever_answers_sees_the_words_and_may_show_them_again(education: Any) -> None:
    await education.at.account("discipline", "discipline_inspection_officer", "committee")
    session = await held(education)
    await withdraw(education, session, by="discipline")
    for login in ("secretary", "discipline", "officer"):
        assert (await shown(education, SESSION, session, login))["original"] == [BAD] * 3
    given = {"content": session, "reason": "经核查没有问题"}
    await education.done("officer", "educationContentRestore", given, "content")
    found = await shown(education, SESSION, session)
    assert (found["title"], found["withdrawnOn"]) == (BAD, None)
    assert [event["reason"] for event in await education.ledger("education.content_withdrawn")] == [
        "违反宣传纪律"
    ]
    assert [event["reason"] for event in await education.ledger("education.content_restored")] == [
        "经核查没有问题"
    ]


@pytest.mark.clause("S0-38")
async def test_what_another_withdrew_is_shown_again_by_nobody_below_nor_by_who_entered_it(
    education: Any,
) -> None:
    await education.at.account("discipline", "discipline_inspection_officer", "committee")
    restore = "educationContentRestore"
    session, mine = await held(education), await held(education)
    given = {"content": session, "reason": "没有问题"}
    await withdraw(education, session, by="discipline")
    assert await education.refused("secretary", restore, given) == ["FORBIDDEN"]
    entered = education.session(title=BAD, organization=education.at.id("committee"))
    payload = await education.done("officer", "educationSessionHold", entered, "session { id }")
    own = {"content": payload["session"]["id"], "reason": "没有问题"}
    await withdraw(education, own["content"], by="discipline")
    assert await education.refused("officer", restore, own) == ["education.own_content_withdrawn"]
    await education.done("discipline", restore, own, "content")
    await withdraw(education, mine)
    await education.done("secretary", restore, {"content": mine, "reason": "误撤"}, "content")
    assert (await shown(education, SESSION, mine))["title"] == BAD


@pytest.mark.clause("S0-38")
async def test_a_credit_does_not_show_the_words_of_a_session_that_is_withdrawn(
    education: Any,
) -> None:
    session = await held(education)
    people = (education.me, education.peer)
    marks = [{"member": education.id(who), "presence": "PRESENT"} for who in people]
    attend = {"session": session, "marks": marks}
    await education.done("recorder", "educationSessionAttend", attend, "session { present }")
    lists = """query ($o: ID!) { educationCredits(organization: $o, year: 2026, first: 9) {
        nodes { id title } } }"""

    async def titles() -> dict[str, str]:
        answer = await education.read("officer", lists, o=education.at.id("branch"))
        return {node["id"]: node["title"] for node in answer["data"]["educationCredits"]["nodes"]}

    first, second = await titles()
    given = {"content": first, "reason": "证明材料不当"}
    await education.done("secretary", "educationContentWithdraw", given, "content")
    await withdraw(education, session)
    restore = "educationContentRestore"
    assert await education.refused("officer", restore, given) == ["education.content_of_session"]
    again = {"content": session, "reason": "经核查没有问题"}
    await education.done("officer", restore, again, "content")
    assert await titles() == {first: WITHDRAWN, second: BAD}


@pytest.mark.clause("S0-38")
async def test_no_line_of_the_ledger_repeats_what_is_withdrawn(education: Any) -> None:
    session, credit = await held(education), await education.claim(title=BAD, evidence=BAD)
    marks = [{"member": education.id(education.me), "presence": "PRESENT"}]
    attend = {"session": session, "marks": marks}
    await education.done("recorder", "educationSessionAttend", attend, "session { present }")
    back = {"credits": [credit], "reason": BAD}
    await education.done("secretary", "educationCreditReturn", back, "count")
    asked = {"credit": credit, "reason": "请复核"}
    await education.done("me", "educationCreditAskReview", asked, "procedure { id }")
    page = "query ($s: ID!) { educationSessionPage(session: $s) }"
    await education.read("secretary", page, s=session)
    lines = """query { ledger(first: 50) { nodes { event sentence facts } }
        procedures(first: 9) { nodes { title particulars } } }"""
    for login, at_least in (("me", 3), ("officer", 5)):
        assert BAD in str(await education.read(login, lines))
        for content in (session, credit):
            await withdraw(education, content)
        answer = await education.read(login, lines)
        nodes = answer["data"]["ledger"]["nodes"]
        assert len(nodes) >= at_least
        assert BAD not in str(answer)
        for content in (session, credit):
            given = {"content": content, "reason": "误撤"}
            await education.done("officer", "educationContentRestore", given, "content")
        assert BAD in str(await education.read(login, lines))


@pytest.mark.clause("S0-38")
async def test_a_withdrawn_session_is_offered_to_nobody_and_its_later_hours_repeat_no_word(
    education: Any,
) -> None:
    given = education.session(title=BAD, heldOn="2026-06-20")
    payload = await education.done("secretary", "educationSessionPlan", given, "session { id }")
    planned = payload["session"]["id"]
    await withdraw(education, planned)
    document = """query ($id: ID!) { member(id: $id) { education(year: 2026) {
        sessionsOffered { id } } } }"""
    answer = await education.read("me", document, id=education.id(education.me))
    assert answer["data"]["member"]["education"]["sessionsOffered"] == []
    enrol = {"session": planned, "member": education.id(education.me)}
    assert await education.refused("me", "educationSessionEnrol", enrol) == [
        "education.content_is_withdrawn"
    ]
    session = await held(education)
    await withdraw(education, session)
    marks = [{"member": education.id(education.peer), "presence": "PRESENT"}]
    attend = {"session": session, "marks": marks}
    await education.done("recorder", "educationSessionAttend", attend, "session { present }")
    lists = """query ($o: ID!) { educationCredits(organization: $o, year: 2026, first: 9) {
        nodes { title hours } } }"""
    answer = await education.read("officer", lists, o=education.at.id("branch"))
    assert answer["data"]["educationCredits"]["nodes"] == [{"title": WITHDRAWN, "hours": "2"}]


@pytest.mark.clause("S0-38")
async def test_a_withdrawn_plan_shows_no_line_and_is_not_printed(education: Any) -> None:
    made = {"organization": education.at.id("branch"), "year": 2026, "title": BAD, "aims": BAD}
    payload = await education.done("secretary", "educationPlanMake", made, "plan { id }")
    plan = payload["plan"]["id"]
    item = {
        "plan": plan,
        "month": 7,
        "title": BAD,
        "form": "SEMINAR",
        "topic": "purpose",
        "hours": "2",
        "audience": BAD,
    }
    await education.done("secretary", "educationPlanAddItem", item, "plan { id }")
    await withdraw(education, plan)
    lists = """query ($o: ID!) { educationPlans(organization: $o, year: 2026, first: 9) {
        nodes { title aims items { id title audience original } } edges { cursor } } }"""
    answer = await education.read("me", lists, o=education.at.id("branch"))
    (found,) = answer["data"]["educationPlans"]["nodes"]
    assert {found["title"], found["aims"], found["items"][0]["title"]} == {WITHDRAWN}
    assert found["items"][0]["original"] is None
    for edge in answer["data"]["educationPlans"]["edges"]:
        assert BAD not in b64decode(edge["cursor"], altchars=b"-_").decode("utf-8", "ignore")
    node = "query ($id: ID!) { node(id: $id) { ... on EducationPlanItem { title audience } } }"
    answer = await education.read("me", node, id=found["items"][0]["id"])
    assert answer["data"]["node"] == {"title": WITHDRAWN, "audience": WITHDRAWN}
    answer = await education.read("secretary", lists, o=education.at.id("branch"))
    (judged,) = answer["data"]["educationPlans"]["nodes"]
    assert judged["items"][0]["original"] == [BAD, BAD]
    for name, given in (
        ("educationPlanPublish", {"plan": plan}),
        ("educationPlanAddItem", item),
    ):
        assert await education.refused("secretary", name, given) == [
            "education.content_is_withdrawn"
        ]
    page = "query ($p: ID!) { educationPlanPage(plan: $p) }"
    answer = await education.read("officer", page, p=plan)
    assert answer["errors"][0]["extensions"]["error"] == "education.content_is_withdrawn"
