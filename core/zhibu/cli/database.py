"""Distributing a PostgreSQL database by tenant, and keeping the schema fit for it."""

import asyncio
from typing import Annotated, Any

import typer
from sqlalchemy import Engine, MetaData

from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.migrations import CORE
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.ddl import distribute as distribute_tables
from zhibu.storage.ddl import distribution, offences, triggers
from zhibu.storage.homes import Homes

app = typer.Typer(add_completion=False, no_args_is_help=True, help="分布式 · Distribution")


@app.command(help="检查表结构能否按机构分布 · What could not be distributed; exit 1 if anything")
def lint(context: typer.Context, json: Json = False) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    found = offences(tables(settings))
    for name, engine in _servers(settings).items():
        with engine.connect() as connection:
            found += [f"{name}: {each}" for each in triggers(connection)]
    _report(terminal, found, as_json=json)


@app.command(
    help="按机构分布各表 · Distribute the tables where Citus is; else print the statements"
)
def distribute(
    context: typer.Context,
    print_only: Annotated[
        bool, typer.Option("--print", help="只打印 · Print, and run nothing")
    ] = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    metadata = tables(settings)
    if found := offences(metadata):
        _report(terminal, found, as_json=json)
    statements = distribution(metadata)
    servers = {} if print_only else _servers(settings)
    for engine in servers.values():
        with engine.connect() as connection:
            statements = distribute_tables(connection, metadata)
            connection.commit()
    if json:
        terminal.json({"statements": statements, "databases": list(servers)})
    else:
        typer.echo("".join(f"{statement};\n" for statement in statements), nl=False)


def tables(settings: Settings) -> MetaData:
    """Every table of the core and of the plugins, in one."""
    whole = MetaData()
    histories = {"core": CORE, **discover(settings.plugins).migrations()}
    for history in histories.values():
        for table in history.metadata.tables.values():
            if table.name not in whole.tables:
                table.to_metadata(whole)
    return whole


def _servers(settings: Settings) -> dict[str, Engine]:
    async def known() -> dict[str, Engine]:
        async with Homes(settings) as homes:
            return homes.databases()

    found = asyncio.run(known())
    return {name: engine for name, engine in found.items() if engine.dialect.name == "postgresql"}


def _report(terminal: Any, found: list[str], *, as_json: bool) -> None:
    terminal.show([{"offence": each} for each in found], ["offence"], as_json=as_json)
    if found:
        raise typer.Exit(FAULTS)
