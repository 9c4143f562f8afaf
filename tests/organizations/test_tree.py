"""Changing the tree: what is refused leaves nothing behind, and history is kept."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from zhibu.act import Act
from zhibu.errors import Forbidden, NotFound, Refused
from zhibu.identifiers import new_id
from zhibu.members.service import transfer
from zhibu.members.tables import Member
from zhibu.organizations import public, service, store
from zhibu.organizations.errors import (
    BeforeFounding,
    LaterChangeRecorded,
    VersionStale,
)
from zhibu.organizations.rules import BEFORE_RECORDS, Kind, Part
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.testing.register import FOUNDED, TODAY, Register, counted

REASON = "机构改革"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [error.code for error in refused.value.errors]


async def rows(act: Act) -> tuple[int, int]:
    """How many organizations and periods there are."""
    units = await act.session.scalar(select(func.count()).select_from(Organization))
    periods = await act.session.scalar(select(func.count()).select_from(OrganizationPeriod))
    return units or 0, periods or 0


async def test_who_may_not_see_a_unit_is_told_that_it_does_not_exist(register: Register) -> None:
    target = register.units["other"].id
    for role, at in (("", "root"), ("branch_secretary", "branch"), ("member", "branch")):
        async with register.act(role, at) as act:
            with pytest.raises(NotFound):
                await service.rename(act, target, name="甲", on=TODAY, reason=REASON)
            with pytest.raises(NotFound):
                await service.dissolve(act, target, on=TODAY, reason=REASON)
            with pytest.raises(NotFound):
                await service.rename(act, new_id(), name="甲", on=TODAY, reason=REASON)
            assert not act.events


async def test_who_sees_a_unit_but_may_not_change_it_is_refused(register: Register) -> None:
    units = register.units
    async with register.act("discipline_inspection_officer") as act:
        with pytest.raises(Forbidden):
            await service.rename(act, units["branch"].id, name="甲", on=TODAY, reason=REASON)
        with pytest.raises(Forbidden):
            await service.create(
                act, parent_id=units["general"].id, code="N", name="N", kind=Kind.BRANCH
            )
        with pytest.raises(Forbidden):
            await service.merge(
                act, units["branch"].id, into_id=units["other"].id, on=TODAY, reason=REASON
            )


async def test_moving_needs_the_right_at_both_places(register: Register) -> None:
    units = register.units
    async with register.act("committee_officer", "committee") as act:
        with pytest.raises(NotFound):  # the other committee is not theirs to see
            await service.move(
                act, units["branch"].id, parent_id=units["rival"].id, on=TODAY, reason=REASON
            )
        await service.move(
            act, units["branch"].id, parent_id=units["committee"].id, on=TODAY, reason=REASON
        )


async def test_an_institution_has_one_root(register: Register) -> None:
    async with register.act(path="1.") as act:
        with pytest.raises(Refused) as refused:
            await service.create(act, parent_id=None, code="R", name="R", kind=Kind.PARTY_COMMITTEE)
    assert codes(refused) == ["core.root_exists"]


async def test_a_refused_founding_writes_nothing_and_tells_every_fault(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        before = await rows(act)
        with pytest.raises(Refused) as refused:
            await service.create(
                act,
                parent_id=units["branch"].id,
                code="OTHER",
                name="",
                kind=Kind.BRANCH,
                approves_probationary=True,
                founded_on=TODAY + timedelta(1),
            )
        assert not act.events
    assert set(codes(refused)) == {
        "core.future_date",
        "core.name_missing",
        "core.kind_not_allowed",
        "core.may_not_approve",
        "core.code_taken",
    }
    async with register.act() as act:
        assert await rows(act) == before


async def test_a_unit_of_unknown_age_has_stood_since_before_any_record(register: Register) -> None:
    async with register.act() as act:
        unit = await service.create(
            act, parent_id=register.units["general"].id, code="N", name="新", kind=Kind.BRANCH
        )
        assert unit.founded_on is None
        history = await store.periods_of(act.session, act.tenant_id, unit.id)
        assert [period.since for period in history] == [BEFORE_RECORDS]


async def test_cycles_cannot_be_made(register: Register) -> None:
    units = register.units
    for parent in ("general", "branch", "group"):
        with pytest.raises(Refused) as refused:
            async with register.act() as act:
                await service.move(
                    act,
                    units["general"].id,
                    parent_id=units[parent].id,
                    on=TODAY,
                    reason=REASON,
                )
        assert codes(refused) == ["core.move_under_itself"]


async def test_a_move_needs_a_reason_a_past_day_and_the_current_version(
    register: Register,
) -> None:
    branch, parent = register.units["branch"], register.units["committee"].id
    async with register.act() as act:
        with pytest.raises(Refused) as refused:
            await service.move(act, branch.id, parent_id=parent, on=TODAY, reason=" ")
        assert codes(refused) == ["core.reason_missing"]
        with pytest.raises(VersionStale):
            await service.move(act, branch.id, parent_id=parent, on=TODAY, reason="x", version=9)
        with pytest.raises(Refused) as refused:
            await service.move(
                act, branch.id, parent_id=parent, on=TODAY + timedelta(1), reason=REASON
            )
        assert codes(refused) == ["core.future_date"]
        with pytest.raises(Refused) as refused:
            await service.move(
                act, branch.id, parent_id=parent, on=FOUNDED - timedelta(1), reason=REASON
            )
        assert set(codes(refused)) == {BeforeFounding.code}


async def test_a_moved_unit_takes_everything_below_along_and_leaves_its_history(
    register: Register,
) -> None:
    units = register.units
    member = await register.member("branch")
    on = date(2025, 3, 1)
    async with register.act() as act:
        moved = await service.move(
            act, units["general"].id, parent_id=units["rival"].id, on=on, reason=REASON
        )
        assert act.events[-1].facts["from_path"] == units["general"].path
        assert act.events[-1].facts["late"] is True
        assert units["general"].id in act.touched
    async with register.act() as act:
        group = await public.organization_of(act, units["group"].id)
        assert group.path == moved.path + group.path[len(moved.path) :]
        assert group.path.startswith(units["rival"].path)
        path = await act.session.scalar(select(Member.path).where(Member.id == member.id))
        assert path == (await public.organization_of(act, units["branch"].id)).path
        before = await public.organizations_on(act, units["committee"].path, on - timedelta(1))
        after = await public.organizations_on(act, units["committee"].path, on)
        named = {"committee", "general", "branch", "group", "other"}
        assert {p.organization_id for p in before} == {units[name].id for name in named}
        assert {p.organization_id for p in after} == {units["committee"].id}
        old = next(p for p in before if p.organization_id == units["general"].id)
        assert old.parent_id == units["committee"].id
        new = await store.unit_on(act.session, act.tenant_id, units["general"].id, on)
        assert new
        assert (new.parent_id, new.change, new.reason) == (units["rival"].id, "moved", REASON)


async def test_a_move_entered_late_does_not_slip_below_a_later_one(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        await service.move(
            act,
            units["branch"].id,
            parent_id=units["committee"].id,
            on=date(2025, 1, 1),
            reason=REASON,
        )
        with pytest.raises(Refused) as refused:
            await service.move(
                act,
                units["branch"].id,
                parent_id=units["rival"].id,
                on=date(2024, 1, 1),
                reason=REASON,
            )
    assert codes(refused) == [LaterChangeRecorded.code]


async def test_a_late_move_keeps_a_later_name(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        await service.rename(
            act, units["branch"].id, name="新支部", on=date(2025, 1, 1), reason=REASON
        )
        await service.move(
            act,
            units["branch"].id,
            parent_id=units["committee"].id,
            on=date(2024, 1, 1),
            reason=REASON,
        )
        history = await store.periods_of(act.session, act.tenant_id, units["branch"].id)
    here, there = units["general"].id, units["committee"].id
    assert [(p.since, p.until, p.name, p.parent_id) for p in history] == [
        (FOUNDED, date(2024, 1, 1), "云岭branch", here),
        (date(2024, 1, 1), date(2025, 1, 1), "云岭branch", there),
        (date(2025, 1, 1), None, "新支部", there),
    ]


async def test_an_ended_unit_takes_nothing_in(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        await service.dissolve(act, units["far"].id, on=TODAY, reason=REASON)
        with pytest.raises(Refused) as refused:
            await service.create(
                act, parent_id=units["far"].id, code="G", name="组", kind=Kind.PARTY_GROUP
            )
        assert codes(refused) == ["core.unit_ended"]
        with pytest.raises(Refused) as refused:
            await service.move(
                act, units["group"].id, parent_id=units["far"].id, on=TODAY, reason=REASON
            )
        assert codes(refused) == ["core.unit_ended"]


@pytest.mark.clause("S2-18")
async def test_a_branch_with_members_is_not_dissolved(register: Register) -> None:
    await register.member("other")
    with pytest.raises(Refused) as refused:
        async with register.act() as act:
            await service.dissolve(act, register.units["other"].id, on=TODAY, reason=REASON)
    assert codes(refused) == ["core.units_remain"]
    assert refused.value.errors[0].facts == {"members": 1, "units": 0}


@pytest.mark.clause("S2-18")
async def test_a_unit_does_not_end_before_those_who_have_left_it_since(register: Register) -> None:
    units, left = register.units, date(2026, 6, 10)
    person = await register.member("branch")
    async with register.act() as act:
        await transfer(act, person.id, organization_id=units["other"].id, on=left, reason=REASON)
        await service.dissolve(act, units["group"].id, on=left, reason=REASON)
    for end in (service.dissolve, partial(service.merge, into_id=units["other"].id)):
        with pytest.raises(Refused) as refused:
            async with register.act() as act:
                await end(act, units["branch"].id, on=date(2025, 12, 1), reason=REASON)
        assert codes(refused) == ["core.units_remained"]
        assert refused.value.errors[0].facts == {
            "on": date(2025, 12, 1),
            "members": 1,
            "units": 1,
            "until": left,
        }
    async with register.act() as act:
        await service.dissolve(act, units["branch"].id, on=left, reason=REASON)


async def test_a_unit_does_not_end_before_its_own_latest_change(register: Register) -> None:
    far, renamed = register.units["far"].id, date(2026, 5, 1)
    async with register.act() as act:
        await service.rename(act, far, name="新名", on=renamed, reason=REASON)
        with pytest.raises(Refused) as refused:
            await service.dissolve(act, far, on=date(2026, 4, 1), reason=REASON)
        assert codes(refused) == ["core.later_change_recorded"]
        await service.dissolve(act, far, on=renamed, reason=REASON)


async def test_all_that_speaks_against_a_dissolution_is_said_at_once(register: Register) -> None:
    await register.member("other")
    tomorrow = TODAY + timedelta(1)
    with pytest.raises(Refused) as refused:
        async with register.act() as act:
            await service.dissolve(act, register.units["other"].id, on=tomorrow, reason=" ")
    assert codes(refused) == ["core.reason_missing", "core.future_date", "core.units_remain"]


async def test_a_unit_is_not_reopened_below_a_kind_it_does_not_belong_to(
    register: Register,
) -> None:
    units = register.units
    async with register.act() as act:
        await service.dissolve(act, units["far"].id, on=date(2026, 6, 1), reason=REASON)
        await service.rename(
            act, units["rival"].id, kind=Kind.BRANCH, on=date(2026, 6, 2), reason=REASON
        )
        with pytest.raises(Refused) as refused:
            await service.reopen(act, units["far"].id, reason="误录")
    assert codes(refused) == ["core.kind_not_allowed"]


async def test_a_dissolution_can_be_taken_back(register: Register) -> None:
    far = register.units["far"].id
    async with register.act() as act:
        await service.dissolve(act, far, on=date(2026, 5, 1), reason=REASON)
        with pytest.raises(Refused) as refused:
            await service.reopen(act, far, reason="")
        assert codes(refused) == ["core.reason_missing"]
        await service.reopen(act, far, reason="误录")
        assert (await public.organization_of(act, far)).ended_on is None
        history = await store.periods_of(act.session, act.tenant_id, far)
        assert [(p.since, p.until) for p in history] == [(FOUNDED, None)]
        with pytest.raises(Refused) as refused:
            await service.reopen(act, far, reason="误录")
    assert codes(refused) == ["core.unit_lives"]


@pytest.mark.clause("S1-18")
async def test_a_merger_hands_members_and_groups_over_as_a_whole(register: Register) -> None:
    units = register.units
    alone = await register.member("branch")
    grouped = await register.member("branch", group_id=units["group"].id)
    on = date(2026, 2, 1)
    async with register.act() as act:
        await service.merge(
            act, units["branch"].id, into_id=units["other"].id, on=on, reason=REASON
        )
    async with register.act() as act:
        gone = await public.organization_of(act, units["branch"].id)
        assert (gone.ended_on, gone.successor_id) == (on, units["other"].id)
        query = select(Member.id, Member.group_id).where(
            Member.organization_id == units["other"].id, Member.path == units["other"].path
        )
        found = {row.id: row.group_id for row in await act.session.execute(query)}
        assert found == {alone.id: None, grouped.id: units["group"].id}
        group = await public.organization_of(act, units["group"].id)
        assert group.path.startswith(units["other"].path)
        with pytest.raises(Refused) as refused:
            await service.reopen(act, units["branch"].id, reason="误录")
    assert codes(refused) == ["core.ended_by_merger"]


async def test_a_merger_is_not_dated_before_a_member_joined(register: Register) -> None:
    units = register.units
    await register.member("branch")
    with pytest.raises(Refused) as refused:
        async with register.act() as act:
            await service.merge(
                act,
                units["branch"].id,
                into_id=units["other"].id,
                on=date(2010, 6, 30),
                reason=REASON,
            )
    assert codes(refused) == ["core.members_came_later"]


async def test_a_split_founds_siblings_with_the_named_members_and_groups(
    register: Register,
) -> None:
    units = register.units
    stays = await register.member("branch")
    goes = await register.member("branch", group_id=units["group"].id)
    leaves_group = await register.member("branch", group_id=units["group"].id)
    parts = [
        Part(code="N1", name="第二支部", members=(goes.id,), units=(units["group"].id,)),
        Part(code="N2", name="第三支部", members=(leaves_group.id,)),
    ]
    async with register.act() as act:
        second, third = await service.split(
            act, units["branch"].id, parts=parts, on=date(2026, 3, 1), reason=REASON
        )
        assert act.touched >= {units["branch"].id, second.id, third.id}
    async with register.act() as act:
        query = select(Member.id, Member.organization_id, Member.path, Member.group_id)
        found = {row.id: row[1:] for row in await act.session.execute(query)}
        assert found == {
            stays.id: (units["branch"].id, units["branch"].path, None),
            goes.id: (second.id, second.path, units["group"].id),
            leaves_group.id: (third.id, third.path, None),
        }
        assert (second.kind, second.parent_id) == (Kind.BRANCH, units["general"].id)


async def test_main_changes_of_the_tree_take_few_statements(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        async with counted(act) as sent:
            await service.create(
                act, parent_id=units["general"].id, code="N", name="新", kind=Kind.BRANCH
            )
        assert len(sent) <= 6
        async with counted(act) as sent:
            await service.rename(act, units["branch"].id, name="甲", on=TODAY, reason=REASON)
        assert len(sent) <= 10
        async with counted(act) as sent:
            await service.move(
                act, units["general"].id, parent_id=units["rival"].id, on=TODAY, reason=REASON
            )
        assert len(sent) <= 15
        async with counted(act) as sent:
            await service.dissolve(act, units["far"].id, on=TODAY, reason=REASON)
        assert len(sent) <= 9
