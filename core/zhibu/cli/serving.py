"""Serving the API on one address until somebody asks to stop."""

import asyncio
import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import Annotated

import typer

from zhibu.app import create_app
from zhibu.cli.errors import AddressTaken, MigrationsPending, NotInitialized
from zhibu.cli.installation import waiting
from zhibu.cli.starting import begun
from zhibu.cli.terminal import UNAVAILABLE, Terminal, terminal_of
from zhibu.declared import parts_of
from zhibu.logs.lines import Lines
from zhibu.logs.loggers import set_up
from zhibu.metrics.listening import LOOPBACK
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes import Homes
from zhibu.web.replacing import replaceable
from zhibu.web.server import Server


def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="监听地址，默认仅本机 · Address, loopback unless said")
    ] = None,
    port: Annotated[int | None, typer.Option(help="端口 · Port")] = None,
) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    if not settings.keys.exists():
        raise NotInitialized(data=str(settings.data))
    asyncio.run(require_migrated(settings))
    at = host or settings.host, settings.port if port is None else port
    serve_at(terminal, settings, *at, replace=True)


def serve_at(
    terminal: Terminal, settings: Settings, host: str, port: int, *, replace: bool = False
) -> None:
    """Serve until SIGINT or SIGTERM; requests that have begun are answered.

    With `replace`, in a process of its own, which is replaced where it is killed. Raises
    `AddressTaken` before anything is opened.
    """
    require_free(settings.metrics_port)
    listening = bound(host, port)
    if not loopback(host) and not settings.secure_cookies:
        terminal.say("bind_unsafe", host=host)
    parts_of(discover(settings.plugins))  # before anybody is told where to ask
    taken = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    terminal.say("serving", address=f"http://{shown}:{taken}")
    set_up()
    if replace:
        replaceable(listening, not_now=UNAVAILABLE)
    app = create_app(settings, observers=[Lines.of(settings)])
    server = Server(app, proxies=settings.proxies)
    begun()
    # The server raises the signal again once it has ended; that is no error of ours.
    with listening, suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise typer.Exit(UNAVAILABLE)
    terminal.say("stopped")


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `AddressTaken`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(address)
            found.listen(2048)
        except OSError:
            found.close()
            raise
    except OSError as error:
        raise AddressTaken(address=f"{host}:{port}", fault=error.strerror or str(error)) from error
    return found


def require_free(metrics_port: int) -> None:
    """Raises `AddressTaken` where another process shows its numbers there already."""
    if metrics_port:
        bound(LOOPBACK, metrics_port).close()


def loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def require_migrated(settings: Settings) -> None:
    async with Homes(settings) as homes:
        behind = await asyncio.to_thread(waiting, homes.databases(), discover(settings.plugins))
    if behind:
        names = sorted({f"{row['plugin']} {row['to']}" for row in behind})
        raise MigrationsPending(pending=names)
