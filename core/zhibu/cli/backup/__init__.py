"""One file with everything in it, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu.cli.backup.archive import pack, unpack
from zhibu.cli.backup.servers import dump, load
from zhibu.cli.errors import FileExists, NotInitialized
from zhibu.cli.ledger import verify_all
from zhibu.cli.terminal import FAULTS, terminal_of
from zhibu.platform import Platform
from zhibu.settings import Database, Settings

Server = Annotated[
    str | None,
    typer.Option(
        "--server",
        help="PostgreSQL 管理角色的 URL（可越过行级安全）· URL of a role that row security lets by",
    ),
]


def backup(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="备份文件（.tar 或 .tar.gz）· File to write")],
    server: Server = None,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    if not settings.keys.exists():
        raise NotInitialized(data=str(settings.data))
    if out.exists():
        raise FileExists(file=str(out))
    count = pack(settings, out, dumps=lambda folder: dump(databases_of(settings), server, folder))
    terminal.say("backup_written", file=str(out), count=count)
    terminal.say("backup_holds_keys")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 · File to read")],
    server: Server = None,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    unpack(settings, file, loads=lambda folder: load(databases_of(settings), server, folder))

    async def verified(platform: Platform) -> list[str]:
        rows = await verify_all(platform)
        return [row["tenant"] for row in rows if not row["sound"]]

    unsound = terminal.run(verified)
    if unsound:
        terminal.say("restored_unsound", tenants=unsound)
        raise typer.Exit(FAULTS)
    terminal.say("restored", data=str(settings.data))


def databases_of(settings: Settings) -> dict[str, Database]:
    """The PostgreSQL databases of the installation, by name."""
    found = dict(settings.homes)
    if settings.database != "sqlite":
        found["default"] = Database(app=settings.database, owner=settings.owner_database or "")
    return found
