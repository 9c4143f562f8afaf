"""Keys are rotated while everybody goes on working, and no sealed value is left behind."""

import ast
import shutil
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, Uuid, select, update

import zhibu
from zhibu.act import Act
from zhibu.events.timeline import follow
from zhibu.identifiers import new_id
from zhibu.jobs.running import Runner
from zhibu.plugins import discover
from zhibu.sealing import service, store
from zhibu.sealing.errors import KeyStillUsed, KeyTooNew
from zhibu.sealing.public import RENEWED
from zhibu.sealing.service import Renewed
from zhibu.sealing.works import RENEW
from zhibu.storage.encryption import Keyring, KeyUnknown
from zhibu.storage.tables import Base, Sealed
from zhibu.testing.contract import rows
from zhibu.testing.house import Institution

PLACES = ("Place", "Sealed")  # what the code calls it
COLUMNS = store.columns()
INSTALLED = discover()
SOURCES = [
    file
    for package in (zhibu, *(INSTALLED.module(name) for name in INSTALLED.names))
    for file in Path(str(vars(package)["__file__"])).parent.rglob("*.py")
]


# Sealed in what is gone by itself: who retires a key meanwhile loses such a notice, and no record.
PASSING = {("core_job", "arguments")}


def test_columns_are_found_by_their_type_in_whichever_plugin() -> None:
    metadata = MetaData()
    Table("x_one", metadata, Column("secret", Sealed), Column("digest", LargeBinary))
    assert [column.name for column in store.columns(metadata)] == ["secret"]
    assert {"core_member", "core_procedure_vote"} <= {column.table.name for column in COLUMNS}


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_sealed_column_stands_in_a_row_that_its_id_names(column: Column[Any]) -> None:
    assert [key.name for key in column.table.primary_key] == ["tenant_id", "id"]
    assert isinstance(column.table.c.id.type, Uuid)


def test_whatever_is_called_sealed_or_is_a_place_to_seal_at_has_that_type() -> None:
    tables = Base.metadata.tables
    called = [c for table in tables.values() for c in table.c if "sealed" in c.name]
    assert [str(column) for column in called if not isinstance(column.type, Sealed)] == []
    named = [place for file in SOURCES for place in _places(file)]
    assert len(named) >= 3
    for table, column in set(named) - PASSING:
        assert isinstance(tables[table].c[column].type, Sealed), (table, column)


def _places(file: Path) -> list[tuple[str, str]]:
    """Table and column of every place that the file names in so many words."""
    found, text = [], file.read_text("utf-8")
    for node in ast.walk(ast.parse(text)) if any(f"{word}(" in text for word in PLACES) else ():
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in PLACES:
            continue
        words = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if len(words) == 2 and words[0] in Base.metadata.tables:
            found.append((str(words[0]), str(words[1])))
    return found


Acting = Callable[[], Any]


def acting(institution: Institution, *, most: int = 10_000) -> Acting:
    """Acts of the installation; one more than `most` fails before it is committed."""
    left = [most]

    @asynccontextmanager
    async def act() -> AsyncIterator[Act]:
        async with institution.operator() as found:
            yield found
            left[0] -= 1
            if left[0] < 0:
                raise ConnectionError("killed")

    return act


async def sealed_everywhere(institution: Institution) -> int:
    """A value in every sealed column that there is; how many values there are."""
    tenant_id, keyring = institution.tenant.id, institution.house.platform.keyring
    await institution.member()
    await institution.member("far")
    tables = {column.table.name for column in COLUMNS}
    async with institution.operator() as act:
        await act.session.run_sync(
            lambda session: rows.put(session.connection(), Base.metadata, tables, tenant_id)
        )
        for column in COLUMNS:
            place = store.place_of(column, tenant_id, rows.ID)
            mine = column.table.c.id == rows.ID
            statement = update(column.table).where(mine, column.table.c.tenant_id == tenant_id)
            value = keyring.seal(place, f"said {column}")
            await act.session.execute(statement.values({column.name: value}))
    return sum((await by_key(institution)).values())


async def by_key(institution: Institution) -> dict[int, int]:
    return dict((await service.used(institution.house.platform))[institution.tenant.code])


async def renewed(institution: Institution, *, most: int = 10_000) -> Renewed:
    platform = institution.house.platform
    files = partial(platform.attachments.renew, institution.tenant.id)
    return await service.renew(acting(institution, most=most), platform.keyring, files)


