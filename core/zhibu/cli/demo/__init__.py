"""The demo: the sample institutions, taken in as users would, with accounts to sign in with."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from zhibu.cli.demo.building import built
from zhibu.cli.demo.folder import Demo, opened
from zhibu.cli.serving import serve_at
from zhibu.cli.terminal import Terminal, terminal_of
from zhibu.settings import Settings

INTO = Path("var/demo")


def demo(
    context: typer.Context,
    into: Annotated[Path, typer.Option("--into", help="数据目录 · Folder of the demo")] = INTO,
    institutions: Annotated[
        Path, typer.Option("--institutions", help="示例单位的目录 · Folder of the samples")
    ] = Path("institutions"),
    only: Annotated[
        list[str] | None, typer.Option("--only", help="只载入此机构 · Only this one")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="重新建立 · Build it anew")] = False,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="建立后启动 · Serve it afterwards")
    ] = True,
    host: Annotated[str | None, typer.Option(help="监听地址 · Address")] = None,
    port: Annotated[int | None, typer.Option(help="端口 · Port")] = None,
) -> None:
    terminal = terminal_of(context)
    settings = replace(
        terminal.settings, data=into, database="sqlite", owner_database=None, key_file=None
    )
    known = opened(into, reset=reset)
    if known is None:
        known = built(terminal, settings, institutions, only)
    at = host or settings.host, settings.port if port is None else port
    _present(terminal, settings, known, f"http://{at[0]}:{at[1]}")
    if serve:
        serve_at(terminal, settings, *at)


def _present(terminal: Terminal, settings: Settings, known: Demo, address: str) -> None:
    """Who may sign in where, and the first thing to ask."""
    columns = ["tenant", "login", "name", "role", "organization"]
    rows = [
        {**row, "role": terminal.texts.of("roles", row["role"], terminal.locale)}
        for row in known.sign_ins
    ]
    terminal.show(rows, columns, as_json=False, title=terminal.text("demo.sign_ins"))
    terminal.say("demo.password", password=known.password)
    if known.example is not None:
        terminal.say("demo.example")
        typer.echo(known.example.replace("$ADDRESS", address))
