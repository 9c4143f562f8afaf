"""The sweep: obligations follow the records, reach those responsible, and go up when unheeded."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from zhibu.act import Act
from zhibu.due.schedules import SWEEP
from zhibu.due.store import sweeping, telling
from zhibu.due.store.sweeping import affected
from zhibu.due.tables import InboxItem, Obligation
from zhibu.events.timeline import entries
from zhibu.jobs.running import Runner
from zhibu.members import service as members
from zhibu.members.rules import Change
from zhibu.members.rules.stages import Step
from zhibu.members.service import Correction
from zhibu.members.service.undoing import Entered
from zhibu.members.tables import StagePeriod
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu.organizations.tables import Organization
from zhibu.parameters import service as parameters
from zhibu.testing.counting import statements
from zhibu.testing.deadlines import Deadlines

PROBATION, TERM, MISSING, YEAR = (
    "core.probation_ends",
    "core.term_ends",
    "core.affiliation_missing",
    "core.year_end",
)
ADMITTED = date(2025, 9, 1)
ENDS = date(2026, 9, 1)


def days(count: int) -> date:
    return ENDS + timedelta(days=count)


async def probations(deadlines: Deadlines, login: str) -> list[dict[str, Any]]:
    """What this inbox holds of probations."""
    found = await deadlines.inbox(login)
    return [each for each in found if each["due"]["kind"] == PROBATION]


async def step(deadlines: Deadlines, who: Any, change: Change, on: date) -> None:
    taken = Step(change=change, on=on, decision="支部大会决议", decided_on=on)
    async with deadlines.at.operator() as act:
        await members.change_stage(act, who.id, taken)


async def test_nobody_is_reminded_before_the_longest_lead(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.at.account("me", member_id=me.id)
    assert await deadlines.sweep(days(-61)) == Counter()
    assert await deadlines.sweep(days(-60)) == Counter(opened=1, told=2)
    [mine], [theirs] = await deadlines.inbox("me"), await deadlines.inbox("secretary")
    assert (mine["reason"], theirs["reason"]) == ("OWN", "RESPONSIBLE")
    assert mine["due"]["dueOn"] == theirs["due"]["dueOn"] == "2026-09-01"
    assert await deadlines.inbox("officer") == await deadlines.inbox("recorder") == []


async def test_a_sweep_done_again_changes_nothing_and_says_nothing(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(-60))
    assert await deadlines.sweep(days(-60)) == await deadlines.sweep(days(-59)) == Counter()
    async with deadlines.at.operator() as act:
        found = await entries(act.session, act.tenant_id, event="due.swept")
    assert [(each.facts["kind"], each.facts["opened"]) for each in found] == [(PROBATION, 1)]


async def test_a_sweep_is_planned_for_whole_tables(
    deadlines: Deadlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Joined row by row, what was just written takes a time that grows by its square."""
    found = set()
    if deadlines.at.house.platform.homes.home(deadlines.at.tenant.id).name != "postgresql":
        pytest.skip("SQLite joins by an index that it makes where there is none")

    async def looking(session: Any, statement: Any) -> int:
        for name in ("enable_nestloop", "plan_cache_mode"):
            found.add(await session.scalar(text(f"SHOW {name}")))
        return await affected(session, statement)

    for module in (sweeping, telling):
        monkeypatch.setattr(module, "affected", looking)
    await deadlines.sweep(days(-60))
    assert found == {"off", "force_custom_plan"}
    async with deadlines.at.operator() as act:
        assert await act.session.scalar(text("SHOW enable_nestloop")) == "on"


async def test_each_lead_brings_it_to_mind_again(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED)
    raised = {}
    for count in (-60, -31, -30, -8, -7, -1, 0, 1):
        raised[count] = (await deadlines.sweep(days(count)))["raised"]
    assert [count for count, number in raised.items() if number] == [-30, -7, 0]


