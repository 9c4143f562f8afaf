"""Opening accounts, their passwords and roles, and closing them."""

from datetime import datetime
from typing import Annotated, Any

import typer

from zhibu.accounts import store
from zhibu.accounts.service import accounts, roles
from zhibu.accounts.service.passwords import set_by_operator
from zhibu.cli.acting import account_of, caller_of, operator, unit_of
from zhibu.cli.errors import MemberNumberUnknown
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.members.public import member_by_identity
from zhibu.platform import Platform

Account = Annotated[str, typer.Argument(help="登录名 · Login of the account")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def create(
    context: typer.Context,
    account: Account,
    tenant: Tenant,
    name: Annotated[str, typer.Option("--name", help="姓名 · Name")],
    member: Annotated[
        str | None, typer.Option("--member", help="党员的公民身份号码 · Identity number")
    ] = None,
    login: Login = None,
    as_operator: Operator = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def opened(platform: Platform) -> accounts.Opened:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        async with platform.act(facts, caller) as act:
            bound = None
            if member is not None:
                known = await member_by_identity(act, [member])
                if member not in known:
                    raise MemberNumberUnknown(path=("member",))
                bound = known[member].id
            return await accounts.create(
                act, platform.passwords, login=account, name=name, member_id=bound
            )

    found = terminal.run(opened)
    row = {"login": found.account.login, "name": found.account.name, "password": found.password}
    terminal.show([row], ["login", "name", "password"], as_json=json)
    if not json:
        terminal.say("one_time_passwords")


def password(context: typer.Context, account: Account, tenant: Tenant) -> None:
    terminal = terminal_of(context)
    chosen = typer.prompt(terminal.text("ask_password"), hide_input=True, confirmation_prompt=True)

    async def changed(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        await account_of(platform, facts, account)
        async with platform.act(facts, operator(platform, facts)) as act:
            await set_by_operator(act, platform.passwords, account, chosen)

    terminal.run(changed)
    terminal.say("password_set", login=account)


def disable(
    context: typer.Context,
    account: Account,
    tenant: Tenant,
    enable: Annotated[bool, typer.Option("--enable", help="重新启用 · Open again")] = False,
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def changed(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        known = await account_of(platform, facts, account)
        async with platform.act(facts, caller) as act:
            await (accounts.enable if enable else accounts.disable)(act, known.id)

    terminal.run(changed)
    terminal.say("account_enabled" if enable else "account_disabled", login=account)


def roles_(
    context: typer.Context,
    account: Account,
    tenant: Tenant,
    give: Annotated[str | None, typer.Option("--give", help="授予 · Role to give")] = None,
    end: Annotated[str | None, typer.Option("--end", help="结束 · Role to end")] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="党组织代码 · Where")
    ] = None,
    since: Day = None,
    until: Day = None,
    reason: Annotated[str, typer.Option("--reason", help="理由 · Reason")] = "",
    login: Login = None,
    as_operator: Operator = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    changing = give is not None or end is not None
    if (give is not None and end is not None) or (changing and organization is None):
        raise typer.BadParameter("--give ROLE --organization CODE | --end ROLE --organization CODE")

    async def changed(platform: Platform) -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        known = await account_of(platform, facts, account)
        if changing:
            caller = await caller_of(platform, facts, login, as_operator)
            unit = await unit_of(platform, facts, organization or "")
            async with platform.act(facts, caller) as act:
                if give is not None:
                    await roles.assign(
                        act,
                        account_id=known.id,
                        role=give,
                        organization_id=unit.id,
                        since=since.date() if since else act.today,
                        until=until.date() if until else None,
                        reason=reason,
                    )
                else:
                    held = await store.roles.live(act.session, facts.id, known.id, act.today)
                    for holding in held:
                        if (holding.role, holding.organization_id) == (end, unit.id):
                            day = until.date() if until else act.today
                            await roles.end(act, holding.id, until=day, reason=reason)
        return await _held(platform, tenant, account)

    rows = terminal.run(changed)
    terminal.show(rows, ["role", "path", "since", "until", "reason"], as_json=json)


async def _held(platform: Platform, code: str, login: str) -> list[dict[str, Any]]:
    """What was given; what comes with posts and with being a member is not listed."""
    tenant = await platform.tenant(code)
    account = await account_of(platform, tenant, login)
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        held = await store.roles.held_by(session, tenant.id, account.id)
    return [
        {
            "role": each.role,
            "path": each.path,
            "since": each.since,
            "until": each.until,
            "reason": each.reason,
        }
        for each in held
    ]
