"""Machines' tokens, issued for an account by the operator or by whom the account belongs to."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from zhibu.accounts.service import tokens
from zhibu.cli.acting import acting_for, caller_of, unit_of
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.platform import Platform

app = typer.Typer(add_completion=False, no_args_is_help=True, help="机器令牌 · Machines' tokens")


@app.command(help="签发令牌，只显示一次 · Issue a token, which is shown once")
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="用途名称 · What it is for")],
    tenant: Tenant,
    login: Annotated[str, typer.Option("--as", help="以此账号的权限 · Account that issues it")],
    organization: Annotated[str, typer.Option("--organization", help="党组织代码 · Subtree")],
    actions: Annotated[list[str], typer.Option("--action", help="权限 · Action, may be repeated")],
    days: Annotated[int, typer.Option("--days", min=1, help="有效天数 · Days it lives")] = 30,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def issued(platform: Platform) -> tokens.IssuedToken:
        facts = await platform.tenant(tenant)
        caller = await acting_for(platform, facts, login)
        unit = await unit_of(platform, facts, organization)
        async with platform.act(facts, caller) as act:
            until = act.now + timedelta(days=days)
            return await tokens.create(
                act, name=name, organization_id=unit.id, actions=actions, expires_at=until
            )

    found = terminal.run(issued)
    row = {
        "id": str(found.token.id),
        "name": found.token.name,
        "until": found.token.expires_at,
        "token": found.text,
    }
    if json:
        terminal.json(row)
    else:
        terminal.say("token_created", name=found.token.name, until=found.token.expires_at)
        typer.echo(found.text)


@app.command(help="吊销令牌 · End a token at once")
def revoke(
    context: typer.Context,
    token: Annotated[UUID, typer.Argument(help="令牌编号 · Id of the token")],
    tenant: Tenant,
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def revoked(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        async with platform.act(facts, caller) as act:
            await tokens.revoke(act, token)

    terminal.run(revoked)
    terminal.say("token_revoked", id=str(token))
