"""The register: who may enter and change what, and that a refusal leaves nothing behind."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from zhibu.act import Act
from zhibu.errors import Forbidden, NotFound, Refused
from zhibu.identifiers import new_id
from zhibu.members import public, service, store
from zhibu.members.errors import (
    ChangedMeanwhile,
    DatesOutOfOrder,
    IdentityTaken,
    NothingToUndo,
    OpeningReasonMissing,
    UndoReasonMissing,
)
from zhibu.members.rules import Change, Departure, Gender, Person, Stage, Step
from zhibu.members.service import Correction, Entered, Field
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Kind
from zhibu.testing.register import FOUNDED, TODAY, Register, counted, identity

DECISION = "支部党员大会决议"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [error.code for error in refused.value.errors]


def step(change: Change, on: date = TODAY, **changes: object) -> Step:
    made = Step(change=change, on=on, decision=DECISION, decided_on=on)
    return replace(made, **changes)  # type: ignore[arg-type]


LEFT = step(Change.LEFT, departure=Departure.WITHDREW)


async def rows(act: Act) -> list[int]:
    return [
        await act.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Member, Affiliation, StagePeriod)
    ]


async def now(register: Register, id: object) -> Person:
    async with register.act() as act:
        found = await store.person(act.session, act.tenant_id, id)  # type: ignore[arg-type]
        assert found
        return found


# Walls


async def test_whom_one_may_not_see_one_is_told_does_not_exist(register: Register) -> None:
    person = await register.member("branch")
    other = register.units["other"].id
    for role, at in (("", "root"), ("branch_secretary", "far"), ("member", "branch")):
        async with register.act(role, at) as act:
            for attempt in (
                service.correct(act, person.id, Correction(name="甲"), reason="更正"),
                service.transfer(act, person.id, organization_id=other, on=TODAY, reason="调动"),
                service.change_stage(act, person.id, LEFT),
                service.undo_last(act, person.id, what=Entered.STAGE, reason="误录"),
                service.open(act, person.id, field=Field.PHONE, reason="核对"),
                service.lookup(act, identity_number=identity(0), reason="核对"),
                public.member_of(act, person.id),
                public.member_of(act, new_id()),
            ):
                with pytest.raises(NotFound):
                    await attempt
            assert not act.events


async def test_who_sees_a_member_but_may_not_change_it_is_refused(register: Register) -> None:
    person = await register.member("branch")
    async with register.act("recorder", "branch") as act:
        for attempt in (
            service.admit(act, register.entry(), decision=DECISION),
            service.correct(act, person.id, Correction(name="甲"), reason="更正"),
            service.change_stage(act, person.id, LEFT),
            service.open(act, person.id, field=Field.IDENTITY_NUMBER, reason="核对"),
        ):
            with pytest.raises(Forbidden):
                await attempt
        assert not act.events
        assert (await public.member_of(act, person.id)).name == person.name


async def test_a_transfer_needs_the_right_at_both_branches(register: Register) -> None:
    person = await register.member("branch")
    far = register.units["far"].id
    async with register.act("committee_officer", "committee") as act:
        with pytest.raises(NotFound):
            await service.transfer(act, person.id, organization_id=far, on=TODAY, reason="调动")
    async with register.act("committee_officer", "rival") as act:
        with pytest.raises(NotFound):
            await service.transfer(act, person.id, organization_id=far, on=TODAY, reason="调动")


# Entering


@pytest.mark.clause("S0-15", "S2-18")
async def test_an_admitted_member_has_one_branch_from_the_day_of_the_meeting(
    register: Register,
) -> None:
    person = await register.probationary("branch")
    async with register.act() as act:
        [joined] = await store.affiliations_of(act.session, act.tenant_id, person.id)
        [stage] = await store.stages_of(act.session, act.tenant_id, person.id)
    assert (joined.organization_id, joined.since, joined.until) == (
        register.units["branch"].id,
        date(2026, 1, 10),
        None,
    )
    assert (stage.stage, stage.since, stage.ends_on, stage.decision) == (
        Stage.PROBATIONARY,
        date(2026, 1, 10),
        date(2027, 1, 10),
        DECISION,
    )


async def test_every_fault_of_an_entry_is_told_at_once_and_nothing_is_written(
    register: Register,
) -> None:
    entry = register.entry(
        "general",
        name=" ",
        identity_number=identity(1)[:17] + "?",
        admitted_on=TODAY + timedelta(1),
        phone="12",
        group_id=register.units["group"].id,
    )
    with pytest.raises(Refused) as refused:
        async with register.act() as act:
            await service.admit(act, entry, decision="")
    assert codes(refused) == [
        "core.member_name_missing",
        "core.not_a_formal_home",
        "core.group_elsewhere",
        "core.not_yet_happened",
        "core.decision_missing",
        "core.phone_invalid",
        "core.identity_invalid",
    ]
    async with register.act() as act:
        assert await rows(act) == [0, 0, 0]


async def test_an_entry_agrees_with_the_identity_number(register: Register) -> None:
    entry = register.entry(gender=Gender.MALE, birth_date=date(1980, 3, 8))  # number 0 is a woman's
    async with register.act() as act:
        with pytest.raises(Refused) as refused:
            await service.admit(act, entry, decision=DECISION)
        assert codes(refused) == ["core.identity_contradicts"] * 2
        young = register.entry(
            identity_number=identity(5, date(2010, 1, 1)), admitted_on=date(2026, 1, 1)
        )
        with pytest.raises(Refused) as refused:
            await service.admit(act, young, decision=DECISION)
        [error] = refused.value.errors
        assert error.code == "core.too_young"
        assert error.basis
        assert error.basis.clause == "CC-1"


async def test_an_identity_number_is_registered_once_and_says_nothing_of_its_holder(
    register: Register,
) -> None:
    person = await register.member("far")
    entry = register.entry("branch", identity_number=identity(0))
    with pytest.raises(IdentityTaken) as taken:
        async with register.act("branch_secretary", "branch") as act:
            await service.admit(act, entry, decision=DECISION)
    assert taken.value.facts == {}
    async with register.act() as act:
        assert await rows(act) == [1, 1, 2]
        found = await public.member_by_identity(act, [identity(0), identity(7)])
        assert {number: facts.id for number, facts in found.items()} == {identity(0): person.id}


async def test_a_temporary_branch_is_nobodys_formal_home(register: Register) -> None:
    async with register.act() as act:
        unit = await organizations.create(
            act,
            parent_id=register.units["general"].id,
            code="T",
            name="临时党支部",
            kind=Kind.TEMPORARY_BRANCH,
        )
        with pytest.raises(Refused) as refused:
            await service.admit(act, register.entry(unit), decision=DECISION)
    assert codes(refused) == ["core.not_a_formal_home"]


# Sealed fields


async def test_nothing_sensitive_is_stored_or_recorded_in_clear(register: Register) -> None:
    phone = "13800001234"
    async with register.act() as act:
        person = await service.register(act, register.entry(phone=phone), full=True)
        await service.correct(
            act,
            person.id,
            Correction(identity_number=identity(9), phone="13800005678"),
            reason="更正",
        )
        facts = json.dumps([dict(event.facts) for event in act.events], default=str)
        row = (await act.session.execute(select(*Member.__table__.c))).one()
    for secret in (identity(0), identity(9), phone, "13800005678"):
        assert secret not in facts
        assert secret not in str(row)
        assert secret.encode() not in row.identity_sealed + row.phone_sealed
    assert row.identity_masked == "530" + "*" * 13 + identity(9)[-2:]
    assert row.gender == "male"  # it follows from the new number


async def test_opening_needs_a_reason_and_is_an_event(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        with pytest.raises(OpeningReasonMissing):
            await service.open(act, person.id, field=Field.IDENTITY_NUMBER, reason=" ")
        assert not act.events
        opened = await service.open(act, person.id, field=Field.IDENTITY_NUMBER, reason="核对")
        assert opened == identity(0)
        assert await service.open(act, person.id, field=Field.PHONE, reason="核对") is None
        assert [event.name for event in act.events] == [public.OPENED] * 2
        assert act.events[0].facts == {"field": "identity_number", "reason": "核对"}
        assert act.events[0].member_id == person.id


async def test_a_member_opens_the_own_number_but_nobody_elses(register: Register) -> None:
    person, other = await register.member("branch"), await register.member("branch")
    async with register.act("member", "branch", member=person) as act:
        number = await service.open(act, person.id, field=Field.IDENTITY_NUMBER, reason="核对")
        assert number == identity(0)
        with pytest.raises(NotFound):
            await service.open(act, other.id, field=Field.IDENTITY_NUMBER, reason="核对")


async def test_looking_up_by_number_is_exact_and_recorded(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        found = await service.lookup(act, identity_number=identity(0).lower(), reason="核对")
        assert found.id == person.id
        assert act.events[-1].facts == {"identity": person.identity_masked, "reason": "核对"}
        with pytest.raises(NotFound):
            await service.lookup(act, identity_number=identity(8), reason="核对")


# Correcting


async def test_a_correction_keeps_what_was_before_in_the_event(register: Register) -> None:
    person = await register.member("branch", nation="汉族")
    async with register.act() as act:
        correction = Correction(name="新名", clear=frozenset({"nation"}))
        after = await service.correct(act, person.id, correction, reason="更正")
        assert (after.name, after.nation, after.version) == ("新名", None, 2)
        assert act.events[-1].facts["before"] == {"name": person.name, "nation": "汉族"}
        assert act.events[-1].facts["after"] == {"name": "新名", "nation": None}
    async with register.act() as act:
        again = await service.correct(act, person.id, Correction(name="新名"), reason="更正")
        assert again.version == 2
        assert not act.events
        with pytest.raises(ChangedMeanwhile):
            await service.correct(act, person.id, Correction(name="旧名"), reason="更正", version=1)


async def test_corrected_days_move_stages_and_the_first_affiliation(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        correction = Correction(admitted_on=date(2010, 9, 1), full_on=date(2011, 9, 1))
        await service.correct(act, person.id, correction, reason="更正")
        stages = await store.stages_of(act.session, act.tenant_id, person.id)
        [joined] = await store.affiliations_of(act.session, act.tenant_id, person.id)
    assert [p.since for p in stages] == [date(2010, 9, 1), date(2011, 9, 1)]
    assert joined.since == date(2010, 9, 1)


async def test_another_members_identity_number_is_taken(register: Register) -> None:
    await register.member("branch")
    second = await register.member("branch")
    async with register.act() as act:
        with pytest.raises(Refused) as refused:
            await service.correct(
                act, second.id, Correction(identity_number=identity(0)), reason="更正"
            )
    assert codes(refused) == ["core.identity_taken"]


# Transferring


async def test_a_transfer_moves_the_one_affiliation(register: Register) -> None:
    person = await register.member("branch", group_id=register.units["group"].id)
    other = register.units["other"]
    async with register.act() as act:
        await service.transfer(act, person.id, organization_id=other.id, on=TODAY, reason="调动")
        assert act.touched == {register.units["branch"].id, other.id}
        joined = await store.affiliations_of(act.session, act.tenant_id, person.id)
    assert [(a.organization_id, a.until) for a in joined] == [
        (register.units["branch"].id, TODAY),
        (other.id, None),
    ]
    after = await now(register, person.id)
    assert (after.organization_id, after.path, after.group_id) == (other.id, other.path, None)


@pytest.mark.clause("S2-18")
async def test_a_second_formal_branch_is_refused(register: Register) -> None:
    person = await register.member("branch")
    units = register.units
    with pytest.raises(Refused) as refused:
        async with register.act() as act:
            await service.transfer(
                act,
                person.id,
                organization_id=units["other"].id,
                from_id=units["far"].id,
                on=TODAY,
                reason="调动",
            )
    assert codes(refused) == ["core.second_formal_branch"]


@pytest.mark.parametrize(
    ("to", "on", "expected"),
    [
        ("branch", TODAY, ["core.already_there"]),
        ("general", TODAY, ["core.not_a_formal_home"]),
        ("other", TODAY + timedelta(1), ["core.not_yet_happened"]),
        ("other", date(2010, 6, 30), ["core.dates_out_of_order"]),
        ("other", date(2010, 7, 1), ["core.day_taken"]),
    ],
)
async def test_a_transfer_that_cannot_be_is_refused_by_name(
    register: Register, to: str, on: date, expected: list[str]
) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        before = await rows(act)
        with pytest.raises(Refused) as refused:
            await service.transfer(
                act, person.id, organization_id=register.units[to].id, on=on, reason="调动"
            )
        assert codes(refused) == expected
        assert await rows(act) == before
        assert not act.events


# Stages


async def test_who_leaves_stays_in_the_register_without_an_affiliation(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        await service.change_stage(act, person.id, LEFT)
        joined = await store.affiliations_of(act.session, act.tenant_id, person.id)
        assert [a.until for a in joined] == [TODAY]
        with pytest.raises(Refused) as refused:
            await service.transfer(
                act,
                person.id,
                organization_id=register.units["other"].id,
                on=TODAY,
                reason="调动",
            )
        assert codes(refused) == ["core.member_left"]
        assert await public.members_of(act, "1.", TODAY) == []
        assert len(await public.members_of(act, "1.", TODAY - timedelta(1))) == 1
    after = await now(register, person.id)
    assert (after.stage, after.departure, after.left_on) == (
        Stage.LEFT,
        Departure.WITHDREW,
        TODAY,
    )


@pytest.mark.clause("S2-18")
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 30), ["core.dates_out_of_order"]),
        (date(2025, 7, 1), ["core.day_taken"]),
        (date(2011, 6, 30), ["core.dates_out_of_order"]),  # said once, not twice
    ],
)
async def test_nobody_leaves_before_the_day_he_came_to_his_branch(
    register: Register, on: date, expected: list[str]
) -> None:
    person = await register.member("branch")
    other, came = register.units["other"].id, date(2025, 7, 1)
    async with register.act() as act:
        await service.transfer(act, person.id, organization_id=other, on=came, reason="调动")
        before = await rows(act)
        with pytest.raises(Refused) as refused:
            await service.change_stage(act, person.id, replace(LEFT, on=on))
        assert codes(refused) == expected
        assert await rows(act) == before


async def test_a_refused_step_names_its_basis_and_writes_nothing(register: Register) -> None:
    person = await register.probationary()
    async with register.act() as act:
        before = await rows(act)
        with pytest.raises(Refused) as refused:
            await service.change_stage(act, person.id, step(Change.MADE_FULL))
        [error] = refused.value.errors
        assert error.code == "core.probation_not_over"
        assert str(error.basis) == "《中国共产党章程》第七条 · 12 个月"
        assert await rows(act) == before


@pytest.mark.parametrize("at", ["branch", "other"])
async def test_who_is_restored_after_leaving_has_a_branch_again(
    register: Register, at: str
) -> None:
    person = await register.member("branch")
    unit = register.units[at]
    async with register.act() as act:
        await service.change_stage(act, person.id, replace(LEFT, on=date(2025, 1, 1)))
        await service.change_stage(act, person.id, step(Change.RESTORED), organization_id=unit.id)
        joined = await store.affiliations_of(act.session, act.tenant_id, person.id)
    assert [(a.since, a.until) for a in joined] == [
        (date(2010, 7, 1), date(2025, 1, 1)),
        (TODAY, None),
    ]
    after = await now(register, person.id)
    assert (after.stage, after.organization_id, after.left_on) == (Stage.FULL, unit.id, None)
    async with register.act() as act:
        await service.undo_last(act, person.id, what=Entered.STAGE, reason="误录")
    undone = await now(register, person.id)
    assert (undone.stage, undone.organization_id, undone.departure) == (
        Stage.LEFT,
        person.organization_id,
        Departure.WITHDREW,
    )


# Undoing


async def test_the_last_entry_can_be_taken_back_with_a_reason(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        await service.change_stage(act, person.id, LEFT)
        with pytest.raises(UndoReasonMissing):
            await service.undo_last(act, person.id, what=Entered.STAGE, reason="")
        after = await service.undo_last(act, person.id, what=Entered.STAGE, reason="误录")
        [joined] = await store.affiliations_of(act.session, act.tenant_id, person.id)
        assert joined.until is None
        assert replace(after, version=person.version) == person
        with pytest.raises(NothingToUndo):
            await service.undo_last(act, person.id, what=Entered.AFFILIATION, reason="误录")
        await service.transfer(
            act, person.id, organization_id=register.units["other"].id, on=TODAY, reason="调动"
        )
        await service.undo_last(act, person.id, what=Entered.AFFILIATION, reason="误录")
    assert replace(await now(register, person.id), version=person.version) == person


async def test_nobody_is_put_back_into_a_branch_that_has_ended(register: Register) -> None:
    person = await register.member("branch")
    units = register.units
    async with register.act() as act:
        await organizations.merge(
            act, units["branch"].id, into_id=units["other"].id, on=TODAY, reason="合并"
        )
        with pytest.raises(Refused) as refused:
            await service.undo_last(act, person.id, what=Entered.AFFILIATION, reason="误录")
    assert codes(refused) == ["core.branch_ended"]


# Cost


async def test_main_changes_of_a_member_take_few_statements(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        async with counted(act) as sent:
            await service.admit(act, register.entry(), decision=DECISION)
        assert len(sent) <= 5
        async with counted(act) as sent:
            await service.correct(act, person.id, Correction(name="新名"), reason="更正")
        assert len(sent) <= 3
        async with counted(act) as sent:
            await service.transfer(
                act, person.id, organization_id=register.units["far"].id, on=TODAY, reason="调动"
            )
        assert len(sent) <= 8
        async with counted(act) as sent:
            await service.change_stage(act, person.id, step(Change.STOPPED, on=TODAY))
        assert len(sent) <= 6


async def test_nobody_belongs_to_a_branch_before_it_was_founded(register: Register) -> None:
    """Who was admitted elsewhere long before joins it with its founding, if no day is known."""
    old = {"admitted_on": date(1999, 6, 1), "organization_id": register.units["branch"].id}
    person = await register.member("branch", admitted_on=date(1999, 6, 1))
    async with register.act() as act:
        [home] = await store.affiliations_of(act.session, act.tenant_id, person.id)
        assert home.since == FOUNDED
        with pytest.raises(Refused) as refused:
            await service.register(
                act, register.entry(**old), full=True, joined_on=date(1999, 12, 31)
            )
        assert [(e.code, e.path) for e in refused.value.errors] == [
            ("core.branch_founded_later", ("joined_on",))
        ]
        with pytest.raises(Refused) as refused:
            await service.admit(act, register.entry(**old), decision="支部党员大会决议")
        assert ("core.branch_founded_later", ("admitted_on",)) in [
            (e.code, e.path) for e in refused.value.errors
        ]


async def test_a_corrected_admission_puts_nobody_into_a_branch_before_it_was_founded(
    register: Register,
) -> None:
    async with register.act() as act:
        admitted = await service.admit(act, register.entry(), decision=DECISION)
        before = await rows(act)
    early = Correction(admitted_on=FOUNDED - timedelta(1), phone="12")
    async with register.act() as act:
        with pytest.raises(Refused) as refused:
            await service.correct(act, admitted.id, early, reason="核对档案")
        assert codes(refused) == ["core.phone_invalid", "core.branch_founded_later"]
        [joined] = await store.affiliations_of(act.session, act.tenant_id, admitted.id)
        assert joined.since == admitted.admitted_on
        assert await rows(act) == before
        assert not act.events
        corrected = Correction(admitted_on=FOUNDED)
        await service.correct(act, admitted.id, corrected, reason="核对档案")
        [joined] = await store.affiliations_of(act.session, act.tenant_id, admitted.id)
        assert joined.since == FOUNDED


async def test_who_is_from_the_files_belongs_to_a_branch_from_its_founding_whatever_is_corrected(
    register: Register,
) -> None:
    """The same as if the right day had been entered at first; and back again."""
    person = await register.member("branch")
    for day, since in ((1998, FOUNDED), (1999, FOUNDED), (2010, date(2010, 7, 1))):
        async with register.act() as act:
            correction = Correction(admitted_on=date(day, 7, 1))
            await service.correct(act, person.id, correction, reason="核对档案")
            [joined] = await store.affiliations_of(act.session, act.tenant_id, person.id)
            assert joined.since == since


async def test_a_corrected_admission_puts_nobody_into_a_branch_after_it_was_dissolved(
    register: Register,
) -> None:
    person = await register.member("other")
    async with register.act() as act:
        await service.transfer(
            act,
            person.id,
            organization_id=register.units["branch"].id,
            on=date(2020, 1, 1),
            reason="调动",
        )
        await organizations.dissolve(
            act, register.units["other"].id, on=date(2021, 1, 1), reason="撤销"
        )
    async with register.act() as act:
        before = await store.affiliations_of(act.session, act.tenant_id, person.id)
        late = Correction(admitted_on=date(2022, 1, 1), full_on=date(2023, 1, 1))
        with pytest.raises(DatesOutOfOrder):
            await service.correct(act, person.id, late, reason="核对档案")
    async with register.act() as act:
        assert await store.affiliations_of(act.session, act.tenant_id, person.id) == before


async def test_nobody_is_restored_into_a_branch_before_it_was_founded(register: Register) -> None:
    person = await register.member("branch")
    async with register.act() as act:
        await service.change_stage(act, person.id, replace(LEFT, on=date(2020, 1, 1)))
        new = await organizations.create(
            act,
            parent_id=register.units["general"].id,
            code="NEW",
            name="新支部",
            kind=Kind.BRANCH,
            founded_on=date(2024, 1, 1),
            reason="成立",
        )
        back = step(Change.RESTORED, on=date(2023, 1, 1))
        with pytest.raises(Refused) as refused:
            await service.change_stage(act, person.id, back, organization_id=new.id)
        assert codes(refused) == ["core.branch_founded_later"]
