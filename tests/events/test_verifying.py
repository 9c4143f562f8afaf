"""Tampering with the ledger: what the chain finds alone, and what only a note elsewhere does."""

import base64
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import NullPool, create_engine, text

from zhibu.events.chain import genesis, link
from zhibu.events.checkpoints import Notary
from zhibu.events.verifying import Verified, verify
from zhibu.settings import Settings
from zhibu.storage.homes import Homes

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
COUNT = 40


class Attacker:
    """Somebody with every right on the database, and none on the folder of the notes."""

    def __init__(self, settings: Settings, tenant_id: UUID) -> None:
        self.tenant_id = tenant_id
        if settings.database == "sqlite":
            (file,) = settings.data.rglob(f"*{tenant_id.hex}*.db")
            self.engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
            self.tenant: Any = tenant_id.hex
        else:
            assert settings.owner_database is not None
            url = settings.owner_database.replace("postgresql://", "postgresql+psycopg://")
            self.engine = create_engine(url, poolclass=NullPool)
            self.tenant = tenant_id

    def run(self, *statements: str, **values: Any) -> list[Any]:
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL app.tenant_id = '{self.tenant_id}'")
            found: list[Any] = []
            for statement in statements:
                result = connection.execute(text(statement), {"t": self.tenant, **values})
                found = list(result) if result.returns_rows else []
                touched = result.rowcount
                assert result.returns_rows or touched, statement
        return found

    def chained_anew(self) -> None:
        """Number and link every entry again, as whoever knows the code can."""
        rows = self.run("SELECT seq, body FROM core_ledger WHERE tenant_id = :t ORDER BY seq")
        previous = genesis(self.tenant_id)
        for new, (seq, body) in enumerate(rows, 1):
            said = {**orjson.loads(body), "seq": new}
            raw = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
            hashed = link(previous, raw)
            self.run(
                "UPDATE core_ledger SET seq = :new, body = :body, previous = :previous,"
                " hash = :hash WHERE tenant_id = :t AND seq = :seq",
                new=new,
                seq=seq,
                body=raw.decode(),
                previous=previous,
                hash=hashed,
            )
            previous = hashed
        self.run(
            "UPDATE core_ledger_head SET seq = :seq, hash = :hash WHERE tenant_id = :t",
            seq=len(rows),
            hash=previous,
        )


def edit_a_body(attacker: Attacker) -> None:
    attacker.run(
        "UPDATE core_ledger SET body = replace(body, '张某', '王某')"
        " WHERE tenant_id = :t AND seq = 20"
    )


def delete_one(attacker: Attacker) -> None:
    attacker.run("DELETE FROM core_ledger WHERE tenant_id = :t AND seq = 20")


def swap_two(attacker: Attacker) -> None:
    for old, new in ((10, -1), (11, 10), (-1, 11)):
        attacker.run(
            "UPDATE core_ledger SET seq = :new WHERE tenant_id = :t AND seq = :old",
            old=old,
            new=new,
        )


def insert_a_forged_one(attacker: Attacker) -> None:
    attacker.run(
        "INSERT INTO core_ledger (tenant_id, seq, id, at, event, subject_kind, facts, body,"
        " previous, hash) SELECT tenant_id, :new, id, at, event, subject_kind, facts, body,"
        " previous, hash FROM core_ledger WHERE tenant_id = :t AND seq = 20",
        new=COUNT + 1,
    )


def edit_a_column(attacker: Attacker) -> None:
    attacker.run("UPDATE core_ledger SET member_id = NULL WHERE tenant_id = :t AND seq = 20")


def cut_the_tail(attacker: Attacker) -> None:
    attacker.run("DELETE FROM core_ledger WHERE tenant_id = :t AND seq > 30")


def cut_the_tail_and_mend_the_head(attacker: Attacker) -> None:
    cut_the_tail(attacker)
    attacker.chained_anew()