async def test_what_nobody_does_goes_up_to_whoever_answers_there(deadlines: Deadlines) -> None:
    """Nobody answers at the general branch, so the committee comes next; two levels at most."""
    await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(0))
    seen = {}
    for count in (29, 30, 59, 60, 200):
        await deadlines.sweep(days(count))
        seen[count] = [
            login
            for login in ("secretary", "officer", "district", "municipal", "rival")
            if await probations(deadlines, login)
        ]
    assert seen == {
        29: ["secretary"],
        30: ["secretary", "officer"],
        59: ["secretary", "officer"],
        60: ["secretary", "officer", "district"],
        200: ["secretary", "officer", "district"],
    }
    [found] = await probations(deadlines, "officer")
    assert (found["reason"], found["due"]["overdue"]) == ("ESCALATED", True)


async def test_where_nobody_is_responsible_the_next_above_is_told_at_once(
    deadlines: Deadlines,
) -> None:
    await deadlines.probationary(ADMITTED, "other")
    await deadlines.sweep(days(-60))
    [found] = await deadlines.inbox("officer")
    assert (found["reason"], found["due"]["organizationName"][-5:]) == ("ESCALATED", "other")
    assert await deadlines.inbox("district") == await deadlines.inbox("secretary") == []


async def test_a_post_makes_responsible_as_a_given_role_does(deadlines: Deadlines) -> None:
    holder = await deadlines.at.member("other")
    await deadlines.at.account("elected", member_id=holder.id)
    async with deadlines.at.operator() as act:
        post = await organizations.appoint(
            act,
            organization_id=deadlines.at.units["other"].id,
            member_id=holder.id,
            kind=PostKind.DEPUTY_SECRETARY,
            since=date(2026, 1, 1),
        )
    await deadlines.probationary(ADMITTED, "other")
    await deadlines.sweep(days(-60))
    assert [each["reason"] for each in await deadlines.inbox("elected")] == ["RESPONSIBLE"]
    deadlines.on(days(-50))
    async with deadlines.at.operator() as act:
        await organizations.end_post(act, post.id, on=days(-50), reason="换届")
    changed = await deadlines.sweep(days(-50))
    assert (changed["withdrawn"], changed["told"]) == (1, 1)
    assert await deadlines.inbox("elected") == []
    assert [each["reason"] for each in await deadlines.inbox("officer")] == ["ESCALATED"]


async def test_what_was_recorded_in_time_is_over_with_its_own_day(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(-7))
    deadlines.on(days(10))
    await step(deadlines, me, Change.MADE_FULL, days(0))
    assert (await deadlines.sweep(days(10)))["closed"] == 1
    [found] = await deadlines.past("secretary")
    assert (found["doneOn"], found["closedOn"]) == ("2026-09-01", "2026-09-11")
    assert (found["outcome"], found["late"]) == ("RECORDED", False)
    assert await deadlines.inbox("secretary") == []
    assert len(await deadlines.inbox("secretary", state="DONE")) == 1
    assert await deadlines.past("secretary", late=True) == []


async def test_what_was_done_after_its_day_is_marked_late(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(0))
    deadlines.on(days(10))
    await step(deadlines, me, Change.MADE_FULL, days(9))
    await deadlines.sweep(days(10))
    [found] = await deadlines.past("secretary", late=True)
    assert (found["doneOn"], found["late"], found["lateReason"]) == ("2026-09-10", True, None)


async def test_an_extended_probation_is_another_deadline(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(0))
    deadlines.on(days(1))
    extended = Step(
        change=Change.EXTENDED, on=days(1), decision="决议", decided_on=days(1), months=6
    )
    async with deadlines.at.operator() as act:
        await members.change_stage(act, me.id, extended)
    await deadlines.sweep(days(1))
    assert await deadlines.inbox("secretary") == []
    await deadlines.sweep(date(2027, 1, 10))
    found = {each["due"]["kind"]: each for each in await deadlines.inbox("secretary")}
    assert found[PROBATION]["due"]["dueOn"] == "2027-03-01"


