"""How members live is known, sealed, and opened by few; hardship is surveyed and relieved."""

from typing import Any

import pytest
from sqlalchemy import select

from zhibu.act import Event
from zhibu.members.public import ERASED
from zhibu.members.rules import MemberKind
from zhibu_organization_life.service.erasing import members_erased
from zhibu_organization_life.tables import Survey

LIVING = {"family": "与老伴同住", "health": "血压偏高", "wishes": "希望就近参加活动"}
FACTS = "family health wishes"
SURVEYS = """query ($o: ID!, $f: OrganizationLifeSurveyFilter) {
  organizationLifeSurveys(organization: $o, first: 9, filter: $f) { nodes {
    surveyedOn hardship voidedOn } } }"""
RELIEFS = """query ($o: ID!) { organizationLifeReliefs(organization: $o, first: 9) { nodes {
  paidOn fen fund receipt voidedOn } } }"""
UNSURVEYED = """query ($o: ID!) {
  organizationLifeUnsurveyed(organization: $o, year: 2026, first: 9) { nodes { name } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, dueFrom: "2026-01-01", dueTo: "2026-12-31",
  kinds: ["organization_life.survey_due"], first: 9) { nodes { dueOn memberName } } }"""


def surveyed(life: Any, who: Any = None, **changes: Any) -> dict[str, Any]:
    given = {"member": life.id(who or life.me), "on": "2026-06-10", **LIVING, "hardship": False}
    return {**given, **changes}


def paid(life: Any, **changes: Any) -> dict[str, Any]:
    given = {"on": "2026-06-12", "fen": 50000, "fund": "PARTY_DUES", "receipt": "签收单第3号"}
    return {"member": life.id(life.me), **given, **changes}


async def survey(life: Any, who: Any = None, **changes: Any) -> str:
    made = await life.done(
        "secretary", "SurveyRecord", surveyed(life, who, **changes), "survey { id }"
    )
    return str(made["survey"]["id"])


async def listed(life: Any, document: str, login: str = "secretary", **wanted: Any) -> Any:
    given = {"o": life.at.id("branch")} | ({"f": wanted} if wanted else {})
    answer = await life.at.ask(login, document, given)
    [found] = answer["data"].values()
    return found["nodes"]


@pytest.mark.clause("S4-06")
async def test_none_of_the_three_is_blank_and_nobody_surveys_himself(life: Any) -> None:
    blank = surveyed(life, family=" ", health="", wishes=" ", on="2026-06-16")
    assert await life.refused("secretary", "SurveyRecord", blank) == [
        "care_fact_missing",
        "care_fact_missing",
        "care_fact_missing",
        "not_yet_done",
    ]
    late = surveyed(life, on="2026-01-10")
    assert await life.refused("secretary", "SurveyRecord", late) == ["late_reason_missing"]
    assert await life.refused("rival", "SurveyRecord", surveyed(life)) == ["NOT_FOUND"]
    for login in ("recorder", "me"):
        found = await life.refused(login, "SurveyRecord", surveyed(life))
        assert found in (["FORBIDDEN"], ["NOT_FOUND"]), login


@pytest.mark.clause("S4-06")
async def test_how_a_member_lives_is_sealed_and_every_opening_is_logged(life: Any) -> None:
    id = await survey(life)
    opening = {"survey": id, "reason": "走访前了解"}
    for login in ("peer", "recorder"):
        assert await life.refused(login, "SurveyOpen", opening) == ["NOT_FOUND"]
    silent = {**opening, "reason": " "}
    assert await life.refused("secretary", "SurveyOpen", silent) == ["reason_missing"]
    for login in ("me", "secretary"):
        found = await life.done(login, "SurveyOpen", opening, FACTS)
        assert {name: found[name] for name in LIVING} == LIVING
    assert len(await life.ledger("survey_opened")) == 2
    [told] = await life.ledger("surveyed")
    assert not any(words in str(told) for words in LIVING.values())
    async with life.at.operator() as act:
        [sealed] = await act.session.scalars(select(Survey.sealed))
        assert not any(words.encode() in sealed for words in LIVING.values())


@pytest.mark.clause("S4-06")
async def test_what_was_found_out_is_erased_with_the_member(life: Any) -> None:
    id = await survey(life)
    async with life.at.operator() as act:
        erased = Event(name=ERASED, subject=("Member", life.me.id), member_id=life.me.id)
        await members_erased(act, [erased])
    found = await life.done("secretary", "SurveyOpen", {"survey": id, "reason": "核对"}, FACTS)
    assert {found[name] for name in LIVING} == {None}
    assert len(await listed(life, SURVEYS)) == 1


@pytest.mark.clause("S4-06")
async def test_retired_members_whom_nobody_surveyed_are_listed_and_due(life: Any) -> None:
    old = await life.member(kind=MemberKind.RETIRED)
    assert [each["name"] for each in await listed(life, UNSURVEYED)] == [old.name]
    assert await listed(life, DUE) == [], "only where an institution asks for it"
    await life.override("surveys_owed", True, "branch")
    assert await listed(life, DUE) == [{"dueOn": "2026-12-31", "memberName": old.name}]
    id = await survey(life, old)
    assert await listed(life, UNSURVEYED) == await listed(life, DUE) == []
    await life.done("secretary", "SurveyVoid", {"survey": id, "reason": "误登"})
    assert len(await listed(life, UNSURVEYED)) == len(await listed(life, DUE)) == 1


@pytest.mark.clause("S4-07")
async def test_relief_is_paid_against_a_receipt_to_whom_a_survey_found_in_hardship(
    life: Any,
) -> None:
    wrong = paid(life, fen=0, receipt=" ", on="2026-06-16")
    assert await life.refused("secretary", "ReliefRecord", wrong) == [
        "relief_amount_invalid",
        "receipt_missing",
        "not_yet_done",
        "hardship_unsurveyed",
    ]
    await survey(life)
    assert await life.refused("secretary", "ReliefRecord", paid(life)) == ["hardship_unsurveyed"]
    await survey(life, hardship=True)
    assert len(await listed(life, SURVEYS, hardship=True)) == 1
    made = await life.done("secretary", "ReliefRecord", paid(life), "relief { id }")
    [row] = await listed(life, RELIEFS, "me")
    assert (row["fen"], row["fund"], row["receipt"]) == (50000, "PARTY_DUES", "签收单第3号")
    assert await listed(life, RELIEFS, "peer") == []
    void = {"relief": made["relief"]["id"], "reason": " "}
    assert await life.refused("secretary", "ReliefVoid", void) == ["reason_missing"]
    await life.done("secretary", "ReliefVoid", {**void, "reason": "填错"})
    again = await life.refused("secretary", "ReliefVoid", {**void, "reason": "填错"})
    assert again == ["care_void"]


@pytest.mark.clause("S4-07")
async def test_where_an_institution_says_so_relief_takes_no_survey(life: Any) -> None:
    await life.override("relief_takes_survey", False, "branch")
    await life.done("secretary", "ReliefRecord", paid(life))
