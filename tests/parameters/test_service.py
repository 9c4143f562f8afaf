"""Overriding a parameter, taking it back, and rule packs."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu.errors import Forbidden, NotFound, Refused
from zhibu.identifiers import new_id
from zhibu.parameters import errors, service, store
from zhibu.parameters.book import Book
from zhibu.testing.register import Register, counted

NAME = "core.branch_term"
LOCK = "core.sign_in_lock"
SINCE = date(2026, 1, 1)


async def override(register: Register, unit: str = "branch", **changes: Any) -> UUID:
    values = {"name": NAME, "since": SINCE, "value": 5, "reason": "社区党支部", **changes}
    async with register.act() as act:
        id = await service.override(act, register.units[unit].id, **values)
    await reload(register)
    return id


async def reload(register: Register) -> None:
    """What the platform does after an act."""
    home = register.homes.home(register.tenant_id)
    async with home.view(register.tenant_id) as session:
        found = await store.overrides_of(session, register.tenant_id)
    register.book = Book(register.book.definitions, found)


def value(register: Register, unit: str, on: date = SINCE) -> object:
    return register.book.value(NAME, register.units[unit].path, on).value


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "core.nothing"}, {errors.ParameterUnknown}),
        ({"value": "five"}, {errors.ParameterValueInvalid}),
        ({"value": 2.5}, {errors.ParameterValueInvalid}),
        ({"reason": "  "}, {errors.ParameterReasonMissing}),
        ({"since": date(1990, 1, 1)}, {errors.ParameterTooEarly}),
        (
            {"value": -1, "reason": "", "since": date(1990, 1, 1)},
            {
                errors.ParameterValueInvalid,
                errors.ParameterReasonMissing,
                errors.ParameterTooEarly,
            },
        ),
    ],
)
async def test_what_cannot_be_is_refused_all_at_once(
    register: Register, changes: dict[str, Any], expected: set[type]
) -> None:
    with pytest.raises(Refused) as refused:
        await override(register, **changes)
    assert {type(error) for error in refused.value.errors} == expected
    assert all(error.path for error in refused.value.errors)


async def test_a_secretary_of_a_branch_sets_nothing_and_a_stranger_sees_nothing(
    register: Register,
) -> None:
    async with register.act("branch_secretary", "branch") as act:
        with pytest.raises(Forbidden):
            await service.override(act, register.units["branch"].id, NAME, SINCE, 5, "x")
        with pytest.raises(NotFound):
            await service.override(act, register.units["far"].id, NAME, SINCE, 5, "x")
        with pytest.raises(NotFound):
            await service.override(act, new_id(), NAME, SINCE, 5, "x")


async def test_what_signing_in_takes_is_set_by_the_security_administrator_alone(
    register: Register,
) -> None:
    root, since = register.units["root"].id, date(2026, 1, 1)
    pack = {
        "name": "pack",
        "overrides": [{"name": LOCK, "since": since, "value": 1, "reason": "宽松些"}],
    }
    for role in ("committee_secretary", "municipal_organization_officer", "system_administrator"):
        async with register.act(role) as act:
            with pytest.raises(Forbidden):
                await service.override(act, root, LOCK, since, 1, "宽松些")
            with pytest.raises(Forbidden):
                await service.apply_pack(act, pack)
    async with register.act("security_administrator") as act:
        with pytest.raises(Forbidden):
            await service.override(act, root, NAME, since, 4, "x")
        id = await service.override(act, root, LOCK, since, 30, "从严")
    await reload(register)
    assert register.book.whole(LOCK, register.units["branch"].path, since) == 30
    async with register.act("committee_secretary") as act:
        with pytest.raises(Forbidden):
            await service.withdraw(act, id, "宽松些")


async def test_the_same_day_twice_is_refused(register: Register) -> None:
    await override(register)
    with pytest.raises(Refused) as refused:
        await override(register, value=4)
    assert isinstance(refused.value.errors[0], errors.ParameterDayTaken)


async def test_the_same_day_twice_at_the_same_time_is_refused_too(register: Register) -> None:
    unaware = register.book

    async def set_to(value: int) -> UUID:
        async with register.act() as act:
            act.parameters = unaware
            unit = register.units["branch"].id
            return await service.override(act, unit, NAME, SINCE, value, "社区")

    found = await asyncio.gather(set_to(4), set_to(5), return_exceptions=True)
    assert sorted(type(each).__name__ for each in found) == ["ParameterDayTaken", "UUID"]


async def test_an_override_holds_below_and_is_seen_within_its_own_act(register: Register) -> None:
    async with register.act() as act:
        await service.override(act, register.units["general"].id, NAME, SINCE, 5, "社区")
        assert act.parameters.value(NAME, register.units["branch"].path, SINCE).value == 5
        assert [event.name for event in act.events] == ["parameters.overridden"]
        assert act.events[0].facts["value"] == 5
    await reload(register)
    assert (value(register, "branch"), value(register, "far")) == (5, 3)


async def test_what_was_taken_back_no_longer_holds_but_stays_in_the_history(
    register: Register,
) -> None:
    first = await override(register)
    async with register.act() as act:
        with pytest.raises(errors.ParameterReasonMissing):
            await service.withdraw(act, first, " ")
        await service.withdraw(act, first, "登记有误")
        assert act.parameters.value(NAME, register.units["branch"].path, SINCE).value == 3
    await reload(register)
    second = await override(register, value=4)
    assert value(register, "branch") == 4
    async with register.act() as act:
        with pytest.raises(errors.OverrideWithdrawn):
            await service.withdraw(act, first, "再次")
        history = await service.history(act, NAME, register.units["branch"].id)
    assert [(change.id, change.value) for change in history] == [(second, 4), (first, 5)]
    assert history[0].withdrawn_at is None
    assert history[1].withdrawn_at is not None


async def test_the_book_of_a_tenant_is_one_statement(register: Register) -> None:
    await override(register)
    await override(register, unit="far")
    async with register.act() as act, counted(act) as statements:
        found = await store.overrides_of(act.session, act.tenant_id)
    assert (len(found), len(statements)) == (2, 1)


def pack(*lines: dict[str, Any]) -> dict[str, Any]:
    given = {"name": NAME, "since": SINCE, "value": 5, "reason": "社区党支部任期五年"}
    return {
        "name": "community",
        "title": "社区",
        "document": "办法",
        "overrides": [{**given, **line} for line in lines],
        "notes": [{"clause": "x", "text": "y"}],
    }


@pytest.mark.parametrize(
    "lines",
    [
        [{"since": "2026-01-01"}],
        [{"unknown": 1}],
        [{}, {}],
    ],
)
async def test_a_pack_that_is_not_written_well_is_refused(
    register: Register, lines: list[dict[str, Any]]
) -> None:
    async with register.act() as act:
        with pytest.raises(errors.PackIncomplete):
            await service.apply_pack(act, pack(*lines))


async def test_every_fault_of_a_pack_is_told_and_nothing_is_written(register: Register) -> None:
    async with register.act() as act:
        with pytest.raises(Refused) as refused:
            await service.apply_pack(
                act, pack({}, {"organization": "NOWHERE"}, {"name": "core.nothing"})
            )
        assert await store.changes(act.session, act.tenant_id) == []
    assert [type(error) for error in refused.value.errors] == [
        errors.PackOrganizationUnknown,
        errors.ParameterUnknown,
    ]
    assert [error.path for error in refused.value.errors] == [
        ("overrides", "1", "organization"),
        ("overrides", "2", "name"),
    ]


async def test_a_pack_is_applied_at_the_root_and_where_it_says_and_only_once(
    register: Register,
) -> None:
    given = pack({"value": 4}, {"organization": "BRANCH", "document": "规定"})
    async with register.act() as act:
        assert len(await service.apply_pack(act, given)) == 2
    await reload(register)
    async with register.act() as act:
        assert await service.apply_pack(act, given) == []
        (first, second) = sorted(
            await store.changes(act.session, act.tenant_id), key=lambda change: change.path
        )
    assert (value(register, "far"), value(register, "branch")) == (4, 5)
    assert (first.pack, first.document, second.document) == ("community", "办法", "规定")
