"""Building the demo, institution by institution."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from zhibu.accounts.rules.logins import one_time_password
from zhibu.act import TenantFacts
from zhibu.cli.acting import unit_of
from zhibu.cli.demo.folder import Demo, finish
from zhibu.cli.demo.opening import run_steps
from zhibu.cli.demo.people import open_accounts
from zhibu.cli.errors import FileUnreadable, SampleRefused
from zhibu.cli.institution import read_yaml, take_in_institution
from zhibu.cli.ledger import verify_all
from zhibu.cli.terminal import Terminal
from zhibu.exchange.delivering import DELIVER
from zhibu.identifiers import global_id
from zhibu.jobs.running import Runner
from zhibu.platform import Platform
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.storage.homes.patience import patiently

OPENING = "opening.yaml"
_ZONE = ZoneInfo("Asia/Shanghai")


def built(
    terminal: Terminal, settings: Settings, samples: Path, only: Sequence[str] | None
) -> Demo:
    """Take in the samples, all or those named. Raises `FileUnreadable`, `SampleRefused`."""
    folders = [file.parent for file in sorted(samples.glob("*/tenant.yaml"))]
    if only:
        folders = [folder for folder in folders if folder.name in only]
    if not folders or (only and len(folders) < len(set(only))):
        raise FileUnreadable(file=str(samples), fault=f"no {', '.join(only or ['tenant.yaml'])}")
    with patiently():
        demo = asyncio.run(_built(terminal, settings, samples, folders))
    finish(settings.data, demo)
    return demo


async def _built(
    terminal: Terminal, settings: Settings, samples: Path, folders: Sequence[Path]
) -> Demo:
    opening = read_yaml(samples / OPENING)
    plugins = discover(settings.plugins)
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
    Keyring.create(settings.keys)
    platform = await Platform.open(settings, plugins)
    terminal.platform_texts = platform.texts
    password = one_time_password()
    sign_ins: list[dict[str, Any]] = []
    example = None
    opened: list[tuple[TenantFacts, Path]] = []
    try:
        _set_clock(platform, opening)
        for folder in folders:
            given = read_yaml(folder / "tenant.yaml")
            taken = await take_in_institution(platform, terminal, folder)
            if taken.refused:
                raise SampleRefused(folder=str(folder), faults=_faults(taken.reports))
            accounts = given.get("accounts") or ()
            sign_ins += await open_accounts(platform, taken.tenant, accounts, password)
            await run_steps(platform, terminal, taken.tenant, folder, opening)
            opened.append((taken.tenant, folder))
            wanted = opening.get("example") or {}
            if wanted.get("tenant") == taken.tenant.code:
                example = await _example(platform, taken.tenant, wanted, accounts, settings)
        await _exchanged(platform, terminal, opened, opening)
        for row in await verify_all(platform):
            assert row["sound"], row
    finally:
        await platform.close()
    return Demo(sign_ins=sign_ins, password=password, example=example)


async def _exchanged(
    platform: Platform,
    terminal: Terminal,
    opened: Sequence[tuple[TenantFacts, Path]],
    opening: Mapping[str, Any],
) -> None:
    """Let what the institutions told each other arrive, be answered, and the answers arrive."""
    runner = Runner(platform, [DELIVER])
    while await runner.run_waiting():
        pass
    for tenant, folder in opened:
        steps = {**opening, "steps": opening.get("between", ())}
        await run_steps(platform, terminal, tenant, folder, steps)
    while await runner.run_waiting():
        pass


def _set_clock(platform: Platform, opening: Mapping[str, Any]) -> None:
    """Before the day that the samples stand on, the demo is built on that day at noon."""
    noon = datetime.combine(opening["day"], time(12), _ZONE).astimezone(UTC)
    if noon > platform.clock():
        platform.clock = lambda: noon


def _faults(reports: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} {finding.fault.row}: {finding.text}"
        for name, report in reports.items()
        for finding in report.findings
        if finding.fault.is_error
    ][:5]


async def _example(
    platform: Platform,
    tenant: TenantFacts,
    wanted: Mapping[str, Any],
    accounts: Sequence[Mapping[str, Any]],
    settings: Settings,
) -> str | None:
    """Two commands to paste: signing in, and the question."""
    account = next((each for each in accounts if each["login"] == wanted["login"]), None)
    if account is None:
        return None
    unit = await unit_of(platform, tenant, account["organization"])
    sign_in = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"
    given = f'{{"tenant": "{tenant.code}", "login": "{wanted["login"]}", "password": "\'"$(cat '
    given += f'{settings.data / "demo-password"})"\'"}}'
    post = "curl -s $ADDRESS/graphql -H 'content-type: application/json'"
    branch = global_id("Organization", unit.id)
    document = " ".join(wanted["document"].split())
    return (
        f'TOKEN=$({post} -d \'{{"query": "{sign_in}", "variables": {{"input": {given}}}}}\''
        ' | sed \'s/.*"token":"\\([^"]*\\)".*/\\1/\')\n'
        f'{post} -H "authorization: Bearer $TOKEN"'
        f' -d \'{{"query": "{document}", "variables": {{"branch": "{branch}"}}}}\'\n'
    )
