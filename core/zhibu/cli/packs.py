"""Rule packs: which are bound where, binding one to an organization, and releasing it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, unit_of
from zhibu.cli.institution import read_yaml
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.parameters import service
from zhibu.platform import Platform

app = typer.Typer(add_completion=False, no_args_is_help=True, help="规则包 · Rule packs")

Organization = Annotated[
    str, typer.Option("--organization", help="党组织代码 · Holds at and below it, nowhere else")
]
Reason = Annotated[str, typer.Option("--reason", help="理由 · Reason, kept in the ledger")]


@app.command("list", help="列出在用的规则包 · What rule packs set, and where")
def list_(context: typer.Context, tenant: Tenant, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def listed(platform: Platform) -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        found = (await platform.snapshot(facts.id)).parameters.overrides
        return [
            {
                "pack": each.pack,
                "parameter": each.name,
                "path": each.path,
                "since": each.since,
                "value": each.value,
            }
            for each in sorted(found, key=lambda each: (str(each.pack), each.path, each.name))
            if each.pack
        ]

    columns = ["pack", "parameter", "path", "since", "value"]
    terminal.show(terminal.run(listed), columns, as_json=json)


@app.command(
    help="把规则包绑定到一个党组织及其下级 · Bind a pack to an organization and all below it"
)
def apply(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="规则包文件 · The pack, a rules.yaml")],
    tenant: Tenant,
    organization: Organization,
    since: Annotated[
        datetime,
        typer.Option("--since", formats=["%Y-%m-%d"], help="起始日期 · For lines without a day"),
    ],
    reason: Reason,
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)
    pack = read_yaml(file)

    async def applied(platform: Platform) -> int:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        unit = await unit_of(platform, facts, organization)
        async with platform.act(facts, caller) as act:
            day = since.date()
            return len(await service.bind_pack(act, unit.id, pack, since=day, reason=reason))

    count = terminal.run(applied)
    terminal.say("pack_applied", pack=pack["name"], organization=organization, count=count)


@app.command(help="解除规则包 · Take back what a pack set at an organization and below it")
def release(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="规则包名称 · Name of the pack")],
    tenant: Tenant,
    organization: Organization,
    reason: Reason,
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def released(platform: Platform) -> int:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        unit = await unit_of(platform, facts, organization)
        async with platform.act(facts, caller) as act:
            return await service.release_pack(act, unit.id, name, reason)

    count = terminal.run(released)
    terminal.say("pack_released", pack=name, organization=organization, count=count)
