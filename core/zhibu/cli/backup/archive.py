"""The file of a backup: a tar with a manifest of every file's SHA-256."""

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from zhibu.cli.errors import BackupDamaged, FileExists
from zhibu.events.anchors import FOLDER
from zhibu.settings import Settings
from zhibu.storage.homes.sqlite import SqliteHome

MANIFEST = "manifest.json"
DATA, SERVERS, KEYS = "data", "servers", "keys.json"
FORMAT = 1
# What is of this moment only: the log of a database, a lock, a file not yet whole.
_PASSING = ("-wal", "-shm", "-journal", ".lock", ".part", ".draft")


def pack(settings: Settings, out: Path, *, dumps: Callable[[Path], None]) -> int:
    """Write the backup and answer how many files it holds; only its owner may read it.

    SQLite files are copied by SQLite itself, so writers go on meanwhile; nobody migrates. The
    directory comes first and attachments last: whatever a record names is in the backup.
    """
    home = SqliteHome(settings.data, readers=1, wait=settings.wait, open_files=1)
    draft = out.with_name(f"{out.name}.part")
    try:
        with TemporaryDirectory(dir=settings.data, prefix="backup-", suffix=".part") as work:
            stage = Path(work)
            for file in _notes(settings):  # before the ledgers: a note must not know more than they
                to = stage / DATA / file.relative_to(settings.data)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, to)
            with home.locked(shared=True):
                for file in _databases(home):
                    _copy_database(file, stage / DATA / file.relative_to(settings.data))
                (stage / SERVERS).mkdir()
                dumps(stage / SERVERS)
            shutil.copyfile(settings.keys, stage / KEYS)
            files = {
                str(file.relative_to(stage)): file for file in stage.rglob("*") if file.is_file()
            }
            for file in _others(settings):
                files[f"{DATA}/{file.relative_to(settings.data)}"] = file
            _write(draft, files)
        draft.rename(out)
    finally:
        draft.unlink(missing_ok=True)
    return len(files)


def unpack(settings: Settings, file: Path, *, loads: Callable[[Path], None]) -> None:
    """Bring a backup into an empty data folder; it appears there whole or not at all.

    Raises `FileExists` where something is in the way, `BackupDamaged` before anything is used.
    """
    folder = settings.data
    if folder.exists() and any(folder.iterdir()):
        raise FileExists(file=str(folder))
    if settings.keys.exists():
        raise FileExists(file=str(settings.keys))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        stage = Path(work)
        _read(file, stage)
        loads(stage / SERVERS)
        data = stage / DATA
        data.mkdir(exist_ok=True)
        settings.keys.parent.mkdir(parents=True, exist_ok=True)
        if settings.keys.is_relative_to(folder):
            (stage / KEYS).rename(data / settings.keys.relative_to(folder))
        else:
            shutil.copyfile(stage / KEYS, settings.keys)
            settings.keys.chmod(0o600)
        data.chmod(0o700)
        if folder.exists():
            folder.rmdir()
        data.rename(folder)


def _notes(settings: Settings) -> list[Path]:
    return sorted((settings.data / FOLDER).glob("*.notes"))


def _databases(home: SqliteHome) -> Iterator[Path]:
    for file in (home.control_file, home.template):
        if file.exists():
            yield file
    yield from home.files()


def _copy_database(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _others(settings: Settings) -> list[Path]:
    """Attachments and whatever else is kept: every file that is no database and no note of one."""
    return [
        file
        for file in sorted(settings.data.rglob("*"))
        if file.is_file()
        and not file.is_symlink()
        and file.suffix not in (".db", ".notes")
        and not file.name.endswith(_PASSING)
        and not any(part.endswith(_PASSING) for part in file.relative_to(settings.data).parts)
        and file != settings.keys
    ]


def _write(out: Path, files: dict[str, Path]) -> None:
    mode = "w:gz" if ".gz" in out.suffixes or ".tgz" in out.suffixes else "w"
    opened = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "zhibu": version("zhibu"),
        "at": datetime.now(UTC).isoformat(),
        "files": {},
    }
    with os.fdopen(opened, "wb") as stream:
        with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
            for name, file in sorted(files.items()):
                manifest["files"][name] = _digest(file)
                archive.add(file, name, recursive=False)
            text = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, BytesIO(text))
        stream.flush()
        os.fsync(stream.fileno())


def _read(file: Path, stage: Path) -> None:
    """Extract exactly what the manifest names, and compare it."""
    try:
        with tarfile.open(file) as archive:
            names = {entry.name for entry in archive if entry.isfile() and _inside(entry.name)}
            found = archive.extractfile(MANIFEST)
            assert found is not None
            manifest = json.loads(found.read())
            if manifest["format"] != FORMAT:
                raise BackupDamaged(file=str(file), fault=f"format {manifest['format']}")
            wanted: dict[str, str] = manifest["files"]
            if missing := sorted(set(wanted) - names):
                raise BackupDamaged(file=str(file), fault=f"{missing[0]} is missing")
            for name in wanted:
                archive.extract(name, stage, filter="data")
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError, AssertionError) as error:
        raise BackupDamaged(file=str(file), fault=str(error) or type(error).__name__) from error
    for name, digest in wanted.items():
        if _digest(stage / name) != digest:
            raise BackupDamaged(file=str(file), fault=f"{name} was changed")
    (stage / KEYS).chmod(0o600)


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
