"""What members take on: pledges, posts, service, links and letters, and whom they miss."""

from datetime import date
from typing import Any

import pytest

from zhibu.forms.writing import write as write_form
from zhibu.members import service as members
from zhibu.members.public import Change, Departure
from zhibu.members.rules import Step
from zhibu_organization_life.sheets import ENGAGEMENTS

LIST = """query ($o: ID!, $f: OrganizationLifeEngagementFilter) {
  organizationLifeEngagements(organization: $o, first: 9, filter: $f) { nodes {
    kind title hours result fulfilledOn voidedOn version } } }"""
HOURS = "query ($m: ID!) { member(id: $m) { organizationLife(year: 2026) { serviceHours } } }"
WITHOUT = """query ($o: ID!, $k: OrganizationLifeEngaged!) {
  organizationLifeWithout(organization: $o, kind: $k, year: 2026, first: 9) { nodes { name } } }"""
BORN = """query ($o: ID!, $m: Int!) {
  organizationLifeBirthdays(organization: $o, month: $m, first: 9) { nodes { name } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, dueFrom: "2026-01-01", dueTo: "2026-12-31",
  kinds: ["organization_life.letter_due"], first: 9) { nodes { dueOn memberName } } }"""


def taking(life: Any, **changes: Any) -> dict[str, Any]:
    """Input of two hours of service, last Sunday."""
    return {
        "member": life.id(life.me),
        "kind": "VOLUNTEER",
        "title": "社区清扫",
        "since": "2026-06-14",
        "hours": "2.5",
        **changes,
    }


def pledge(life: Any, **changes: Any) -> dict[str, Any]:
    given = {"kind": "PLEDGE", "title": "帮办服务", "hours": None}
    return taking(life, **{**given, **changes})


async def engaged(life: Any, by: str = "recorder", **changes: Any) -> str:
    given = taking(life, **changes)
    payload = await life.done(by, "Engage", given, "engagement { id }")
    return str(payload["engagement"]["id"])


async def listed(life: Any, login: str = "secretary", **wanted: Any) -> list[dict[str, Any]]:
    answer = await life.at.ask(login, LIST, {"o": life.at.id("branch"), "f": wanted or None})
    nodes: list[dict[str, Any]] = answer["data"]["organizationLifeEngagements"]["nodes"]
    return nodes


async def named(life: Any, document: str, login: str = "secretary", **given: Any) -> set[str]:
    answer = await life.at.ask(login, document, {"o": life.at.id("branch"), **given})
    [found] = answer["data"].values()
    return {node["name"] for node in found["nodes"]}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"title": " "}, ["engagement_untitled"]),
        ({"hours": None}, ["service_hours_invalid"]),
        ({"hours": "24.5"}, ["service_hours_invalid"]),
        ({"kind": "LINK_MASSES"}, ["service_hours_invalid"]),
        ({"since": "2026-06-16"}, ["not_yet_done"]),
        ({"since": "2000-01-01"}, ["no_member_then", "late_reason_missing"]),
        ({"until": "2026-06-14"}, ["dates_reversed"]),
        ({"since": "2026-01-01"}, ["late_reason_missing"]),
    ],
)
async def test_a_bad_record_is_refused_by_name(life: Any, changes: Any, codes: list[str]) -> None:
    assert await life.refused("recorder", "Engage", taking(life, **changes)) == codes


@pytest.mark.clause("S0-12", "S4-05")
async def test_hours_of_service_add_up_are_put_right_and_voided_and_not_one_s_own(
    life: Any,
) -> None:
    assert await life.refused("me", "Engage", taking(life)) == ["own_record"]
    first = await engaged(life)
    await engaged(life, title="义务献血", hours="1", since="2026-01-10", lateReason="补录")
    wanted = {"engagement": first, "hours": "3", "reason": "记错"}
    assert await life.refused("me", "EngagementChange", wanted) == ["own_record"]
    assert await life.refused("recorder", "EngagementChange", {**wanted, "version": 7}) == [
        "changed_meanwhile"
    ]
    await life.done("recorder", "EngagementChange", wanted)
    answer = await life.at.ask("me", HOURS, {"m": life.id(life.me)})
    assert answer["data"]["member"]["organizationLife"] == {"serviceHours": "4"}
    void = {"engagement": first, "reason": "他人的服务"}
    assert await life.refused("me", "EngagementVoid", void) == ["own_record"]
    await life.done("recorder", "EngagementVoid", void)
    assert await life.refused("recorder", "EngagementVoid", void) == ["engagement_void"]
    assert await life.refused("recorder", "EngagementChange", wanted) == [
        "engagement_void",
        "nothing_changed",
    ]
    answer = await life.at.ask("me", HOURS, {"m": life.id(life.me)})
    assert answer["data"]["member"]["organizationLife"] == {"serviceHours": "1"}
    [told] = await life.ledger("engagement_changed")
    assert (told["before"], told["reason"]) == ("2.5", "记错")


