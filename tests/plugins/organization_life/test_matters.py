"""What a unit does about its members and hears of them, and what those who lead report."""

from typing import Any

import pytest
from sqlalchemy import select

from zhibu.act import Event
from zhibu.members.public import ERASED
from zhibu_organization_life.service.erasing import members_erased
from zhibu_organization_life.tables import Matter

LIST = """query ($o: ID!, $f: OrganizationLifeMatterFilter) {
  organizationLifeMatters(organization: $o, first: 9, filter: $f) { nodes {
    kind channel title details answer answeredOn voidedOn member { name } } } }"""
PAGE = "query ($o: ID!) { organizationLifeMattersPage(organization: $o, year: 2026) }"


def matter(life: Any, **changes: Any) -> dict[str, Any]:
    """Input of an analysis of the branch's membership, of yesterday."""
    return {
        "organization": life.at.id("branch"),
        "kind": "ANALYSIS",
        "title": "上半年党员队伍分析",
        "details": "党员二人，思想稳定。",
        "on": "2026-06-14",
        **changes,
    }


def report(life: Any, **changes: Any) -> dict[str, Any]:
    told = {"kind": "PERSONAL_MATTERS", "title": "购房", "details": "购置住房一套。"}
    return matter(life, **{**told, "member": life.id(life.me), **changes})


async def recorded(life: Any, by: str = "secretary", **changes: Any) -> str:
    given = matter(life, **changes)
    payload = await life.done(by, "MatterRecord", given, "matter { id }")
    return str(payload["matter"]["id"])


async def listed(life: Any, login: str = "secretary", **wanted: Any) -> list[dict[str, Any]]:
    answer = await life.at.ask(login, LIST, {"o": life.at.id("branch"), "f": wanted or None})
    nodes: list[dict[str, Any]] = answer["data"]["organizationLifeMatters"]["nodes"]
    return nodes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"title": " ", "details": " "}, ["matter_untold", "matter_untold"]),
        ({"kind": "FEEDBACK"}, ["matter_channel_elsewhere"]),
        ({"channel": "BOX"}, ["matter_channel_elsewhere"]),
        ({"kind": "REVIEW"}, ["matter_member_elsewhere"]),
        ({"on": "2026-06-16"}, ["not_yet_done"]),
        ({"on": "2026-01-01"}, ["late_reason_missing"]),
    ],
)
async def test_a_bad_matter_is_refused_by_name(life: Any, changes: Any, codes: list[str]) -> None:
    assert await life.refused("secretary", "MatterRecord", matter(life, **changes)) == codes


async def test_an_analysis_is_of_nobody_and_a_review_of_a_member_of_that_day(life: Any) -> None:
    of_somebody = matter(life, member=life.id(life.me))
    assert await life.refused("secretary", "MatterRecord", of_somebody) == [
        "matter_member_elsewhere"
    ]
    old = report(life, on="2000-01-01", lateReason="补录")
    assert await life.refused("secretary", "MatterRecord", old) == ["no_member_then"]


@pytest.mark.clause("S0-40", "S0-42", "S2-24", "S4-67")
async def test_a_unit_records_its_analyses_inspections_and_what_it_hears_and_reports_them(
    life: Any,
) -> None:
    for login in ("me", "recorder"):
        assert await life.refused(login, "MatterRecord", matter(life)) in (
            ["FORBIDDEN"],
            ["NOT_FOUND"],
        )
    await recorded(life)
    heard = await recorded(
        life, kind="FEEDBACK", channel="HOTLINE", title="办事慢", details="窗口排队久。"
    )
    asked = {"kind": "OPINION", "channel": "MEETING", "title": "会前征求意见"}
    await recorded(life, **asked, details="建议多到一线。")
    inspection = {"kind": "INSPECTION", "title": "年度检查", "details": "检查学时和记录。"}
    await recorded(life, "officer", **inspection)
    assert len(await listed(life, answered=False)) == 4
    done = {"matter": heard, "on": "2026-06-15", "answer": "增开窗口，已回复"}
    early = {**done, "on": "2026-06-01", "answer": " "}
    assert await life.refused("secretary", "MatterAnswer", early) == [
        "result_missing",
        "dates_reversed",
    ]
    await life.done("secretary", "MatterAnswer", done)
    assert await life.refused("secretary", "MatterAnswer", done) == ["reason_missing"]
    [row] = await listed(life, kinds=["FEEDBACK"], answered=True)
    assert (row["channel"], row["answer"]) == ("HOTLINE", "增开窗口，已回复")
    answer = await life.at.ask("officer", PAGE, {"o": life.at.id("committee")})
    page = answer["data"]["organizationLifeMattersPage"]
    for words in (
        "党员队伍分析",
        "督促检查",
        "群众意见（热线电话）",
        "增开窗口，已回复（2026-06-15）",
    ):
        assert words in page, words
    answer = await life.at.ask("me", PAGE, {"o": life.at.id("branch")})
    assert answer["errors"]
    assert [facts["rows"] for facts in await life.ledger("matters_printed")] == [4]
    void = {"matter": heard, "reason": "重复"}
    await life.done("secretary", "MatterVoid", void)
    assert await life.refused("secretary", "MatterVoid", void) == ["matter_void"]
    assert await life.refused("secretary", "MatterAnswer", {**done, "reason": "再填"}) == [
        "matter_void"
    ]


