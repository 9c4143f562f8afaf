"""Mail for tests: an outbox that keeps what was sent, and a mail server that speaks for itself."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from zhibu.mail import MailUnreachable


@dataclass(frozen=True)
class Sent:
    """One message."""

    to: tuple[str, ...]
    subject: str
    text: str
    key: str
    at: datetime


@dataclass
class Outbox:
    """Keeps what is sent; while `away`, it is a server that does not answer."""

    sent: list[Sent] = field(default_factory=list)
    away: bool = False
    ready: bool = True

    async def send(
        self, to: Sequence[str], subject: str, text: str, *, key: str, at: datetime
    ) -> None:
        if self.away:
            raise MailUnreachable(fault="away")
        self.sent.append(Sent(tuple(to), subject, text, key, at))


@dataclass
class MailServer:
    """An SMTP server of the loopback address, which refuses what `refusals` says."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "220 test")
        while line := (await reader.readline()).decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "DATA":
                await self._say(writer, "354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                found = message_from_bytes(content[:-5], policy=default)
                assert isinstance(found, EmailMessage)
                self.received.append(found)
            answer = self.refusals.get(verb, "250 ok")
            await self._say(writer, answer)
            if verb == "QUIT" or answer.startswith("421"):
                break
        writer.close()

    async def _say(self, writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def mail_server(**refusals: str) -> AsyncIterator[MailServer]:
    """A server that listens until the block ends: `mail_server(RCPT="550 unknown")`."""
    speaker = MailServer(refusals=refusals)
    server = await asyncio.start_server(speaker.speak, "127.0.0.1", 0)
    speaker.port = server.sockets[0].getsockname()[1]
    async with server:
        yield speaker
