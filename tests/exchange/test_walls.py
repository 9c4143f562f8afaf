"""Who sees messages between institutions: the security administrator, and never what they say."""

from typing import Any
from uuid import UUID

import pytest
from tests.exchange.conftest import Pair

from zhibu.cli.doctor.exchange import examine_exchange
from zhibu.cli.doctor.finding import State

ASKED = """query ($side: ExchangeSide, $state: ExchangeState) {
  exchangeMessages(first: 10, side: $side, state: $state) {
    nodes { id side kind counterpartCode counterpartName number state createdAt endedAt } } }"""


async def seen(pair: Pair, where: str, login: str, **variables: Any) -> list[dict[str, Any]]:
    institution = getattr(pair, where)
    answer = await institution.ask(login, ASKED, variables)
    assert "errors" not in answer, answer
    found: list[dict[str, Any]] = answer["data"]["exchangeMessages"]["nodes"]
    return found


@pytest.fixture
async def told(pair: Pair, about: UUID) -> Pair:
    """One message arrived, and one went to nobody."""
    await pair.say("你好", about)
    await pair.say("在吗", about, to="nowhere")
    await pair.work()
    for institution in (pair.home, pair.there):
        for role in ("system_administrator", "security_administrator", "audit_administrator"):
            await institution.account(role, role)
    return pair


async def test_nobody_without_a_credential_sees_any(told: Pair) -> None:
    answer = await told.home.house.ask(ASKED)
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "login", ["municipal", "officer", "recorder", "system_administrator", "audit_administrator"]
)
async def test_nobody_but_the_security_administrator_sees_any(told: Pair, login: str) -> None:
    answer = await told.home.ask(login, ASKED)
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_each_institution_sees_its_own_part_and_never_what_was_said(
    told: Pair,
) -> None:
    ours = await seen(told, "home", "security_administrator")
    (theirs,) = await seen(told, "there", "security_administrator")
    assert [(row["side"], row["counterpartCode"], row["state"]) for row in ours] == [
        ("OUT", "nowhere", "UNDELIVERABLE"),
        ("OUT", "haibin", "DELIVERED"),
    ]
    assert (theirs["side"], theirs["counterpartCode"], theirs["state"]) == (
        "IN",
        "yunling",
        "RECEIVED",
    )
    assert theirs["counterpartName"] == told.home.tenant.name
    assert {row["counterpartName"] for row in ours} == {None}


async def test_messages_are_found_by_side_and_state(told: Pair) -> None:
    by = "security_administrator"
    (one,) = await seen(told, "home", by, side="OUT", state="DELIVERED")
    assert one["counterpartCode"] == "haibin"
    assert await seen(told, "home", by, side="IN") == []


async def test_what_is_not_delivered_for_a_day_is_told_to_whoever_keeps_the_server(
    pair: Pair, about: UUID
) -> None:
    platform = pair.home.house.platform
    entry = await platform.directory.by_code(pair.home.tenant.code)
    await pair.say("一", about)
    assert (await examine_exchange(platform, entry)).state is State.OK
    await pair.home.later(days=2)
    found = await examine_exchange(platform, entry)
    assert (found.state, found.detail) == (State.WARNING, "1 not delivered within a day")
