"""Creating an installation, and bringing its databases up to date."""

import asyncio
from typing import Annotated

import typer
from sqlalchemy import Engine

from zhibu.cli.errors import AlreadyInitialized, KeysElsewhere
from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.plugins import Plugins, discover
from zhibu.settings import SettingInvalid, Settings
from zhibu.storage.ciphers import AesGcm, require_known
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.storage.migrate import pending
from zhibu.tenants.directory import Directory


def init(
    context: typer.Context,
    cipher: Annotated[
        str, typer.Option(help="封存算法 · What is sealed with: aes-256-gcm or sm4-gcm")
    ] = AesGcm.name,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    asyncio.run(create(settings, discover(settings.plugins), require_known(cipher)))
    terminal.say("initialized", data=str(settings.data), keys=str(settings.keys))


def migrate(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="只检查，有待升级时退出码为 1 · Only look, exit 1")
    ] = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    plugins = discover(settings.plugins)
    rows = asyncio.run(_migrated(settings, plugins, check=check))
    terminal.show(rows, ["database", "plugin", "from", "to"], as_json=json)
    if not json:
        terminal.say("migrations_pending" if check else "migrated", count=len(rows))
    if check and rows:
        raise typer.Exit(FAULTS)


async def create(settings: Settings, plugins: Plugins, cipher: str = AesGcm.name) -> None:
    """Folder, databases and, last, keys: whatever is interrupted may be called again.

    Raises `AlreadyInitialized`, and `KeysElsewhere` for a database that others sealed.
    """
    if settings.keys.exists():
        raise AlreadyInitialized(data=str(settings.data))
    await asyncio.to_thread(_folder, settings)
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
        if await Directory(homes).entries():
            raise KeysElsewhere(keys=str(settings.keys))
    Keyring.create(settings.keys, cipher)


def waiting(databases: dict[str, Engine], plugins: Plugins) -> list[dict[str, str]]:
    """Every migration that was not applied yet, by database."""
    found = []
    for name, engine in databases.items():
        with engine.connect() as connection:
            steps = pending(connection, plugins)
        found += [
            {"database": name, "plugin": plugin, "from": now or "-", "to": newest}
            for plugin, (now, newest) in steps.items()
        ]
    return found


async def _migrated(settings: Settings, plugins: Plugins, *, check: bool) -> list[dict[str, str]]:
    async with Homes(settings) as homes:
        rows = await asyncio.to_thread(waiting, homes.databases(), plugins)
        if not check:
            await homes.migrate(plugins)
    return rows


def _folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        settings.data.chmod(0o700)
    except OSError as error:
        fault = error.strerror or str(error)
        raise SettingInvalid(setting="data", value=str(settings.data), fault=fault) from error