@pytest.mark.clause("S0-11", "S2-07")
async def test_a_member_pledges_himself_and_somebody_else_says_what_came_of_it(life: Any) -> None:
    made = await life.done("me", "Engage", pledge(life), "engagement { id }")
    id = made["engagement"]["id"]
    done = {"engagement": id, "on": "2026-06-15", "result": "已帮办三十件"}
    assert await life.refused("me", "EngagementFulfil", done) == ["own_record"]
    early = {**done, "on": "2026-06-01", "result": " "}
    assert await life.refused("secretary", "EngagementFulfil", early) == [
        "result_missing",
        "dates_reversed",
    ]
    await life.done("secretary", "EngagementFulfil", done)
    assert await life.refused("secretary", "EngagementFulfil", done) == ["reason_missing"]
    await life.done("secretary", "EngagementFulfil", {**done, "reason": "核实后更正"})
    void = {"engagement": id, "reason": "不想兑现"}
    assert await life.refused("me", "EngagementVoid", void) == ["own_record"]
    [row] = await listed(life, "me", kinds=["PLEDGE"], year=2026)
    assert (row["result"], row["fulfilledOn"]) == ("已帮办三十件", "2026-06-15")
    assert await listed(life, "peer") == []
    posts = {
        "DEMONSTRATION_POST": "窗口示范岗",
        "RESPONSIBILITY_AREA": "三号楼",
        "ASSIGNED_DUTY": "宣传岗",
    }
    for kind, title in posts.items():
        await life.done("secretary", "Engage", pledge(life, kind=kind, title=title))
    assert len(await listed(life)) == 4
    async with life.at.by("secretary") as act:
        assert ENGAGEMENTS.read is not None
        rows = [*await ENGAGEMENTS.read(act, {"year": 2026, "organization": life.at.id("branch")})]
        assert len(rows) == 4
        assert write_form(rows, ENGAGEMENTS.columns, ENGAGEMENTS.title)


@pytest.mark.clause("S2-22", "S2-23")
async def test_whoever_links_nobody_is_listed_and_a_link_holds_until_it_ends(life: Any) -> None:
    link = pledge(life, kind="LINK_MASSES", title="王某", since="2024-03-01")
    await life.done("me", "Engage", link)
    ended = {**link, "member": life.id(life.peer), "until": "2025-12-31"}
    await life.done("secretary", "Engage", ended)
    assert await named(life, WITHOUT, k="LINK_MASSES") == {life.peer.name}
    assert await named(life, WITHOUT, k="LINK_CLASS") == {life.me.name, life.peer.name}
    assert await named(life, WITHOUT, "rival", k="LINK_CLASS") == set()
    assert await named(life, WITHOUT, "peer", k="LINK_CLASS") == {life.peer.name}


@pytest.mark.clause("S2-25")
async def test_a_letter_is_signed_once_a_year_and_due_where_it_is_asked_for(life: Any) -> None:
    async def due() -> set[str]:
        answer = await life.at.ask("secretary", DUE, {"o": life.at.id("branch")})
        return {node["memberName"] for node in answer["data"]["dueItems"]["nodes"]}

    assert await due() == set()
    await life.override("letters_owed", True, "branch")
    assert await due() == {life.me.name, life.peer.name}
    letter = pledge(life, kind="LETTER", title="2026 年度责任书")
    assert await life.refused("me", "Engage", letter) == ["own_record"]
    made = await life.done("secretary", "Engage", letter, "engagement { id }")
    assert await life.refused("secretary", "Engage", letter) == ["letter_of_year"]
    assert await due() == {life.peer.name}
    void = {"engagement": made["engagement"]["id"], "reason": "签错"}
    await life.done("secretary", "EngagementVoid", void)
    assert await due() == {life.me.name, life.peer.name}
    await life.done("secretary", "Engage", letter)
    async with life.at.operator() as act:
        step = Step(
            change=Change.LEFT,
            on=date(2026, 6, 15),
            decision="讣告",
            decided_on=date(2026, 6, 15),
            departure=Departure.DECEASED,
        )
        await members.change_stage(act, life.peer.id, step)
    assert await due() == set()


