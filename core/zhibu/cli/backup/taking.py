"""Taking a backup while everything goes on.

The order makes it whole. Notes of ledgers come before the ledgers, so that no note knows more than
they do. Files come before the records as well as after them: what is thrown away meanwhile is kept
by the first pass, what comes meanwhile by the second, so that whatever a record names is there.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from zhibu.cli.backup.archive import write
from zhibu.cli.backup.keys import KEYS, facts_of, stage_keys
from zhibu.events.anchors import FOLDER
from zhibu.events.notary import SECRET
from zhibu.settings import Settings
from zhibu.storage.homes.sqlite import SqliteHome

DATA, SERVERS = "data", "servers"
# What is of this moment only: a database's log, a lock, a file that is coming or going.
_PASSING = ("-wal", "-shm", "-journal", ".lock", ".part", ".draft", ".gone")
_DIGEST = 64


def pack(
    settings: Settings, out: Path, *, dumps: Callable[[Path], None], with_keys: bool = False
) -> int:
    """Write the backup and answer how many files it holds.

    SQLite files are copied by SQLite itself, so writers go on meanwhile; nobody migrates. `dumps`
    is given a folder for the databases that are not files.
    """
    home = SqliteHome(settings.data, readers=1, wait=settings.wait, open_files=1)
    with TemporaryDirectory(dir=settings.data, prefix="backup-", suffix=".part") as work:
        stage = Path(work)
        data = stage / DATA
        for file in sorted((settings.data / FOLDER).glob("*.notes")):
            _copy(file, data / file.relative_to(settings.data))
        _take_files(settings, data)
        with home.locked(shared=True):
            for file in _databases(home):
                _copy_database(file, data / file.relative_to(settings.data))
            (stage / SERVERS).mkdir()
            dumps(stage / SERVERS)
        _take_files(settings, data)
        _take_others(settings, data)
        if with_keys:
            stage_keys(settings, stage / KEYS)
        return write(out, stage, facts_of(settings, held=with_keys))


def _databases(home: SqliteHome) -> Iterator[Path]:
    """The directory of institutions first: one that is founded meanwhile is not in it yet."""
    for file in (home.control_file, home.template):
        if file.exists():
            yield file
    yield from home.files()


def _copy_database(file: Path, to: Path) -> None:
    """In one step, which holds writers up for no moment in the write-ahead log."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _take_files(settings: Settings, data: Path) -> None:
    """Files that people handed in: they never change, so a second name is as good as a copy."""
    for file in _kept(settings):
        to = data / file.relative_to(settings.data)
        if len(file.name) == _DIGEST and not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # thrown away, and no record names it any more
                try:
                    os.link(file, to)
                except PermissionError:
                    shutil.copyfile(file, to)


def _take_others(settings: Settings, data: Path) -> None:
    """Whatever else is kept and is neither a database nor a key, however its path is spelled."""
    secret = {each.resolve() for each in (settings.keys, settings.data / FOLDER / SECRET)}
    for file in _kept(settings):
        to = data / file.relative_to(settings.data)
        if file.suffix in (".db", ".notes") or file.resolve() in secret or to.exists():
            continue
        _copy(file, to)


def _kept(settings: Settings) -> Iterator[Path]:
    """Files of ours: hidden ones are the user's whose home this is, with passwords in them."""
    for file in sorted(settings.data.rglob("*")):
        parts = file.relative_to(settings.data).parts
        passing = any(part.endswith(_PASSING) or part.startswith(".") for part in parts)
        if not passing and file.is_file() and not file.is_symlink():
            yield file


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)