async def test_what_is_gone_counts_as_done_only_where_that_ends_it(deadlines: Deadlines) -> None:
    await deadlines.at.member("other")
    me = await deadlines.probationary(ADMITTED)

    async def end(day: date | None) -> None:
        async with deadlines.at.operator() as act:
            await act.session.execute(
                update(Organization)
                .where(Organization.tenant_id == act.tenant_id)
                .where(Organization.id == deadlines.at.units["other"].id)
                .values(ended_on=day)
            )

    await end(date(2026, 6, 1))
    await deadlines.sweep(days(-60))
    await end(None)
    async with deadlines.at.operator() as act:
        corrected = Correction(admitted_on=ADMITTED + timedelta(days=3))
        await members.correct(act, me.id, corrected, reason="录入有误")
    await deadlines.sweep(days(-59))
    found = {each["kind"]: each for each in await deadlines.past("officer")}
    assert (found[MISSING]["outcome"], found[MISSING]["doneOn"]) == ("GONE", "2026-07-04")
    assert (found[PROBATION]["outcome"], found[PROBATION]["doneOn"]) == ("GONE", None)


async def test_what_is_due_again_is_open_again(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(1))
    deadlines.on(days(3))
    await step(deadlines, me, Change.MADE_FULL, days(2))
    await deadlines.sweep(days(3))
    async with deadlines.at.operator() as act:
        await members.undo_last(act, me.id, what=Entered.STAGE, reason="登记有误")
    assert await deadlines.sweep(days(3)) == Counter(opened=1)
    [found] = await deadlines.inbox("secretary")
    assert (found["due"]["closedOn"], found["due"]["doneOn"]) == (None, None)


async def test_whoever_moved_is_the_concern_of_the_new_branch(deadlines: Deadlines) -> None:
    await deadlines.at.account("neighbour", "branch_secretary", "other")
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(-60))
    deadlines.on(days(-50))
    async with deadlines.at.operator() as act:
        unit = deadlines.at.units["other"].id
        await members.transfer(act, me.id, organization_id=unit, on=days(-50), reason="调动")
    await deadlines.sweep(days(-50))
    assert await deadlines.inbox("secretary") == []
    assert len(await deadlines.inbox("neighbour")) == 1


async def test_each_place_is_reminded_as_its_own_rule_says(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED, "branch")
    await deadlines.probationary(ADMITTED, "far")

    async def rule(name: str, at: str, value: object) -> None:
        async with deadlines.at.operator() as act:
            unit = deadlines.at.units[at].id
            await parameters.override(act, unit, name, date(2026, 1, 1), value, "本单位规定")

    await rule("core.probation_lead", "general", [90, 5])
    await rule("core.probation_escalation", "branch", 3)
    await rule("core.due_levels", "committee", 1)
    assert await deadlines.sweep(days(-90)) == Counter(opened=1, told=1)
    assert await deadlines.sweep(days(-60)) == Counter(opened=1, told=1)
    assert (await deadlines.sweep(days(-30)))["raised"] == 1
    assert (await deadlines.sweep(days(-5)))["raised"] == 2  # one by its own rule, one late
    await deadlines.sweep(days(40))
    seen = {
        login: len(await probations(deadlines, login)) for login in ("officer", "rival", "district")
    }
    assert seen == {"officer": 1, "rival": 1, "district": 1}  # the far one's committee is nearest


async def test_a_plugin_that_is_switched_off_reminds_of_nothing(deadlines: Deadlines) -> None:
    await behind(deadlines)
    assert (await deadlines.sweep(date(2026, 9, 20)))["opened"] == 2
    await deadlines.at.switch("education", False, "branch")
    assert await deadlines.sweep(date(2026, 9, 21)) == Counter(closed=2)
    assert await deadlines.inbox("secretary") == await deadlines.inbox("me") == []


async def behind(deadlines: Deadlines) -> None:
    """A member with an account, in a year that was opened, without any hours."""
    person = await deadlines.at.member("branch")
    await deadlines.at.account("me", member_id=person.id)
    opened = """mutation ($input: EducationYearOpenInput!) {
      educationYearOpen(input: $input) { userErrors { code } } }"""
    given = {"input": {"organization": deadlines.at.id("committee"), "year": 2026}}
    assert "errors" not in await deadlines.ask("officer", opened, given)


