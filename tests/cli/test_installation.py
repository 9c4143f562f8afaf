"""Creating an installation, and bringing it up to date."""

import json
import stat
from pathlib import Path

import pytest

from zhibu.plugins import discover
from zhibu.settings import Database, Settings
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.migrate import downgrade
from zhibu.testing.shell import Shell


def test_an_installation_is_never_overwritten(small: Shell) -> None:
    before = (small.data / "keys.json").read_bytes()
    result = small("init")
    assert result.exit_code == 2
    assert (small.data / "keys.json").read_bytes() == before


def test_init_makes_a_folder_and_keys_that_nobody_else_reads(empty: Shell) -> None:
    empty.ok("init")
    modes = [stat.S_IMODE(file.stat().st_mode) for file in (empty.data, empty.data / "keys.json")]
    assert modes == [0o700, 0o600]
    assert empty.json("tenant", "list") == []
    assert empty.json("migrate", "--check") == []


def test_init_is_taken_up_again_where_it_was_interrupted(empty: Shell) -> None:
    empty.ok("init")
    (empty.data / "keys.json").unlink()  # keys come last
    empty.ok("init")


def test_keys_are_not_made_anew_for_what_others_sealed(small: Shell) -> None:
    (small.data / "keys.json").unlink()
    result = small("init")
    assert result.exit_code == 2
    assert not (small.data / "keys.json").exists()


def test_init_works_on_postgresql(
    postgres: Database, empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBU_DATABASE", postgres.app)
    monkeypatch.setenv("ZHIBU_OWNER_DATABASE", postgres.owner)
    empty.ok("init")
    assert empty.json("tenant", "list") == []


def test_an_old_database_is_reported_served_by_nobody_and_migrated(small: Shell) -> None:
    plugins = discover()
    file = next((small.data / "tenants").glob("*.db"))
    with migrating_engine(file).connect() as connection:
        downgrade(connection, plugins, "education")
    checked = small("migrate", "--check", "--json")
    assert checked.exit_code == 1
    assert [(row["plugin"], row["from"]) for row in json.loads(checked.stdout)] == [
        ("education", "-")
    ]
    assert small("serve", "--port", "0").exit_code == 3
    small.ok("migrate")
    small.ok("migrate", "--check")


def test_a_settings_file_is_read(
    empty: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHIBU_DATA")
    file = tmp_path / "zhibu.toml"
    file.write_text(f'data = "{tmp_path / "elsewhere"}"\n')
    empty.ok("--settings", file, "init")
    assert Settings.load({}, file).keys.exists()


def test_a_folder_that_cannot_be_made_is_said(
    empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty.tmp / "file").touch()
    monkeypatch.setenv("ZHIBU_DATA", str(empty.tmp / "file" / "data"))
    result = empty("init")
    assert result.exit_code == 2
    assert "Not a directory" in result.stderr
