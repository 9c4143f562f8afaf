"""A group robot for tests: an HTTP server of the loopback address that answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass
class Robot:
    """Takes what is posted. `answers` are given one after the other, the last one for ever."""

    origin: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b'{"errcode":0}')])
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, *headers = head.split("\r\n")
        named = dict(each.lower().split(": ", 1) for each in headers if ": " in each)
        body = await reader.readexactly(int(named["content-length"]))
        self.taken.append((line.split(" ")[1], orjson.loads(body)))
        status, content = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        writer.write(
            f"HTTP/1.1 {status} said\r\ncontent-length: {len(content)}\r\n"
            f"location: {self.origin}/elsewhere\r\nconnection: close\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [body["text"]["content"] for _, body in self.taken]


@asynccontextmanager
async def robot(*answers: tuple[int, bytes]) -> AsyncIterator[Robot]:
    """A robot that listens until the block ends."""
    speaker = Robot(answers=list(answers)) if answers else Robot()
    server = await asyncio.start_server(speaker.speak, "127.0.0.1", 0)
    speaker.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield speaker
