"""How much may be asked in a while: by an account, an institution, an address, over every door."""

from dataclasses import replace
from typing import Any

import httpx2 as httpx
import orjson
import pytest
from graphql import parse

from zhibu.graph.budget import Budget, spend
from zhibu.graph.rates import BURST, Rates
from zhibu.identifiers import global_id, network, new_id
from zhibu.settings import Settings
from zhibu.testing.house import House, Institution

COSTLY = "{ members(first: 10) { nodes { id name } } }"
PRICE = 1 + 10 * (1 + 2)
FREE = {"account_rate": 0, "tenant_rate": 0, "address_rate": 0, "visitor_rate": 0}
OFTEN = 3  # times that the costly document is answered within the limits below


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def limited(house: House, **rates: int) -> Clock:
    """Limit what may be asked; every clock stands still until the test moves this one."""
    clock = Clock()
    house.platform.rates = Rates(replace(house.platform.settings, **{**FREE, **rates}), clock=clock)
    for buckets in vars(house.platform.rates).values():
        if getattr(buckets, "rate", 0):
            buckets.capacity = OFTEN * PRICE
    return clock


async def post(
    house: House, document: str, *, credential: str = "", variables: Any = None
) -> httpx.Response:
    headers = {"authorization": f"Bearer {credential}"} if credential else {}
    body = {"query": document, "variables": variables}
    return await house.client.post("/graphql", json=body, headers=headers)


async def exhausted(institution: Institution, login: str) -> None:
    credential = institution.credentials[login]
    for _ in range(OFTEN):
        answer = await post(institution.house, COSTLY, credential=credential)
        assert answer.status_code == 200


