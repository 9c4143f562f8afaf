"""A rule pack holds at the organization it is bound to and below it, and nowhere else."""

from typing import Any

import pytest

from zhibu.testing.house import Institution

APPLY = """mutation ($input: RulePackApplyInput!) { rulePackApply(input: $input) {
  count userErrors { code message path } } }"""
RELEASE = """mutation ($input: RulePackReleaseInput!) { rulePackRelease(input: $input) {
  count userErrors { code path } } }"""
PACKS = """query ($o: ID) { rulePacks(organization: $o) { name document
  lines { parameter organization since value reason article } } }"""
VALUE = """query ($o: ID) { parameter(name: "core.branch_term", organization: $o,
  on: "2026-06-01") { value source basis } }"""
LEDGER = "{ ledger(first: 5) { nodes { event sentence by } } }"


@pytest.fixture
async def centre(institution: Institution) -> Institution:
    """The committee of the house is the service centre; `head` is its secretary."""
    await institution.account("head", "committee_secretary", "committee")
    return institution


def pack(institution: Institution, unit: str = "committee", **changes: Any) -> dict[str, Any]:
    given = {
        "organization": institution.id(unit),
        "name": "service-centre",
        "title": "机关事务服务中心党员管理",
        "document": "党员教育管理办法",
        "since": "2026-01-01",
        "reason": "本标准适用于服务中心党员管理工作",
        "overrides": [
            {"name": "core.branch_term", "value": 5, "article": "范围"},
            {"name": "core.branch_term", "value": 4, "organization": "OTHER", "reason": "试点"},
        ],
    }
    return {"input": {**given, **changes}}


def line(**changes: Any) -> list[dict[str, Any]]:
    return [{"name": "core.branch_term", "value": 5, **changes}]


async def value(institution: Institution, unit: str) -> tuple[int, str]:
    answer = await institution.ask("municipal", VALUE, {"o": institution.id(unit)})
    found = answer["data"]["parameter"]
    return found["value"], found["source"]


async def everywhere(institution: Institution) -> dict[str, tuple[int, str]]:
    return {unit: await value(institution, unit) for unit in institution.units}


async def packs(institution: Institution, unit: str) -> list[dict[str, Any]]:
    answer = await institution.ask("municipal", PACKS, {"o": institution.id(unit)})
    found: list[dict[str, Any]] = answer["data"]["rulePacks"]
    return found


def code(answer: dict[str, Any]) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


async def test_who_may_not_set_rules_binds_no_pack(centre: Institution) -> None:
    for document, given in (
        (APPLY, pack(centre)),
        (RELEASE, {"input": {**release(centre)["input"]}}),
    ):
        assert code(await centre.house.ask(document, given)) == "UNAUTHENTICATED"
        assert code(await centre.ask("officer", document, given)) == "FORBIDDEN"
        assert code(await centre.ask("secretary", document, given)) == "NOT_FOUND"
        assert code(await centre.ask("rival", document, given)) == "NOT_FOUND"
    above = pack(centre, "district")
    assert code(await centre.ask("head", APPLY, above)) == "NOT_FOUND"
    assert code(await centre.ask("rival", PACKS, {"o": centre.id("branch")})) == "NOT_FOUND"
    assert set((await everywhere(centre)).values()) == {(3, "national")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": " "}, ["core.parameter_reason_missing"]),
        ({"name": " "}, ["core.pack_incomplete"]),
        ({"overrides": []}, ["core.pack_incomplete"]),
        ({"overrides": line() * 2}, ["core.pack_incomplete"]),
        ({"overrides": line(organization="FAR")}, ["core.pack_organization_unknown"]),
        ({"overrides": line(organization="NOWHERE")}, ["core.pack_organization_unknown"]),
        (
            {"overrides": [*line(value="five"), {"name": "core.nothing", "value": 1}]},
            ["core.parameter_value_invalid", "core.parameter_unknown"],
        ),
        ({"overrides": line(since="1990-01-01")}, ["core.parameter_too_early"]),
    ],
)
async def test_a_pack_with_a_fault_is_refused_whole(
    centre: Institution, changes: dict[str, Any], expected: list[str]
) -> None:
    given = pack(centre, **changes)
    found = (await centre.ask("head", APPLY, given))["data"]["rulePackApply"]
    assert [error["code"] for error in found["userErrors"]] == expected
    assert all("{" not in error["message"] for error in found["userErrors"])
    assert set((await everywhere(centre)).values()) == {(3, "national")}
    assert await packs(centre, "root") == []


@pytest.mark.clause("S0-01")
async def test_a_pack_holds_at_its_organization_and_below_and_nowhere_else(
    centre: Institution,
) -> None:
    answer = await centre.ask("head", APPLY, pack(centre))
    assert answer["data"]["rulePackApply"] == {"count": 2, "userErrors": []}
    inside = {"committee", "general", "branch", "group"}
    expected = {
        unit: (5, "override") if unit in inside else (3, "national") for unit in centre.units
    }
    assert await everywhere(centre) == {**expected, "other": (4, "override")}
    basis = (await centre.ask("municipal", VALUE, {"o": centre.id("branch")}))["data"]["parameter"]
    assert "党员教育管理办法" in basis["basis"]
    (found,) = await packs(centre, "branch")
    assert (found["name"], found["document"]) == ("service-centre", "党员教育管理办法")
    assert [each["value"] for each in found["lines"]] == [5]
    assert await packs(centre, "far") == []
    event = (await centre.ask("municipal", LEDGER))["data"]["ledger"]["nodes"][0]
    assert (event["event"], event["by"]) == ("parameters.pack_applied", "head")
    assert "本标准适用于服务中心" in event["sentence"]


def release(institution: Institution, unit: str = "committee", **changes: Any) -> dict[str, Any]:
    given = {"organization": institution.id(unit), "name": "service-centre", "reason": "标准废止"}
    return {"input": {**given, **changes}}


@pytest.mark.clause("S0-01")
async def test_a_released_pack_holds_no_longer_and_stays_in_the_history(
    centre: Institution,
) -> None:
    absent = (await centre.ask("head", RELEASE, release(centre)))["data"]["rulePackRelease"]
    assert [error["code"] for error in absent["userErrors"]] == ["core.pack_not_bound"]
    await centre.ask("head", APPLY, pack(centre))
    again = (await centre.ask("head", APPLY, pack(centre)))["data"]["rulePackApply"]
    assert again == {"count": 0, "userErrors": []}
    silent = (await centre.ask("head", RELEASE, release(centre, reason="")))["data"]
    assert [e["code"] for e in silent["rulePackRelease"]["userErrors"]] == [
        "core.parameter_reason_missing"
    ]
    part = await centre.ask("head", RELEASE, release(centre, "other"))
    assert part["data"]["rulePackRelease"] == {"count": 1, "userErrors": []}
    assert (await value(centre, "other"), await value(centre, "branch")) == (
        (5, "override"),
        (5, "override"),
    )
    await centre.ask("head", RELEASE, release(centre))
    assert set((await everywhere(centre)).values()) == {(3, "national")}
    events = (await centre.ask("municipal", LEDGER))["data"]["ledger"]["nodes"]
    assert [event["event"] for event in events[:2]] == ["parameters.pack_released"] * 2
    assert (await centre.ask("head", APPLY, pack(centre)))["data"]["rulePackApply"]["count"] == 2
