"""What is suggested of a member: gathered elsewhere, shown to who may act, deciding nothing."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import global_id, new_id
from zhibu_dues.rules.bases import Declaration
from zhibu_dues.rules.standards import Income
from zhibu_dues.service import bases
from zhibu_organization_life.rules.attendance import Mark
from zhibu_organization_life.rules.catalogues import Kind, Presence
from zhibu_organization_life.rules.engagements import Engaged, Terms
from zhibu_organization_life.rules.meetings import Details, Draft
from zhibu_organization_life.service import meetings
from zhibu_organization_life.service.attendance import attend
from zhibu_organization_life.service.engagements import engage

ASKED = """query ($m: ID!) { disciplineSuggestions(member: $m) { reason ground clause basis since
  missed { on what } next } }"""


async def suggested(discipline: Any, login: str, member: str | None = None) -> Any:
    given = {"m": member or discipline.id(discipline.me)}
    return await discipline.at.ask(login, ASKED, given)


async def six_months_without_dues(discipline: Any) -> None:
    said = Declaration(year=2026, from_month=1, income=Income.WAGE, base_fen=400_000)
    async with discipline.at.by("officer") as act:
        base = await bases.declare(act, discipline.me.id, said)
    async with discipline.at.by("secretary") as act:
        await bases.confirm(act, [base])


@pytest.mark.clause("S0-31")
async def test_half_a_year_without_dues_is_suggested_month_by_month_and_decides_nothing(
    discipline: Any,
) -> None:
    await six_months_without_dues(discipline)
    assert (await suggested(discipline, "secretary"))["data"]["disciplineSuggestions"] == []
    await discipline.later(date(2026, 7, 2))
    [found] = (await suggested(discipline, "secretary"))["data"]["disciplineSuggestions"]
    assert (found["reason"], found["ground"], found["clause"]) == ("DUES", "inactive", "S0-31")
    assert found["since"] == "2026-01-01"
    assert [each["what"] for each in found["missed"]][:2] == ["2026-01", "2026-02"]
    assert len(found["missed"]) >= 5
    assert "talk" in found["next"].lower()
    assert "党员教育管理工作条例" in found["basis"]
    assert (await discipline.member())["stage"] == "FULL"
    opening = discipline.opening(found["ground"], since=found["since"], missed=found["reason"])
    await discipline.done("secretary", "disciplineOpen", opening, "case { id }")
    await discipline.at.switch("dues", False, "committee")
    assert (await suggested(discipline, "secretary"))["data"]["disciplineSuggestions"] == []


@pytest.mark.clause("S0-31", "A-04")
async def test_meetings_missed_without_leave_and_work_not_done_are_named_each_by_itself(
    discipline: Any,
) -> None:
    me, home = discipline.me, discipline.at.units["branch"].id
    async with discipline.at.by("secretary") as act:
        for day, presence in (
            (date(2025, 11, 3), "on_leave"),
            (date(2025, 12, 10), "absent"),
            (date(2026, 6, 12), "absent"),
        ):
            details = Details(title="主题党日", held_on=day)
            draft = Draft(
                organization_id=home, kind=Kind.THEME_DAY, details=details, late_reason="补录"
            )
            meeting = await meetings.enter_held(act, draft)
            mark = Mark(member_id=me.id, presence=Presence(presence), reason="请假")
            await attend(act, meeting, [mark], others=Presence.PRESENT)
        terms = Terms(title="设岗定责：政策宣传", since=date(2025, 9, 1), until=date(2025, 12, 1))
        await engage(act, me.id, Engaged.ASSIGNED_DUTY, terms)
    life, work = (await suggested(discipline, "officer"))["data"]["disciplineSuggestions"]
    missed = [{"on": day, "what": "主题党日"} for day in ("2025-12-10", "2026-06-12")]
    assert life["missed"] == missed
    assert work["missed"] == [{"on": "2025-12-01", "what": "设岗定责：政策宣传"}]
    assert (life["reason"], work["reason"]) == ("LIFE", "WORK")


async def test_who_is_suggested_is_not_said_to_who_may_not_open_a_disposition(
    discipline: Any,
) -> None:
    """An absent member, one not seen and one of another committee are answered alike."""
    absent = global_id("Member", new_id())
    far = await discipline.at.member("far")
    for login, member in (("rival", None), ("secretary", discipline.id(far)), ("officer", absent)):
        answer = await suggested(discipline, login, member)
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", login
    for login in ("me", "recorder"):
        answer = await suggested(discipline, login)
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN", login
