"""Requests that come when they come, whether or not earlier ones were answered."""

import asyncio
import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import orjson

WRITE_WITHIN, READ_WITHIN = 0.5, 0.3  # seconds, of 99 in 100


@dataclass(frozen=True)
class Request:
    """Bytes to be sent, and whether they are to change something."""

    sent: bytes
    write: bool = False


@dataclass
class Told:
    """What came of the requests: seconds of those that were served, and of those sent away."""

    offered: int = 0
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    failed: list[bytes] = field(default_factory=list)
    unanswered: int = 0  # nobody was told whether they were done

    @property
    def held(self) -> bool:
        return (
            not self.failed
            and not self.shed
            and p99(self.writes) < WRITE_WITHIN
            and p99(self.reads) < READ_WITHIN
        )


def p99(times: Sequence[float]) -> float:
    return sorted(times)[len(times) * 99 // 100] if times else 0.0


def request(credential: str, document: str, variables: dict[str, Any], *, write: bool) -> Request:
    body = orjson.dumps({"query": document, "variables": variables})
    head = (
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {credential}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return Request(head.encode() + body, write)


class Line:
    """One kept connection at a time for each request that is under way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: Request) -> tuple[bytes, bytes]:
        """Status and body."""
        reader, writer = await self._connection()
        writer.write(request.sent)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if b"connection: close" in head:
            writer.close()
        else:
            self._free.append((reader, writer))
        return head[9:12], body

    async def open(self, count: int) -> None:
        """So many idle connections, as a proxy keeps them: opening them is not measured."""
        opened = [asyncio.open_connection("127.0.0.1", self._port) for _ in range(count)]
        self._free += await asyncio.gather(*opened)
        await asyncio.sleep(1)  # until the server has taken them, too

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """One that the server has not closed while it was idle, or a fresh one."""
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)


async def offered(line: Line, requests: Iterator[Request], rate: float, seconds: float) -> Told:
    """Send so many a second for so long, evenly, and wait for all answers."""
    told, tasks = Told(), set()
    gc.collect()
    gc.freeze()  # looking for our own garbage among all that is still to be asked would be counted
    begun = perf_counter()

    async def one(each: Request, due: float) -> None:
        try:
            status, body = await line.ask(each)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            told.failed.append(repr(error).encode())
            told.unanswered += 1
            return
        took = perf_counter() - due
        if status == b"503" or b'"core.overloaded"' in body:
            told.shed.append(took)
        elif status != b"200" or b'"errors"' in body or b'"userErrors":[{' in body:
            told.failed.append(body)
        else:
            (told.writes if each.write else told.reads).append(took)

    for number in range(int(rate * seconds)):
        due = begun + number / rate
        if (ahead := due - perf_counter()) > 0:
            await asyncio.sleep(ahead)
        each = next(requests, None)
        if each is None:
            break
        told.offered += 1
        task = asyncio.create_task(one(each, due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    while tasks:
        await asyncio.wait(set(tasks))
    return told
