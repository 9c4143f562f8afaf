"""System, security and audit administration are three people's, whichever way one tries."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from zhibu.accounts import store
from zhibu.accounts.service import accounts
from zhibu.accounts.service.passwords import set_by_operator
from zhibu.identifiers import global_id
from zhibu.testing.filled import told
from zhibu.testing.house import PASSWORD, Institution

ROLES = ("system_administrator", "security_administrator", "audit_administrator")
ASSIGN = """mutation ($input: RoleAssignInput!) { roleAssign(input: $input) {
  account { login } userErrors { code } } }"""
TOKEN = """mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) {
  text userErrors { code } } }"""
BIND = """mutation ($input: AccountBindInput!) { accountBind(input: $input) {
  account { id } userErrors { code } } }"""
GRANT = """mutation ($input: OversightGrantInput!) { oversightGrant(input: $input) {
  oversight userErrors { code } } }"""
OPEN = """mutation ($input: AccountCreateInput!) { accountCreate(input: $input) {
  account userErrors { code } } }"""
SWITCH = """mutation ($input: PluginSwitchInput!) { pluginSwitch(input: $input) {
  done userErrors { code } } }"""
LEDGER = "{ ledger(first: 50) { nodes { event by } } }"


@pytest.fixture
async def three(institution: Institution) -> Institution:
    """The administrators that it was founded with, each with a password of their own."""
    house, passwords = institution.house, institution.house.platform.passwords
    for role in ROLES:
        login = role.partition("_")[0]
        async with institution.operator() as act:
            await set_by_operator(act, passwords, login, PASSWORD)
            known = await store.accounts.by_login(act.session, act.tenant_id, login)
        assert known is not None
        institution.accounts[login] = known.id
        institution.credentials[login] = await house.sign_in(institution.tenant.code, login)
    return institution


def wish(institution: Institution, login: str, role: str, **changes: Any) -> dict[str, Any]:
    values = {
        "account": global_id("Account", institution.accounts[login]),
        "role": role,
        "organization": institution.id("root"),
        "since": institution.house.now.date().isoformat(),
        "reason": "任命",
    }
    return {"input": {**values, **changes}}


async def test_no_administrator_is_given_another_s_role_wherever_and_whenever(
    three: Institution,
) -> None:
    later = (three.house.now.date() + timedelta(days=90)).isoformat()
    for login in ("system", "audit"):
        for role in ROLES:
            for changes in ({}, {"organization": three.id("far")}, {"since": later}):
                if role.startswith(login):
                    continue
                answer = await three.ask("security", ASSIGN, wish(three, login, role, **changes))
                expected = "core.administrators_exclude"
                assert told(answer) == [expected], (login, role, changes)
    for login in ("system", "audit", "municipal", "officer"):
        answer = await three.ask(login, ASSIGN, wish(three, "recorder", "audit_administrator"))
        assert told(answer) in (["FORBIDDEN"], ["core.account_organization_unknown"]), login
    own = await three.ask("security", ASSIGN, wish(three, "security", "committee_secretary"))
    assert told(own) == ["core.self_assignment"]


async def test_two_roles_given_at_the_same_moment_do_not_both_come_about(
    three: Institution,
) -> None:
    found = await asyncio.gather(
        *(three.ask("security", ASSIGN, wish(three, "recorder", role)) for role in ROLES)
    )
    assert sorted(map(str, map(told, found))) == [
        "['core.administrators_exclude']",
        "['core.administrators_exclude']",
        "[]",
    ]


async def test_no_post_and_no_binding_makes_an_administrator_or_lets_one_rise(
    three: Institution,
) -> None:
    head = await three.member("branch")
    input = {
        "organization": three.id("branch"),
        "member": global_id("Member", head.id),
        "kind": "SECRETARY",
        "since": "2026-01-01",
    }
    document = """mutation ($input: PostAppointInput!) { postAppoint(input: $input) {
      userErrors { code } } }"""
    assert told(await three.ask("officer", document, {"input": input})) == []
    member = {"member": global_id("Member", head.id)}
    own = {"account": global_id("Account", three.accounts["security"]), **member}
    assert told(await three.ask("security", BIND, {"input": own})) == ["core.own_account"]
    bound = {"account": global_id("Account", three.accounts["audit"]), **member}
    assert told(await three.ask("security", BIND, {"input": bound})) == []
    viewer = await three.ask("audit", "{ viewer { roles { role } } }")
    held = {each["role"] for each in viewer["data"]["viewer"]["roles"]}
    assert held == {"audit_administrator", "branch_secretary", "member"}


async def test_no_token_acts_for_another_administrator(three: Institution) -> None:
    token: dict[str, Any] = {
        "name": "机器",
        "organization": three.id("root"),
        "actions": ["core:organization:read"],
        "expiresAt": (three.house.now + timedelta(days=1)).isoformat(),
    }
    for login in ("system", "audit"):
        asked = {**token, "account": global_id("Account", three.accounts[login])}
        answer = await three.ask("security", TOKEN, {"input": asked})
        assert told(answer) == ["core.token_of_administrator"]
    more = {**token, "actions": ["core:plugin:switch", "core:ledger:verify"]}
    answer = await three.ask("security", TOKEN, {"input": more})
    assert told(answer) == ["core.token_action_unheld"] * 2
    await three.account("machine")
    asked = {**token, "account": global_id("Account", three.accounts["machine"])}
    assert told(await three.ask("security", TOKEN, {"input": asked})) == []


async def test_no_administration_is_granted_to_another_institution(three: Institution) -> None:
    grant = {
        "tenant": "elsewhere",
        "login": "x",
        "organization": three.id("root"),
        "since": "2026-06-15",
        "until": "2026-07-15",
        "reason": "协助",
    }
    await three.house.found("elsewhere", "别处")
    grant |= {"login": "officer"}
    for role in (*ROLES, "committee_secretary"):
        answer = await three.ask("security", GRANT, {"input": {**grant, "role": role}})
        assert told(answer) == ["core.oversight_role_invalid"], role


async def test_what_each_administrator_does_is_in_the_ledger_and_the_auditor_sees_it(
    three: Institution,
) -> None:
    switch = {
        "organization": three.id("root"),
        "plugin": "education",
        "enabled": False,
        "reason": "停用",
    }
    assert told(await three.ask("system", SWITCH, {"input": switch})) == []
    opened = {"login": "new", "name": "新账号"}
    assert told(await three.ask("security", OPEN, {"input": opened})) == []
    answer = await three.ask("audit", LEDGER)
    found = {(each["event"], each["by"]) for each in answer["data"]["ledger"]["nodes"]}
    assert {("tenants.plugin_switched", "系统管理员"), ("accounts.created", "安全管理员")} <= found
    for login in ("system", "security"):
        assert told(await three.ask(login, LEDGER)) == ["FORBIDDEN"]
    with pytest.raises(Exception, match="forbidden"):
        async with three.by("audit") as act:
            await accounts.create(act, three.house.platform.passwords, login="x", name="x")
