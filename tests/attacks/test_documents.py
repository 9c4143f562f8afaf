"""Any document up to 16 KB is answered or refused within moments, over every door alike."""

from contextlib import suppress
from typing import Any

import pytest
from graphql import GraphQLError
from tests.attacks import documents as hostile

from zhibu.graph.answering import Answering
from zhibu.graph.errors import QueryTooExpensive
from zhibu.settings import Settings
from zhibu.testing.counting import calls
from zhibu.testing.house import House, Institution
from zhibu.testing.streams import Refused

EACH = 150_000  # calls, which are about 50 ms of a processor


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


def answering(house: House) -> Answering:
    platform = house.platform
    enabled = frozenset(platform.plugins.names)
    return platform.answerings.of(enabled, platform.homes.default.dialect)


async def test_any_document_is_soon_read_or_refused(house: House) -> None:
    engine = answering(house).engine
    engine.operation("{ __typename }")
    told: list[int] = []
    validated = 0
    for document in (*hostile.KNOWN.values(), *hostile.generated(7, 250)):
        with calls() as counted, suppress(QueryTooExpensive, GraphQLError):
            engine.operation(document)
            validated += 1
        told.append(counted.calls)
    assert 50 < validated < len(told) - 100  # both kinds are counted
    assert max(told) < EACH


def codes(answer: dict[str, Any]) -> set[str]:
    return {error["extensions"]["code"] for error in answer["errors"]}


REFUSED = {"QUERY_TOO_EXPENSIVE", "BAD_USER_INPUT"}


async def first_event(house: House, document: str, credential: str) -> dict[str, Any]:
    try:
        async with house.watch(document, credential=credential) as answers:
            return await anext(answers)
    except Refused as refused:
        return refused.answer


async def test_each_known_attack_is_refused_over_every_door(institution: Institution) -> None:
    house, credential = institution.house, institution.credentials["officer"]
    async with house.socket() as socket:
        await socket.begin(credential)
        await institution.ask("officer", "{ viewer { name } }")  # the schema is composed by then
        for name, document in hostile.KNOWN.items():
            with calls() as counted:
                posted = await institution.ask("officer", document)
            assert codes(posted) <= REFUSED, name
            if len(document) < 60_000:
                with calls() as framed:
                    await socket.subscribe(name, document)
                    said = await socket.receive()
                assert framed.calls < EACH, name
                assert said["type"] in ("error", "next"), name
                payload = said["payload"]
                found = payload if isinstance(payload, list) else payload["errors"]
                assert codes({"errors": found}) <= REFUSED, name
                if said["type"] == "next":
                    assert (await socket.receive())["type"] == "complete"
            assert counted.calls < EACH, name
            with calls() as counted:
                streamed = await first_event(house, document, credential)
            assert codes(streamed) <= REFUSED, name
            assert counted.calls < EACH, name


async def test_what_is_refused_is_forgotten(house: House) -> None:
    """A cache of refused documents would let an attacker fill the memory."""
    engine = answering(house).engine
    before = len(engine._operations)
    for document in hostile.KNOWN.values():
        try:
            engine.operation(document)
        except Exception:
            continue
    assert len(engine._operations) - before <= len(hostile.KNOWN)
    assert len(engine._operations) <= engine._kept


async def test_pages_of_other_sites_are_refused(institution: Institution) -> None:
    cookie = f"zhibu_session={institution.credentials['officer']}"
    for origin in ("https://elsewhere.example", "null", "http://zhibu.elsewhere.example"):
        answer = await institution.house.client.post(
            "/graphql",
            json={"query": "{ viewer { name } }"},
            headers={"cookie": cookie, "origin": origin},
        )
        assert answer.status_code == 403
        assert codes(answer.json()) == {"FORBIDDEN"}
    for origin in ("http://zhibu", "https://zhibu"):
        answer = await institution.house.client.post(
            "/graphql",
            json={"query": "{ viewer { name } }"},
            headers={"cookie": cookie, "origin": origin},
        )
        assert answer.json()["data"]["viewer"]
