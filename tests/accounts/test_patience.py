"""Failed sign-ins: whom they lock out, for how long, and that nothing tells who has an account."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from zhibu.accounts import errors
from zhibu.accounts.attempts import Attempts
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.service import passwords
from zhibu.accounts.service.asking import Asker
from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.accounts.tables import Attempt
from zhibu.errors import Unauthenticated
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import PASSWORD, Stage

OFFICE, HOME, CAFE = "10.0.0.9", "192.0.2.1", "203.0.113.7"


async def enter(
    stage: Stage, login: str, password: str, address: str | None = None, tenant: str = "yunling"
) -> None:
    arrival = Arrival(now=stage.now, request_id="test", address=address)
    await sign_in(stage, arrival, tenant=tenant, login=login, password=password)


async def outcome(
    stage: Stage, login: str, password: str, address: str | None = None, tenant: str = "yunling"
) -> str:
    """The code of the refusal, or `in`."""
    try:
        await enter(stage, login, password, address, tenant)
    except Unauthenticated as error:
        return error.code.removeprefix("core.sign_in_")
    return "in"


async def outcomes(stage: Stage, *tries: tuple[Any, ...]) -> list[str]:
    return [await outcome(stage, *each) for each in tries]


@pytest.mark.parametrize("login", ["security", "nobody"])
async def test_five_failures_lock_an_account_for_a_quarter_of_an_hour(
    yunling: Institution, edge: Stage, login: str
) -> None:
    assert await outcomes(edge, *[(login, "wrong")] * 5) == ["refused"] * 5
    with pytest.raises(errors.SignInLocked) as caught:
        await enter(edge, login, PASSWORD)
    assert caught.value.facts == {"minutes": 15}
    assert await outcome(edge, "system", PASSWORD) == "in"
    edge.later(minutes=14, seconds=59)
    assert await outcome(edge, login, PASSWORD) == "locked"
    edge.later(minutes=1)
    right = "in" if login == "security" else "refused"
    assert await outcome(edge, login, PASSWORD) == right


async def test_a_lock_outlives_a_restart_and_holds_in_every_process(
    yunling: Institution, edge: Stage
) -> None:
    for _ in range(5):
        edge.attempts = Attempts(edge.homes, b"test", answer_after=0.0)  # another process
        assert await outcome(edge, "security", "wrong") == "refused"
    edge.attempts = Attempts(edge.homes, b"test", answer_after=0.0)
    assert await outcome(edge, "security", PASSWORD) == "locked"


async def test_tries_at_the_same_moment_are_all_counted(yunling: Institution, edge: Stage) -> None:
    found = await asyncio.gather(*(outcome(edge, "security", f"wrong {n}") for n in range(30)))
    assert sorted(found) == ["locked"] * 25 + ["refused"] * 5


async def test_success_begins_the_count_anew(yunling: Institution, edge: Stage) -> None:
    for _ in range(3):
        assert await outcomes(edge, *[("security", "wrong")] * 4) == ["refused"] * 4
        assert await outcome(edge, "security", PASSWORD) == "in"


async def test_strangers_cannot_lock_out_whoever_works_at_a_familiar_address(
    yunling: Institution, edge: Stage
) -> None:
    await enter(edge, "system", PASSWORD, OFFICE)
    tries = [("security", "wrong", CAFE), ("security", "wrong", HOME)] * 3
    assert await outcomes(edge, *tries) == ["refused"] * 5 + ["locked"]
    assert await outcome(edge, "security", PASSWORD, HOME) == "locked"
    assert await outcome(edge, "security", PASSWORD, OFFICE) == "in"
    edge.later(days=30)
    assert await outcomes(edge, *[("security", "wrong", CAFE)] * 5) == ["refused"] * 5
    edge.later(minutes=14)
    assert await outcome(edge, "security", PASSWORD, OFFICE) == "locked", "familiar no more"


async def test_one_address_may_not_try_account_after_account(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.sign_in_failures_of_address", 7)
    await enter(edge, "system", PASSWORD, HOME)
    for tenant in ("yunling", "elsewhere"):
        tries = [(f"somebody{n}", "wrong", CAFE, tenant) for n in range(4)]
        expected = ["refused"] * 4 if tenant == "yunling" else ["refused"] * 3 + ["locked"]
        assert await outcomes(edge, *tries) == expected
    assert await outcome(edge, "security", PASSWORD, CAFE) == "locked"
    assert await outcome(edge, "security", PASSWORD, HOME) == "in"
    edge.later(minutes=15)
    assert await outcome(edge, "security", PASSWORD, CAFE) == "in"


async def test_a_wave_of_failures_leaves_the_institution_to_those_it_knows(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.sign_in_failures_of_institution", 6)
    await enter(edge, "system", PASSWORD, OFFICE)
    tries = [(f"somebody{n}", "wrong", f"198.51.100.{n}") for n in range(7)]
    assert await outcomes(edge, *tries) == ["refused"] * 6 + ["locked"]
    assert await outcome(edge, "security", PASSWORD, HOME) == "locked"
    assert await outcome(edge, "security", PASSWORD, OFFICE) == "in"


async def test_what_is_locked_is_not_counted_further(yunling: Institution, edge: Stage) -> None:
    edge.override("core.sign_in_failures_of_address", 6)
    await outcomes(edge, *[("security", "wrong", CAFE)] * 20)
    assert await outcomes(edge, ("a", "wrong", CAFE), ("b", "wrong", CAFE)) == ["refused", "locked"]


async def test_nothing_set_to_nought_takes_the_limits_away(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.sign_in_failures", 0)
    edge.override("core.sign_in_lock", 0)
    assert await outcomes(edge, *[("security", "wrong")] * 6) == ["refused"] * 5 + ["locked"]


async def test_an_unknown_login_costs_and_leaves_the_same_as_a_known_one(
    yunling: Institution, edge: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []
    verify: Callable[..., Any] = edge.passwords.verify

    async def counting(known: str | None, password: str) -> bool:
        checked.append(known)
        return bool(await verify(known, password))

    monkeypatch.setattr(edge.passwords, "verify", counting)
    left = []
    for login in ("security", "nobody"):
        acts = edge.acts
        with pytest.raises(errors.SignInRefused) as caught:
            await enter(edge, login, "wrong", CAFE)
        left.append((edge.acts - acts, str(caught.value)))
    assert left[0] == left[1]
    assert len(checked) == 2
    assert checked[1] is None
    facts = await edge.ledger(yunling.tenant.id, "accounts.sign_in_failed")
    assert facts == [{"login": "security", "address": CAFE}, {"login": None, "address": CAFE}]


async def test_checking_nobodys_password_takes_the_costs_of_a_real_one() -> None:
    kept = Passwords(time_cost=3, memory_kib=64, parallelism=2)
    real = await kept.hash("清风 明月")
    assert not kept.outdated(real)
    assert not kept.outdated(kept._nobody)
    assert await kept.verify(real, "清风 明月")
    assert not await kept.verify(None, "清风 明月")
    assert Passwords(time_cost=4, memory_kib=64, parallelism=2).outdated(real)
    kept.close()


async def test_the_last_failure_before_a_lock_is_in_the_ledger(
    yunling: Institution, edge: Stage
) -> None:
    await outcomes(edge, *[("system", "wrong", CAFE)] * 7)
    tenant = yunling.tenant.id
    assert len(await edge.ledger(tenant, "accounts.sign_in_failed")) == 5
    assert await edge.ledger(tenant, "accounts.sign_in_locked") == [
        {"login": "system", "address": CAFE}
    ]


async def test_no_login_and_no_address_is_kept_with_the_counts(
    yunling: Institution, edge: Stage
) -> None:
    await outcome(edge, "security", "wrong", CAFE)
    async with edge.homes.control() as control:
        digests = list(await control.scalars(select(Attempt.digest)))
    assert len(digests) == 3
    assert {len(digest) for digest in digests} == {32}


async def test_who_guesses_the_present_password_is_counted_too(
    yunling: Institution, edge: Stage
) -> None:
    text, signed = await edge.signed(yunling.tenant, "system")
    arrival = Arrival(now=edge.now, request_id="test")
    asker = Asker(tenant=signed.tenant, caller=signed.caller, arrival=arrival)
    for fault in [errors.PasswordWrong] * 5 + [errors.SignInLocked]:
        with pytest.raises(fault):
            await passwords.change(edge, asker, present="wrong", chosen=PASSWORD)
    assert await edge.credentials.authenticate(text, edge.now)


async def test_no_more_passwords_wait_to_be_checked_than_there_are_places() -> None:
    kept = Passwords(time_cost=1, memory_kib=8, threads=1, waiting=2)
    found = await asyncio.gather(
        *(kept.verify(None, "x") for _ in range(8)), return_exceptions=True
    )
    assert [type(each) for each in found] == [bool] * 3 + [errors.SignInBusy] * 5
    assert not await kept.verify(None, "x"), "places are given back"
    kept.close()


async def test_a_password_that_was_not_checked_is_not_counted(
    yunling: Institution, edge: Stage
) -> None:
    edge.passwords.close()
    edge.passwords = Passwords(time_cost=1, memory_kib=8, threads=1, waiting=-1)
    for _ in range(7):
        with pytest.raises(errors.SignInBusy):
            await enter(edge, "security", PASSWORD)
    edge.passwords.close()
    edge.passwords = Passwords(time_cost=1, memory_kib=8)
    assert await outcome(edge, "security", PASSWORD) == "in"


async def test_old_counts_are_forgotten(yunling: Institution, edge: Stage) -> None:
    await outcome(edge, "security", "wrong", CAFE)
    edge.later(days=1, minutes=1)
    await outcome(edge, "security", PASSWORD, HOME)
    async with edge.homes.control() as control:
        assert await control.scalar(select(func.count()).select_from(Attempt)) == 2
