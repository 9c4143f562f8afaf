"""PostgreSQL's own tools, for the databases that are not files.

Row-level security is forced on the owner too, so a whole dump needs a role that it lets by: a
superuser, or one with BYPASSRLS. The application and the owner are no such roles, by design.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url

from zhibu.cli.errors import ServerToolFailed, ServerToolMissing
from zhibu.settings import Database


def dump(databases: Mapping[str, Database], server: str | None, into: Path) -> None:
    """Write `NAME.dump` of each database. Raises `ServerToolMissing`, `ServerToolFailed`."""
    for name, database in databases.items():
        _run("pg_dump", url_of(database, server), "--format=custom", f"--file={into / name}.dump")


def load(databases: Mapping[str, Database], server: str | None, folder: Path) -> None:
    """Read each dump into its database, which must be empty."""
    for name, database in databases.items():
        whole = "--exit-on-error", "--single-transaction", str(folder / f"{name}.dump")
        _run("pg_restore", url_of(database, server), *whole)


def url_of(database: Database, server: str | None) -> URL:
    """The database as `server`'s role reaches it; as its owner when nothing is said."""
    owned = make_url(database.owner)
    return owned if server is None else make_url(server).set(database=owned.database)


def _run(tool: str, url: URL, *arguments: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise ServerToolMissing(tool=tool)
    # Anybody on the machine may read a command line, nobody another's environment.
    env = dict(os.environ)
    if url.password is not None:
        env["PGPASSWORD"] = str(url.password)
    shown = url._replace(password=None).render_as_string()
    command = [found, f"--dbname={shown}", *arguments]
    done = subprocess.run(  # noqa: S603  # nosec B603  # a list, no shell, a program found by name
        command, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise ServerToolFailed(tool=tool, fault=lines[0] if lines else str(done.returncode))
