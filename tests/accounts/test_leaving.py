"""Whoever is let go at home stays nowhere else: sessions through doors end with those at home."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.accounts import store
from zhibu.accounts.errors import CredentialEnded
from zhibu.accounts.service import accounts, oversight, roles
from zhibu.events.tables import LedgerEntry
from zhibu.identifiers import global_id, row_of
from zhibu.rounds import resume
from zhibu.tenants.founding import suspend
from zhibu.testing.house import House, Institution

GRANT = """mutation ($input: OversightGrantInput!) { oversightGrant(input: $input) {
  oversight userErrors { code } } }"""
ENTER = """mutation ($input: OversightEnterInput!) { oversightEnter(input: $input) {
  token userErrors { code } } }"""
REVOKE = """mutation ($input: OversightRevokeInput!) { oversightRevoke(input: $input) {
  userErrors { code } } }"""
LOOK = "{ members(first: 1) { nodes { id } } }"


async def ask(institution: Institution, by: str, document: str, **given: Any) -> Any:
    answer = await institution.ask(by, document, {"input": given})
    assert "errors" not in answer, answer
    (payload,) = answer["data"].values()
    assert payload["userErrors"] == [], payload
    return payload


async def granted(institution: Institution, tenant: str = "haibin") -> str:
    """A door to the committee for the inspector of another institution."""
    given = {
        "tenant": tenant,
        "login": "inspector",
        "role": "discipline_inspection_officer",
        "organization": institution.id("committee"),
        "since": "2026-06-15",
        "until": "2026-07-01",
        "reason": "专项督导",
    }
    return str((await ask(institution, "guard", GRANT, **given))["oversight"])


@pytest.fixture
async def home(institution: Institution) -> Institution:
    """The overseer's institution; the first one is the one that is seen."""
    await institution.account("guard", "security_administrator")
    await institution.member("branch")
    made = await institution.house.found("haibin", "海滨市委组织部")
    await made.account("inspector", "committee_officer", "committee")
    await made.account("guard", "security_administrator")
    return made


async def inside(institution: Institution) -> int:
    """How many sessions are open there."""
    platform, tenant = institution.house.platform, institution.tenant.id
    async with platform.homes.home(tenant).view(tenant) as session:
        return await store.sessions.open_ones(session, tenant, institution.house.now)


async def left(institution: Institution, event: str = "accounts.oversight_left") -> list[str]:
    """Of whom the ledger says so."""
    platform, tenant = institution.house.platform, institution.tenant.id
    async with platform.homes.home(tenant).view(tenant) as session:
        found = await session.scalars(
            select(LedgerEntry.facts).where(
                LedgerEntry.tenant_id == tenant, LedgerEntry.event == event
            )
        )
        return [facts["overseer"] for facts in found]


async def end_role(home: Institution) -> None:
    async with home.by("guard") as act:
        account = home.accounts["inspector"]
        (held,) = await store.roles.held_by(act.session, act.tenant_id, account)
        await roles.end(act, held.id, until=act.today, reason="卸任")


async def sees(house: House, token: str) -> bool:
    answer = await house.ask(LOOK, credential=token)
    return bool((answer.get("data") or {}).get("members", {}).get("nodes"))


@pytest.mark.parametrize("how", ["disabled", "role ended", "password reset", "sessions ended"])
async def test_whoever_is_let_go_at_home_is_out_of_other_institutions_at_once(
    institution: Institution, home: Institution, how: str
) -> None:
    house = institution.house
    door = await granted(institution)
    token = (await ask(home, "inspector", ENTER, oversight=door))["token"]
    assert await sees(house, token)
    account = global_id("Account", home.accounts["inspector"])
    document, given = {
        "disabled": ("accountDisable(input: $input) { userErrors { code } }", "Account"),
        "password reset": ("passwordReset(input: $input) { userErrors { code } }", "Account"),
        "sessions ended": ("sessionsEnd(input: $input) { userErrors { code } }", "SessionsEnd"),
    }.get(how, ("", ""))
    if document:
        document = f"mutation ($input: {given}Input!) {{ {document} }}"
        await ask(home, "guard", document, account=account)
    else:
        await end_role(home)
    await house.platform.jobs.run_waiting()
    assert not await sees(house, token)
    assert await left(institution) == ["海滨市委组织部 / inspector"]


