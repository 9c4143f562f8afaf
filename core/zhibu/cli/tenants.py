"""Institutions: who is there, founding one, closing one."""

from typing import Annotated, Any

import typer

from zhibu.cli.organizations import tree
from zhibu.cli.terminal import Json, terminal_of
from zhibu.organizations.public import Kind
from zhibu.platform import Platform
from zhibu.tenants.founding import Founded, Root, found
from zhibu.tenants.founding import suspend as suspend_tenant

app = typer.Typer(add_completion=False, no_args_is_help=True, help="机构 · Institutions")

Code = Annotated[str, typer.Argument(help="机构代码 · Code of the institution")]


@app.command("list", help="列出机构 · Every institution")
def list_(context: typer.Context, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def listed(platform: Platform) -> list[dict[str, Any]]:
        return [
            {
                "code": entry.code,
                "name": entry.name,
                "state": entry.state,
                "home": entry.home or "default",
                "id": entry.id.hex,
            }
            for entry in await platform.directory.entries()
        ]

    rows = terminal.run(listed)
    terminal.show(rows, ["code", "name", "state", "home"], as_json=json)


@app.command(help="机构概况，含最上级党组织代码 · An institution, and the code of its top")
def show(context: typer.Context, code: Code, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def shown(platform: Platform) -> dict[str, Any]:
        facts = await platform.tenant(code)
        entry = await platform.directory.by_code(code)
        units = await tree(platform, facts, "")
        return {
            "code": entry.code,
            "name": entry.name,
            "state": entry.state,
            "home": entry.home or "default",
            "zone": facts.zone.key,
            "top": units[0].code if units else None,
            "organizations": len(units),
        }

    found = terminal.run(shown)
    if json:
        terminal.json(found)
        return
    terminal.show([found], [*found], as_json=False)


@app.command("found", help="设立机构 · Found an institution")
def found_(
    context: typer.Context,
    code: Code,
    name: Annotated[str, typer.Option("--name", help="名称 · Name")],
    root_code: Annotated[
        str | None, typer.Option("--root", help="最上级党组织代码 · Code of the top of the tree")
    ] = None,
    root_name: Annotated[
        str | None, typer.Option("--root-name", help="最上级党组织名称 · Its name")
    ] = None,
    root_kind: Annotated[
        str, typer.Option("--root-kind", help="最上级党组织类别 · Its kind")
    ] = Kind.PARTY_COMMITTEE,
    zone: Annotated[str, typer.Option("--zone", help="时区 · Time zone")] = "Asia/Shanghai",
    home: Annotated[
        str | None, typer.Option("--home", help="数据库名 · Name of a home in the settings")
    ] = None,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    root = Root(code=root_code, name=root_name or name, kind=root_kind) if root_code else None

    async def founded(platform: Platform) -> Founded:
        return await found(
            platform,
            code=code,
            name=name,
            now=platform.clock(),
            locale=terminal.locale,
            zone=zone,
            home=home,
            root=root,
        )

    done = terminal.run(founded)
    first = [vars(each) for each in done.administrators]
    if json:
        found_now = {"code": done.entry.code, "existed": done.existed, "administrators": first}
        terminal.json(found_now)
        return
    terminal.say("tenant_existed" if done.existed else "tenant_founded", code=done.entry.code)
    if first:
        terminal.show(first, ["login", "name", "role", "password"], as_json=False)
        terminal.say("one_time_passwords")


@app.command(help="暂停机构，任何人不能进入 · Let nobody in; --resume lets them in again")
def suspend(
    context: typer.Context,
    code: Code,
    resume: Annotated[bool, typer.Option("--resume", help="恢复 · Open again")] = False,
) -> None:
    terminal = terminal_of(context)

    async def suspended(platform: Platform) -> str:
        return (await suspend_tenant(platform, code, suspended=not resume)).code

    done = terminal.run(suspended)
    terminal.say("tenant_resumed" if resume else "tenant_suspended", code=done)
