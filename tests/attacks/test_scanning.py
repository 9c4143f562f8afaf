"""A server as it is installed, asked over HTTP what the scanner graphql-cop asks, and what it does
not think of: forms with files, misspelt fields, sockets."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
import orjson
import pytest
from starlette.testclient import TestClient
from tests.attacks.scanning import CARELESS, PROBES, findings
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from zhibu.graph.errors import CODES
from zhibu.testing.databases import fresh_sqlite
from zhibu.testing.house import PASSWORD, Furnished
from zhibu.testing.serving import served

SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"
SIGN_OUT = "mutation { signOut(input: {}) { userErrors { code } } }"
ELSEWHERE = "http://elsewhere.example"
MISSPELT = ("{ viewr { name } }", "{ viewer { nam } }", "{ members(frst: 1) { nodes { id } } }")
RIGHT = ("viewer", "name", "first", "mean")


@dataclass(frozen=True)
class Installed:
    """A server with the settings it comes with, and the session of somebody who signed in."""

    client: httpx.Client
    session: str

    def ask(self, query: str, **headers: str) -> Any:
        return self.client.post("/graphql", json={"query": query}, headers=headers).json()

    @property
    def cookie(self) -> dict[str, str]:
        return {"cookie": f"zhibu_session={self.session}"}

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.session}"}


@pytest.fixture(scope="module")
def installed(
    founded_sqlite: Furnished, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("installed")
    with pytest.MonkeyPatch.context() as environment, ExitStack() as stack:
        # Or else it might be for its rate that something is refused.
        environment.setenv("ZHIBU_VISITOR_RATE", "0")
        settings = stack.enter_context(fresh_sqlite(founded_sqlite.settings, folder))
        address = stack.enter_context(served(settings))
        client = stack.enter_context(httpx.Client(base_url=address))
        given = {"tenant": "yunling", "login": "officer", "password": PASSWORD}
        asked = {"query": SIGN_IN, "variables": {"input": given}}
        answer = client.post("/graphql", json=asked).json()
        yield Installed(client, answer["data"]["signIn"]["token"])


def test_each_request_finds_what_it_looks_for_where_a_server_is_careless() -> None:
    with TestClient(CARELESS) as client:
        assert findings(client) == [probe.title for probe in PROBES]
    assert len(PROBES) == 12


def test_a_server_as_it_is_installed_gives_a_scanner_nothing_to_report(
    installed: Installed,
) -> None:
    assert findings(installed.client) == []


def test_whatever_a_scanner_asks_is_refused_by_the_contract(installed: Installed) -> None:
    for probe in PROBES:
        answer = installed.client.request(probe.method, "/graphql", **probe.sent)
        if probe.title == "Trace Mode":  # the one that is a proper request
            assert answer.json() == {"data": {"__typename": "Query"}}
            continue
        assert answer.status_code in (400, 401, 405, 415), probe.title
        if probe.method == "POST":
            for error in answer.json()["errors"]:
                assert error["extensions"]["code"] in CODES, probe.title
                assert error["extensions"]["requestId"] == answer.headers["x-request-id"]


def test_whoever_is_signed_in_is_shown_the_schema_and_nothing_else_of_it(
    installed: Installed,
) -> None:
    assert findings(installed.client, headers=installed.bearer) == ["Introspection"]


FORMS: dict[str, dict[str, Any]] = {
    "url-encoded": {"data": {"query": SIGN_OUT}},
    "with files": {
        "files": {
            "operations": (None, orjson.dumps({"query": SIGN_OUT}).decode()),
            "map": (None, "{}"),
        }
    },
    "as plain text": {
        "content": orjson.dumps({"query": SIGN_OUT}),
        "headers": {"content-type": "text/plain"},
    },
    "without saying what it is": {"content": orjson.dumps({"query": SIGN_OUT})},
    "in the address": {"params": {"query": SIGN_OUT}},
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_another_site_acts_for_whoever_is_signed_in(
    installed: Installed, form: str
) -> None:
    sent = dict(FORMS[form])
    headers = {**sent.pop("headers", {}), **installed.cookie}
    answer = installed.client.post("/graphql", headers=headers, **sent)
    assert (answer.status_code, answer.json()["data"]) == (415, None)
    assert installed.ask("{ viewer { name } }", **installed.cookie)["data"]["viewer"]


def test_no_page_of_another_site_acts_for_whoever_is_signed_in(installed: Installed) -> None:
    headers = {**installed.cookie, "origin": ELSEWHERE}
    (error,) = installed.ask(SIGN_OUT, **headers)["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert installed.ask("{ viewer { name } }", **installed.cookie)["data"]["viewer"]


def test_what_is_misspelt_is_put_right_for_nobody(installed: Installed) -> None:
    for document in MISSPELT:
        for headers in ({}, installed.bearer):
            for error in installed.ask(document, **headers)["errors"]:
                said = error["message"].replace("members", "")
                assert not [word for word in RIGHT if f"'{word}'" in said], said
                assert "mean" not in said


def socket(installed: Installed, protocol: str, **given: Any) -> Any:
    address = str(installed.client.base_url).replace("http", "ws", 1).rstrip("/") + "/graphql"
    return connect(address, subprotocols=[Subprotocol(protocol)], open_timeout=20, **given)


def test_no_socket_is_opened_for_a_page_of_another_site(installed: Installed) -> None:
    with pytest.raises(InvalidStatus) as refused:
        socket(
            installed,
            "graphql-transport-ws",
            origin=Origin(ELSEWHERE),
            additional_headers=installed.cookie,
        )
    assert refused.value.response.status_code == 403


def test_a_socket_speaks_no_older_protocol(installed: Installed) -> None:
    with socket(installed, "graphql-ws") as old, pytest.raises(ConnectionClosed) as closed:
        old.recv(20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4406


def test_nobody_asks_through_a_socket_without_saying_who_it_is(installed: Installed) -> None:
    subscribe = {"id": "1", "type": "subscribe", "payload": {"query": "{ __typename }"}}
    for message in (subscribe, {"type": "connection_init"}):
        with socket(installed, "graphql-transport-ws") as opened:
            opened.send(orjson.dumps(message).decode())
            with pytest.raises(ConnectionClosed) as closed:
                opened.recv(20)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


def test_no_act_goes_through_a_socket(installed: Installed) -> None:
    with socket(installed, "graphql-transport-ws") as opened:
        said = {"Authorization": f"Bearer {installed.session}"}
        opened.send(orjson.dumps({"type": "connection_init", "payload": said}).decode())
        assert orjson.loads(opened.recv(20)) == {"type": "connection_ack"}
        asked = {"id": "1", "type": "subscribe", "payload": {"query": SIGN_OUT}}
        opened.send(orjson.dumps(asked).decode())
        answer = orjson.loads(opened.recv(20))
    assert answer["type"] == "error"
    assert answer["payload"][0]["extensions"]["error"] == "core.subscription_only"
    assert installed.ask("{ viewer { name } }", **installed.cookie)["data"]["viewer"]
