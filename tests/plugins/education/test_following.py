"""Standings follow members, posts, units and parameters, in the act that changes those."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from zhibu.figures.service import compare, rebuild
from zhibu.members import service as members
from zhibu.members.public import MemberKind
from zhibu.members.rules import Change, Departure, Step
from zhibu.members.service import Correction
from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind
from zhibu.parameters import service as parameters
from zhibu.testing.register import identity
from zhibu_education.tables import Standing

TODAY = date(2026, 6, 15)


async def required(education: Any, who: Any, year: int = 2026) -> tuple[str, str]:
    standing = await education.standing(who, year=year, login="municipal")
    return standing["required"], standing["ground"]


@pytest.mark.clause("S2-06")
async def test_whoever_is_registered_has_a_standing_at_once(education: Any) -> None:
    standing = await education.standing(education.me)
    assert standing["opened"] is True
    assert standing["required"] == "32"
    assert "第二十条" in standing["basis"]


async def test_fifty_six_hours_are_asked_of_posts_only_where_they_are_set(education: Any) -> None:
    async with education.at.operator() as act:
        post = await organizations.appoint(
            act,
            organization_id=education.at.units["branch"].id,
            member_id=education.me.id,
            kind=PostKind.SECRETARY,
            since=date(2026, 3, 1),
        )
    assert await required(education, education.me) == ("32", "the yearly class hours of members")
    await education.override("hours_required_posts", 56)
    assert (await required(education, education.me))[0] == "56"
    assert (await required(education, education.peer))[0] == "32"
    async with education.at.operator() as act:
        await organizations.correct_post(
            act, post.id, since=date(2025, 3, 1), until=date(2025, 12, 31), reason="录入有误"
        )
    assert (await required(education, education.me))[0] == "32"


async def test_an_override_reaches_what_is_below_it_and_stops_at_a_nearer_one(
    education: Any,
) -> None:
    other = await education.member("other")
    await education.override("hours_required", 40, "general")
    change = await education.override("hours_required", 24, "other")
    assert (await required(education, education.me))[0] == "40"
    assert (await required(education, other))[0] == "24"
    async with education.at.operator() as act:
        await parameters.withdraw(act, change, "撤回")
    assert (await required(education, other))[0] == "40"
    assert await education.differences() == []


async def test_a_change_within_the_year_holds_for_the_year_and_not_for_the_last(
    education: Any,
) -> None:
    await education.claim(earnedOn="2025-05-05")
    await education.override("hours_required", 40, since=date(2026, 10, 1))
    assert (await required(education, education.me))[0] == "40"
    assert (await required(education, education.me, 2025))[0] == "32"


@pytest.mark.clause("A-10")
async def test_modes_count_day_by_day_as_the_rule_was_in_force(education: Any) -> None:
    for day, form in (("2026-02-01", "SELF_STUDY"), ("2026-06-01", "SELF_STUDY")):
        await education.verify(await education.claim(earnedOn=day, form=form, hours="2"))
    await education.verify(await education.claim(hours="3"))
    assert (await education.standing(education.me))["verified"] == "3"
    await education.override(
        "modes_counted", ["online", "self_study"], "branch", since=date(2026, 6, 1)
    )
    assert (await education.standing(education.me))["verified"] == "5"
    # Until June the branch had no rule of its own, so February follows the unit above.
    await education.override("modes_counted", ["self_study"], "general")
    assert (await education.standing(education.me))["verified"] == "7"
    assert await education.differences() == []


async def test_a_transfer_brings_the_rules_of_the_new_branch(education: Any) -> None:
    await education.override("modes_counted", ["self_study"], "other")
    await education.override("hours_required", 24, "other")
    await education.verify(await education.claim(form="SELF_STUDY"))
    assert (await education.standing(education.me))["verified"] == "0"
    async with education.at.operator() as act:
        await members.transfer(
            act,
            education.me.id,
            organization_id=education.at.units["other"].id,
            on=TODAY,
            reason="工作调动",
        )
    standing = await education.standing(education.me)
    assert (standing["required"], standing["verified"]) == ("24", "4")
    assert await education.differences() == []


async def test_a_unit_that_moves_brings_its_members_under_other_rules(education: Any) -> None:
    await education.override("hours_required", 48, "rival")
    async with education.at.operator() as act:
        await organizations.move(
            act,
            education.at.units["general"].id,
            parent_id=education.at.units["rival"].id,
            on=TODAY,
            reason="调整隶属",
        )
    assert (await required(education, education.me))[0] == "48"
    assert await education.differences() == []


async def test_branches_that_merge_bring_their_members_under_other_rules(education: Any) -> None:
    await education.override("hours_required", 48, "other")
    async with education.at.operator() as act:
        await organizations.merge(
            act,
            education.at.units["branch"].id,
            into_id=education.at.units["other"].id,
            on=TODAY,
            reason="合并",
        )
    assert (await required(education, education.me))[0] == "48"
    assert await education.differences() == []


async def test_retirement_and_leaving_change_the_standing(education: Any) -> None:
    await education.override("hours_required_retired", 16)
    async with education.at.operator() as act:
        await members.correct(
            act, education.me.id, Correction(kind=MemberKind.RETIRED), reason="退休"
        )
    assert (await required(education, education.me))[0] == "16"
    before = await figures(education)
    async with education.at.operator() as act:
        await members.change_stage(
            act,
            education.me.id,
            Step(
                change=Change.LEFT,
                on=TODAY,
                decision="支部党员大会决议",
                decided_on=TODAY,
                departure=Departure.WITHDREW,
            ),
        )
    assert (await figures(education))["members"] == before["members"] - 1
    assert await education.differences() == []


async def test_admitted_within_the_year_is_held_to_a_share_or_what_the_unit_says(
    education: Any,
) -> None:
    async with education.at.operator() as act:
        await members.admit(
            act,
            members.Entry(
                organization_id=education.at.units["branch"].id,
                name="新党员",
                identity_number=identity(77),
                kind=MemberKind.IN_SERVICE,
                admitted_on=date(2026, 5, 4),
            ),
            decision="支部党员大会决议",
        )
    answer = await education.read(
        "officer",
        """query ($o: ID!) { members(organization: $o, first: 9, filter: {nameContains: "新党员"}) {
            nodes { education(year: 2026) { required } } } }""",
        o=education.at.id("branch"),
    )
    (node,) = answer["data"]["members"]["nodes"]
    assert node["education"]["required"] == "21.5"


async def figures(education: Any) -> dict[str, Any]:
    answer = await education.read(
        "municipal",
        """query ($o: ID!) { educationFigures(organization: $o, year: 2026) {
            members met verifiedHours pendingHours sessions completion averageHours } }""",
        o=education.at.id("root"),
    )
    return dict(answer["data"]["educationFigures"])


@pytest.mark.clause("S0-36")
async def test_opening_a_year_computes_it_afresh_and_loses_nothing(education: Any) -> None:
    await education.verify(await education.claim())
    before = await education.standing(education.me)
    payload = await education.done(
        "officer",
        "educationYearOpen",
        {"organization": education.at.id("committee"), "year": 2026},
        "members",
    )
    assert payload["members"] == 2
    assert await education.standing(education.me) == before
    next_year = {"organization": education.at.id("committee"), "year": 2027}
    assert (await education.standing(education.me, year=2027))["opened"] is False
    await education.done("officer", "educationYearOpen", next_year, "members")
    assert (await required(education, education.me, 2027))[0] == "32"
    impossible = {"organization": education.at.id("committee"), "year": 0}
    assert await education.refused("officer", "educationYearOpen", impossible) == [
        "core.year_invalid"
    ]


async def test_the_year_of_many_members_is_opened_by_a_job(
    education: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhibu_education.service.standings.MANY", 1)
    given = {"organization": education.at.id("committee"), "year": 2027}
    own = {"organization": education.at.id("branch"), "year": 2027}
    assert await education.refused("recorder", "educationYearOpen", own) == ["FORBIDDEN"]
    first = await education.done("officer", "educationYearOpen", given, "members job")
    again = await education.done("officer", "educationYearOpen", given, "members job")
    assert (first["members"], first["job"]) == (2, again["job"])
    assert (await education.standing(education.me, year=2027))["opened"] is False
    assert await education.at.house.platform.jobs.run_waiting() == 1
    assert (await education.standing(education.me, year=2027))["opened"] is True
    told = await education.read(
        "officer", "query ($id: ID!) { job(id: $id) { state summary } }", id=first["job"]
    )
    assert told["data"]["job"] == {
        "state": "SUCCEEDED",
        "summary": "Opened the year for 2 members.",
    }


async def test_a_plugin_that_was_off_finds_its_records_again(education: Any) -> None:
    await education.verify(await education.claim())
    before = await education.standing(education.me)
    await education.at.switch("education", False)
    await education.at.switch("education", True)
    assert await education.standing(education.me) == before


@pytest.mark.parametrize(("at", "many"), [("branch", 9), ("root", 9), ("branch", 0)])
async def test_what_happened_while_the_plugin_was_off_is_made_up_for(
    education: Any, monkeypatch: pytest.MonkeyPatch, at: str, many: int
) -> None:
    monkeypatch.setattr("zhibu_education.service.following.MANY", many)
    moved = await education.member("other")
    await education.at.switch("education", False, at)
    new = await education.member()
    async with education.at.operator() as act:
        await members.transfer(
            act,
            moved.id,
            organization_id=education.at.units["branch"].id,
            on=TODAY,
            reason="工作调动",
        )
    await education.override("hours_required", 40, "branch")
    await education.at.switch("education", True, at)
    if not many:
        assert (await education.standing(new))["opened"] is False
        assert await education.at.house.platform.jobs.run_waiting() == 1
    for who in (education.me, new, moved):
        assert (await required(education, who))[0] == "40"
    assert await education.differences() == []


@pytest.mark.clause("S0-01")
async def test_a_pack_of_one_subtree_changes_the_hours_of_nobody_else(education: Any) -> None:
    far = await education.member("far")
    await education.at.account("head", "committee_secretary", "committee")
    place = {"organization": education.at.id("committee"), "reason": "只适用于服务中心"}
    pack = {
        **place,
        "name": "centre",
        "since": "2026-01-01",
        "overrides": [{"name": "education.hours_required", "value": 40}],
    }
    await education.done("head", "rulePackApply", pack, "count")
    assert (await required(education, education.me))[0] == "40"
    assert (await education.standing(far, login="rival"))["required"] == "32"
    await education.done("head", "rulePackRelease", {**place, "name": "centre"}, "count")
    assert (await required(education, education.me))[0] == "32"
    assert await education.differences() == []


@pytest.mark.parametrize(
    "wrong",
    [{"required": Decimal(7)}, {"verified": Decimal(7)}, {"enrolled": Decimal(7)}],
    ids=lambda each: next(iter(each)),
)
async def test_a_wrong_standing_is_found_and_mended_when_figures_are_counted_anew(
    education: Any, wrong: dict[str, Any]
) -> None:
    await education.verify(await education.claim())
    right = await education.standing(education.me)
    platform = education.at.house.platform
    async with education.at.operator() as act:
        await act.session.execute(
            update(Standing)
            .where(Standing.tenant_id == act.tenant_id, Standing.member_id == education.me.id)
            .values(**wrong)
        )
        act.touch(education.at.units["branch"].id)  # the figures follow the wrong standing
    branch = education.at.units["branch"].id
    async with platform.looking(education.at.tenant, act.caller) as look:
        found = await compare(look, platform.figures)
    assert ("education.standings_wrong", branch, 1) in [
        (each.name, each.organization_id, each.counted) for each in found
    ]
    async with education.at.operator() as act:
        mended = await rebuild(act, platform.figures, reason="核对")
    assert mended[0].name == "education.standings_wrong"
    assert await education.standing(education.me) == right
    async with platform.looking(education.at.tenant, act.caller) as look:
        assert await compare(look, platform.figures) == []


async def test_a_standing_that_is_not_what_the_credits_say_is_found(education: Any) -> None:
    await education.verify(await education.claim())
    assert await education.differences() == []
    async with education.at.operator() as act:
        await act.session.execute(
            update(Standing)
            .where(Standing.tenant_id == act.tenant_id, Standing.member_id == education.me.id)
            .values(pending=Decimal(7))
        )
        act.touch(education.at.units["branch"].id)  # the figures follow the wrong standing
    (wrong,) = await education.differences()
    assert (wrong.name, wrong.kept, wrong.counted) == ("education.standings_wrong.2026", 0, 1)
    given = {"organization": education.at.id("committee"), "year": 2026}
    await education.done("officer", "educationYearOpen", given, "members")
    assert await education.differences() == []


@pytest.mark.parametrize("exempt", [True, False])
async def test_whose_membership_is_stopped_owes_nothing_unless_the_unit_says_so(
    education: Any, exempt: bool
) -> None:
    if not exempt:
        await education.override("exempt_stopped", False)
    days = {Change.STOPPED: date(2026, 5, 4), Change.RESTORED: TODAY}
    for change, stopped in ((Change.STOPPED, True), (Change.RESTORED, False)):
        async with education.at.operator() as act:
            step = Step(
                change=change, on=days[change], decision="支部党员大会决议", decided_on=TODAY
            )
            await members.change_stage(act, education.me.id, step)
        standing = await education.standing(education.me)
        assert standing["required"] == ("0" if stopped and exempt else "32")
        if stopped and exempt:
            assert "条例" in standing["basis"]
    assert await education.differences() == []
