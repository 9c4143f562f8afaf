"""A PostgreSQL of our own for measuring: nothing runs in the background."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from zhibu.settings import Database
from zhibu.storage.roles import statements

OWNER, APP, ADMIN = "zhibu_owner", "zhibu_app", "postgres"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "shared_buffers=4GB",
    "work_mem=64MB",
    "maintenance_work_mem=512MB",
    "max_wal_size=16GB",
    "checkpoint_timeout=1h",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "max_connections=80",
    "jit=off",
    "random_page_cost=1.1",
    "max_parallel_workers_per_gather=0",
)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, reached through a socket in `folder`; `pid` is its postmaster."""

    folder: Path
    pid: int

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """As the administrator, whom row-level security does not bind."""
        return psycopg.connect(self.url(ADMIN, database), autocommit=True)

    def pin(self, core: int | None) -> None:
        """Let the server and every connection from now on work on one core."""
        if core is not None:
            os.sched_setaffinity(self.pid, {core})

    def create(self, database: str) -> Database:
        """An empty database with the two roles of the product."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}"'.encode())
        with self.connect(database) as connection:
            for statement in statements(database, owner=OWNER, app=APP):
                connection.execute(statement.encode())
        return Database(app=self.url(APP, database), owner=self.url(OWNER, database))


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[Server]:
    """Start PostgreSQL, and stop it at the end by its own process id.

    Only a `durable` one syncs to disk, as it must where writing is measured.
    """
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="zhibu-bench-", dir="/tmp"))
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        binaries, data = _binaries(), folder / "data"
        make = f"-D {data} -U {ADMIN} -A trust -E UTF8 --locale=C --no-sync".split()
        subprocess.run(  # type: ignore[call-overload]
            [binaries / "initdb", *make], check=True, capture_output=True, cwd="/", **who
        )
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-h", ""]
        for setting in (*SETTINGS, *(() if durable else FAST)):
            command += ["-c", setting]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(  # type: ignore[call-overload]
                command, stdout=log, stderr=log, cwd="/", preexec_fn=_die_with_us, **who
            )
        try:
            server = Server(folder, process.pid)
            _wait_for(server, process, folder / "log")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    places: Sequence[Path] = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if found := shutil.which("initdb"):
        places = [Path(found).resolve().parent, *places]
    for place in places:
        if (place / "postgres").exists():
            return place
    raise SystemExit("bench needs an installed PostgreSQL 15 or newer")


def _die_with_us() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _wait_for(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            server.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(log.read_text())