async def test_an_account_that_has_asked_its_share_waits_and_is_told_how_long(
    institution: Institution,
) -> None:
    house, credential = institution.house, institution.credentials["officer"]
    clock = limited(house, account_rate=2)
    await exhausted(institution, "officer")
    answer = await post(house, COSTLY, credential=credential)
    seconds = -(-PRICE // 2)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(seconds)
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["cost"] == {"requested": PRICE, "remaining": 0, "restoreRate": 2}
    clock.now = seconds - 0.6
    assert (await post(house, COSTLY, credential=credential)).status_code == 429
    clock.now = seconds
    assert (await post(house, COSTLY, credential=credential)).status_code == 200


async def test_what_was_refused_costs_nothing(institution: Institution) -> None:
    house, credential = institution.house, institution.credentials["officer"]
    clock = limited(house, account_rate=1, tenant_rate=1_000)
    await exhausted(institution, "officer")
    house.platform.rates._tenants.capacity *= 2
    for _ in range(5 * OFTEN):
        assert (await post(house, COSTLY, credential=credential)).status_code == 429
    assert (
        await post(house, COSTLY, credential=institution.credentials["rival"])
    ).status_code == 200
    clock.now = PRICE
    assert (await post(house, COSTLY, credential=credential)).status_code == 200


async def test_what_costs_more_than_one_may_ever_ask_is_refused_for_good(
    institution: Institution,
) -> None:
    house, credential = institution.house, institution.credentials["officer"]
    limited(house, account_rate=1)
    house.platform.rates._accounts.capacity = PRICE - 1
    answer = await post(house, COSTLY, credential=credential)
    assert answer.status_code == 400
    assert "retry-after" not in answer.headers
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"
    assert str(PRICE) in error["message"]
    assert str(PRICE - 1) in error["message"]


async def test_one_account_s_share_is_not_another_s(institution: Institution) -> None:
    limited(institution.house, account_rate=1)
    for login in ("officer", "rival", "district"):
        await exhausted(institution, login)


async def test_an_institution_s_accounts_share_and_no_other_s(house: House) -> None:
    mine, theirs = await house.found(), await house.found("qingshan", "青山市直机关")
    limited(house, tenant_rate=1)
    await exhausted(mine, "officer")
    answer = await post(house, COSTLY, credential=mine.credentials["district"])
    assert answer.status_code == 429
    await exhausted(theirs, "officer")


async def test_whoever_comes_from_one_address_shares(house: House) -> None:
    mine, theirs = await house.found(), await house.found("qingshan", "青山市直机关")
    limited(house, address_rate=1)
    await exhausted(mine, "officer")
    answer = await post(house, COSTLY, credential=theirs.credentials["officer"])
    assert answer.status_code == 429


async def test_each_sign_in_of_a_document_counts(house: House) -> None:
    institution = await house.found()
    limited(house, visitor_rate=1)
    house.platform.rates._visitors.capacity = 100
    one = 'signIn(input: {tenant: "yunling", login: "nobody", password: "x"}) { token }'
    house.platform.attempts.answer_after = 0.0
    for document in ("mutation { " + " ".join(f"a{n}: {one}" for n in range(4)) + " }",) * 2:
        answer = await post(house, document)
        assert answer.status_code == 200
        assert "RATE_LIMITED" not in answer.text
    answer = await post(house, "mutation { a: " + one + " b: " + one + " }")
    assert answer.status_code == 429
    await exhausted(institution, "officer")  # whoever is signed in is not held up by visitors


async def test_a_stream_is_refused_too_and_waits_when_it_has_begun(
    institution: Institution,
) -> None:
    house, job = institution.house, "subscription ($id: ID!) { jobProgress(id: $id) { state } }"
    limited(house, account_rate=1)
    await exhausted(institution, "officer")
    async with house.socket() as socket:
        await socket.begin(institution.credentials["officer"])
        await socket.subscribe("one", job, id=global_id("Job", new_id()))
        answer = await socket.receive()
    assert (answer["type"], answer["payload"][0]["extensions"]["code"]) == ("error", "RATE_LIMITED")


@pytest.mark.parametrize(
    ("document", "variables", "price"),
    [
        ("{ viewer { name } }", {}, 2),
        ("{ members(first: 7) { nodes { id } } }", {}, 1 + 7 * 2),
        ("query ($n: Int!) { members(first: $n) { nodes { id } } }", {"n": 7}, 1 + 7 * 2),
        ("query ($n: Int!) { members(first: $n) { nodes { id } } }", {"n": 10**9}, 1 + 100 * 2),
        ("query ($n: Int!) { members(first: $n) { nodes { id } } }", {"n": True}, 1 + 100 * 2),
        ("query ($n: Int!) { members(first: $n) { nodes { id } } }", None, 1 + 100 * 2),
        ("query ($n: Int!) { a(first: $n) { b(first: $n) { c } } d }", {"n": 3}, 1 + 3 + 9 + 1),
        ("query ($n: Int!) { a(first: $n) { b(first: 2) { c } } d }", {"n": 3}, 1 + 3 * 3 + 1),
        ("mutation { signOut(input: {}) { done } }", {}, 10 + 2),
    ],
)
def test_a_document_costs_what_its_variables_ask_for(
    document: str, variables: dict[str, Any] | None, price: int
) -> None:
    (measure,) = spend(parse(document), Budget(cost=10**6))
    assert measure.price_with(variables) == price


def test_a_price_of_many_variables_stays_short() -> None:
    names = [f"v{n}" for n in range(40)]
    fields = " ".join(f"a{name}: members(first: ${name}) {{ nodes {{ id }} }}" for name in names)
    document = f"query ({' '.join(f'${name}: Int!' for name in names)}) {{ {fields} }}"
    (measure,) = spend(parse(document), Budget(cost=10**6, aliases=100, root_fields=100))
    assert len(measure.price) == 1
    assert measure.price_with(dict.fromkeys(names, 1)) == measure.cost


def test_neighbours_of_one_ipv6_network_are_one_address() -> None:
    assert network("2001:db8::1") == network("2001:db8:0:0:ffff::2") != network("2001:db8:0:1::1")
    assert network("fe80::1%eth0") == "fe80::/64"
    assert network("192.0.2.1") != network("192.0.2.2")
    assert network(None) == ""
    assert network("no:address") == "no:address"


async def test_the_default_limits_let_a_person_work(institution: Institution) -> None:
    settings = type(institution.house.platform.settings)()
    largest = Budget().cost
    assert settings.account_rate * BURST >= 4 * largest
    assert settings.tenant_rate > settings.account_rate
    body = orjson.dumps({"query": COSTLY})
    assert len(body) < settings.max_body