LETTER = "query ($e: ID!) { organizationLifeLetterPage(engagement: $e) }"


async def test_a_letter_is_printed_as_it_was_signed_and_only_for_whoever_sees_it(
    life: Any,
) -> None:
    given = pledge(life, kind="LETTER", title="2026 年度责任书", details="带头学习\n服务群众")
    made = await life.done("secretary", "Engage", given, "engagement { id }")
    id = made["engagement"]["id"]
    for login in ("peer", "rival"):
        answer = await life.at.ask(login, LETTER, {"e": id})
        assert answer["errors"], login
    answer = await life.at.ask("me", LETTER, {"e": id})
    page = answer["data"]["organizationLifeLetterPage"]
    for words in ("党员目标管理责任书", life.me.name, "1．带头学习", "2．服务群众"):
        assert words in page, words
    assert [facts["title"] for facts in await life.ledger("letter_printed")] == ["2026 年度责任书"]
    made = await life.done("me", "Engage", pledge(life), "engagement { id }")
    answer = await life.at.ask("me", LETTER, {"e": made["engagement"]["id"]})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", "a pledge is no letter"
    await life.done("secretary", "EngagementVoid", {"engagement": id, "reason": "签错"})
    answer = await life.at.ask("me", LETTER, {"e": id})
    assert answer["errors"][0]["extensions"]["error"] == "organization_life.engagement_void"


@pytest.mark.clause("S2-16", "S2-26", "S4-67")
async def test_an_example_is_held_up_by_others_and_where_it_is_asked_only_with_a_kept_letter(
    life: Any,
) -> None:
    example = pledge(life, kind="EXEMPLAR", title="优秀共产党员")
    assert await life.refused("me", "Engage", example) == ["own_record"]
    await life.override("awards_take_letter", True, "branch")
    assert await life.refused("secretary", "Engage", example) == ["letter_unfulfilled"]
    letter = pledge(life, kind="LETTER", title="2025 年度责任书", since="2025-03-01")
    signed = await life.done("secretary", "Engage", letter, "engagement { id }")
    assert await life.refused("secretary", "Engage", example) == ["letter_unfulfilled"]
    kept = {"engagement": signed["engagement"]["id"], "on": "2025-12-31", "result": "全部完成"}
    await life.done("secretary", "EngagementFulfil", kept)
    assert [row["title"] for row in await listed(life, kinds=["LETTER"], fulfilled=True)] == [
        "2025 年度责任书"
    ]
    made = await life.done("secretary", "Engage", example, "engagement { id }")
    shown = {"engagement": made["engagement"]["id"], "on": "2026-06-15", "result": "公开栏公示"}
    await life.done("secretary", "EngagementFulfil", shown)
    [row] = await listed(life, kinds=["EXEMPLAR"], year=2026)
    assert row["result"] == "公开栏公示"


@pytest.mark.clause("S0-13")
async def test_care_for_a_member_is_recorded_by_others_and_seen_by_him(life: Any) -> None:
    care = pledge(life, kind="CARE", title="困难党员慰问", details="走访并送慰问金")
    assert await life.refused("me", "Engage", care) == ["own_record"]
    await life.done("secretary", "Engage", care)
    assert [row["title"] for row in await listed(life, "me", kinds=["CARE"])] == ["困难党员慰问"]
    assert await listed(life, "peer", kinds=["CARE"]) == []


@pytest.mark.clause("S2-09")
async def test_political_birthdays_are_those_of_admission(life: Any) -> None:
    await life.member(admitted_on=date(2009, 3, 9))
    assert await named(life, BORN, m=7) == {life.me.name, life.peer.name}
    assert len(await named(life, BORN, m=3)) == 1
    assert await named(life, BORN, m=13) == set()
    assert await named(life, BORN, "me", m=7) == {life.me.name}
    assert await named(life, BORN, "rival", m=7) == set()
