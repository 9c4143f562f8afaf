"""Files in and out: who may, what is refused, and what the ledger says of it."""

from typing import Any

import httpx2 as httpx
import pytest

from zhibu.identifiers import global_id
from zhibu.testing.house import House, Institution

PDF = b"%PDF-1.7\n" + b"evidence " * 50
LEDGER = "query ($e: String) { ledger(first: 10, event: $e) { nodes { event facts } } }"


async def send(
    institution: Institution, login: str | None, body: bytes = PDF, **asked: Any
) -> httpx.Response:
    headers = {"content-type": "application/octet-stream", "accept-language": "en"}
    if login is not None:
        headers["authorization"] = f"Bearer {institution.credentials[login]}"
    return await institution.house.client.post(
        "/files", content=body, headers=headers, params={"name": "证明.pdf", **asked}
    )


async def fetch(institution: Institution, login: str | None, id: str) -> httpx.Response:
    headers = {"accept-language": "en"}
    if login is not None:
        headers["authorization"] = f"Bearer {institution.credentials[login]}"
    return await institution.house.client.get(f"/files/{id}", headers=headers)


async def kept(institution: Institution, login: str = "officer", at: str = "branch") -> str:
    answer = await send(institution, login, organization=institution.id(at))
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


def code(answer: httpx.Response) -> str:
    found: str = answer.json()["errors"][0]["extensions"]["error"]
    return found


async def test_nobody_hands_in_or_opens_a_file_without_signing_in(institution: Institution) -> None:
    sent = await send(institution, None, organization=institution.id("branch"))
    assert (sent.status_code, code(sent)) == (400, "core.upload_header_missing")
    opened = await fetch(institution, None, await kept(institution))
    assert (opened.status_code, code(opened)) == (401, "unauthenticated")


async def test_another_institution_another_branch_and_no_file_at_all_answer_alike(
    institution: Institution,
) -> None:
    other = await institution.house.found("qingshan", "青山市直机关")
    id = await kept(institution)
    answers = [
        await fetch(other, "municipal", id),
        await fetch(institution, "rival", id),
        await fetch(institution, "rival", global_id("Attachment", other.tenant.id)),
    ]
    bodies = []
    for answer in answers:
        body = answer.json()
        del body["errors"][0]["extensions"]["requestId"]
        bodies.append((answer.status_code, body))
    assert bodies[0][0] == 404
    assert bodies[0] == bodies[1] == bodies[2]


async def test_a_role_that_may_not_add_at_the_place_adds_nothing(institution: Institution) -> None:
    unseen = await send(institution, "officer", organization=institution.id("far"))
    assert (unseen.status_code, code(unseen)) == (404, "not_found")
    reader = await send(institution, "district", organization=institution.id("branch"))
    assert (reader.status_code, code(reader)) == (403, "forbidden")
    assert not (institution.house.platform.settings.data / institution.tenant.id.hex).exists()


async def test_what_is_handed_in_comes_out_again_and_both_are_in_the_ledger(
    institution: Institution,
) -> None:
    id = await kept(institution)
    opened = await fetch(institution, "secretary", id)
    assert (opened.status_code, opened.content) == (200, PDF)
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E8")
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert opened.headers["cache-control"] == "no-store"
    for event in ("attachments.added", "attachments.opened"):
        said = await institution.ask("officer", LEDGER, {"e": event})
        assert [entry["event"] for entry in said["data"]["ledger"]["nodes"]] == [event]
    shown = await institution.ask(
        "secretary",
        "query ($id: ID!) { attachment(id: $id) { name mediaType size } node(id: $id) { id } }",
        {"id": id},
    )
    assert shown["data"]["attachment"] == {
        "name": "证明.pdf",
        "mediaType": "application/pdf",
        "size": len(PDF),
    }
    assert shown["data"]["node"] == {"id": id}


async def test_members_keep_files_of_their_own_and_see_only_those(
    institution: Institution,
) -> None:
    me, other = await institution.member(), await institution.member()
    await institution.account("me", member_id=me.id)
    await institution.account("other", member_id=other.id)
    mine = await send(institution, "me")
    assert mine.status_code == 201
    assert (await fetch(institution, "me", mine.json()["id"])).content == PDF
    assert (await fetch(institution, "other", mine.json()["id"])).status_code == 404
    theirs = await send(institution, "me", member=global_id("Member", other.id))
    assert theirs.status_code == 404
    assert (await send(institution, "me", organization=institution.id("branch"))).status_code == 403


@pytest.mark.parametrize(
    ("body", "error", "status"),
    [
        (b"", "core.attachment_empty", 400),
        (b"<html><script>alert(1)</script>", "core.attachment_type_refused", 400),
        (b"MZ\x90\x00", "core.attachment_type_refused", 400),
        (PDF + b"." * 60_000_000, "core.attachment_too_large", 413),
    ],
)
async def test_a_file_is_judged_by_its_content_and_its_size(
    institution: Institution, body: bytes, error: str, status: int
) -> None:
    answer = await send(institution, "officer", body, organization=institution.id("branch"))
    assert (answer.status_code, code(answer)) == (status, error)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\r\nset-cookie: x", "", "x" * 201])
