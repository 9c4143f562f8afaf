"""Mutations: done once per key, refused whole, and secrets kept in no receipt."""

from typing import Any

import pytest
import strawberry
from sqlalchemy import select

from zhibu.errors import PluginError
from zhibu.events.tables import Receipt
from zhibu.graph import Payload, mutation, outside, secret
from zhibu.reading import Public
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

ADMIT = """mutation ($input: MemberAdmitInput!) {
  memberAdmit(input: $input) { member { id name } userErrors { code path message } }
}"""
FREE = Public("a test")


@strawberry.input
class Keyed:
    idempotency_key: str | None = None


@strawberry.type
class Opened(Payload):
    word: str | None = secret(description="x")


def admission(institution: Institution, **changes: Any) -> dict[str, Any]:
    return {
        "organization": institution.id("branch"),
        "name": "王甲",
        "identityNumber": identity(700),
        "kind": "IN_SERVICE",
        "admittedOn": "2026-06-01",
        "decision": "支部大会决议",
        **changes,
    }


async def admit(institution: Institution, **changes: Any) -> Any:
    answer = await institution.ask("officer", ADMIT, {"input": admission(institution, **changes)})
    return answer["data"]["memberAdmit"]


async def receipts(institution: Institution) -> list[Any]:
    home = institution.house.platform.homes.home(institution.tenant.id)
    query = select(Receipt).where(Receipt.tenant_id == institution.tenant.id)
    async with home.view(institution.tenant.id) as session:
        return list((await session.execute(query)).scalars())


def test_a_secret_and_a_key_do_not_go_together() -> None:
    async def opened(self: Any, act: Any, input: Keyed) -> Opened:
        return Opened(word="secret")

    opened.__annotations__ |= {"input": Keyed, "return": Opened}
    with pytest.raises(PluginError):
        mutation(permission=FREE)(opened)


def test_what_opens_its_own_acts_takes_no_key() -> None:
    async def done(self: Any, context: Any, input: Keyed) -> Payload:
        return Payload()

    done.__annotations__ |= {"input": Keyed, "return": Payload}
    with pytest.raises(PluginError):
        outside(permission=FREE)(done)


async def test_the_same_key_again_answers_the_same_member(institution: Institution) -> None:
    first = await admit(institution, idempotencyKey="a")
    again = await admit(institution, idempotencyKey="a")
    assert first == again
    other = await admit(institution, idempotencyKey="b")
    assert [error["code"] for error in other["userErrors"]] == ["core.identity_taken"]


async def test_a_key_is_not_used_for_anything_else(institution: Institution) -> None:
    await admit(institution, idempotencyKey="a")
    other = await admit(institution, idempotencyKey="a", name="王乙")
    (error,) = other["userErrors"]
    assert (error["code"], error["path"]) == ("core.idempotency_key_reused", ["idempotencyKey"])


async def test_a_refusal_uses_no_key_up(institution: Institution) -> None:
    refused = await admit(institution, idempotencyKey="a", admittedOn="2030-01-01")
    assert refused["userErrors"]
    assert (await admit(institution, idempotencyKey="a"))["userErrors"] == []


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_a_key_has_a_sensible_length(institution: Institution, key: str) -> None:
    (error,) = (await admit(institution, idempotencyKey=key))["userErrors"]
    assert error["code"] == "core.idempotency_key_invalid"


async def test_a_receipt_tells_nothing_of_what_was_entered(institution: Institution) -> None:
    await admit(institution, idempotencyKey="a")
    (receipt,) = await receipts(institution)
    assert set(receipt.answer) == {"row"}
    assert len(receipt.digest) == 16


async def test_every_refusal_is_said_at_once_and_nothing_is_written(
    institution: Institution,
) -> None:
    refused = await admit(institution, name=" ", identityNumber="1", admittedOn="2030-01-01")
    assert refused["member"] is None
    assert len({error["code"] for error in refused["userErrors"]}) >= 3
    assert all(error["message"] and error["path"] for error in refused["userErrors"])
    answer = await institution.ask("officer", "{ members(first: 1) { totalCount } }")
    assert answer["data"]["members"]["totalCount"] == 0
