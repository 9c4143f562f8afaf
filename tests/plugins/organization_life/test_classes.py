"""Members in service are divided into classes, and the retired have roles (S4-02, S4-09)."""

from typing import Any

import pytest

from zhibu.members.rules import MemberKind

CLASSES = """query ($o: ID!) { organization(id: $o) { organizationLife(year: 2026) {
  classes { kind title members } } } }"""
LIST = """query ($o: ID!, $f: OrganizationLifeEngagementFilter) {
  organizationLifeEngagements(organization: $o, first: 9, filter: $f) { nodes {
    title since until member { name } } } }"""
WITHOUT = """query ($o: ID!, $k: OrganizationLifeEngaged!) {
  organizationLifeWithout(organization: $o, kind: $k, year: 2026, first: 9) { nodes { name } } }"""


def placed(life: Any, **changes: Any) -> dict[str, Any]:
    """Input: the member works at a service window since the beginning of the year."""
    return {
        "member": life.id(life.me),
        "kind": "MEMBER_CLASS",
        "title": "窗口党员",
        "since": "2026-01-01",
        **changes,
    }


async def counted(life: Any, login: str = "secretary") -> list[tuple[str, int]]:
    answer = await life.at.ask(login, CLASSES, {"o": life.at.id("branch")})
    assert "errors" not in answer, answer
    found = answer["data"]["organization"]["organizationLife"]["classes"]
    return [(each["title"], each["members"]) for each in found]


async def listed(life: Any, login: str = "secretary", **wanted: Any) -> list[str]:
    answer = await life.at.ask(login, LIST, {"o": life.at.id("branch"), "f": wanted})
    nodes = answer["data"]["organizationLifeEngagements"]["nodes"]
    return [node["member"]["name"] for node in nodes]


@pytest.mark.clause("S4-02")
async def test_nobody_puts_himself_into_a_class_nor_into_one_that_is_not_listed(life: Any) -> None:
    assert await life.refused("me", "Engage", placed(life)) == ["own_record"]
    wrong = placed(life, title="模范党员", kind="RETIRED_ROLE")
    assert await life.refused("secretary", "Engage", wrong) == [
        "managed_otherwise",
        "word_not_listed",
    ]
    retired = await life.member(kind=MemberKind.RETIRED)
    given = placed(life, member=life.id(retired))
    assert await life.refused("secretary", "Engage", given) == ["managed_otherwise"]
    assert await life.refused("rival", "Engage", placed(life)) == ["NOT_FOUND"]


@pytest.mark.clause("S4-02")
async def test_a_member_in_service_is_in_one_class_at_a_time(life: Any) -> None:
    made = await life.done("secretary", "Engage", placed(life), "engagement { id }")
    other = placed(life, title="机关党员", since="2026-05-01")
    assert await life.refused("secretary", "Engage", other) == ["class_held"]
    ended = {"engagement": made["engagement"]["id"], "until": "2026-05-01", "reason": "轮岗"}
    await life.done("secretary", "EngagementChange", ended)
    await life.done("secretary", "Engage", other)
    back = {**ended, "until": None}
    assert await life.refused("secretary", "EngagementChange", back) == ["class_held"]
    assert await counted(life) == [("机关党员", 1)]
    assert await listed(life, title="机关党员") == [life.me.name]
    assert await listed(life, title="窗口党员") == [life.me.name], "what he was stays readable"


@pytest.mark.clause("S4-02")
async def test_classes_are_counted_per_branch_and_who_has_none_is_listed(life: Any) -> None:
    await life.member(kind=MemberKind.RETIRED)
    await life.done("secretary", "Engage", placed(life))
    assert await counted(life) == [("窗口党员", 1)]
    answer = await life.at.ask(
        "secretary", WITHOUT, {"o": life.at.id("branch"), "k": "MEMBER_CLASS"}
    )
    found = [node["name"] for node in answer["data"]["organizationLifeWithout"]["nodes"]]
    assert found == [life.peer.name]
    assert await listed(life, "peer", title="窗口党员") == []


@pytest.mark.clause("S4-02")
async def test_an_organization_divides_its_members_as_it_finds_right(life: Any) -> None:
    own = [{"code": "field", "zh": "驻村党员", "en": "In villages"}]
    await life.override("member_classes", own, "branch")
    assert await life.refused("secretary", "Engage", placed(life)) == ["word_not_listed"]
    await life.done("secretary", "Engage", placed(life, title="驻村党员"))
    assert await counted(life) == [("驻村党员", 1)]


@pytest.mark.clause("S4-09")
@pytest.mark.parametrize("role", ["政策宣传员", "业务辅导员", "服务监督员"])
async def test_a_retired_member_has_the_three_roles_each_once(life: Any, role: str) -> None:
    old = await life.member(kind=MemberKind.RETIRED)
    given = placed(life, member=life.id(old), kind="RETIRED_ROLE", title=role)
    await life.done("secretary", "Engage", given)
    assert await life.refused("secretary", "Engage", given) == ["class_held"]
    other = "服务监督员" if role != "服务监督员" else "政策宣传员"
    await life.done("secretary", "Engage", {**given, "title": other})
    assert await counted(life) == sorted([(role, 1), (other, 1)])
    assert await listed(life, kinds=["RETIRED_ROLE"], title=role) == [old.name]


async def corrected(life: Any, who: Any, kind: str) -> None:
    """The register says from today on that a member is managed so."""
    document = """mutation ($input: MemberCorrectInput!) { memberCorrect(input: $input) {
      userErrors { code } } }"""
    given = {"member": life.id(who), "kind": kind, "reason": "退休手续已办"}
    answer = await life.at.ask("secretary", document, {"input": given})
    assert answer["data"]["memberCorrect"]["userErrors"] == [], answer


@pytest.mark.clause("S4-02")
async def test_the_class_of_a_member_in_service_ends_on_the_day_he_retires(life: Any) -> None:
    await life.done("secretary", "Engage", placed(life))
    await corrected(life, life.me, "RETIRED")
    assert await counted(life) == []
    found = await life.at.ask(
        "secretary", LIST, {"o": life.at.id("branch"), "f": {"title": "窗口党员"}}
    )
    [held] = found["data"]["organizationLifeEngagements"]["nodes"]
    assert held["until"] == "2026-06-15"
    role = placed(life, kind="RETIRED_ROLE", title="政策宣传员", since="2026-06-15")
    await life.done("secretary", "Engage", role)
    assert await counted(life) == [("政策宣传员", 1)]
    await corrected(life, life.me, "IN_SERVICE")
    await life.at.later(days=1)
    assert await counted(life) == []
