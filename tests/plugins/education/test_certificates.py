"""Certificates of completed training whose hours count no longer: told, shown, and decided."""

from typing import Any

import pytest

from zhibu.testing.deadlines import Deadlines

SHOWN = """query ($o: ID!, $m: ID!) {
    educationCertificates(organization: $o, year: 2026, first: 9) { nodes {
        serial covered uncoveredReason uncoveredOn keptOn keptReason voidedOn } }
    waiting: educationCertificates(organization: $o, year: 2026, first: 9, uncovered: true) {
        totalCount }
    member(id: $m) { education(year: 2026) { certificate certificateCovered } } }"""


async def issued(education: Any) -> tuple[str, list[str]]:
    """My certificate of 32 hours, and the four credits that it rests on."""
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    given = {"member": education.id(education.me), "year": 2026}
    made = await education.done("officer", "educationCertificateIssue", given, "certificate { id }")
    return made["certificate"]["id"], credits


async def shown(education: Any, waiting: int) -> Any:
    answer = await education.read(
        "officer", SHOWN, o=education.at.id("root"), m=education.id(education.me)
    )
    assert "errors" not in answer, answer
    data = answer["data"]
    assert data["waiting"]["totalCount"] == waiting
    (certificate,) = data["educationCertificates"]["nodes"]
    held = data["member"]["education"]
    assert held["certificateCovered"] == (certificate["covered"] if held["certificate"] else None)
    return certificate


async def due(education: Any, login: str = "officer") -> list[str]:
    items = await Deadlines(at=education.at).items(
        login, "2026-12-31", kinds=["education.certificate"]
    )
    assert all(item["title"] and item["todo"] and item["basis"] for item in items)
    return [item["memberName"] for item in items]


async def void(education: Any, credit: str) -> None:
    given = {"credit": credit, "reason": "证明不实"}
    await education.done("officer", "educationCreditVoid", given, "credit { id }")


async def keep(education: Any, certificate: str, by: str = "officer") -> list[str]:
    given = {"certificate": certificate, "reason": "已补课"}
    refused: list[str] = await education.refused(by, "educationCertificateKeep", given)
    return refused


async def test_a_certificate_whose_hours_were_voided_is_due_until_it_is_void(
    education: Any,
) -> None:
    certificate, credits = await issued(education)
    assert (await shown(education, 0))["covered"] is True
    assert await due(education) == []
    assert await keep(education, certificate) == ["education.certificate_covered"]
    await void(education, credits[0])
    found = await shown(education, 1)
    assert (found["covered"], found["uncoveredOn"]) == (False, "2026-06-15")
    assert "32" in found["uncoveredReason"]
    assert "24" in found["uncoveredReason"]
    assert await due(education) == [education.me.name]
    assert await due(education, "me") == [education.me.name]
    assert await due(education, "rival") == []
    (told,) = await education.ledger("education.certificate_uncovered")
    assert (told["hours"], told["verified"], told["required"]) == ("32", "24", "32")
    document = "query ($c: ID!) { educationCertificatePage(certificate: $c) }"
    page = await education.read("officer", document, c=certificate)
    assert "现认定 24 学时" in page["data"]["educationCertificatePage"]
    given = {"certificate": certificate, "reason": "学时不足"}
    await education.done("officer", "educationCertificateVoid", given, "certificate { id }")
    assert (await shown(education, 0))["covered"] is None
    assert await due(education) == []
    assert await keep(education, certificate) == ["education.certificate_void"]


async def test_what_is_kept_with_a_reason_waits_again_only_when_it_gets_worse(
    education: Any,
) -> None:
    certificate, credits = await issued(education)
    await void(education, credits[0])
    assert await keep(education, certificate, by="secretary") == ["FORBIDDEN"]
    given = {"certificate": certificate, "reason": " "}
    assert await education.refused("officer", "educationCertificateKeep", given) == [
        "education.reason_missing"
    ]
    assert await keep(education, certificate) == []
    found = await shown(education, 0)
    assert (found["covered"], found["keptOn"], found["keptReason"]) == (
        False,
        "2026-06-15",
        "已补课",
    )
    assert await due(education) == []
    more = await education.claim(earnedOn="2026-05-05", hours="1")
    await education.verify(more)
    assert await due(education) == []
    await void(education, more)
    await shown(education, 0)
    await void(education, credits[1])
    await shown(education, 1)
    assert await due(education) == [education.me.name]


@pytest.mark.parametrize("how", ["requirement", "session", "again"])
async def test_whatever_takes_the_cover_away_is_seen_and_whatever_gives_it_back(
    education: Any, how: str
) -> None:
    if how == "session":
        held = education.session(heldOn="2026-06-01", hours="8")
        made = await education.done("officer", "educationSessionHold", held, "session { id }")
        session = made["session"]["id"]
        marks = [{"member": education.id(education.me), "presence": "PRESENT"}]
        given = {"session": session, "marks": marks}
        await education.done("officer", "educationSessionAttend", given, "session { id }")
        await education.verify_list(session, by="secretary")
    _, credits = await issued(education)
    if how == "requirement":
        await education.override("hours_required", 40, "branch")
        assert "40" in (await shown(education, 1))["uncoveredReason"]
        await education.override(
            "hours_required", 32, "branch", since=education.at.house.now.date()
        )
    elif how == "session":
        given = {"session": session, "reason": "未举行"}
        await education.done("officer", "educationSessionCancel", given, "session { id }")
        await shown(education, 1)
        more = await education.claim(earnedOn="2026-06-02", hours="8")
        await education.verify(more)
    else:
        await void(education, credits[0])
        await shown(education, 1)
        more = await education.claim(earnedOn="2026-06-02", hours="8")
        await education.verify(more)
    found = await shown(education, 0)
    assert (found["covered"], found["uncoveredReason"]) == (True, None)
    assert await due(education) == []


async def test_an_undecided_certificate_is_brought_to_mind(education: Any) -> None:
    _, credits = await issued(education)
    await void(education, credits[0])
    await education.at.later(days=1)
    assert await due(education) == [education.me.name]
