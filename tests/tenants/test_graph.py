"""An institution's own settings and switches over the API."""

from typing import Any

from zhibu.testing.house import Institution

SWITCH = """mutation ($input: PluginSwitchInput!) {
  pluginSwitch(input: $input) { done userErrors { code path } }
}"""
SWITCHES = "{ pluginSwitches(first: 50) { totalCount nodes { plugin enabled } } }"
CONFIGURE = """mutation ($input: TenantConfigureInput!) {
  tenantConfigure(input: $input) { name zone userErrors { code path } }
}"""


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in answer.get("errors", ())]


async def test_nobody_but_the_system_administrator_changes_an_institution(
    institution: Institution,
) -> None:
    switched = {
        "organization": institution.id("branch"),
        "plugin": "education",
        "enabled": False,
        "reason": "试点结束",
    }
    for document, input in ((SWITCH, switched), (CONFIGURE, {"name": "改名"})):
        answer = await institution.house.ask(document, {"input": input})
        assert codes(answer) == ["UNAUTHENTICATED"]
        for login in ("officer", "secretary", "recorder"):
            answer = await institution.ask(login, document, {"input": input})
            assert codes(answer) in (["FORBIDDEN"], ["NOT_FOUND"]), login


async def test_the_system_administrator_switches_and_configures(institution: Institution) -> None:
    await institution.account("keeper", "system_administrator")
    switched = {
        "organization": institution.id("branch"),
        "plugin": "education",
        "enabled": False,
        "reason": "试点结束",
    }
    answer = await institution.ask("keeper", SWITCH, {"input": switched})
    assert answer == {"data": {"pluginSwitch": {"done": True, "userErrors": []}}}
    answer = await institution.ask("keeper", SWITCH, {"input": {**switched, "reason": " "}})
    (refused,) = answer["data"]["pluginSwitch"]["userErrors"]
    assert refused["path"] == ["reason"]
    shown = (await institution.ask("keeper", SWITCHES))["data"]["pluginSwitches"]
    assert {"plugin": "education", "enabled": False} in shown["nodes"]
    assert {"plugin": "education", "enabled": True} in shown["nodes"]
    answer = await institution.ask("keeper", CONFIGURE, {"input": {"name": "云岭市"}})
    assert answer["data"]["tenantConfigure"] == {
        "name": "云岭市",
        "zone": "Asia/Shanghai",
        "userErrors": [],
    }


async def test_an_officer_sees_switches_of_the_own_units_only(institution: Institution) -> None:
    assert codes(await institution.house.ask(SWITCHES)) == ["UNAUTHENTICATED"]
    await institution.switch("education", False, "far")
    await institution.switch("education", False, "branch")
    shown = (await institution.ask("officer", SWITCHES))["data"]["pluginSwitches"]
    assert shown["nodes"] == [{"plugin": "education", "enabled": False}]
