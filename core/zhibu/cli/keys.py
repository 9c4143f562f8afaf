"""The master keys: which there are, adding one, and taking an old one away."""

from collections import Counter
from functools import partial
from typing import Annotated, Any

import typer

from zhibu.cli.acting import operator
from zhibu.cli.terminal import FAULTS, Json, terminal_of
from zhibu.platform import Platform
from zhibu.sealing import service
from zhibu.storage.encryption import Keyring
from zhibu.tenants.directory import facts_of

app = typer.Typer(add_completion=False, no_args_is_help=True, help="密钥 · Keys")


@app.command("list", help="列出主密钥及其所封存的数据量 · Every master key, and what it seals")
def list_(context: typer.Context, json: Json = False) -> None:
    terminal = terminal_of(context)

    async def listed(platform: Platform) -> list[dict[str, Any]]:
        found: Counter[int] = Counter()
        for counted in (await service.used(platform)).values():
            found.update(counted)
        keyring = platform.keyring
        return [
            {
                "key": number,
                "cipher": keyring.ciphers.get(number),
                "current": number == keyring.current,
                "since": since.isoformat() if since else None,
                "values": found[number],
            }
            for number, since in sorted(
                (dict.fromkeys(found) | keyring.numbers).items()  # also those that are lost
            )
        ]

    rows = terminal.run(listed)
    terminal.show(rows, ["key", "cipher", "current", "since", "values"], as_json=json)


@app.command(help="增加备用主密钥，分发到各台服务器后再启用 · Add a master key that waits")
def add(
    context: typer.Context,
    cipher: Annotated[
        str | None, typer.Option(help="算法，默认沿用 · aes-256-gcm or sm4-gcm; as before if none")
    ] = None,
) -> None:
    terminal = terminal_of(context)
    keyring = Keyring.add(terminal.settings.keys, cipher)
    terminal.say("key_added", number=max(keyring.numbers))


@app.command(
    help="启用新主密钥并重新封存 · Use a new master key, and seal everything anew under it"
)
def rotate(
    context: typer.Context,
    resume: Annotated[
        bool, typer.Option("--resume", help="只继续重新封存 · Change no key, only seal anew")
    ] = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def rotated(platform: Platform) -> list[dict[str, Any]]:
        if not resume:
            Keyring.rotate(platform.settings.keys, platform.clock())
        rows = []
        for entry in await platform.directory.entries():
            tenant = await facts_of(platform.homes, entry)
            acting = partial(platform.act, tenant, operator(platform, tenant))
            files = partial(platform.attachments.renew, entry.id)
            done = await service.renew(acting, platform.keyring, files)
            rows.append({"tenant": entry.code, "values": done.values, "broken": done.broken})
        return rows

    rows = terminal.run(rotated)
    terminal.show(rows, ["tenant", "values", "broken"], as_json=json)
    if not json:
        terminal.say("keys_rotated", count=sum(row["values"] for row in rows))
    if any(row["broken"] for row in rows):
        raise typer.Exit(FAULTS)


@app.command(help="销毁不再使用的旧主密钥 · Take away an old master key that seals nothing")
def retire(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="主密钥编号 · Its number")],
) -> None:
    terminal = terminal_of(context)

    async def retired(platform: Platform) -> None:
        await service.require_unused(platform, number, platform.clock())
        Keyring.retire(platform.settings.keys, number)

    terminal.run(retired)
    terminal.say("key_retired", number=number)
