"""Linking accounts to identities of sign-in services, one or as many as a file has."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from zhibu.accounts.service import identities
from zhibu.cli.acting import account_of, caller_of
from zhibu.cli.errors import FileUnreadable
from zhibu.cli.terminal import terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.platform import Platform


def link(
    context: typer.Context,
    tenant: Tenant,
    provider: Annotated[str, typer.Option("--provider", help="认证服务名称 · Service")],
    account: Annotated[str | None, typer.Argument(help="登录名 · Login")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", help="服务中的标识 · What the service knows it by")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="CSV：登录名,标识 · CSV of login,subject")
    ] = None,
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)
    if (account is None or subject is None) is (file is None):
        raise typer.BadParameter("LOGIN --subject SUBJECT | --file FILE")
    pairs = [(account or "", subject or "")] if file is None else _pairs(file)

    async def linked(platform: Platform) -> None:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        known = {each.name for each in platform.providers.of(facts.code)}
        found = [(await account_of(platform, facts, name), said) for name, said in pairs]
        async with platform.act(facts, caller) as act:  # all of them, or none
            for each, said in found:
                await identities.link(act, each.id, provider=provider, subject=said, known=known)

    terminal.run(linked)
    terminal.say("identities_linked", count=len(pairs))


def _pairs(file: Path) -> list[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = [row for row in csv.reader(opened) if row]
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(file=str(file), fault=str(error)) from error
    if any(len(row) != 2 for row in rows):
        raise FileUnreadable(file=str(file), fault="login,subject")
    return [(row[0], row[1]) for row in rows]