async def require_open(institution: Institution, keyring: Keyring) -> None:
    tenant_id = institution.tenant.id
    async with institution.operator() as act:
        for column in COLUMNS:
            mine = select(column).where(column.table.c.id == rows.ID)
            value = await act.session.scalar(mine.where(column.table.c.tenant_id == tenant_id))
            place = store.place_of(column, tenant_id, rows.ID)
            assert keyring.open(place, value) == f"said {column}"


async def renewals(institution: Institution) -> list[dict[str, Any]]:
    async with institution.operator() as act:
        entries = await follow(act.session, act.tenant_id, 0, 10_000)
    return [dict(each.facts) for each in entries if each.event == RENEWED]


async def test_every_sealed_column_is_sealed_anew_also_after_a_kill_midway(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = institution.house.platform
    count = await sealed_everywhere(institution)
    assert count >= len(COLUMNS) + 2
    assert await by_key(institution) == {1: count}
    Keyring.rotate(platform.settings.keys, platform.clock())
    monkeypatch.setattr(service, "BATCH", 1)
    done = 0
    for most in (0, 1, 4):
        with pytest.raises(ConnectionError):
            await renewed(institution, most=most)
        done += most
        kept = await by_key(institution)
        assert (kept.get(1, 0) + kept.get(2, 0), kept.get(2, 0) <= done) == (count, True)
        await require_open(institution, platform.keyring)
    noted = sum(each["values"] for each in await renewals(institution))
    before = (await by_key(institution))[1]
    assert 0 < before < count
    monkeypatch.setattr(service, "BATCH", 200)
    finished = await renewed(institution)
    assert (finished.values, finished.broken) == (before, 0)
    assert await by_key(institution) == {2: count}
    await require_open(institution, platform.keyring)
    entries = await renewals(institution)
    assert sum(each["values"] for each in entries) == noted + before
    assert {each["field"] for each in entries} == {str(column) for column in COLUMNS}
    assert {(each["key"], each["broken"]) for each in entries} == {(2, 0)}
    again = await renewed(institution)
    assert (again.values, await renewals(institution)) == (0, entries)


async def test_what_is_written_meanwhile_is_not_overwritten(institution: Institution) -> None:
    platform, tenant_id = institution.house.platform, institution.tenant.id
    await sealed_everywhere(institution)
    column = next(c for c in COLUMNS if str(c) == "core_member.phone_sealed")
    place = store.place_of(column, tenant_id, rows.ID)
    mine = update(column.table).where(column.table.c.id == rows.ID)
    async with institution.operator() as act:
        stale = await store.others(act.session, tenant_id, column, b"...", after=None, limit=1_000)
        later = platform.keyring.seal(place, "later")
        await act.session.execute(mine.values(phone_sealed=later))
        changes = [(each, b"stale") for each in stale]
        await store.replace(act.session, tenant_id, column, changes)
        kept = select(column).where(column.table.c.id == rows.ID)
        assert platform.keyring.open(place, (await act.session.scalar(kept)) or b"") == "later"


async def test_another_process_opens_and_seals_with_the_new_key(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = institution.house.platform
    other = Keyring.load(platform.settings.keys)
    rotated = Keyring.rotate(platform.settings.keys)
    place = store.place_of(COLUMNS[0], new_id(), new_id())
    assert other.current == 1
    assert other.open(place, rotated.seal(place, "new")) == "new"
    assert other.current == 2
    rotated = Keyring.rotate(platform.settings.keys)
    assert other.is_current(other.seal(place, "soon")), "it has not looked yet"
    monkeypatch.setattr("zhibu.storage.encryption.keyring.LOOK_EVERY", -1.0)
    assert rotated.is_current(other.seal(place, "new"))
    platform.settings.keys.rename(platform.settings.keys.with_suffix(".away"))
    assert other.open(place, other.seal(place, "still")) == "still"


def test_a_key_that_waits_opens_everywhere_before_anybody_seals_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    Keyring.create(here)
    waiting = Keyring.add(here)
    assert (waiting.current, list(waiting.numbers)) == (1, [1, 2])
    shutil.copy(here, there)
    place = store.place_of(COLUMNS[0], new_id(), new_id())
    elsewhere = Keyring.load(there)
    assert Keyring.rotate(here).current == 2
    assert elsewhere.open(place, Keyring.load(here).seal(place, "said")) == "said"
    assert Keyring.load(here).open(place, elsewhere.seal(place, "there")) == "there"
    assert list(Keyring.load(here).numbers) == [1, 2]


def test_no_key_is_lost_when_several_are_added_at_the_same_moment(tmp_path: Path) -> None:
    keyring = Keyring.create(tmp_path / "keys")
    place = store.place_of(COLUMNS[0], new_id(), new_id())

    def add(_: int) -> bytes:
        return Keyring.rotate(tmp_path / "keys").seal(place, "said")

    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(add, range(8)))
    assert {keyring.open(place, value) for value in sealed} == {"said"}
    assert sorted(keyring.numbers) == list(range(1, 10))


def test_secrets_of_the_installation_outlive_a_rotation(tmp_path: Path) -> None:
    keyring = Keyring.create(tmp_path / "keys")
    rotated = Keyring.rotate(tmp_path / "keys")
    assert rotated.secret("cursors") == keyring.secret("cursors")
    assert rotated.secret("cursors") != keyring.secret("attempts")
    tenant = new_id()
    assert rotated.index(tenant, "x", "1") == keyring.index(tenant, "x", "1")


async def test_an_old_key_goes_only_when_nothing_is_sealed_under_it_any_more(
    institution: Institution,
) -> None:
    platform = institution.house.platform
    await sealed_everywhere(institution)
    keys, now = platform.settings.keys, platform.clock()
    Keyring.rotate(keys, now)
    platform.keyring.look()
    column = COLUMNS[0]
    mine = update(column.table).where(column.table.c.id == rows.ID)
    broken = platform.keyring.header[:2] + b"\x01" + b"altered"
    async with institution.operator() as act:
        await act.session.execute(mine.values({column.name: broken}))
    done = await renewed(institution)
    assert done.broken == 1
    with pytest.raises(KeyTooNew):
        await service.require_unused(platform, 1, now + timedelta(minutes=59))
    later = now + timedelta(hours=1)
    with pytest.raises(KeyStillUsed) as refused:
        await service.require_unused(platform, 1, later)
    assert refused.value.facts["count"] == 1
    async with institution.operator() as act:
        await act.session.execute(mine.values({column.name: b""}))
    await service.require_unused(platform, 1, later)
    for number in (2, 7):
        with pytest.raises(KeyUnknown):
            Keyring.retire(keys, number)
    assert list(Keyring.retire(keys, 1).numbers) == [2]
    assert max(Keyring.rotate(keys).numbers) == 3, "a number is never given twice"


async def test_files_are_sealed_anew_and_open_as_before(institution: Institution) -> None:
    platform, tenant_id = institution.house.platform, institution.tenant.id
    keys = platform.settings.keys
    content = b"%PDF-1.7\n" + bytes(range(256)) * 1000

    async def stream() -> AsyncIterator[bytes]:
        yield content

    kept = await platform.attachments.put(tenant_id, stream(), len(content))
    assert (await by_key(institution))[1] == 1
    Keyring.rotate(keys, platform.clock())
    done = await renewed(institution)
    assert (done.values, done.broken) == (1, 0)
    assert await by_key(institution) == {2: 1}
    assert [each["field"] for each in await renewals(institution)] == [service.FILES]
    Keyring.retire(keys, 1)
    platform.keyring.look()
    with platform.attachments.open(tenant_id, kept.sha256) as file:
        assert file.read() == content
    assert (await renewed(institution)).values == 0
    (path,) = (each for each in platform.settings.data.rglob(kept.sha256))
    path.write_bytes(content)  # as if somebody had put it there
    Keyring.rotate(keys)
    assert (await renewed(institution)).broken == 1


async def test_the_clock_finishes_what_was_not(institution: Institution) -> None:
    platform = institution.house.platform
    count = await sealed_everywhere(institution)
    worker = Runner(platform, [], [RENEW])
    await worker.tick()
    assert await worker.run_waiting() == 0, "with one key there is nothing to do"
    Keyring.rotate(platform.settings.keys)
    institution.house.now += timedelta(days=1)
    await worker.tick()
    assert await worker.run_waiting() == 1
    assert await by_key(institution) == {2: count}
