"""Trusted documents: what may be asked by text, by id, by whom, over every door."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from zhibu.graph.trusted import MANIFEST, Trusted, digest
from zhibu.settings import SettingInvalid, Settings
from zhibu.testing.house import House, Institution

KNOWN = "query Own { viewer { name } }"
STRANGE = "query Strange { viewer { name } }"
SIGN_IN = "mutation SignIn($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }"
JOB = 'subscription Job { jobProgress(id: "Sm9i") { state } }'


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


def trust(house: House, mode: str, *documents: str, free: tuple[str, ...] = ("token",)) -> None:
    settings = replace(house.platform.settings, documents=mode, documents_free=free)
    manifest = {digest(each): each for each in documents}
    (settings.data / MANIFEST).write_text(json.dumps(manifest))
    house.platform.trusted = Trusted(settings)


async def ask(institution: Institution, login: str = "officer", **body: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {institution.credentials[login]}"}
    return await institution.house.client.post("/graphql", json=body, headers=headers)


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


def persisted(document: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(document)}}


async def test_a_registered_document_is_asked_by_its_id(institution: Institution) -> None:
    for mode in ("open", "allow", "only"):
        trust(institution.house, mode, KNOWN)
        for body in (
            {"documentId": f"sha256:{digest(KNOWN)}"},
            {"documentId": digest(KNOWN), "operationName": "Own"},
            {"extensions": persisted(KNOWN)},
            {"extensions": persisted(KNOWN), "query": KNOWN},
        ):
            answer = await ask(institution, **body)
            assert answer.json() == {"data": {"viewer": {"name": "officer"}}}, (mode, body)


async def test_an_id_that_nobody_registered_is_named_so(institution: Institution) -> None:
    for mode in ("open", "allow", "only"):
        trust(institution.house, mode, KNOWN)
        for body in (
            {"documentId": digest(STRANGE)},
            {"extensions": persisted(STRANGE)},
            {"extensions": persisted(STRANGE), "query": STRANGE},  # nothing is registered by asking
        ):
            answer = await ask(institution, **body)
            assert answer.headers["content-type"] == "application/json"
            assert error(answer) == (400, "PERSISTED_QUERY_NOT_FOUND")


@pytest.mark.parametrize(
    ("mode", "known", "strange"), [("open", 200, 200), ("allow", 200, 403), ("only", 403, 403)]
)
async def test_each_mode_takes_the_texts_it_says(
    institution: Institution, mode: str, known: int, strange: int
) -> None:
    trust(institution.house, mode, KNOWN)
    assert (await ask(institution, query=KNOWN)).status_code == known
    answer = await ask(institution, query=STRANGE)
    assert answer.status_code == strange
    if strange == 403:
        assert error(answer) == (403, "FORBIDDEN")


async def test_another_text_is_not_smuggled_in_under_an_id(institution: Institution) -> None:
    trust(institution.house, "only", KNOWN)
    answer = await ask(institution, query=STRANGE, extensions=persisted(KNOWN))
    assert error(answer) == (400, "BAD_USER_INPUT")
    answer = await ask(institution, query=STRANGE, trusted=True)
    assert error(answer) == (403, "FORBIDDEN")


async def test_whoever_is_let_out_of_it_asks_anything_and_nobody_else(
    institution: Institution,
) -> None:
    trust(institution.house, "only", KNOWN, free=("committee_officer",))
    assert (await ask(institution, "officer", query=STRANGE)).status_code == 200
    assert (await ask(institution, "recorder", query=STRANGE)).status_code == 403
    trust(institution.house, "only", KNOWN, free=("session",))
    assert (await ask(institution, "recorder", query=STRANGE)).status_code == 200
    assert error(await institution.house.client.post("/graphql", json={"query": KNOWN})) == (
        403,
        "FORBIDDEN",
    )


async def test_signing_in_is_a_document_like_any_other(house: House) -> None:
    await house.found()
    variables = {"input": {"tenant": "yunling", "login": "nobody", "password": "x"}}
    house.platform.attempts.answer_after = 0.0
    trust(house, "only", SIGN_IN)
    body: dict[str, Any] = {"query": SIGN_IN, "variables": variables}
    assert (await house.client.post("/graphql", json=body)).status_code == 403
    body = {"documentId": digest(SIGN_IN), "variables": variables}
    assert (await house.client.post("/graphql", json=body)).status_code == 200


async def test_streams_are_held_to_it_too(institution: Institution) -> None:
    trust(institution.house, "only", KNOWN, JOB)
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        await socket.subscribe("text", JOB)
        answer = await socket.receive()
        assert answer["payload"][0]["extensions"]["error"] == "core.document_not_trusted"
        payload = {"documentId": digest(JOB)}
        await socket.send({"id": "id", "type": "subscribe", "payload": payload})
        answer = await socket.receive()
        assert answer["payload"]["errors"][0]["extensions"]["error"] == "core.global_id_invalid"


@pytest.mark.parametrize(
    "body",
    [{}, {"documentId": 7}, {"query": None}, {"extensions": []}, {"extensions": {"x": 1}},
     {"documentId": "0" * 64, "query": 7}],
)  # fmt: skip
async def test_what_asks_for_no_document_is_no_request(
    institution: Institution, body: dict[str, Any]
) -> None:
    assert error(await ask(institution, **body)) == (400, "BAD_USER_INPUT")


def configured(tmp_path: Path, **changes: Any) -> Settings:
    return Settings(data=tmp_path, **changes)


def asked(trusted: Trusted, document: str) -> str:
    return trusted.requested({"documentId": digest(document)})[0]


def test_manifests_of_tools_are_read_and_what_is_added_later_is_seen(tmp_path: Path) -> None:
    apollo = tmp_path / "apollo.json"
    operation = {"id": digest(KNOWN), "body": KNOWN, "name": "Own", "type": "query"}
    apollo.write_text(json.dumps({"format": "…", "version": 1, "operations": [operation]}))
    trusted = Trusted(configured(tmp_path, document_manifests=(str(apollo),)))
    assert asked(trusted, KNOWN) == KNOWN
    (tmp_path / MANIFEST).write_text(json.dumps({f"sha256:{digest(STRANGE)}": STRANGE}))
    trusted._looked = 0.0
    assert asked(trusted, STRANGE) == STRANGE
    os.unlink(tmp_path / MANIFEST)
    trusted._looked = 0.0
    with pytest.raises(Exception, match="document_unknown"):
        asked(trusted, STRANGE)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"x": "query { a }"}', '{"operations": [{"id": "x"}]}']
)
def test_a_manifest_that_does_not_hold_is_refused_at_the_start(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "documents"
    file.write_text(content)
    with pytest.raises(SettingInvalid):
        Trusted(configured(tmp_path, document_manifests=(str(file),)))
    with pytest.raises(SettingInvalid):
        Trusted(configured(tmp_path, document_manifests=(str(tmp_path / "nowhere"),)))
    with pytest.raises(SettingInvalid):
        Trusted(configured(tmp_path, documents="perhaps"))
