"""Having files looked through for viruses while they come in, by a clamd that is near.

`INSTREAM` of its protocol: pieces with their length before them, and a word at the end. What cannot
be looked through is not kept.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhibu.storage.attachments.errors import AttachmentInfected, ScannerAway

WITHIN = 30.0  # seconds for a connection, a piece, or the word at the end
LENGTH = 4  # bytes, big-endian
CLEAN, INFECTED = "OK", "FOUND"


class Scanner:
    """A clamd at `address`: the path of its socket, or `host:port`; None looks through nothing."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    @asynccontextmanager
    async def looking(self) -> AsyncIterator["Look"]:
        """One file, from its first piece to the word about it. Raises `ScannerAway`."""
        if self._address is None:
            yield Look(None, None)
            return
        reader, writer = await self._connected(self._address)
        try:
            look = Look(reader, writer)
            await look.begin()
            yield look
        finally:
            writer.close()

    async def version(self) -> str:
        """What answers there. Raises `ScannerAway`."""
        assert self._address is not None
        reader, writer = await self._connected(self._address)
        try:
            writer.write(b"zVERSION\0")
            return (await _said(reader)) or "clamd"
        finally:
            writer.close()

    async def _connected(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, colon, port = address.rpartition(":")
        try:
            async with asyncio.timeout(WITHIN):
                if colon and port.isdigit():
                    return await asyncio.open_connection(host, int(port))
                return await asyncio.open_unix_connection(address)
        except (OSError, TimeoutError) as error:
            raise ScannerAway(fault=str(error) or type(error).__name__) from error


class Look:
    """A file that is being looked through."""

    def __init__(
        self, reader: asyncio.StreamReader | None, writer: asyncio.StreamWriter | None
    ) -> None:
        self._reader, self._writer = reader, writer

    async def begin(self) -> None:
        await self._send(b"zINSTREAM\0")

    async def at(self, piece: bytes) -> None:
        """Raises `ScannerAway`."""
        if piece:  # nothing would be the end
            await self._send(len(piece).to_bytes(LENGTH, "big") + piece)

    async def end(self) -> None:
        """Raises `AttachmentInfected`, or `ScannerAway` if it was not looked through."""
        if self._reader is None:
            return
        await self._send(bytes(LENGTH))
        said = (await _said(self._reader)).removeprefix("stream: ")
        if said.endswith(f" {INFECTED}"):
            raise AttachmentInfected(found=said.removesuffix(f" {INFECTED}"))
        if said != CLEAN:
            raise ScannerAway(fault=said or "no answer")

    async def _send(self, content: bytes) -> None:
        if self._writer is None:
            return
        self._writer.write(content)
        try:
            async with asyncio.timeout(WITHIN):
                await self._writer.drain()
        except (OSError, TimeoutError) as error:
            raise ScannerAway(fault=str(error) or type(error).__name__) from error


async def _said(reader: asyncio.StreamReader) -> str:
    """One answer. Raises `ScannerAway`."""
    try:
        async with asyncio.timeout(WITHIN):
            return (await reader.readuntil(b"\0"))[:-1].decode(errors="replace").strip()
    except asyncio.IncompleteReadError as error:
        return error.partial.decode(errors="replace").strip()
    except (OSError, TimeoutError, asyncio.LimitOverrunError) as error:
        raise ScannerAway(fault=str(error) or type(error).__name__) from error
