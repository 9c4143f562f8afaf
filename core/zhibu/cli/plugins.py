"""Plugins: what is installed, a new one, and where one is on."""

from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, unit_of
from zhibu.cli.organizations import tree
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.platform import Platform
from zhibu.plugins import GROUP, discover
from zhibu.tenants.service import switch as switch_plugin
from zhibu.testing.skeleton import generate

app = typer.Typer(add_completion=False, no_args_is_help=True, help="插件 · Plugins")

Name = Annotated[str, typer.Argument(help="插件名 · Name of the plugin")]


@app.command("list", help="列出插件 · Every installed plugin")
def list_(
    context: typer.Context,
    tenant: Annotated[
        str | None, typer.Option("--tenant", help="机构代码 · Where it is on in an institution")
    ] = None,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    if tenant is not None:
        rows = terminal.run(lambda platform: _switched(platform, tenant))
        columns = ["plugin", "organization", "enabled"]
    else:
        enabled = set(discover(terminal.settings.plugins).names)
        rows = [
            {
                "plugin": point.name,
                "distribution": point.dist.name if point.dist else None,
                "version": point.dist.version if point.dist else None,
                "loaded": point.name in enabled,
            }
            for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)
        ]
        columns = ["plugin", "distribution", "version", "loaded"]
    terminal.show(rows, columns, as_json=json)


@app.command(help="生成一个完整的小插件 · Write a complete small plugin to begin with")
def new(
    context: typer.Context,
    name: Name,
    into: Annotated[Path, typer.Option("--into", help="上级文件夹 · Folder above it")] = Path(),
) -> None:
    folder = generate(name, into)
    terminal_of(context).say("plugin_written", folder=str(folder))


@app.command(help="开启或关闭插件 · Switch a plugin on or off at an organization")
def switch(
    context: typer.Context,
    plugin: Name,
    tenant: Tenant,
    organization: Annotated[str, typer.Option("--organization", help="党组织代码 · Code")],
    reason: Annotated[str, typer.Option("--reason", help="理由 · Reason, kept in the ledger")],
    enabled: Annotated[bool, typer.Option("--on/--off", help="开 / 关 · On or off")],
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def switched(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        unit = await unit_of(platform, facts, organization)
        async with platform.act(facts, caller) as act:
            names = platform.plugins.names
            await switch_plugin(
                act, unit.id, plugin, enabled=enabled, reason=reason, installed=names
            )

    terminal.run(switched)
    key = "plugin_on" if enabled else "plugin_off"
    terminal.say(key, plugin=plugin, organization=organization)


async def _switched(platform: Platform, code: str) -> list[dict[str, Any]]:
    tenant = await platform.tenant(code)
    switches = (await platform.snapshot(tenant.id)).switches
    codes = {unit.path: unit.code for unit in await tree(platform, tenant, "")}
    return [
        {
            "plugin": plugin,
            "organization": codes.get(path),
            "path": path,
            "enabled": switches.enabled(plugin, path),
        }
        for plugin in platform.plugins.names
        for path in sorted(switches.paths(plugin))
    ]
