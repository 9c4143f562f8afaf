"""Pages as PDF: whoever may not see the page gets none, and is told as the field tells it."""

from datetime import date
from typing import Any

import httpx2 as httpx
import pytest

from zhibu.identifiers import global_id
from zhibu.testing.house import Institution

PRINTED = "query ($e: String) { ledger(first: 10, event: $e) { nodes { event } } }"


async def fetch(
    institution: Institution, login: str | None, field: str = "educationArchivePage", **asked: Any
) -> httpx.Response:
    headers = {"accept-language": "en"}
    if login is not None:
        headers["authorization"] = f"Bearer {institution.credentials[login]}"
    client = institution.house.client
    return await client.get(f"/print/{field}.pdf", headers=headers, params=asked)


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
async def member(institution: Institution) -> str:
    return global_id("Member", (await institution.member("branch")).id)


async def test_nobody_prints_without_signing_in(institution: Institution, member: str) -> None:
    answer = await fetch(institution, None, member=member, year=2026)
    assert refused(answer) == (401, "UNAUTHENTICATED")


async def test_another_institution_another_committee_and_no_member_at_all_answer_alike(
    institution: Institution, member: str
) -> None:
    other = await institution.house.found("qingshan", "青山市直机关")
    answers = [
        await fetch(other, "municipal", member=member, year=2026),
        await fetch(institution, "rival", member=member, year=2026),
        await fetch(institution, "rival", member=global_id("Member", other.tenant.id), year=2026),
    ]
    assert [refused(each) for each in answers] == [(404, "NOT_FOUND")] * 3


async def test_whose_role_has_ended_prints_nothing(institution: Institution, member: str) -> None:
    await institution.account("former", "branch_secretary", "branch", until=date(2026, 6, 1))
    answer = await fetch(institution, "former", member=member, year=2026)
    assert refused(answer) == (404, "NOT_FOUND")


async def test_with_the_plugin_off_there_is_no_such_page(
    institution: Institution, member: str
) -> None:
    await institution.switch("education", enabled=False)
    answer = await fetch(institution, "secretary", member=member, year=2026)
    assert refused(answer)[0] == 404


@pytest.mark.parametrize("field", ["members", "nothingPage", "__schema", "viewer", "Page"])
async def test_what_is_no_page_is_not_found(institution: Institution, field: str) -> None:
    assert refused(await fetch(institution, "secretary", field)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"year": "2026"},
        {"year": "soon", "member": "x"},
        {"year": "[2026]", "member": "x"},
        {"year": "2026", "member": '") { id } #'},
    ],
)
async def test_what_it_does_not_take_is_said_as_the_api_says_it(
    institution: Institution, asked: dict[str, str]
) -> None:
    answer = await fetch(institution, "secretary", **asked)
    assert answer.status_code in (400, 404)
    assert answer.json()["errors"]


async def test_whoever_may_see_the_page_gets_it_as_pdf_and_the_ledger_says_so(
    institution: Institution, member: str
) -> None:
    answer = await fetch(institution, "secretary", member=member, year=2026, other="ignored")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")
    await institution.account("auditor", "audit_administrator")
    kept = await institution.ask("auditor", PRINTED, {"e": "education.archive_printed"})
    events = [each["event"] for each in kept["data"]["ledger"]["nodes"]]
    assert events == ["education.archive_printed"]
