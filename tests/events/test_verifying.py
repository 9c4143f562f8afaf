"""Tampering with the ledger: what the chain finds alone, and what only a note elsewhere does."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from zhibu.events import verifying
from zhibu.events.anchors import FOLDER, Anchors
from zhibu.events.errors import LedgerUnsound
from zhibu.events.verifying import Verified, verify
from zhibu.settings import Settings
from zhibu.storage.homes import Homes
from zhibu.testing.tampering import (
    COUNT,
    Attacker,
    cut_the_tail,
    cut_the_tail_and_mend_the_head,
    delete_number_and_chain_anew,
    delete_one_in_the_middle,
    edit_a_column,
    edit_a_row,
    edit_and_chain_anew,
    empty_the_table,
    insert_a_forged_one,
    swap_two,
)

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
LINE_BREAK = b"\n"

Attack = Callable[[Attacker], None]
Check = Callable[..., Awaitable[Verified]]

# Each attack, whether the chain alone finds it, and where the first fault is told.
EIGHT = [
    (edit_a_row, True, 20),
    (delete_one_in_the_middle, True, 21),
    (swap_two, True, 10),
    (insert_a_forged_one, True, COUNT + 1),
    (cut_the_tail_and_mend_the_head, False, 31),
    (edit_and_chain_anew, False, COUNT),
    (delete_number_and_chain_anew, False, COUNT),
    (empty_the_table, False, 1),
]


@pytest.fixture
def anchors(settings: Settings, tmp_path: Path) -> Anchors:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    return Anchors(replace(settings, checkpoint_folders=(elsewhere,)))


@pytest.fixture
async def check(anchors: Anchors, homes: Homes, tenant_id: UUID, write) -> Check:
    """Verify, with or without the note that was taken after the last entry."""
    await write(*(f"members.corrected_{n}" for n in range(COUNT)))
    home = homes.home(tenant_id)
    await anchors.checkpoint(home, tenant_id, NOON)

    async def checked(*, noted: bool, since: int = 0) -> Verified:
        if noted:
            return await anchors.verify(home, tenant_id, since=since)
        return await verify(home, tenant_id, since=since)

    return checked


async def test_an_untouched_ledger_is_sound(check: Check) -> None:
    assert (await check(noted=True)).entries == COUNT
    assert (await check(noted=True)).sound


@pytest.mark.parametrize(("attack", "alone", "first"), EIGHT)
async def test_every_tampering_is_found_with_a_note_and_half_of_them_without(
    check: Check, settings: Settings, tenant_id: UUID, attack: Attack, alone: bool, first: int
) -> None:
    attack(Attacker(settings, tenant_id))
    assert (await check(noted=False)).sound is not alone
    found = await check(noted=True)
    assert not found.sound
    assert found.first == first


@pytest.mark.parametrize("attack", [edit_a_column, cut_the_tail])
async def test_the_columns_and_the_head_are_compared_too(
    check: Check, settings: Settings, tenant_id: UUID, attack: Attack
) -> None:
    attack(Attacker(settings, tenant_id))
    assert not (await check(noted=False)).sound


@pytest.mark.parametrize(
    "attack",
    [
        cut_the_tail_and_mend_the_head,
        edit_and_chain_anew,
        delete_number_and_chain_anew,
        empty_the_table,
    ],
)
async def test_what_does_not_go_on_from_the_last_note_is_not_signed(
    check: Check,
    anchors: Anchors,
    homes: Homes,
    settings: Settings,
    tenant_id: UUID,
    write,
    attack: Attack,
) -> None:
    """Else the next note would vouch for what the attacker wrote."""
    attack(Attacker(settings, tenant_id))
    home = homes.home(tenant_id)
    with pytest.raises(LedgerUnsound):
        await anchors.checkpoint(home, tenant_id, NOON)
    await write("members.corrected")
    with pytest.raises(LedgerUnsound):
        await anchors.checkpoint(home, tenant_id, NOON)


async def test_many_notes_tell_between_which_of_them_it_was_written_anew(
    anchors: Anchors, homes: Homes, settings: Settings, tenant_id: UUID, write
) -> None:
    for _ in range(4):
        await write(*["members.corrected"] * 10)
        await anchors.checkpoint(homes.home(tenant_id), tenant_id, NOON)
    edit_and_chain_anew(Attacker(settings, tenant_id))  # entry 20
    found = await anchors.verify(homes.home(tenant_id), tenant_id)
    assert [(fault.seq, fault.kind) for fault in found.faults] == [
        (seq, "rewritten") for seq in (20, 30, 40)
    ]


async def test_verification_may_begin_after_an_entry(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    assert (await check(noted=True, since=COUNT)).entries == 0
    assert (await check(noted=True, since=30)).entries == 10
    edit_a_row(Attacker(settings, tenant_id))
    assert not (await check(noted=True, since=19)).sound
    assert (await check(noted=True, since=20)).sound  # what lies before is taken for granted
    beyond = await check(noted=True, since=COUNT + 5)
    assert (beyond.sound, beyond.first) == (False, COUNT + 5)


async def test_a_note_of_the_entry_itself_is_compared_when_verification_begins_there(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    edit_and_chain_anew(Attacker(settings, tenant_id))
    assert (await check(noted=True, since=COUNT)).first == COUNT


async def test_a_fault_says_where(check: Check, settings: Settings, tenant_id: UUID) -> None:
    edit_a_column(Attacker(settings, tenant_id))
    (fault,) = (await check(noted=True)).faults
    assert (fault.seq, fault.kind) == (20, "columns")


async def test_a_note_that_our_key_did_not_sign_is_a_fault(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    file = settings.data / FOLDER / f"{tenant_id.hex}.notes"
    line = orjson.loads(file.read_bytes())
    line["hash"] = base64.b64encode(b"x" * 32).decode()
    file.write_bytes(orjson.dumps(line) + LINE_BREAK)
    assert [fault.kind for fault in (await check(noted=True)).faults] == ["unsigned"]


async def test_a_forged_note_among_others_is_told_apart_from_ours(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    file = settings.data / FOLDER / f"{tenant_id.hex}.notes"
    ours = file.read_bytes()
    forged = {**orjson.loads(ours), "seq": 7}
    file.write_bytes(orjson.dumps(forged) + LINE_BREAK + ours)
    assert [(fault.seq, fault.kind) for fault in (await check(noted=True)).faults] == [
        (7, "unsigned")
    ]


async def test_pages_are_read_without_sorting_the_ledger(
    check: Check, homes: Homes, tenant_id: UUID
) -> None:
    """PostgreSQL did, for each page, where it had no statistics of a large import."""
    home = homes.home(tenant_id)
    if home.name == "sqlite":
        pytest.skip("SQLite reads the primary key in order")
    query = "EXPLAIN SELECT seq FROM core_ledger WHERE tenant_id = %s AND seq > %s ORDER BY seq"
    off = ("SET LOCAL enable_sort = off", ())
    _, plan = await home.read(tenant_id, [off, (f"{query} LIMIT 5000", (tenant_id, 0))])
    assert not any("Sort" in line for (line,) in plan)


async def test_a_ledger_full_of_faults_is_not_read_to_its_end(
    check: Check, settings: Settings, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_a_row(Attacker(settings, tenant_id))
    monkeypatch.setattr(verifying, "MOST_FAULTS", 1)
    found = await check(noted=True)
    assert (found.first, len(found.faults)) == (20, 1)


async def test_a_forged_note_of_what_never_was_accuses_nobody(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    file = settings.data / FOLDER / f"{tenant_id.hex}.notes"
    ours = file.read_bytes()
    forged = {**orjson.loads(ours), "seq": COUNT + 7}
    file.write_bytes(orjson.dumps(forged) + LINE_BREAK + ours)
    assert (await check(noted=True)).sound


async def test_an_entry_that_cannot_be_read_is_a_fault(
    check: Check, settings: Settings, tenant_id: UUID
) -> None:
    attacker = Attacker(settings, tenant_id)
    attacker.run("UPDATE core_ledger SET body = '{' WHERE tenant_id = :t AND seq = 20")
    faults = (await check(noted=False)).faults
    assert {(fault.seq, fault.kind) for fault in faults} == {(20, "chain"), (20, "columns")}