@pytest.mark.clause("S2-06", "A-09")
async def test_hours_behind_are_told_to_the_member_and_to_the_branch_as_one(
    deadlines: Deadlines,
) -> None:
    await behind(deadlines)
    await deadlines.at.member("branch")
    assert not await deadlines.sweep(date(2026, 9, 19))
    await deadlines.sweep(date(2026, 9, 20))
    [mine], [theirs] = await deadlines.inbox("me"), await deadlines.inbox("secretary")
    assert (mine["due"]["kind"], mine["reason"]) == ("education.hours_behind", "OWN")
    assert (theirs["due"]["kind"], theirs["reason"]) == ("education.year_end", "RESPONSIBLE")
    await deadlines.sweep(date(2027, 1, 15))
    assert [each["due"]["kind"] for each in await deadlines.inbox("officer")] == [
        "core.year_end",
        "core.year_end",
        "education.year_end",
    ]
    await deadlines.sweep(date(2027, 4, 1))
    past = await deadlines.past("secretary")
    assert {(each["outcome"], each["doneOn"]) for each in past} == {("LAPSED", None)}
    assert await deadlines.inbox("me") == []


async def test_a_sweep_costs_the_same_statements_for_few_and_for_many(
    deadlines: Deadlines,
) -> None:
    counts = []
    for start, many in enumerate((1, 2, 12)):
        for number in range(many):
            await deadlines.probationary(
                ADMITTED + timedelta(days=start), ("branch", "other", "far")[number % 3]
            )
        await deadlines.at.house.platform.snapshot(deadlines.at.tenant.id)
        with statements() as found:
            changed = await deadlines.sweep(days(start - 60))
        assert changed["opened"] == many
        counts.append(sum("core_due" in sql or "core_inbox" in sql for sql in found))
    platform = deadlines.at.house.platform
    switches = (await platform.snapshot(deadlines.at.tenant.id)).switches
    on = [switches.anywhere(kind.plugin) for kind in platform.due.values()]
    nothing = 2 * on.count(True) + on.count(False)  # of most kinds nothing was ever due
    assert counts == [nothing + 2, nothing + 4, nothing + 4]


async def test_what_the_passing_of_days_brings_about_is_written_before_it_is_looked_for(
    deadlines: Deadlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(-7))
    platform, asked = deadlines.at.house.platform, []

    async def before(act: Act, day: date) -> None:
        asked.append(day)
        await act.session.execute(
            update(StagePeriod).where(StagePeriod.member_id == me.id).values(until=day)
        )

    kind = replace(platform.due[PROBATION], before=before)
    monkeypatch.setattr(platform, "due", {PROBATION: kind})
    assert (await deadlines.sweep(days(0)))["closed"] == 1
    assert await deadlines.sweep(days(0)) == Counter()
    assert asked == [days(0), days(0)]


async def test_nothing_anywhere_says_overdue(deadlines: Deadlines) -> None:
    """It is a comparison with a date: what is kept is when it began, is due and was done."""
    columns = {*Obligation.__table__.c.keys(), *InboxItem.__table__.c.keys()}
    assert not [name for name in columns if "overdue" in name]
    await deadlines.probationary(ADMITTED)
    await deadlines.sweep(days(-7))
    async with deadlines.at.operator() as act:
        before = (await act.session.execute(select(Obligation.__table__))).one()
    deadlines.on(days(-1))
    assert (await deadlines.counts("secretary"))["overdue"] == 0
    deadlines.on(days(1))
    assert (await deadlines.counts("secretary"))["overdue"] == 1
    async with deadlines.at.operator() as act:
        assert (await act.session.execute(select(Obligation.__table__))).one() == before


async def test_the_clock_has_it_done_every_morning(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED)
    deadlines.on(days(-60))
    runner = Runner(deadlines.at.house.platform, [], [SWEEP])
    await runner.tick()
    assert await runner.run_waiting() == 1
    assert len(await deadlines.inbox("secretary")) == 1
