"""The ledger: is it whole, and what does it say."""

from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu.cli.acting import unit_of
from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.cli.workbooks import Tenant
from zhibu.events.checkpoints import Notary
from zhibu.events.timeline import entries
from zhibu.events.verifying import verify as verified
from zhibu.platform import Platform
from zhibu.tenants.rules import SUSPENDED

app = typer.Typer(add_completion=False, no_args_is_help=True, help="台账 · The ledger")

CHECKPOINTS = "checkpoints"


@app.command(help="核验台账未被改动 · Prove that nothing was changed; exit 1 if something was")
def verify(
    context: typer.Context,
    tenant: Annotated[str | None, typer.Option("--tenant", help="只核验此机构 · Only one")] = None,
    notes: Annotated[
        Path | None, typer.Option("--notes", help="检查点目录 · Folder of signed checkpoints")
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="核验后签署检查点 · Sign a checkpoint when sound")
    ] = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    folder = notes or terminal.settings.data / CHECKPOINTS

    async def run(platform: Platform) -> list[dict[str, Any]]:
        return await verify_all(platform, folder, only=tenant, sign=sign)

    rows = terminal.run(run)
    terminal.show(rows, ["tenant", "entries", "sound", "notes", "faults"], as_json=json)
    if not all(row["sound"] for row in rows):
        raise typer.Exit(FAULTS)


async def verify_all(
    platform: Platform, folder: Path, *, only: str | None = None, sign: bool = False
) -> list[dict[str, Any]]:
    """One row per institution. Raises `TenantUnknown` for an unknown one."""
    if only is not None:
        await platform.directory.by_code(only)
    notary = Notary.open(folder) if sign else None
    if notary is None and (folder / "ledger.pub").exists():
        notary = Notary.reading(folder)
    rows = []
    for entry in await platform.directory.entries():
        if only is not None and entry.code != only:
            continue
        home = platform.homes.home(entry.id)
        notes = notary.notes(entry.id) if notary else []
        found = await verified(home, entry.id, notes)
        if sign and notary and found.sound and entry.state != SUSPENDED:
            await notary.checkpoint(home, entry.id, platform.clock())
        rows.append(
            {
                "tenant": entry.code,
                "entries": found.entries,
                "sound": found.sound,
                "notes": len(notes),
                "faults": [f"{fault.seq} {fault.kind}" for fault in found.faults],
            }
        )
    return rows


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
