"""One file with everything in it but the keys, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu.cli.backup.bringing_back import files_astray, unpack
from zhibu.cli.backup.keys import pack_keys
from zhibu.cli.backup.servers import dump, load
from zhibu.cli.backup.taking import pack
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
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="连同密钥 · The keys as well")
    ] = False,
    only_keys: Annotated[
        bool, typer.Option("--only-keys", help="只备份密钥 · The keys and nothing else")
    ] = False,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    if not settings.keys.exists():
        raise NotInitialized(data=str(settings.data))
    if out.exists():
        raise FileExists(file=str(out))
    if only_keys:
        count = pack_keys(settings, out)
    else:
        count = pack(
            settings,
            out,
            dumps=lambda folder: dump(databases_of(settings), server, folder),
            with_keys=with_keys,
        )
    terminal.say("backup_written", file=str(out), count=count)
    terminal.say("backup_holds_keys" if with_keys or only_keys else "backup_holds_no_keys")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 · File to read")],
    server: Server = None,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="密钥备份（--only-keys 所写）· What `--only-keys` wrote"),
    ] = None,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    without = unpack(
        settings,
        file,
        loads=lambda folder: load(databases_of(settings), server, folder),
        keys=keys,
    )

    async def verified(platform: Platform) -> tuple[list[str], int]:
        rows = await verify_all(platform)
        return [row["tenant"] for row in rows if not row["sound"]], await files_astray(platform)

    unsound, astray = terminal.run(verified)
    if unsound:
        terminal.say("restored_unsound", tenants=unsound)
    if astray:
        terminal.say("restored_astray", count=astray)
    if without:
        terminal.say("restored_without_keys", numbers=without)
    if unsound or astray or without:
        raise typer.Exit(FAULTS)
    terminal.say("restored", data=str(settings.data))


def databases_of(settings: Settings) -> dict[str, Database]:
    """The PostgreSQL databases of the installation, by name."""
    found = dict(settings.homes)
    if settings.database != "sqlite":
        found["default"] = Database(app=settings.database, owner=settings.owner_database or "")
    return found