async def test_a_name_that_could_mean_something_else_is_refused(
    institution: Institution, name: str
) -> None:
    answer = await send(institution, "officer", organization=institution.id("branch"), name=name)
    if name:
        assert (answer.status_code, code(answer)) == (400, "core.attachment_name_invalid")
    else:
        assert answer.status_code == 201  # then it is called `file`


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("证明.exe", "证明.exe.pdf"),
        ("PROOF.PDF", "PROOF.PDF"),
        ("a" * 200, "a" * 196 + ".pdf"),
    ],
)
async def test_a_name_ends_as_the_content_is(
    institution: Institution, given: str, shown: str
) -> None:
    sent = await send(institution, "officer", organization=institution.id("branch"), name=given)
    document = "query ($id: ID!) { attachment(id: $id) { name } }"
    answer = await institution.ask("officer", document, {"id": sent.json()["id"]})
    assert answer["data"]["attachment"] == {"name": shown}


async def test_a_form_hands_in_a_file_but_never_on_the_strength_of_a_cookie(
    institution: Institution,
) -> None:
    client, token = institution.house.client, institution.credentials["officer"]
    form: dict[str, Any] = {"files": {"file": ("证明.pdf", PDF, "application/pdf")}}
    place = {"organization": institution.id("branch")}
    cookie = {"cookie": f"zhibu_session={token}"}
    refused = await client.post("/files", params=place, headers=cookie, **form)
    assert code(refused) == "core.upload_header_missing"
    taken = await client.post("/files", params=place, headers={**cookie, "x-zhibu": "1"}, **form)
    assert taken.status_code == 201
    bearer = {"authorization": f"Bearer {token}"}
    assert (await client.post("/files", params=place, headers=bearer, **form)).status_code == 201
    nothing = await client.post("/files", params=place, headers=bearer, files={"x": ("a", PDF)})
    assert code(nothing) == "core.upload_unreadable"


async def test_a_form_is_cut_off_at_the_limit(house: House) -> None:
    institution = await house.found()
    bearer = {"authorization": f"Bearer {institution.credentials['officer']}"}
    answer = await house.client.post(
        "/files",
        params={"organization": institution.id("branch")},
        headers=bearer,
        files={"file": ("a.pdf", PDF + b"." * 60_000_000, "application/pdf")},
    )
    assert (answer.status_code, code(answer)) == (413, "core.attachment_too_large")


WITHDRAW = """mutation ($input: AttachmentWithdrawInput!) { attachmentWithdraw(input: $input) {
  attachment { name withdrawnReason } userErrors { code } } }"""
RESTORE = """mutation ($input: AttachmentWithdrawInput!) { attachmentRestore(input: $input) {
  attachment { name } userErrors { code } } }"""


@pytest.mark.clause("S0-38")
async def test_a_withdrawn_file_is_given_to_nobody_until_it_is_shown_again(
    institution: Institution,
) -> None:
    id = await kept(institution)
    given = {"input": {"file": id, "reason": "违反宣传纪律"}}
    for login, refusal in (("recorder", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        answer = await institution.ask(login, WITHDRAW, given)
        assert answer["errors"][0]["extensions"]["code"] == refusal
    silent = {"input": {"file": id, "reason": " "}}
    answer = await institution.ask("secretary", WITHDRAW, silent)
    assert answer["data"]["attachmentWithdraw"]["userErrors"] == [
        {"code": "core.attachment_reason_missing"}
    ]
    assert (await fetch(institution, "recorder", id)).status_code == 200
    answer = await institution.ask("secretary", WITHDRAW, given)
    assert answer["data"]["attachmentWithdraw"] == {
        "attachment": {"name": "—", "withdrawnReason": "违反宣传纪律"},
        "userErrors": [],
    }
    opened = await fetch(institution, "recorder", id)
    assert (opened.status_code, code(opened)) == (404, "core.attachment_withdrawn")
    assert "违反宣传纪律" in opened.json()["errors"][0]["message"]
    opened = await fetch(institution, "rival", id)
    assert (opened.status_code, code(opened)) == (404, "core.attachment_missing")
    assert (await fetch(institution, "officer", id)).content == PDF
    again = await institution.ask("officer", WITHDRAW, given)
    assert again["data"]["attachmentWithdraw"]["userErrors"] == [
        {"code": "core.attachment_withdrawn_already"}
    ]
    own = await institution.ask("officer", RESTORE, given)
    assert own["data"]["attachmentRestore"]["userErrors"] == [
        {"code": "core.own_attachment_withdrawn"}
    ]
    answer = await institution.ask("secretary", RESTORE, given)
    assert answer["data"]["attachmentRestore"]["attachment"] == {"name": "证明.pdf"}
    assert (await fetch(institution, "recorder", id)).content == PDF
    again = await institution.ask("officer", RESTORE, given)
    assert again["data"]["attachmentRestore"]["userErrors"] == [
        {"code": "core.attachment_not_withdrawn"}
    ]
    for event in ("attachments.withdrawn", "attachments.restored"):
        found = (await institution.ask("officer", LEDGER, {"e": event}))["data"]["ledger"]["nodes"]
        assert [node["facts"]["reason"] for node in found] == ["违反宣传纪律"]
    await institution.ask("officer", WITHDRAW, given)
    answer = await institution.ask("secretary", RESTORE, given)
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
