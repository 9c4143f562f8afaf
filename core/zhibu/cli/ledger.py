"""The ledger: is it whole, and what does it say."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, unit_of
from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.cli.workbooks import Login, Operator, Tenant
from zhibu.events.anchors import FOLDER
from zhibu.events.errors import CheckpointUnreadable
from zhibu.events.notary import PUBLIC, public_key
from zhibu.events.notes import Note, notes_in, standing
from zhibu.events.restoring import accept_restored
from zhibu.events.timeline import entries
from zhibu.events.verifying import verify as verified
from zhibu.platform import Platform
from zhibu.tenants.rules import SUSPENDED

app = typer.Typer(add_completion=False, no_args_is_help=True, help="台账 · The ledger")


@app.command(help="核验台账未被改动 · Prove that nothing was changed; exit 1 if something was")
def verify(
    context: typer.Context,
    tenant: Annotated[str | None, typer.Option("--tenant", help="只核验此机构 · Only one")] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            "--checkpoint",
            help="检查点文件、邮件或目录 · File, saved mail or folder of checkpoints",
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="公钥 · Public key, else that of the installation")
    ] = None,
    since: Annotated[
        int, typer.Option("--since", min=0, help="从此序号之后 · After this number")
    ] = 0,
    sign: Annotated[
        bool, typer.Option("--sign", help="核验后签署检查点 · Sign a checkpoint when sound")
    ] = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def run(platform: Platform) -> list[dict[str, Any]]:
        given = await asyncio.to_thread(_given, platform, checkpoint, key)
        return await verify_all(platform, only=tenant, since=since, given=given, sign=sign)

    rows = terminal.run(run)
    shown = ["tenant", "entries", "sound", "first", "notes", "faults"]
    terminal.show(rows, shown, as_json=json)
    if not all(row["sound"] for row in rows):
        raise typer.Exit(FAULTS)


async def verify_all(
    platform: Platform,
    *,
    only: str | None = None,
    since: int = 0,
    given: Sequence[Note] | None = None,
    sign: bool = False,
) -> list[dict[str, Any]]:
    """One row per institution, compared with the notes of the installation's places unless others
    are given. Raises `TenantUnknown` for an unknown one.
    """
    if only is not None:
        await platform.directory.by_code(only)
    rows = []
    for entry in await platform.directory.entries():
        if only is not None and entry.code != only:
            continue
        home = platform.homes.home(entry.id)
        notes = standing(given, entry.id.hex) if given is not None else None
        if notes is None:
            notes = await asyncio.to_thread(platform.anchors.notes, entry.id)
        found = await verified(home, entry.id, notes, since=since)
        if sign and found.sound and entry.state != SUSPENDED:
            await platform.anchors.checkpoint(home, entry.id, platform.clock())
        rows.append(
            {
                "tenant": entry.code,
                "entries": found.entries,
                "sound": found.sound,
                "first": found.first,
                "notes": len(notes),
                "faults": [f"{fault.seq} {fault.kind}" for fault in found.faults],
            }
        )
    return rows


def _given(platform: Platform, paths: list[Path] | None, key: Path | None) -> list[Note] | None:
    """The notes in these files and folders. Raises `CheckpointUnreadable`."""
    if not paths:
        return None
    trusted = key or platform.settings.data / FOLDER / PUBLIC
    try:
        public = public_key(trusted)
    except (OSError, ValueError) as error:
        raise CheckpointUnreadable(file=str(trusted), fault=str(error)) from error
    found: list[Note] = []
    for path in paths:
        files = sorted(path.glob("*.notes")) if path.is_dir() else [path]
        for file in files:
            try:
                notes = notes_in(file.read_bytes(), public)
            except OSError as error:
                raise CheckpointUnreadable(file=str(file), fault=str(error)) from error
            if not notes:
                raise CheckpointUnreadable(file=str(file), fault="no checkpoint in it")
            found += notes
    return found


@app.command(help="恢复备份后从现状续记 · After a restore: go on from where the ledger stands")
def restored(
    context: typer.Context,
    tenant: Tenant,
    reason: Annotated[str, typer.Option("--reason", help="原因，记入台账 · Why, for the ledger")],
    login: Login = None,
    as_operator: Operator = False,
) -> None:
    terminal = terminal_of(context)

    async def accepted(platform: Platform) -> int:
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        return await accept_restored(platform, facts, caller, reason=reason)

    terminal.say("ledger_restored", seq=terminal.run(accepted))


@app.command(help="查看台账 · What happened, latest first")
def show(
    context: typer.Context,
    tenant: Tenant,
    organization: Annotated[
        str | None, typer.Option("--organization", help="党组织代码 · There and below")
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="事件名 · Name of the event")] = None,
    before: Annotated[
        int | None, typer.Option("--before", help="序号 · Before this number")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="条数 · How many")] = 50,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def listed(platform: Platform) -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        path = (await unit_of(platform, facts, organization)).path if organization else None
        async with platform.homes.home(facts.id).view(facts.id) as session:
            found = await entries(
                session, facts.id, path=path, event=event, before=before, limit=limit
            )
        return [
            {
                "seq": entry.seq,
                "at": entry.at,
                "by": entry.by,
                "via": entry.via,
                "event": entry.event,
                "path": entry.path,
                "text": platform.texts.sentence(
                    entry.event, entry.facts, terminal.locale, facts.zone
                ),
                "facts": entry.facts,
            }
            for entry in found
        ]

    rows = terminal.run(listed)
    terminal.show(rows, ["seq", "at", "by", "via", "text"], as_json=json)
