"""nginx in front of the application: what it lets through, says of who asks, keeps to itself."""

import asyncio
import json
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from tests.deploy.fronting import NAME, Answer, Site, needed, nginx
from tests.web.test_server import JOB, PROTOCOLS, serving
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from zhibu.graph.errors import CODES
from zhibu.graph.rates import Rates
from zhibu.identifiers import global_id
from zhibu.jobs import service
from zhibu.jobs.workbooks import EXPORT
from zhibu.settings import Settings
from zhibu.testing.house import PASSWORD, House, Institution

ORIGIN = f"https://{NAME}"
TOKEN = "t" * 40
POST = ("content-type: application/json",)
GUARDS = ("cache-control", "content-security-policy", "strict-transport-security",
          "x-content-type-options")  # fmt: skip


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return replace(
        sqlite_settings,
        secure_cookies=True,
        hsts=31_536_000,
        address=ORIGIN,
        metrics_token=TOKEN,
        max_attachment=100_000,
    )


class Watched:
    """The application, and what it was told of each request."""

    def __init__(self, app: Any) -> None:
        self.app, self.state = app, app.state
        self.seen: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            self.seen.append(scope)
        await self.app(scope, receive, send)


@asynccontextmanager
async def fronted(
    house: House, folder: Path, **changes: str
) -> AsyncIterator[tuple[Site, Watched]]:
    needed()
    watched = Watched(house.app)
    async with (
        serving(watched, begun=True, proxies=("127.0.0.1",)) as (_, port),
        nginx(folder, port, **changes) as site,
    ):
        yield site, watched


@pytest.fixture
async def site(house: House, tmp_path: Path) -> AsyncIterator[Site]:
    async with fronted(house, tmp_path) as (found, _):
        yield found


def asked(document: str, variables: dict[str, Any] | None = None) -> bytes:
    return json.dumps({"query": document, "variables": variables or {}}).encode()


async def signed_in(site: Site, institution: Institution, *headers: str, source: str) -> Answer:
    given = {"tenant": institution.tenant.code, "login": "officer", "password": PASSWORD}
    document = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"
    body = asked(document, {"input": given})
    return await site.ask("/graphql", *POST, *headers, method="POST", body=body, source=source)


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz", "/", "/calendars", "/docs"])
async def test_nobody_sees_what_is_for_those_who_watch(site: Site, path: str) -> None:
    for headers in ((), (f"authorization: Bearer {TOKEN}",)):
        assert (await site.ask(path, *headers)).status == 404


async def test_who_asks_is_told_by_nginx_and_by_nobody_else(house: House, tmp_path: Path) -> None:
    """Wherever it asks: a location of nginx that sets one header has none of the others."""
    forged = ("x-forwarded-for: 203.0.113.7", "x-forwarded-proto: http", "x-real-ip: 203.0.113.7",
              "forwarded: for=203.0.113.7;proto=http", "x-request-id: forged-by-a-client",
              "x-forwarded-host: evil.example.org")  # fmt: skip
    async with fronted(house, tmp_path) as (site, watched):
        for path in ("/graphql", "/files/x", "/calendar/x", "/explorer", "/sign-in/x", "/verify/x"):
            await site.ask(path, *forged, method="POST", source="127.0.0.9")
            scope = watched.seen.pop()
            headers = dict(scope["headers"])
            assert scope["client"][0] == "127.0.0.9", path
            assert scope["scheme"] == "https", path
            assert headers[b"host"] == NAME.encode(), path
            assert headers[b"x-request-id"] != b"forged-by-a-client", path
            assert len([name for name, _ in scope["headers"] if name == b"x-forwarded-for"]) == 1


async def test_the_rate_is_that_of_who_asks(house: House, tmp_path: Path) -> None:
    """Not that of nginx: others go on signing in while one address has asked for too much."""
    institution = await house.found()
    house.platform.rates = Rates(
        replace(house.platform.settings, visitor_rate=1), clock=lambda: 0.0
    )
    async with fronted(house, tmp_path) as (site, _):
        for number in range(5):
            forged = f"x-forwarded-for: 203.0.113.{number}"
            answer = await signed_in(site, institution, forged, source="127.0.0.9")
        assert answer.status == 429
        assert answer.all("retry-after")
        assert (await signed_in(site, institution, source="127.0.0.10")).status == 200


async def test_a_session_is_in_a_cookie_that_no_neighbouring_site_can_set(
    site: Site, house: House
) -> None:
    session = (await house.found()).credentials["officer"]
    body = asked("{ organizations(first: 1) { nodes { name } } }")
    for cookie, counts in (("__Host-zhibu_session", True), ("zhibu_session", False)):
        headers = (f"cookie: {cookie}={session}", f"origin: {ORIGIN}")
        answer = await site.ask("/graphql", *POST, *headers, method="POST", body=body)
        assert (b"UNAUTHENTICATED" in answer.body) is not counts, answer
        assert (b'"nodes":[{' in answer.body) is counts, answer


async def test_pages_of_other_sites_are_refused(site: Site) -> None:
    body = asked("{ __typename }")
    for origin, status in ((ORIGIN, 200), ("https://evil.example.org", 403)):
        answer = await site.ask("/graphql", *POST, f"origin: {origin}", method="POST", body=body)
        assert answer.status == status


