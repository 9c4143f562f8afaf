"""Parameters over GraphQL."""

from zhibu.testing.house import Institution

ONE = """query ($organization: ID, $on: Date) {
  parameter(name: "core.branch_term", organization: $organization, on: $on) {
    value unit since source basis title reason verified } }"""
ALL = "query ($organization: ID) { parameters(organization: $organization) { name } }"
OVERRIDE = """mutation ($input: ParameterOverrideInput!) { parameterOverride(input: $input) {
  override userErrors { code path message } } }"""
WITHDRAW = """mutation ($input: ParameterWithdrawInput!) { parameterWithdraw(input: $input) {
  override userErrors { code } } }"""


def given(institution: Institution, **changes: object) -> dict:
    values = {
        "organization": institution.id("branch"),
        "name": "core.branch_term",
        "since": "2026-01-01",
        "value": 5,
        "reason": "社区党支部",
    }
    return {"input": {**values, **changes}}


def code(answer: dict) -> str:
    return answer["errors"][0]["extensions"]["code"]


async def test_nobody_and_strangers_see_no_parameters(institution: Institution) -> None:
    here = {"organization": institution.id("branch")}
    assert code(await institution.house.ask(ALL, here)) == "UNAUTHENTICATED"
    assert code(await institution.ask("rival", ALL, here)) == "NOT_FOUND"
    assert code(await institution.ask("rival", ONE, here)) == "NOT_FOUND"


async def test_who_may_not_override_is_told_so_and_a_stranger_finds_nothing(
    institution: Institution,
) -> None:
    assert code(await institution.ask("secretary", OVERRIDE, given(institution))) == "FORBIDDEN"
    assert code(await institution.ask("rival", OVERRIDE, given(institution))) == "NOT_FOUND"


async def test_every_fault_comes_back_at_once_in_words(institution: Institution) -> None:
    asked = given(institution, value="five", reason="", since="1990-01-01")
    answer = await institution.ask("municipal", OVERRIDE, asked)
    found = answer["data"]["parameterOverride"]
    assert found["override"] is None
    assert {each["code"] for each in found["userErrors"]} == {
        "core.parameter_value_invalid",
        "core.parameter_reason_missing",
        "core.parameter_too_early",
    }
    assert all("{" not in each["message"] for each in found["userErrors"])


async def test_a_value_shows_where_it_comes_from_before_and_after_an_override(
    institution: Institution,
) -> None:
    here = {"organization": institution.id("branch"), "on": "2026-06-01"}
    before = (await institution.ask("officer", ONE, here))["data"]["parameter"]
    assert (before["value"], before["source"], before["title"]) == (
        3,
        "national",
        "Term of a branch committee",
    )
    assert before["basis"].endswith("3 年")
    written = await institution.ask("municipal", OVERRIDE, given(institution))
    id = written["data"]["parameterOverride"]["override"]
    after = (await institution.ask("officer", ONE, here))["data"]["parameter"]
    assert (after["value"], after["source"], after["since"], after["reason"]) == (
        5,
        "override",
        "2026-01-01",
        "社区党支部",
    )
    beside = {"organization": institution.id("other"), "on": "2026-06-01"}
    assert (await institution.ask("officer", ONE, beside))["data"]["parameter"]["value"] == 3
    gone = await institution.ask(
        "municipal", WITHDRAW, {"input": {"override": id, "reason": "登记有误"}}
    )
    assert gone["data"]["parameterWithdraw"] == {"override": id, "userErrors": []}
    assert (await institution.ask("officer", ONE, here))["data"]["parameter"]["value"] == 3


async def test_a_plugin_that_is_off_has_no_parameters(institution: Institution) -> None:
    async def plugins() -> set[str]:
        answer = await institution.ask("municipal", ALL, {"organization": institution.id("branch")})
        return {each["name"].partition(".")[0] for each in answer["data"]["parameters"]}

    await institution.switch("education", True)
    before = await plugins()
    assert {"core", "education"} <= before
    await institution.switch("education", False, at="general")
    assert await plugins() == before - {"education"}
