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

PORT = 5432


def dump(databases: Mapping[str, Database], server: str | None, into: Path) -> None:
    """Write `NAME.dump` of each database. Raises `ServerToolMissing`, `ServerToolFailed`."""
    for name, database in databases.items():
        url = url_of(database, server, databases.get("default"))
        _run("pg_dump", url, "--format=custom", f"--file={into / name}.dump")


def load(databases: Mapping[str, Database], server: str | None, folder: Path) -> None:
    """Read each dump into its database, which must be empty."""
    for name, database in databases.items():
        whole = "--exit-on-error", "--single-transaction", str(folder / f"{name}.dump")
        _run("pg_restore", url_of(database, server, databases.get("default")), *whole)


def url_of(database: Database, server: str | None, default: Database | None) -> URL:
    """The database as `server`'s role reaches it; as its owner when nothing is said.

    What stands where the default one does is reached by the address of `server`; a database on a
    server of its own by its own, as the same role.
    """
    owned = make_url(database.owner)
    if server is None:
        return owned
    role = make_url(server)
    if default is not None and _place(owned) == _place(make_url(default.owner)):
        return role.set(database=owned.database)
    return owned._replace(username=role.username, password=role.password)


def _place(url: URL) -> tuple[object, ...]:
    """The server that a URL leads to."""
    return url.host, url.port or PORT, url.query.get("host"), url.query.get("port")


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
