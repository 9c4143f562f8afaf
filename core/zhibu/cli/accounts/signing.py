"""Where an account is signed in, and a second factor that was lost."""

from typing import Annotated, Any

import typer

from zhibu.accounts import store
from zhibu.accounts.service import factors
from zhibu.accounts.service import sessions as service
from zhibu.cli.accounts.keeping import Account
from zhibu.cli.acting import account_of, caller_of
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.platform import Platform


def reset_factor(
    context: typer.Context,
    account: Account,
    tenant: Tenant,
    reason: Annotated[str, typer.Option("--reason", help="理由 · Reason")] = "",
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def changed(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        known = await account_of(platform, facts, account)
        async with platform.act(facts, caller) as act:
            await factors.reset(act, known.id, reason=reason)

    terminal.run(changed)
    terminal.say("factor_reset", login=account)


def sessions(
    context: typer.Context,
    account: Account,
    tenant: Tenant,
    end: Annotated[bool, typer.Option("--end", help="全部结束 · End them all")] = False,
    login: Login = None,
    as_operator: Operator = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def found(platform: Platform) -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        known = await account_of(platform, facts, account)
        if end:
            caller = await caller_of(platform, facts, login, as_operator)
            async with platform.act(facts, caller) as act:
                await service.end_all(act, known.id)
        async with platform.homes.home(facts.id).view(facts.id) as session:
            open = await store.sessions.open_of(session, facts.id, known.id, platform.clock())
        return [
            {
                "address": each.address or "",
                "agent": each.agent or "",
                "began": each.created_at.astimezone(facts.zone).isoformat(" ", "minutes"),
                "used": each.seen_at.astimezone(facts.zone).isoformat(" ", "minutes"),
            }
            for each in open
        ]

    rows = terminal.run(found)
    terminal.show(rows, ["address", "agent", "began", "used"], as_json=json)
