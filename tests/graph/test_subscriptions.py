"""Subscriptions: who is shown what, for how long, and what a socket is not for."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from zhibu.accounts.service import roles, sessions
from zhibu.accounts.store import roles as held
from zhibu.act import Event
from zhibu.graph.sockets import LARGEST, MOST
from zhibu.identifiers import global_id
from zhibu.jobs import service, store
from zhibu.jobs.rules import State
from zhibu.jobs.workbooks import EXPORT
from zhibu.platform import Platform
from zhibu.testing.house import NOON, House, Institution
from zhibu.testing.streams import Refused

JOB = "subscription ($id: ID!) { jobProgress(id: $id) { state done } }"
FOREIGN = "https://elsewhere.example"


@pytest.fixture(autouse=True)
def quickly(house: House) -> None:
    """No look waits for long; what wakes one is what the tests are about."""
    house.platform.streams.pace.least = 0.0


async def enqueued(institution: Institution, login: str = "officer") -> UUID:
    async with institution.by(login) as act:
        path = institution.units["committee"].path
        return await service.enqueue(act, EXPORT, {}, path)


async def finished(institution: Institution, id: UUID) -> None:
    async with institution.operator() as act:
        job = await store.job(act.session, act.tenant_id, id)
        assert job is not None
        ended = replace(job, state=State.SUCCEEDED, outcome={}, finished_at=act.now)
        assert await store.save(act.session, act.tenant_id, job, ended)
        act.record(Event(name="jobs.finished", subject=("Job", id), path="1."))


def watched(institution: Institution, id: UUID, login: str = "officer") -> Any:
    return institution.watch(login, JOB, {"id": global_id("Job", id)})


def code(answer: dict[str, Any]) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


NOTHING = {"data": {"jobProgress": None}}


async def test_nobody_watches_without_signing_in(house: House) -> None:
    with pytest.raises(Refused) as refused:
        async with house.watch(JOB, {"id": global_id("Job", uuid4())}):
            pass
    assert (refused.value.status, code(refused.value.answer)) == (401, "UNAUTHENTICATED")


async def test_a_job_that_is_not_one_s_own_is_watched_like_none(house: House) -> None:
    mine, theirs = await house.found(), await house.found("qingshan", "青山市直机关")
    own = await enqueued(mine)
    for institution, login, id in (
        (mine, "secretary", own),
        (mine, "officer", uuid4()),
        (theirs, "officer", own),
    ):
        async with watched(institution, id, login) as answers:
            assert [answer async for answer in answers] == [NOTHING]


async def test_a_job_is_shown_as_it_goes_on_and_the_stream_ends_with_it(
    institution: Institution,
) -> None:
    id = await enqueued(institution)
    async with watched(institution, id) as answers:
        assert await anext(answers) == {"data": {"jobProgress": {"state": "WAITING", "done": 0}}}
        await finished(institution, id)
        left = [answer async for answer in answers]
    assert left == [{"data": {"jobProgress": {"state": "SUCCEEDED", "done": 0}}}]


async def test_what_did_not_change_is_not_sent_again(institution: Institution) -> None:
    id = await enqueued(institution)
    async with watched(institution, id) as answers:
        await anext(answers)
        for _ in range(3):
            await enqueued(institution)
        await finished(institution, id)
        assert len([answer async for answer in answers]) == 1


async def test_what_another_process_commits_is_seen_too(institution: Institution) -> None:
    house = institution.house
    house.platform.changes.poll = 0.01
    id = await enqueued(institution)
    other = await Platform.open(house.platform.settings, house.platform.plugins)
    other.clock = house.platform.clock
    try:
        async with watched(institution, id) as answers:
            await anext(answers)
            await finished(replace(institution, house=replace(house, platform=other)), id)
            (left,) = [answer async for answer in answers]
    finally:
        await other.close()
    assert left["data"]["jobProgress"]["state"] == "SUCCEEDED"


async def test_a_stream_ends_with_the_session(institution: Institution) -> None:
    id = await enqueued(institution)
    async with watched(institution, id) as answers:
        await anext(answers)
        async with institution.by("officer") as act:
            await sessions.sign_out(act)
        left = [answer async for answer in answers]
    assert [code(answer) for answer in left] == ["UNAUTHENTICATED"]


async def test_a_stream_shows_nothing_more_once_the_role_has_ended(
    institution: Institution,
) -> None:
    id, today = await enqueued(institution), NOON.date()
    account = await institution.account("deputy", "committee_officer", "committee")
    async with watched(institution, id, "deputy") as answers:
        assert (await anext(answers))["data"]["jobProgress"]["state"] == "WAITING"
        async with institution.operator() as act:
            (holding,) = await held.live(act.session, act.tenant_id, account, today)
            await roles.end(act, holding.id, until=today, reason="卸任")
        assert [answer async for answer in answers] == [NOTHING]


async def test_an_open_stream_does_not_keep_a_session_alive(institution: Institution) -> None:
    house = institution.house
    id, idle = await enqueued(institution), house.platform.credentials.limits.idle
    async with watched(institution, id) as answers:
        await anext(answers)
        for part in (0.5, 0.9):
            house.now = NOON + part * idle
            await enqueued(institution, "recorder")
            await asyncio.sleep(0)
        house.now = NOON + idle
        house.platform.changes.committed(institution.tenant.id, {"jobs.enqueued"})
        left = [answer async for answer in answers]
    assert [code(answer) for answer in left] == ["UNAUTHENTICATED"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/graphql-response+json, application/json, text/event-stream", "json"),
        ("*/*", "json"),
        ("text/event-stream", "events"),
        ("text/event-stream;q=1", "events"),
    ],
)
async def test_a_query_is_answered_as_events_only_if_nothing_else_is_taken(
    institution: Institution, accept: str, kind: str
) -> None:
    answer = await institution.house.client.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"accept": accept}
    )
    assert answer.status_code == 200
    if kind == "json":
        assert answer.json() == {"data": {"__typename": "Query"}}
    else:
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.text == (
            'event: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n'
        )


async def test_a_subscription_needs_a_client_that_takes_events(institution: Institution) -> None:
    id = await enqueued(institution)
    for accept in ("application/json", "*/*"):
        variables = {"id": global_id("Job", id)}
        with pytest.raises(Refused) as refused:
            async with institution.watch("officer", JOB, variables, accept=accept):
                pass
        assert (refused.value.status, code(refused.value.answer)) == (406, "BAD_USER_INPUT")
    some = "application/json, text/event-stream"
    async with institution.watch("officer", JOB, {"id": "Sm9i"}, accept=some) as answers:
        assert code(await anext(answers)) == "BAD_USER_INPUT"


async def test_one_credential_watches_so_much_and_no_more(institution: Institution) -> None:
    id = await enqueued(institution)
    institution.house.platform.streams._of_one = 2
    async with watched(institution, id), watched(institution, id):
        with pytest.raises(Refused) as refused:
            async with watched(institution, id):
                pass
    assert (refused.value.status, code(refused.value.answer)) == (429, "RATE_LIMITED")
    async with watched(institution, id) as answers:
        await anext(answers)


async def test_who_does_not_read_is_left_and_costs_nothing_more(institution: Institution) -> None:
    house = institution.house
    house.platform.streams.pace.send = 0.01
    id = await enqueued(institution)

    async def unread(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    body = {"query": JOB, "variables": {"id": global_id("Job", id)}}
    given = [{"type": "http.request", "body": orjson.dumps(body)}]

    async def receive() -> Any:
        return given.pop() if given else await asyncio.Event().wait()

    credential = institution.credentials["officer"].encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"accept", b"text/event-stream"),
        (b"authorization", b"Bearer " + credential),
    ]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
    async with asyncio.timeout(20):
        await house.app(scope, receive, unread)
    assert not house.platform.changes._tenants
    assert not house.platform.streams._open


async def test_a_socket_shows_a_job_until_it_ends(institution: Institution) -> None:
    id = await enqueued(institution)
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        await socket.subscribe("one", JOB, id=global_id("Job", id))
        answer = await socket.receive()
        assert (answer["id"], answer["type"]) == ("one", "next")
        assert answer["payload"]["data"]["jobProgress"]["state"] == "WAITING"
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}
        await finished(institution, id)
        assert (await socket.receive())["payload"]["data"]["jobProgress"]["state"] == "SUCCEEDED"
        assert await socket.receive() == {"id": "one", "type": "complete"}
        await socket.subscribe("one", JOB, id=global_id("Job", id))
        assert (await socket.receive())["type"] == "next"


async def test_what_a_client_completes_is_shown_no_more(institution: Institution) -> None:
    id = await enqueued(institution)
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        await socket.subscribe("one", JOB, id=global_id("Job", id))
        await socket.receive()
        await socket.send({"id": "one", "type": "complete"})
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}
        assert not institution.house.platform.changes._tenants
        await finished(institution, id)
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}


async def test_a_socket_closes_when_the_session_ends(institution: Institution) -> None:
    institution.house.platform.streams.pace.recheck = 0.01
    institution.house.platform.streams.pace.begin = 0.01
    for watching in (True, False):
        id = await enqueued(institution, "officer" if watching else "rival")
        login = "officer" if watching else "rival"
        async with institution.house.socket() as socket:
            await socket.begin(institution.credentials[login])
            if watching:
                await socket.subscribe("one", JOB, id=global_id("Job", id))
                await socket.receive()
            async with institution.by(login) as act:
                await sessions.sign_out(act)
            assert await socket.receive() == {"closed": 4401}


async def test_a_socket_is_for_subscriptions(institution: Institution) -> None:
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        for number, document in enumerate(
            ("{ viewer { name } }", "mutation { signOut(input: {}) { userErrors { code } } }")
        ):
            await socket.subscribe(str(number), document)
            answer = await socket.receive()
            assert (answer["id"], answer["type"]) == (str(number), "error")
            (error,) = answer["payload"]
            assert error["extensions"]["error"] == "core.subscription_only"
    assert (await institution.ask("officer", "{ viewer { name } }"))["data"]["viewer"]


async def test_the_budget_holds_in_a_socket_too(institution: Institution) -> None:
    doubled = "".join(f"fragment f{n} on Job {{ ...f{n + 1} ...f{n + 1} }} " for n in range(40))
    documents = (
        f"subscription {{ jobProgress(id: 1) {{ ...f0 }} }} {doubled} fragment f40 on Job {{ id }}",
        f"subscription {{ jobProgress(id: 1) {{ {'state ' * 700} }} }}",
        "subscription { jobProgress(id: 1) { " + " ".join(f"a{n}: id" for n in range(31)) + "} }",
    )
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        for number, document in enumerate(documents):
            await socket.subscribe(str(number), document)
            (error,) = (await socket.receive())["payload"]
            assert error["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"


async def test_a_socket_carries_so_many_subscriptions_and_no_more(
    institution: Institution,
) -> None:
    id = global_id("Job", await enqueued(institution))
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        for number in range(MOST):
            await socket.subscribe(str(number), JOB, id=id)
            assert (await socket.receive())["type"] == "next"
        await socket.subscribe("more", JOB, id=id)
        answer = await socket.receive()
        assert (answer["id"], answer["type"]) == ("more", "error")
        assert answer["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


@pytest.mark.parametrize(
    ("headers", "closed"),
    [
        ({"origin": FOREIGN}, 4403),
        ({"origin": "null"}, 4403),
        ({"origin": "http://zhibu.elsewhere"}, 4403),
        ({"sec_websocket_protocol": "graphql-ws"}, 4406),
        ({"sec_websocket_protocol": ""}, 4406),
    ],
)
async def test_a_socket_of_another_site_or_of_an_old_protocol_is_refused(
    house: House, headers: dict[str, str], closed: int
) -> None:
    async with house.socket(**headers) as socket:
        assert await socket.receive() == {"closed": closed}


async def test_a_console_served_elsewhere_is_let_in_by_a_setting(
    institution: Institution,
) -> None:
    platform = institution.house.platform
    platform.settings = replace(platform.settings, origins=(FOREIGN,))
    for origin in (FOREIGN, "http://zhibu"):
        async with institution.house.socket(origin=origin) as socket:
            await socket.begin(institution.credentials["officer"])


INIT = {"type": "connection_init", "payload": {}}
SUBSCRIBE = {"id": "1", "type": "subscribe", "payload": {"query": JOB}}


@pytest.mark.parametrize(
    ("sent", "closed"),
    [
        ([INIT], 4401),
        ([{"type": "connection_init", "payload": {"authorization": "Bearer zs_x"}}], 4401),
        ([{"type": "connection_init", "payload": ["Bearer"]}], 4401),
        ([SUBSCRIBE], 4401),
        (["nonsense"], 4400),
        (["[]"], 4400),
        ([b"{}"], 4400),
        ([{"type": "start"}], 4400),
        (["[" * 60_000], 4400),
        (["x" * (LARGEST + 1)], 1009),
        (["支" * (LARGEST // 2)], 1009),
    ],
)
async def test_whoever_breaks_the_protocol_is_put_out(
    house: House, sent: list[Any], closed: int
) -> None:
    async with house.socket() as socket:
        for message in sent:
            await socket.send(message)
        assert await socket.receive() == {"closed": closed}


@pytest.mark.parametrize(
    ("sent", "closed"),
    [
        ([INIT], 4429),
        ([{**SUBSCRIBE, "id": 7}], 4400),
        ([{**SUBSCRIBE, "id": "x" * 101}], 4400),
        ([SUBSCRIBE, SUBSCRIBE], 4409),
    ],
)
async def test_whoever_is_let_in_keeps_to_the_protocol_as_well(
    institution: Institution, sent: list[dict[str, Any]], closed: int
) -> None:
    id = global_id("Job", await enqueued(institution))
    async with institution.house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        for message in sent:
            if message["type"] == "subscribe":
                message = {**message, "payload": {"query": JOB, "variables": {"id": id}}}
            await socket.send(message)
        received = await socket.receive()
        while received.get("type") == "next":
            received = await socket.receive()
        assert received == {"closed": closed}


async def test_whoever_does_not_say_who_it_is_is_put_out(house: House) -> None:
    house.platform.streams.pace.begin = 0.01
    async with house.socket() as socket:
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}
        assert await socket.receive() == {"closed": 4408}


async def test_a_cookie_of_this_site_is_a_credential_too(institution: Institution) -> None:
    cookie = f"zhibu_session={institution.credentials['officer']}"
    async with institution.house.socket(cookie=cookie, origin="http://zhibu") as socket:
        await socket.send({"type": "connection_init"})
        assert await socket.receive() == {"type": "connection_ack"}
    async with institution.house.socket(cookie=cookie, origin=FOREIGN) as socket:
        assert await socket.receive() == {"closed": 4403}
