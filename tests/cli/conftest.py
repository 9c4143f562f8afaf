"""The command line over a fresh installation: on SQLite, or `anywhere` on either database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhibu.settings import Settings
from zhibu.storage.encryption import Keyring
from zhibu.testing.databases import Server, fresh_postgresql
from zhibu.testing.shell import Shell, small_institution


@pytest.fixture(scope="session")
def made(migrated_sqlite: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the institution `small`, to copy, never to use."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(migrated_sqlite.data, folder / "data")
    Keyring.create(folder / "data" / "keys.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIBU_DATA", str(folder / "data"))
        small_institution(Shell(folder / "data", folder))
    return folder


@pytest.fixture
def small(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line of an installation with the institution `small`."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "data"
    data.chmod(0o700)
    monkeypatch.setenv("ZHIBU_DATA", str(data))
    monkeypatch.setenv("ZHIBU_LOCALE", "en")
    return Shell(data, tmp_path)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line where no installation is yet."""
    monkeypatch.setenv("ZHIBU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZHIBU_LOCALE", "en")
    return Shell(tmp_path / "data", tmp_path)


@pytest.fixture
def anywhere(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line of an installation with `small`, once on each database."""
    return _installed(settings, tmp_path, monkeypatch)


@pytest.fixture
def server_settings(
    migrated_postgresql: Settings, postgres_server: Server, tmp_path: Path
) -> Iterator[Settings]:
    """A fresh installation on PostgreSQL."""
    with fresh_postgresql(migrated_postgresql, postgres_server, tmp_path / "data") as found:
        yield found


@pytest.fixture
def on_server(server_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line of an installation with `small` on PostgreSQL."""
    return _installed(server_settings, tmp_path, monkeypatch)


def _installed(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("ZHIBU_DATA", str(settings.data))
    monkeypatch.setenv("ZHIBU_LOCALE", "en")
    if settings.database != "sqlite":
        monkeypatch.setenv("ZHIBU_DATABASE", settings.database)
        monkeypatch.setenv("ZHIBU_OWNER_DATABASE", str(settings.owner_database))
    settings.data.chmod(0o700)
    Keyring.create(settings.keys)
    return small_institution(Shell(settings.data, tmp_path))
