"""Talks: who may record and open them, that words are sealed, follow-ups, and putting right."""

from typing import Any

import pytest
from sqlalchemy import select

from zhibu.act import Event
from zhibu.members.public import ERASED
from zhibu_organization_life.service.erasing import members_erased
from zhibu_organization_life.tables import Talk

LIST = """query ($o: ID!) { organizationLifeTalks(organization: $o, first: 9) { nodes {
  kind ground dimension talkedOn talkerName followUpOn followedOn voidedOn } } }"""
UNTALKED = """query ($o: ID!) {
  organizationLifeUntalked(organization: $o, year: 2026, first: 9) { nodes { name } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, dueFrom: "2026-06-01", dueTo: "2026-12-31",
  kinds: ["organization_life.talk_due"], first: 9) { nodes { dueOn memberName } } }"""
WORDS = "why said agreed result"


def talking(life: Any, **changes: Any) -> dict[str, Any]:
    """Input of a reminder that the peer gave."""
    return {
        "member": life.id(life.me),
        "talker": life.id(life.peer),
        "kind": "REMINDER",
        "ground": "FEEDBACK",
        "dimension": "TIES_WITH_MASSES",
        "on": "2026-06-14",
        "why": "群众反映态度生硬",
        "said": "当面指出问题",
        "agreed": "一月内改正",
        "followUpOn": "2026-07-14",
        **changes,
    }


async def talked(life: Any, **changes: Any) -> str:
    given = talking(life, **changes)
    payload = await life.done("secretary", "TalkRecord", given, "talk { id }")
    return str(payload["talk"]["id"])


async def listed(life: Any, login: str) -> list[dict[str, Any]]:
    answer = await life.at.ask(login, LIST, {"o": life.at.id("branch")})
    nodes: list[dict[str, Any]] = (answer["data"] or {"none": {"nodes": []}}).popitem()[1]["nodes"]
    return nodes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"ground": "ABSENCE"}, ["talk_ground_elsewhere"]),
        ({"kind": "CRITICISM"}, ["talk_ground_elsewhere"]),
        ({"dimension": None}, ["dimension_missing"]),
        ({"why": " ", "said": ""}, ["talk_unsaid", "talk_unsaid"]),
        ({"on": "2026-06-16", "followUpOn": None}, ["not_yet_done"]),
        ({"on": "2026-01-10"}, ["late_reason_missing"]),
        ({"followUpOn": "2026-06-14"}, ["dates_reversed"]),
        ({"on": "2001-01-10", "lateReason": "补录"}, ["no_member_then"]),
    ],
)
async def test_a_bad_talk_is_refused_by_name(life: Any, changes: Any, codes: list[str]) -> None:
    assert await life.refused("secretary", "TalkRecord", talking(life, **changes)) == codes


@pytest.mark.clause("S0-10", "S0-22", "S0-23", "S0-24", "S2-15")
async def test_talks_are_seen_by_whom_they_concern_and_their_words_opened_apart(
    life: Any,
) -> None:
    own = talking(life, talker=life.id(life.me))
    assert await life.refused("secretary", "TalkRecord", own) == ["own_talk"]
    far = talking(life, talker=life.id(await life.member("far")))
    assert await life.refused("secretary", "TalkRecord", far) == ["talker_unknown"]
    for login in ("recorder", "me"):
        assert await life.refused(login, "TalkRecord", talking(life)) in (
            ["FORBIDDEN"],
            ["NOT_FOUND"],
        )
    talk = await talked(life)
    for kind, ground in (("CRITICISM", "DUES"), ("HEART", "ROUTINE")):
        await talked(life, kind=kind, ground=ground, member=life.id(life.peer),
                     talker=life.id(life.me))  # fmt: skip
    assert len(await listed(life, "secretary")) == 3
    assert [row["talkerName"] for row in await listed(life, "me")] == [life.peer.name]
    assert await listed(life, "recorder") == []
    answer = await life.at.ask("secretary", UNTALKED, {"o": life.at.id("branch")})
    nodes = answer["data"]["organizationLifeUntalked"]["nodes"]
    assert nodes == [{"name": life.me.name}]
    opening = {"talk": talk, "reason": "了解情况"}
    assert await life.refused("peer", "TalkOpen", opening) == ["NOT_FOUND"]
    assert await life.refused("secretary", "TalkOpen", {**opening, "reason": " "}) == [
        "reason_missing"
    ]
    for login in ("me", "secretary"):
        found = await life.done(login, "TalkOpen", opening, WORDS)
        assert (found["why"], found["agreed"], found["result"]) == (
            "群众反映态度生硬",
            "一月内改正",
            None,
        )
    assert len(await life.ledger("talk_opened")) == 2
    told = await life.ledger("talked")
    assert not [facts for facts in told if "群众" in str(facts) or "改正" in str(facts)]


