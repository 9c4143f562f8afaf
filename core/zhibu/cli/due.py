"""Deadlines: what is due, sweeping it into inboxes, sending reminders."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, operator, unit_of
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.contributions import Window
from zhibu.due.rules.windows import window
from zhibu.due.service.asking import basis_of, seen
from zhibu.due.service.delivering import deliver as delivered
from zhibu.due.service.reminding import remind
from zhibu.due.service.sweeping import sweep as swept
from zhibu.due.store import asking
from zhibu.platform import Platform

app = typer.Typer(add_completion=False, no_args_is_help=True, help="到期事项 · Deadlines")

Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="日期 · Day")]
_DAYS = ["%Y-%m-%d"]


@app.command("list", help="列出到期事项 · What is open and due")
def list_(
    context: typer.Context,
    tenant: Tenant,
    due_to: Annotated[
        datetime | None,
        typer.Option("--to", formats=_DAYS, help="截止日，默认 30 天后 · Up to this day"),
    ] = None,
    due_from: Annotated[
        datetime | None, typer.Option("--from", formats=_DAYS, help="起始日 · From this day")
    ] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="党组织代码 · There and below")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="种类 · Of this kind")] = None,
    login: Login = None,
    as_operator: Operator = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="条数")] = 100,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def listed(platform: Platform) -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        unit = await unit_of(platform, facts, organization) if organization else None
        async with platform.act(facts, caller) as act:
            last = due_to.date() if due_to else act.today + timedelta(days=30)
            days = window(due_from.date() if due_from else None, last)
            asked = asking.Asked(
                window=Window(
                    tenant_id=facts.id,
                    first=days[0],
                    last=days[1],
                    today=act.today,
                    book=act.parameters,
                ),
                book=act.parameters,
                kinds=seen(platform.due, act.scope, kind or None),
                under=unit.id if unit else None,
            )
            found = [item for _, item in await asking.items(act.session, asked, limit)]
            return [
                {
                    "due": item.due_on,
                    "title": platform.texts.label("due", item.kind, terminal.locale),
                    "organization": item.organization_name,
                    "member": item.member_name or "",
                    "overdue": item.overdue(act.today),
                    "kind": item.kind,
                    "basis": str(basis_of(act.parameters, platform.due[item.kind], item)),
                }
                for item in found
            ]

    rows = terminal.run(listed)
    terminal.show(
        rows, ["due", "title", "organization", "member", "overdue", "basis"], as_json=json
    )


@app.command(help="把到期事项送入收件箱，重复执行无妨 · Fill the inboxes; may be repeated")
def sweep(context: typer.Context, tenant: Tenant, on: Day = None, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def run(platform: Platform) -> Counter[str]:
        facts = await platform.tenant(tenant)

        def act() -> Any:
            return platform.act(facts, operator(platform, facts))

        changed = await swept(platform, act, _day(on))
        changed["reminders"] = await remind(act, platform.workdays)
        return changed

    changed = terminal.run(run)
    terminal.show([dict(changed)], sorted(changed), as_json=json)


@app.command(help="发送到时的提醒 · Send the reminders whose time has come")
def deliver(context: typer.Context, tenant: Tenant, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def run(platform: Platform) -> Counter[str]:
        return await delivered(platform, await platform.tenant(tenant))

    counts = terminal.run(run)
    states = ["sent", "waiting", "failed", "dropped"]
    terminal.show([{state: counts[state] for state in states}], states, as_json=json)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