@pytest.mark.parametrize("how", ["grant over", "disabled at home", "session over"])
async def test_an_overseer_s_socket_closes_within_half_a_minute_of_the_end(
    institution: Institution, home: Institution, how: str
) -> None:
    house = institution.house
    pace = house.platform.streams.pace
    assert pace.recheck <= 30, "it is looked again within half a minute"
    pace.recheck, pace.begin = 0.01, 0.3
    door = await granted(institution)
    if how == "grant over":  # soon, and long before the session would be
        house.now = datetime(2026, 6, 30, 15, 55, tzinfo=UTC)
        await home.later(days=0)
    token = (await ask(home, "inspector", ENTER, oversight=door))["token"]
    async with house.socket() as socket:
        await socket.begin(token)
        if how == "grant over":
            house.now += timedelta(minutes=4, seconds=59)
        await asyncio.sleep(0.05)
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}, "it is open until then"
        if how == "disabled at home":
            account = global_id("Account", home.accounts["inspector"])
            document = "accountDisable(input: $input) { userErrors { code } }"
            document = f"mutation ($input: AccountInput!) {{ {document} }}"
            await ask(home, "guard", document, account=account)
            await house.platform.jobs.run_waiting()
        else:
            house.now += timedelta(seconds=1) if how == "grant over" else timedelta(days=1)
        assert await socket.receive() == {"closed": 4401}


async def test_whoever_is_disabled_while_he_enters_is_not_let_in(
    institution: Institution, home: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job that ends his sessions ran before there was one."""
    house = institution.house
    door, before = await granted(institution), await inside(institution)
    add = store.sessions.add

    async def meanwhile(*given: Any) -> None:
        await add(*given)
        monkeypatch.undo()
        async with home.by("guard") as act:
            await accounts.disable(act, home.accounts["inspector"])

    monkeypatch.setattr(store.sessions, "add", meanwhile)
    signed = await house.platform.credentials.authenticate(home.credentials["inspector"], house.now)
    with pytest.raises(CredentialEnded):
        await oversight.enter(
            house.platform,
            signed.tenant,
            signed.caller,
            row_of(door, "Oversight"),
            now=house.now,
            request="test",
        )
    assert await inside(institution) == before


async def test_an_institution_that_is_suspended_hears_of_it_later_and_keeps_no_other_waiting(
    institution: Institution, home: Institution
) -> None:
    house = institution.house
    third = await house.found("third", "第三")
    await third.account("guard", "security_administrator")
    await third.member("branch")
    tokens = []
    for seen in (institution, third):
        entered = await ask(home, "inspector", ENTER, oversight=await granted(seen))
        tokens.append(entered["token"])
    await suspend(house.platform, institution.tenant.code)
    async with home.by("guard") as act:
        await accounts.disable(act, home.accounts["inspector"])
    await house.platform.jobs.run_waiting()
    assert not await sees(house, tokens[1])
    await suspend(house.platform, institution.tenant.code, suspended=False)
    house.now += timedelta(minutes=1)
    await house.platform.jobs.run_waiting()
    assert not await sees(house, tokens[0])
    assert len(await left(institution)) == 1


async def test_at_its_start_a_process_tells_what_others_could_not_be_told(
    institution: Institution, home: Institution
) -> None:
    """A counterpart that is suspended waits for the next start, and nobody waits for it."""
    platform = institution.house.platform
    third = await institution.house.found("third", "第三")
    await third.account("inspector")
    doors = [await granted(institution, to.tenant.code) for to in (home, third)]
    for code in ("haibin", "third"):
        await suspend(platform, code)
    for door in doors:
        await ask(institution, "guard", REVOKE, oversight=door, reason="工作结束")
    await suspend(platform, "third", suspended=False)
    await resume(platform)
    revoked = "accounts.oversight_revoked"
    assert len(await left(third, revoked)) == 1
    await suspend(platform, "haibin", suspended=False)
    assert await left(home, revoked) == []
    await resume(platform)
    await resume(platform)
    assert [len(await left(each, revoked)) for each in (home, third)] == [1, 1]
