"""A line for each request: whose, what, how long, what came of it, and nothing else."""

from typing import Any

import orjson
import pytest
from tests.logs.conftest import Log
from tests.web.test_jobs import HEADING, IMPORT, done, hand_in, person, workbook

from zhibu.identifiers import global_id
from zhibu.logs.lines import Lines
from zhibu.settings import SettingInvalid, Settings
from zhibu.testing.counting import statements
from zhibu.testing.house import PASSWORD, House, Institution

MEMBER = "query Card($m: ID!) { member(id: $m) { name } }"
OPEN = """mutation Opened($input: MemberOpenInput!) {
  memberOpen(input: $input) { value userErrors { code } }
}"""
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


@pytest.fixture
def watched(house: House, log: Log) -> Log:
    house.app.endpoint.observers = [log.requests()]  # type: ignore[attr-defined]
    return log


async def test_a_line_says_whose_request_it_was_and_what_came_of_it(
    watched: Log, institution: Institution
) -> None:
    member = await institution.member()
    await institution.ask("officer", MEMBER, {"m": global_id("Member", member.id)})
    line = watched.lines[-1]
    assert line["event"] == "request"
    assert line["tenant"] == institution.tenant.code
    assert line["account"] == str(institution.accounts["officer"])
    assert (line["kind"], line["operation"]) == ("query", "Card")
    assert (line["status"], line["outcome"], line["level"]) == (200, "OK", "info")
    assert line["statements"] >= 1
    assert line["ms"] > 0


async def test_every_statement_of_an_act_is_counted(watched: Log, institution: Institution) -> None:
    given = {"tenant": institution.tenant.code, "login": "officer", "password": PASSWORD}
    await institution.house.ask(SIGN_IN, {"input": given})  # the institution is remembered by then
    with statements() as sent:
        await institution.house.ask(SIGN_IN, {"input": given})
    assert watched.lines[-1]["statements"] == len(sent) > 5


async def test_what_went_well_and_soon_is_left_out_unless_the_settings_say_otherwise(
    house: House, log: Log
) -> None:
    institution = await house.found()
    endpoint = house.app.endpoint  # type: ignore[attr-defined]
    endpoint.observers = [log.requests(every=False)]
    member = {"m": global_id("Member", (await institution.member()).id)}
    await institution.ask("officer", MEMBER, member)
    assert log.lines == []
    await institution.ask("officer", "{ nothing }")
    await house.ask("{ viewer { name } }")
    outcomes = [(line["status"], line["outcome"]) for line in log.lines]
    assert outcomes == [(400, "BAD_USER_INPUT"), (200, "UNAUTHENTICATED")]
    endpoint.observers = [log.requests(every=False, slow=0.0)]
    await institution.ask("officer", MEMBER, member)
    assert log.lines[-1]["level"] == "warning"


def test_a_wish_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SettingInvalid):
        Lines.of(Settings(log_requests="some"))


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"x-request-id": "7f0e8f8e-1d6c-4f0a-a5c3"}, "7f0e8f8e-1d6c-4f0a-a5c3"),
        ({"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
         "4bf92f3577b34da6a3ce929d0e0e4736"),
        ({"traceparent": f"00-{'0' * 32}-00f067aa0ba902b7-01"}, None),
        ({"traceparent": "nonsense"}, None),
        ({"x-request-id": "short"}, None),
        ({"x-request-id": "x" * 65}, None),
        ({"x-request-id": "line\tbreak here"}, None),
        ({"x-request-id": "11010119900307" + "7571"}, None),
        ({"x-request-id": "138" + "00138000"}, None),
        ({}, None),
    ],
)  # fmt: skip
async def test_a_request_keeps_the_id_it_came_with_if_it_is_one(
    watched: Log, institution: Institution, headers: dict[str, str], kept: str | None
) -> None:
    bearer = f"Bearer {institution.credentials['officer']}"
    answer = await institution.house.client.post(
        "/graphql",
        json={"query": "{ member(id: 7) { name } }"},
        headers={**headers, "authorization": bearer},
    )
    said = answer.headers["x-request-id"]
    assert watched.lines[-1]["request"] == said
    assert answer.json()["errors"][0]["extensions"]["requestId"] == said
    if kept is not None:
        assert said == kept
    else:
        assert said not in headers.values()
        assert len(said) == 16


async def test_the_number_of_a_masked_error_leads_to_its_lines(
    watched: Log, institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> Any:
        raise RuntimeError("nobody foresaw it")

    monkeypatch.setattr("zhibu.graph.context.Context.fetch", broken)
    answer = await institution.ask(
        "officer", MEMBER, {"m": global_id("Member", institution.tenant.id)}
    )
    number = answer["errors"][0]["extensions"]["requestId"]
    bug, line = watched.lines[-2:]
    assert (bug["request"], line["request"]) == (number, number)
    assert (bug["exception"]["message"], bug["tenant"]) == ("nobody foresaw it", "yunling")
    assert (line["level"], line["outcome"]) == ("error", "INTERNAL")


async def test_of_other_addresses_only_the_place_is_named(watched: Log, house: House) -> None:
    secret = "s" * 40
    await house.client.get(f"/calendar/{secret}.ics")
    await house.client.get(f"/{secret}")
    await house.client.get("/healthz")
    calendar, nowhere = watched.lines
    assert (calendar["operation"], calendar["status"]) == ("GET /calendar", 404)
    assert nowhere["operation"] == "GET"
    assert secret not in watched.text


async def test_a_socket_has_its_line_once_it_has_ended(
    watched: Log, institution: Institution
) -> None:
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        assert watched.lines == []
    (line,) = watched.lines
    assert (line["operation"], line["status"], line["level"]) == ("socket", 101, "info")
    assert line["account"] == str(institution.accounts["officer"])


async def test_nothing_of_an_import_a_signing_in_and_an_opened_field_is_in_the_log(
    watched: Log, institution: Institution
) -> None:
    house = institution.house
    rows = [person(1, 姓名="欧阳静怡"), person(2, 所在党支部代码="NOWHERE"), person(3)]
    file = await hand_in(institution, workbook(*rows))
    _, job = await done(institution, IMPORT, kind="members", file=file, goodRows=True)
    assert job["report"]["created"] == 2
    token = await house.sign_in(institution.tenant.code, "officer")
    wrong = {"tenant": institution.tenant.code, "login": "officer", "password": "wrong-" + PASSWORD}
    await house.ask(SIGN_IN, {"input": wrong})
    member = await institution.member(phone="138" + "00138000")
    shown = []
    for field in ("IDENTITY_NUMBER", "PHONE"):
        opened = {"member": global_id("Member", member.id), "field": field, "reason": "核对"}
        answer = await institution.ask("officer", OPEN, {"input": opened})
        shown.append(answer["data"]["memberOpen"]["value"])
    assert shown[1] == "138" + "00138000"
    unknown = await institution.ask("officer", 'query { organization(id: "欧阳静怡") { name } }')
    assert "errors" in unknown
    numbers = [*shown, *(row[HEADING.index("公民身份号码")] for row in rows)]
    canaries = [*numbers, "138" + "00138000", "欧阳静怡", PASSWORD, token, "核对", "officer"]
    canaries += institution.credentials.values()
    assert [canary for canary in canaries if canary in watched.text] == []
    said = [line["event"] for line in watched.lines]
    assert said.count("job") == 1
    assert said.count("request") >= 8
    assert orjson.loads(watched.text.splitlines()[0])["request"]
