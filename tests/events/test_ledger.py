"""Writing the ledger."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select

from zhibu.act import Event
from zhibu.basis import Basis
from zhibu.events import ledger
from zhibu.events.chain import genesis, link
from zhibu.events.entries import Origin
from zhibu.events.errors import SensitiveInClear
from zhibu.events.sensitive import sensitive
from zhibu.events.tables import LedgerEntry, LedgerHead
from zhibu.events.timeline import entries
from zhibu.events.verifying import verify
from zhibu.identifiers import new_id
from zhibu.storage.homes import Homes
from zhibu.testing.register import NOON, Register, counted, identity


@pytest.mark.parametrize(
    "text",
    [
        identity(7),
        f"身份证{identity(8)}。",
        "530102 19800307 123x",
        "５３０１０２１９８００３０７１２３４",
        "电话13812345678",
        "+86 138 1234 5678",
        "138-1234-5678",
        '{"phone":13812345678}',
    ],
)
def test_a_number_in_clear_is_found_however_it_is_written(text: str) -> None:
    assert sensitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "a13812345678b",
        "0191f3b213812345678cdef012345678",
        "2026-06-15T04:00:00.000000Z",
        "530102********1234",
        "138****5678",
        "0871-12345678",
        "12812345678",
        "530102199913071234",
    ],
)
def test_ids_dates_and_masked_numbers_are_no_numbers_in_clear(text: str) -> None:
    assert not sensitive(text)


def test_ids_are_never_taken_for_numbers_in_clear() -> None:
    assert not any(sensitive(f'"{new_id().hex}" "{new_id()}"') for _ in range(20_000))


async def test_a_sensitive_value_in_clear_fails_the_whole_act(
    homes: Homes, tenant_id: UUID, write
) -> None:
    good = Event(name="a.b", subject=("Member", None))
    bad = Event(name="a.b", subject=("Member", None), facts={"reason": f"查询{identity(9)}"})
    with pytest.raises(SensitiveInClear) as refused:
        await write(good, bad)
    assert identity(9) not in str(refused.value)
    async with homes.home(tenant_id).view(tenant_id) as session:
        assert await entries(session, tenant_id) == []


async def test_an_act_that_fails_leaves_no_entry_and_no_gap(
    homes: Homes, tenant_id: UUID, write
) -> None:
    async def fail() -> None:
        async with homes.home(tenant_id).act(tenant_id) as session:
            origin = Origin(at=NOON, request_id="x", by="x", via="system")
            event = Event(name="a.b", subject=("Member", None))
            await ledger.write(session, tenant_id, origin, [event])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await write("a.b", "a.c")
    found = await verify(homes.home(tenant_id), tenant_id)
    assert (found.entries, found.faults) == (2, ())


async def test_what_a_float_would_lose_is_written_exactly(
    homes: Homes, tenant_id: UUID, write
) -> None:
    facts = {"hours": Decimal("31.50"), "on": date(2026, 2, 3), "forms": {"b", "a"}}
    basis = Basis(document="章程", article="第七条", value="12 个月", since=date(2017, 1, 1))
    await write(Event(name="a.b", subject=("Member", None), facts=facts, basis=basis))
    async with homes.home(tenant_id).view(tenant_id) as session:
        (entry,) = await entries(session, tenant_id)
    assert entry.facts == {"hours": "31.5", "on": "2026-02-03", "forms": ["a", "b"]}
    assert entry.basis == basis
    assert (entry.by, entry.via, entry.address) == ("李某", "session", "192.0.2.7")


async def test_a_body_is_canonical_and_linked_to_the_one_before(
    homes: Homes, tenant_id: UUID, write
) -> None:
    await write("a.b")
    await write("a.c")
    async with homes.home(tenant_id).view(tenant_id) as session:
        rows = (await session.execute(select(LedgerEntry).order_by(LedgerEntry.seq))).scalars()
        first, second = rows
        head = (await session.execute(select(LedgerHead))).scalar_one()
    for row in (first, second):
        again = orjson.dumps(orjson.loads(row.body), option=orjson.OPT_SORT_KEYS)
        assert again.decode() == row.body
    assert first.previous == genesis(tenant_id)
    assert second.previous == first.hash == link(first.previous, first.body.encode())
    assert (head.seq, head.hash) == (2, second.hash)


async def test_acts_at_the_same_time_are_numbered_without_gaps_from_the_first(
    homes: Homes, tenant_id: UUID, write
) -> None:
    await asyncio.gather(*(write("a.b", "a.c") for _ in range(6)))
    found = await verify(homes.home(tenant_id), tenant_id)
    assert (found.entries, found.faults) == (12, ())


async def test_an_act_costs_three_statements_and_none_without_events(register: Register) -> None:
    async with register.act() as act:
        async with counted(act) as none:
            await ledger.append(act)
        act.record(Event(name="a.first", subject=("Member", None)))
        await ledger.append(act)
    async with register.act() as act:
        act.record(Event(name="a.b", subject=("Member", None)))
        act.record(Event(name="a.c", subject=("Member", None)))
        async with counted(act) as two:
            await ledger.append(act)
    assert (len(none), len(two)) == (0, 3)


async def test_a_large_import_is_written_in_batches(homes: Homes, tenant_id: UUID, write) -> None:
    await write(*(Event(name="a.b", subject=("Member", None), facts={"n": n}) for n in range(4500)))
    found = await verify(homes.home(tenant_id), tenant_id)
    assert (found.entries, found.faults) == (4500, ())


async def test_a_batch_that_is_just_full_is_written_whole(
    homes: Homes, tenant_id: UUID, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_BATCH", 2)
    await write(*["members.corrected"] * 4)
    found = await verify(homes.home(tenant_id), tenant_id)
    assert (found.sound, found.entries) == (True, 4)


async def test_a_fact_that_nobody_can_write_fails_the_whole_act(
    homes: Homes, tenant_id: UUID, write
) -> None:
    event = Event(name="members.corrected", subject=("Member", None), path="1.")
    with pytest.raises(TypeError):
        await write("members.corrected", replace(event, facts={"what": object()}))
    assert (await verify(homes.home(tenant_id), tenant_id)).entries == 0


async def test_facts_that_have_no_order_are_written_in_one(
    homes: Homes, tenant_id: UUID, write
) -> None:
    facts = {"codes": {"b", "a"}, "was": MappingProxyType({"hours": Decimal("1.50")})}
    await write(Event(name="members.corrected", subject=("Member", None), path="1.", facts=facts))
    async with homes.home(tenant_id).view(tenant_id) as session:
        (entry,) = await entries(session, tenant_id)
    assert entry.facts == {"codes": ["a", "b"], "was": {"hours": "1.5"}}