@pytest.mark.clause("S0-43")
async def test_a_secretary_is_reviewed_by_others_and_sees_what_was_found(life: Any) -> None:
    review = {"kind": "REVIEW", "title": "2025年度述职评议", "details": "抓教育管理有力。"}
    boss = await life.member()
    await life.at.account("boss", role="branch_secretary", at="branch", member_id=boss.id)
    own = matter(life, **review, member=life.id(boss))
    assert await life.refused("boss", "MatterRecord", own) == ["own_matter"]
    made = await recorded(life, "officer", **review, member=life.id(boss))
    told = {"matter": made, "on": "2026-06-15", "answer": "综合评价：好"}
    assert await life.refused("boss", "MatterAnswer", told) == ["own_matter"]
    assert await life.refused("boss", "MatterVoid", {"matter": made, "reason": "不服"}) == [
        "own_matter"
    ]
    await life.done("officer", "MatterAnswer", told)
    [row] = await listed(life, "boss")
    assert (row["answer"], row["member"]) == ("综合评价：好", {"name": boss.name})
    assert await listed(life, "peer") == []


@pytest.mark.clause("S2-20")
async def test_what_a_leader_reports_is_sealed_and_opened_with_a_reason_he_sees(life: Any) -> None:
    for kind in ("DUTY_REPORT", "MAJOR_MATTER"):
        await life.done("secretary", "MatterRecord", report(life, kind=kind))
    made = await life.done("secretary", "MatterRecord", report(life), "matter { id title details }")
    assert (made["matter"]["title"], made["matter"]["details"]) == ("", None)
    id = made["matter"]["id"]
    opening = {"matter": id, "reason": "年度核对"}
    assert await life.refused("peer", "MatterOpen", opening) == ["NOT_FOUND"]
    assert await life.refused("secretary", "MatterOpen", opening) == ["FORBIDDEN"]
    assert await life.refused("officer", "MatterOpen", {**opening, "reason": " "}) == [
        "reason_missing"
    ]
    plain = await recorded(life)
    assert await life.refused("officer", "MatterOpen", {**opening, "matter": plain}) == [
        "matter_open"
    ]
    for login in ("officer", "me"):
        assert await life.done(login, "MatterOpen", opening, "reported") == {
            "reported": "购房\n购置住房一套。",
            "userErrors": [],
        }
    answer = await life.at.ask("officer", PAGE, {"o": life.at.id("branch")})
    page = answer["data"]["organizationLifeMattersPage"]
    assert "个人有关事项报告" in page
    assert "购房" not in page
    told = [*await life.ledger("matter_recorded"), *await life.ledger("matter_opened")]
    assert not [facts for facts in told if "房" in str(facts)]
    platform, tenant = life.at.house.platform, life.at.tenant
    query = select(Matter.sealed).where(Matter.tenant_id == tenant.id, Matter.sealed.is_not(None))
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        sealed = [*await session.scalars(query)]
    assert len(sealed) == 3
    assert not [each for each in sealed if "房".encode() in each]
    async with life.at.operator() as act:
        await members_erased(
            act, [Event(name=ERASED, subject=("Member", life.me.id), member_id=life.me.id)]
        )
    assert (await life.done("officer", "MatterOpen", opening, "reported"))["reported"] is None


async def test_who_is_admonished_has_a_talk_of_that_kind(life: Any) -> None:
    talk = {
        "member": life.id(life.me),
        "talker": life.id(life.peer),
        "kind": "ADMONITION",
        "ground": "SIGNS",
        "dimension": "DUTIES",
        "on": "2026-06-14",
        "why": "履职不力",
        "said": "限期整改",
    }
    await life.done("secretary", "TalkRecord", talk)
    assert await life.refused("secretary", "TalkRecord", {**talk, "ground": "DUES"}) == [
        "talk_ground_elsewhere"
    ]