async def test_a_talk_is_followed_up_told_anew_with_a_reason_and_voided(life: Any) -> None:
    async def due() -> list[str]:
        answer = await life.at.ask("secretary", DUE, {"o": life.at.id("branch")})
        return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]

    talk, second = await talked(life), await talked(life, followUpOn="2026-08-01")
    assert await due() == ["2026-07-14", "2026-08-01"]
    done = {"talk": talk, "on": "2026-06-15", "result": "已改正"}
    assert await life.refused("secretary", "TalkFollow", {**done, "result": " "}) == ["talk_unsaid"]
    await life.done("secretary", "TalkFollow", done)
    assert await life.refused("secretary", "TalkFollow", done) == ["reason_missing"]
    await life.done("secretary", "TalkFollow", {**done, "result": "基本改正", "reason": "核实"})
    found = await life.done("me", "TalkOpen", {"talk": talk, "reason": "本人"}, WORDS)
    assert found["result"] == "基本改正"
    assert await due() == ["2026-08-01"]
    void = {"talk": second, "reason": "重复登记"}
    await life.done("secretary", "TalkVoid", void)
    assert await life.refused("secretary", "TalkVoid", void) == ["talk_void"]
    assert await due() == []


STAGE = "query ($m: ID!) { member(id: $m) { stage } }"
UNREFORMED = DUE.replace("talk_due", "unreformed_due")
TALKS = """query ($o: ID!, $f: OrganizationLifeTalkFilter) {
  organizationLifeTalks(organization: $o, first: 9, filter: $f) { nodes {
    improved handleBy handledOn decision } } }"""


@pytest.mark.clause("S2-13")
async def test_who_does_not_mend_after_education_is_listed_until_the_branch_decides_what_to_do(
    life: Any,
) -> None:
    async def due() -> list[str]:
        answer = await life.at.ask("secretary", UNREFORMED, {"o": life.at.id("branch")})
        return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]

    async def failed() -> list[Any]:
        given = {"o": life.at.id("branch"), "f": {"improved": False}}
        answer = await life.at.ask("secretary", TALKS, given)
        return list(answer["data"]["organizationLifeTalks"]["nodes"])

    talk = await talked(life)
    decided = {"talk": talk, "on": "2026-06-15", "decision": "提交支部大会讨论，限期改正"}
    assert await life.refused("secretary", "TalkHandle", decided) == ["talk_not_failed"]
    mended = {"talk": talk, "on": "2026-06-14", "result": "已改正", "improved": True}
    await life.done("secretary", "TalkFollow", mended)
    assert await life.refused("secretary", "TalkHandle", decided) == ["talk_not_failed"]
    assert (await due(), await failed()) == ([], [])
    again = {**mended, "result": "仍不改正", "improved": False, "reason": "再次核实"}
    await life.done("secretary", "TalkFollow", again)
    assert await due() == ["2026-07-14"]
    before = (await life.at.ask("me", STAGE, {"m": life.id(life.me)}))["data"]["member"]
    early = {**decided, "on": "2026-06-01", "decision": " "}
    assert await life.refused("secretary", "TalkHandle", early) == [
        "dates_reversed",
        "result_missing",
    ]
    await life.done("secretary", "TalkHandle", decided)
    assert await life.refused("secretary", "TalkHandle", decided) == ["reason_missing"]
    assert await due() == []
    assert await failed() == [
        {
            "improved": False,
            "handleBy": "2026-07-14",
            "handledOn": "2026-06-15",
            "decision": "提交支部大会讨论，限期改正",
        }
    ]
    after = (await life.at.ask("me", STAGE, {"m": life.id(life.me)}))["data"]["member"]
    assert after == before, "no membership changes by it"


async def test_words_are_sealed_on_the_disk_and_erased_with_the_member(life: Any) -> None:
    talk = await talked(life)
    platform, tenant = life.at.house.platform, life.at.tenant
    query = select(Talk.sealed).where(Talk.tenant_id == tenant.id)
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        [sealed] = await session.scalars(query)
    assert "群众".encode() not in sealed
    assert b"u7fa4" not in sealed  # nor as JSON writes it
    async with life.at.operator() as act:
        erased = Event(name=ERASED, subject=("Member", life.me.id), member_id=life.me.id)
        await members_erased(act, [erased])
    found = await life.done("secretary", "TalkOpen", {"talk": talk, "reason": "核对"}, WORDS)
    assert found["why"] is None