def edit_and_chain_anew(attacker: Attacker) -> None:
    edit_a_body(attacker)
    attacker.run(
        "UPDATE core_ledger SET facts = :facts WHERE tenant_id = :t AND seq = 20",
        facts='{"name": "王某", "hours": 3, "reason": "补录"}',
    )
    attacker.chained_anew()


def delete_and_chain_anew(attacker: Attacker) -> None:
    delete_one(attacker)
    attacker.chained_anew()


def empty_the_table(attacker: Attacker) -> None:
    attacker.run(
        "DELETE FROM core_ledger WHERE tenant_id = :t",
        "DELETE FROM core_ledger_head WHERE tenant_id = :t",
    )


ALONE = [
    edit_a_body,
    delete_one,
    swap_two,
    insert_a_forged_one,
    edit_a_column,
    cut_the_tail,
]
WITH_A_NOTE = [
    cut_the_tail_and_mend_the_head,
    edit_and_chain_anew,
    delete_and_chain_anew,
    empty_the_table,
]

Check = Callable[..., Awaitable[Verified]]


@pytest.fixture
async def check(homes: Homes, tenant_id: UUID, tmp_path: Path, write) -> Check:
    """Verify, with or without the note that was taken after the last entry."""
    await write(*(f"members.corrected_{n}" for n in range(COUNT)))
    notary = Notary.open(tmp_path / "notes")
    await notary.checkpoint(homes.home(tenant_id), tenant_id, NOON)

    async def checked(*, noted: bool) -> Verified:
        notes = Notary.reading(tmp_path / "notes").notes(tenant_id) if noted else []
        return await verify(homes.home(tenant_id), tenant_id, notes)

    return checked


async def test_an_untouched_ledger_is_sound(check: Check) -> None:
    assert (await check(noted=True)).entries == COUNT
    assert (await check(noted=True)).sound


@pytest.mark.parametrize("attack", ALONE)
async def test_the_chain_alone_finds_it(
    check: Check, settings: Settings, tenant_id: UUID, attack: Callable[[Attacker], None]
) -> None:
    attack(Attacker(settings, tenant_id))
    assert not (await check(noted=False)).sound


@pytest.mark.parametrize("attack", WITH_A_NOTE)
async def test_a_note_finds_what_the_chain_cannot(
    check: Check, settings: Settings, tenant_id: UUID, attack: Callable[[Attacker], None]
) -> None:
    attack(Attacker(settings, tenant_id))
    assert (await check(noted=False)).sound
    kinds = {fault.kind for fault in (await check(noted=True)).faults}
    assert kinds & {"truncated", "rewritten"}


async def test_a_fault_says_where(check: Check, settings: Settings, tenant_id: UUID) -> None:
    edit_a_column(Attacker(settings, tenant_id))
    (fault,) = (await check(noted=True)).faults
    assert (fault.seq, fault.kind) == (20, "columns")


async def test_a_note_that_our_key_did_not_sign_is_a_fault(
    check: Check, tenant_id: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "notes" / f"{tenant_id.hex}.notes"
    line = orjson.loads(file.read_bytes())
    line["hash"] = base64.b64encode(b"x" * 32).decode()
    file.write_bytes(orjson.dumps(line) + b"\n")
    assert [fault.kind for fault in (await check(noted=True)).faults] == ["unsigned"]


async def test_a_note_is_taken_only_after_something_new(
    check: Check, homes: Homes, tenant_id: UUID, tmp_path: Path, write
) -> None:
    notary = Notary.open(tmp_path / "notes")
    home = homes.home(tenant_id)
    assert await notary.checkpoint(home, tenant_id, NOON) is None
    await write("members.corrected")
    note = await notary.checkpoint(home, tenant_id, NOON)
    assert note is not None
    assert note.seq == COUNT + 1
    assert [each.seq for each in notary.notes(tenant_id)] == [COUNT, COUNT + 1]
    assert (tmp_path / "notes" / "ledger.key").stat().st_mode & 0o077 == 0
