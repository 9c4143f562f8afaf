"""Every number leads to its records, and every record says who answers for it."""

from typing import Any

import pytest

CREDIT = """query ($id: ID!) { educationCredit(id: $id) {
  recordedBy decidedBy corrects evidenceFile { name } } }"""
MINE = """query ($id: ID!) { member(id: $id) { education(year: 2026) {
  enrolled sessionsDue sessionsAttended
  sessionsEnrolled { id } sessionsMarked { id } sessionsNotAttended { id } } } }"""


async def credit(education: Any, id: str, login: str = "secretary") -> dict[str, Any]:
    answer = await education.read(login, CREDIT, id=id)
    assert "errors" not in answer, answer
    assert education.statements == 1
    return dict(answer["data"]["educationCredit"])


async def evidence(education: Any) -> str:
    answer = await education.at.house.client.post(
        "/files",
        content=b"%PDF-1.7 certificate",
        params={"name": "证书.pdf"},
        headers={"authorization": f"Bearer {education.at.credentials['me']}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_whoever_verifies_sees_the_file_and_the_record_says_who_did_what(
    education: Any,
) -> None:
    claimed = await education.claim(evidenceFile=await evidence(education), evidence=None)
    found = await credit(education, claimed)
    assert found == {
        "recordedBy": "me",
        "decidedBy": None,
        "corrects": None,
        "evidenceFile": {"name": "证书.pdf"},
    }
    await education.verify(claimed)
    assert (await credit(education, claimed, "me"))["decidedBy"] == "secretary"
    given = {key: value for key, value in education.hours().items() if key != "member"}
    correction = {**given, "credit": claimed, "hours": "3", "reason": "误录"}
    payload = await education.done(
        "secretary", "educationCreditCorrect", correction, "credit { id }"
    )
    assert (await credit(education, payload["credit"]["id"]))["corrects"] == claimed
    withdrawn = {"content": claimed, "reason": "证书内容不当"}
    await education.done("secretary", "educationContentWithdraw", withdrawn, "content")
    assert (await credit(education, claimed, "me"))["evidenceFile"] is None
    assert (await credit(education, claimed, "municipal"))["evidenceFile"] is None
    assert (await credit(education, claimed))["evidenceFile"] == {"name": "证书.pdf"}


async def test_a_members_sessions_are_as_many_as_their_numbers_say(education: Any) -> None:
    member = education.id(education.me)
    given = education.session(heldOn="2026-06-20")
    payload = await education.done("secretary", "educationSessionPlan", given, "session { id }")
    planned = payload["session"]["id"]
    enrol = {"session": planned, "member": member}
    await education.done("me", "educationSessionEnrol", enrol, "session { id }")
    held = []
    for presence in ("PRESENT", "ON_LEAVE", "ABSENT"):
        payload = await education.done(
            "secretary", "educationSessionHold", education.session(), "session { id }"
        )
        held.append(payload["session"]["id"])
        marks = [{"member": member, "presence": presence}]
        attend = {"session": held[-1], "marks": marks}
        await education.done("recorder", "educationSessionAttend", attend, "session { id }")
    await education.done(
        "secretary", "educationSessionHold", education.session(), "session { id }"
    )  # for which nobody is marked
    for login in ("me", "secretary", "municipal"):
        answer = await education.read(login, MINE, id=member)
        assert education.statements == 1
        mine = answer["data"]["member"]["education"]
        ids = {
            key: {node["id"] for node in mine[key]}
            for key in ("sessionsEnrolled", "sessionsMarked", "sessionsNotAttended")
        }
        assert ids == {
            "sessionsEnrolled": {planned},
            "sessionsMarked": set(held),
            "sessionsNotAttended": set(held[1:]),
        }
        assert (mine["enrolled"], mine["sessionsDue"], mine["sessionsAttended"]) == ("2", 3, 1)


@pytest.mark.clause("S0-36")
async def test_whoever_reached_the_hours_is_listed_as_whoever_did_not(education: Any) -> None:
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    document = """query ($o: ID!) {
        organization(id: $o) { education(year: 2026) { members met notMet } }
        met: educationBehind(organization: $o, year: 2026, first: 9, outlook: MET) {
          totalCount nodes { name } }
        notMet: educationBehind(organization: $o, year: 2026, first: 9, outlook: NOT_MET) {
          totalCount } }"""
    for unit in ("root", "branch"):
        answer = await education.read("municipal", document, o=education.at.id(unit))
        found = answer["data"]
        figures = found["organization"]["education"]
        assert [node["name"] for node in found["met"]["nodes"]] == [education.me.name]
        assert (figures["met"], figures["notMet"]) == (
            found["met"]["totalCount"],
            found["notMet"]["totalCount"],
        )
        assert figures["members"] == figures["met"] + figures["notMet"]
