"""Recording, on both databases: refusals first."""

from datetime import date
from uuid import UUID

import pytest

from zhibu.errors import Forbidden, NotFound, PluginDisabled, Refused
from zhibu.testing.house import Institution
from zhibu_sample import service
from zhibu_sample.rules import Entry


def entry(member_id: UUID, title: str = "一件事") -> Entry:
    return Entry(member_id=member_id, happened_on=date(2026, 6, 1), title=title)


async def test_whoever_may_not_see_the_member_finds_nobody(institution: Institution) -> None:
    member = await institution.member("branch")
    with pytest.raises(NotFound):
        async with institution.by("rival") as act:
            await service.record(act, entry(member.id))


async def test_a_recorder_sees_the_member_and_may_not_write(institution: Institution) -> None:
    member = await institution.member("branch")
    with pytest.raises(Forbidden):
        async with institution.by("recorder") as act:
            await service.record(act, entry(member.id))


async def test_nothing_is_recorded_where_the_plugin_is_off(institution: Institution) -> None:
    member = await institution.member("branch")
    await institution.switch("sample", False, at="branch")
    with pytest.raises(PluginDisabled):
        async with institution.by("secretary") as act:
            await service.record(act, entry(member.id))


async def test_the_same_is_not_recorded_twice(institution: Institution) -> None:
    member = await institution.member("branch")
    async with institution.by("secretary") as act:
        await service.record(act, entry(member.id))
    with pytest.raises(Refused) as refused:
        async with institution.by("secretary") as act:
            await service.record(act, entry(member.id))
    assert [error.code for error in refused.value.errors] == ["sample.already_recorded"]


async def test_a_secretary_records_and_the_ledger_knows(institution: Institution) -> None:
    member = await institution.member("branch")
    async with institution.by("secretary") as act:
        await service.record(act, entry(member.id))
        [event] = act.events
    assert (event.name, event.member_id) == ("sample.recorded", member.id)


async def test_nobody_else_takes_back_what_was_recorded(institution: Institution) -> None:
    member = await institution.member("branch")
    async with institution.by("secretary") as act:
        id = await service.record(act, entry(member.id))
    for login, refusal in (("rival", NotFound), ("recorder", Forbidden)):
        with pytest.raises(refusal):
            async with institution.by(login) as act:
                await service.take_back(act, id, reason="误录")
    with pytest.raises(Refused):
        async with institution.by("secretary") as act:
            await service.take_back(act, id, reason=" ")


async def test_a_slip_is_taken_back_and_may_be_entered_anew(institution: Institution) -> None:
    member = await institution.member("branch")
    for _ in range(2):
        async with institution.by("secretary") as act:
            id = await service.record(act, entry(member.id))
        async with institution.by("secretary") as act:
            assert await service.take_back(act, id, reason="误录") == member.id
            assert [event.name for event in act.events] == ["sample.taken_back"]
    with pytest.raises(NotFound):
        async with institution.by("secretary") as act:
            await service.take_back(act, id, reason="误录")