async def test_as_much_is_taken_as_the_application_takes(site: Site, settings: Settings) -> None:
    for path, limit in (("/graphql", settings.max_body), ("/files", 50_065_536)):
        answer = await site.ask(path, *POST, method="POST", length=limit + 1)
        assert answer.status == 413, path
        assert json.loads(answer.body)["errors"][0]["extensions"]["code"] in CODES
    body = asked("{ __typename }").ljust(settings.max_body)
    assert (await site.ask("/graphql", *POST, method="POST", body=body)).status == 200


async def test_who_sends_slowly_never_reaches_the_application(house: House, tmp_path: Path) -> None:
    hasty = {"client_header_timeout": "200ms", "client_body_timeout": "200ms"}
    async with fronted(house, tmp_path, **hasty) as (site, watched):
        for part in (
            b"GET /gra",
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{",
        ):
            reader, writer = await site.connected()
            writer.write(part)
            async with asyncio.timeout(20):
                assert b" 200 " not in await reader.read()
            writer.close()
        assert watched.seen == []


async def test_too_much_at_once_is_told_and_nginx_goes_on_asking(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fronted(house, tmp_path) as (site, watched):
        body = asked("{ __typename }")
        with monkeypatch.context() as patch:
            patch.setattr(watched.app.endpoint.crowd, "_most", 0)
            for _ in range(3):
                answer = await site.ask("/graphql", *POST, method="POST", body=body)
                assert (answer.status, answer.all("retry-after")) == (503, ["2"])
        assert (await site.ask("/graphql", *POST, method="POST", body=body)).status == 200


async def test_an_application_that_is_away_is_told_in_the_words_of_the_api(tmp_path: Path) -> None:
    async with nginx(tmp_path, 1) as site:
        for path in ("/graphql", "/files/secret-of-a-file", "/calendar/secret-of-a-calendar"):
            answer = await site.ask(path)
            assert (answer.status, answer.all("retry-after")) == (503, ["2"])
            (error,) = json.loads(answer.body)["errors"]
            assert error["extensions"]["code"] in CODES
            guarded_once(answer)
        assert "secret-of" not in site.log
        assert '"place":"/calendar"' in site.log


async def test_every_answer_is_guarded_once(site: Site) -> None:
    for path in ("/graphql", "/explorer", "/files/none", "/calendar/none", "/sign-in/none",
                 "/nowhere", "/metrics"):  # fmt: skip
        guarded_once(await site.ask(path))
    guarded_once(await site.ask("/graphql", *POST, method="POST", body=asked("{ __typename }")))
    guarded_once(await site.ask("/graphql", *POST, method="POST", length=2_000_000))


def guarded_once(answer: Answer) -> None:
    for name in GUARDS:
        assert len(answer.all(name)) == 1, (name, answer)
    assert not re.search(r"\d", "".join(answer.all("server")))


async def test_pages_are_sent_on_to_tls_by_this_name_and_programs_are_refused(site: Site) -> None:
    for path, status in (("/explorer", 301), ("/graphql", 403), ("/files/x", 403)):
        reader, writer = await asyncio.open_connection("127.0.0.1", site.plain)
        writer.write(f"GET {path} HTTP/1.1\r\nhost: evil.example.org\r\n\r\n".encode())
        said = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        assert said.startswith(f"HTTP/1.1 {status}".encode())
        if status == 301:
            assert f"location: {ORIGIN}{path}".encode() in said.lower()


async def test_older_tls_is_refused(site: Site) -> None:
    old = site.trusting
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSVersion"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        await asyncio.open_connection("127.0.0.1", site.port, ssl=old, server_hostname=NAME)


async def test_sockets_and_events_pass_as_they_come(site: Site, house: House) -> None:
    institution = await house.found()
    async with institution.by("officer") as act:
        path = institution.units["committee"].path
        variables = {"id": global_id("Job", await service.enqueue(act, EXPORT, {}, path))}
    bearer = f"Bearer {institution.credentials['officer']}"
    place = f"{NAME}:{site.port}"
    socket_of = partial(
        connect,
        f"wss://{place}/graphql",
        host="127.0.0.1",
        ssl=site.trusting,
        subprotocols=PROTOCOLS,
    )
    with pytest.raises(InvalidStatus):
        await socket_of(origin=Origin("https://evil.example.org"))
    payload = {"query": JOB, "variables": variables}
    async with socket_of(origin=Origin(f"https://{place}")) as socket:
        init = {"type": "connection_init", "payload": {"authorization": bearer}}
        await socket.send(json.dumps(init))
        assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        assert json.loads(await socket.recv())["type"] == "next"
    body = asked(JOB, variables)
    reader, writer = await site.connected()
    head = f"POST /graphql HTTP/1.1\r\nhost: {NAME}\r\ncontent-type: application/json\r\n"
    head += f"accept: text/event-stream\r\nauthorization: {bearer}\r\n"
    writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
    async with asyncio.timeout(20):
        assert await reader.readuntil(b'"WAITING"}}}\n\n')  # while the stream goes on
    writer.close()


async def test_a_client_changes_to_no_other_protocol(house: House, tmp_path: Path) -> None:
    async with fronted(house, tmp_path) as (site, watched):
        for protocol in ("h2c", "TLS/1.2", "websocketx"):
            await site.ask("/graphql", f"upgrade: {protocol}", "http2-settings: AAMAAABkAAQ")
            assert b"upgrade" not in dict(watched.seen.pop()["headers"])
