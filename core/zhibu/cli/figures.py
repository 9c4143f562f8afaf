"""The figures of dashboards: are they what the records say, and counting them anew."""

from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, operator
from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.figures import service
from zhibu.platform import Platform

app = typer.Typer(add_completion=False, no_args_is_help=True, help="统计数 · Figures")


@app.command(help="与记录核对 · Compare with the records; exit 1 where they differ")
def verify(
    context: typer.Context,
    tenant: Annotated[str | None, typer.Option("--tenant", help="只核对此机构 · Only one")] = None,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def compared(platform: Platform) -> list[dict[str, Any]]:
        if tenant is not None:
            await platform.directory.by_code(tenant)
        rows = []
        for entry in await platform.directory.entries():
            if tenant is None or entry.code == tenant:
                facts = await platform.tenant(entry.code)
                async with platform.looking(facts, operator(platform, facts)) as act:
                    wrong = await service.compare(act, platform.figures)
                rows += [
                    {
                        "tenant": entry.code,
                        "figure": each.name,
                        "organization": str(each.organization_id),
                        "kept": each.kept,
                        "counted": each.counted,
                    }
                    for each in wrong
                ]
        return rows

    rows = terminal.run(compared)
    terminal.show(rows, ["tenant", "figure", "organization", "kept", "counted"], as_json=json)
    if not json:
        terminal.say("figures_wrong" if rows else "figures_sound", count=len(rows))
    if rows:
        raise typer.Exit(FAULTS)


@app.command(help="按记录重新统计 · Count everything anew from the records")
def rebuild(
    context: typer.Context,
    tenant: Tenant,
    reason: Annotated[str, typer.Option("--reason", help="原因 · Reason, kept in the ledger")],
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def rebuilt(platform: Platform) -> int:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        async with platform.act(facts, caller) as act:
            return len(await service.rebuild(act, platform.figures, reason=reason))

    terminal.say("figures_rebuilt", count=terminal.run(rebuilt))
