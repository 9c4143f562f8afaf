"""Accounts over GraphQL: signing in, seeing oneself, and what is refused in words."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from zhibu.graph.context import Visit
from zhibu.identifiers import global_id
from zhibu.parameters.service import override
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import PASSWORD, Stage


@dataclass
class Client:
    """Asks the platform as the endpoint does, at the stage's hour."""

    platform: Platform
    stage: Stage

    async def ask(self, document: str, credential: str | None = None, **variables: Any) -> Any:
        visit = Visit(platform=self.platform, now=self.stage.now, request_id="test", wanted="zh-CN")
        speaker = await self.platform.context(credential, visit) if credential else visit
        asked = {"query": document, "variables": variables}
        return json.loads(await self.platform.answering(speaker).answer(speaker, asked))


@pytest.fixture
async def client(edge: Stage, settings: Settings, yunling: Institution) -> AsyncIterator[Client]:
    async with edge.by_system(yunling.tenant, "security_administrator") as act:
        root, day = yunling.places["root"], date(2026, 1, 1)
        await override(act, root, "core.second_factor_for", day, None, "测试")
    platform = await Platform.open(settings, Plugins({}))
    yield Client(platform, edge)
    await platform.close()


SIGN_IN = """
mutation ($tenant: String!, $login: String!, $password: String!) {
  signIn(input: {tenant: $tenant, login: $login, password: $password}) {
    token passwordChangeDue userErrors { code }
    viewer { name via institution { code } roles { role organizationName } actions
             sessions { current } }
  }
}"""
ACCOUNTS = """{ accounts(first: 10) { totalCount nodes {
  login oneTimePassword roles { role since organization { name } } sessions { expiresAt } } } }"""
ASSIGN = """mutation ($input: RoleAssignInput!) { roleAssign(input: $input) {
  account { login roles { role } } userErrors { code message path } } }"""


async def test_signing_in_answers_a_token_that_works(client: Client) -> None:
    answer = await client.ask(SIGN_IN, tenant="yunling", login="security", password=PASSWORD)
    payload = answer["data"]["signIn"]
    assert payload["viewer"]["roles"] == [
        {"role": "security_administrator", "organizationName": "云岭市委组织部"}
    ]
    assert "core:role:assign" in payload["viewer"]["actions"]
    assert "core:member:read" not in payload["viewer"]["actions"]
    assert payload["viewer"]["sessions"] == [{"current": True}]
    seen = await client.ask("{ viewer { institution { code } account } }", payload["token"])
    assert seen["data"]["viewer"]["institution"] == {"code": "yunling"}


async def test_a_refused_sign_in_says_that_nobody_is_signed_in(client: Client) -> None:
    answer = await client.ask(SIGN_IN, tenant="yunling", login="security", password="wrong")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert "登录名或密码不正确" in error["message"]


async def test_accounts_are_seen_by_those_who_administer_them(
    client: Client, yunling: Institution, edge: Stage
) -> None:
    security, _ = await edge.signed(yunling.tenant, "security")
    audit, _ = await edge.signed(yunling.tenant, "audit")
    answer = await client.ask(ACCOUNTS, security)
    nodes = answer["data"]["accounts"]["nodes"]
    assert [node["login"] for node in nodes] == ["audit", "security", "system"]
    assert nodes[0]["roles"][0]["role"] == "audit_administrator"
    assert len(nodes[1]["sessions"]) >= 1
    hidden = await client.ask(ACCOUNTS, audit)
    assert hidden.get("data") is None or not hidden["data"]["accounts"]


async def test_a_role_is_given_or_refused_in_words(
    client: Client, yunling: Institution, edge: Stage
) -> None:
    account = await yunling.account("officer")
    security, _ = await edge.signed(yunling.tenant, "security")
    wish = {
        "account": global_id("Account", account),
        "role": "committee_officer",
        "organization": global_id("Organization", yunling.places["committee"]),
        "since": "2026-06-15",
        "reason": "任命",
    }
    given = (await client.ask(ASSIGN, security, input=wish))["data"]["roleAssign"]
    assert given["userErrors"] == []
    assert given["account"]["roles"] == [{"role": "committee_officer"}]
    again = (await client.ask(ASSIGN, security, input=wish))["data"]["roleAssign"]
    (error,) = again["userErrors"]
    assert (error["code"], error["path"]) == ("core.assignment_overlaps", ["since"])
    assert "committee_officer" in error["message"]
    assert again["account"] is None


async def test_an_unknown_plugin_is_refused_in_words(
    client: Client, yunling: Institution, edge: Stage
) -> None:
    system, _ = await edge.signed(yunling.tenant, "system")
    document = """mutation ($input: PluginSwitchInput!) { pluginSwitch(input: $input) {
      done userErrors { code path } } }"""
    wish = {
        "organization": global_id("Organization", yunling.places["root"]),
        "plugin": "astrology",
        "enabled": True,
        "reason": "试点",
    }
    answer = await client.ask(document, system, input=wish)
    assert answer["data"]["pluginSwitch"] == {
        "done": False,
        "userErrors": [{"code": "core.plugin_unknown", "path": ["plugin"]}],
    }


async def test_roles_say_which_exclude_each_other(
    client: Client, yunling: Institution, edge: Stage
) -> None:
    system, _ = await edge.signed(yunling.tenant, "system")
    roles = (await client.ask("{ roles { name excludes } }", system))["data"]["roles"]
    excluding = {role["name"]: role["excludes"] for role in roles if role["excludes"]}
    assert excluding["audit_administrator"] == ["security_administrator", "system_administrator"]
    assert len(excluding) == 3


async def test_nobody_asks_anything_without_signing_in(client: Client) -> None:
    for document in ("{ viewer { name } }", "{ roles { name } }", ACCOUNTS):
        answer = await client.ask(document)
        assert not answer.get("data")
        assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_door_is_opened_entered_and_seen_over_graphql(
    client: Client, yunling: Institution, haibin: Institution, edge: Stage
) -> None:
    await haibin.account("inspector")
    security, _ = await edge.signed(yunling.tenant, "security")
    granted = await client.ask(
        """mutation ($input: OversightGrantInput!) { oversightGrant(input: $input) {
          oversight userErrors { code } } }""",
        security,
        input={
            "tenant": "haibin",
            "login": "inspector",
            "role": "discipline_inspection_officer",
            "organization": global_id("Organization", yunling.places["committee"]),
            "since": "2026-06-15",
            "until": "2026-07-01",
            "reason": "专项督导",
        },
    )
    assert granted["data"]["oversightGrant"]["userErrors"] == []
    inspector, _ = await edge.signed(haibin.tenant, "inspector")
    seen = await client.ask("{ viewer { oversights { id institution role } } }", inspector)
    (door,) = seen["data"]["viewer"]["oversights"]
    assert door["institution"] == "云岭"
    entered = await client.ask(
        """mutation ($input: OversightEnterInput!) { oversightEnter(input: $input) {
          token institution userErrors { code } } }""",
        inspector,
        input={"oversight": door["id"]},
    )
    token = entered["data"]["oversightEnter"]["token"]
    inside = await client.ask("{ viewer { via overseer account roles { role } } }", token)
    assert inside["data"]["viewer"] == {
        "via": "oversight",
        "overseer": "海滨 / inspector",
        "account": None,
        "roles": [{"role": "discipline_inspection_officer"}],
    }
