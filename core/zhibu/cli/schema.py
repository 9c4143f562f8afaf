"""The GraphQL schema as its definition language says it."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu import core
from zhibu.cli.terminal import FAULTS, terminal_of
from zhibu.graph.compose import Parts
from zhibu.plugins import discover

app = typer.Typer(add_completion=False, no_args_is_help=True, help="接口定义 · GraphQL schema")

Enabled = Annotated[
    str | None,
    typer.Option("--plugins", help="逗号分隔，默认全部 · Comma-separated; every installed one"),
]


@app.command("print", help="打印 SDL · Print the schema")
def print_(context: typer.Context, plugins: Enabled = None) -> None:
    typer.echo(sdl(context, plugins), nl=False)


@app.command(help="写出 SDL · Write the schema; --check compares instead and exits 1")
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="文件 · File")],
    plugins: Enabled = None,
    check: Annotated[bool, typer.Option("--check", help="只比较 · Only compare")] = False,
) -> None:
    terminal = terminal_of(context)
    text = sdl(context, plugins)
    same = out.exists() and out.read_text("utf-8") == text
    if check:
        terminal.say("schema_same" if same else "schema_differs", file=str(out))
        if not same:
            raise typer.Exit(FAULTS)
        return
    if not same:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, "utf-8")
    terminal.say("schema_written", file=str(out))


def sdl(context: typer.Context, named: str | None) -> str:
    """The schema of these plugins; no database is needed. Raises `PluginError`."""
    wanted = terminal_of(context).settings.plugins
    if named is not None:
        wanted = tuple(name.strip() for name in named.split(",") if name.strip())
    plugins = discover(wanted)
    schema = Parts(core.graph(), plugins.graphs()).compose(frozenset(plugins.names))
    return schema.as_str().rstrip("\n") + "\n"
