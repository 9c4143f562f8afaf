"""Having files looked through for viruses while they come in, by a clamd that is near.

`INSTREAM` of its protocol: pieces with their length before them, and a word at the end. What cannot
be looked through is not kept.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhibu.storage.attachments.errors import (
    AttachmentInfected,
    AttachmentNotScannable,
    ScannerAway,
)

WITHIN = 30.0  # seconds for a connection, a piece, or the word at the end
LENGTH = 4  # bytes, big-endian
CLEAN, INFECTED, TOO_MUCH = "OK", "FOUND", "size limit exceeded"
NAME = "ClamAV"


class Scanner:
    """A clamd at `address`: the path of its socket, or `host:port`; None looks through nothing."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    @asynccontextmanager
    async def looking(self) -> AsyncIterator["Look"]:
        """One file, from its first piece to the word about it. Raises `ScannerAway`."""
        if self._address is None:
            yield Look()
            return
        reader, writer = await self._connected(self._address)
        # It may answer before the end, and hang up: whoever only listens then hears nothing.
        saying = asyncio.create_task(_said(reader))
        try:
            look = Look(writer, saying)
            await look.send(b"zINSTREAM\0")
            yield look
        finally:
            saying.cancel()
            await asyncio.wait([saying])
            writer.transport.abort()  # closing waits for a scanner that takes nothing more

    async def version(self) -> str:
        """What answers there. Raises `ScannerAway`."""
        assert self._address is not None
        reader, writer = await self._connected(self._address)
        try:
            writer.write(b"zVERSION\0")
            async with asyncio.timeout(WITHIN):
                said = await _said(reader)
        except TimeoutError as error:
            raise ScannerAway(fault="no answer") from error
        finally:
            writer.transport.abort()
        if not said.startswith(NAME):
            raise ScannerAway(fault=said or "no answer")
        return said

    async def _connected(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, colon, port = address.rpartition(":")
        try:
            async with asyncio.timeout(WITHIN):
                if colon and port.isdigit():
                    return await asyncio.open_connection(host.strip("[]"), int(port))
                return await asyncio.open_unix_connection(address)
        except (OSError, TimeoutError) as error:
            raise ScannerAway(fault=str(error) or type(error).__name__) from error


class Look:
    """A file that is being looked through, if anybody does."""

    def __init__(
        self,
        writer: asyncio.StreamWriter | None = None,
        saying: "asyncio.Task[str] | None" = None,
    ) -> None:
        self._writer, self._saying = writer, saying

    async def at(self, piece: bytes) -> None:
        """Raises what `end` does, if it is known already."""
        if piece:  # nothing would be the end
            await self.send(len(piece).to_bytes(LENGTH, "big") + piece)

    async def end(self) -> None:
        """Raises `AttachmentInfected`; or `AttachmentNotScannable` or `ScannerAway`, if it was not
        looked through."""
        await self.send(bytes(LENGTH))
        await self._told()

    async def send(self, content: bytes) -> None:
        if self._writer is None or self._saying is None:
            return
        if self._saying.done():
            await self._told()
        self._writer.write(content)
        try:
            async with asyncio.timeout(WITHIN):
                await self._writer.drain()
        except TimeoutError as error:
            raise ScannerAway(fault="it takes nothing more") from error
        except OSError as error:
            await self._told()
            raise ScannerAway(fault=str(error) or type(error).__name__) from error

    async def _told(self) -> None:
        if self._saying is None:
            return
        try:
            async with asyncio.timeout(WITHIN):
                said = (await self._saying).removeprefix("stream: ")
        except TimeoutError as error:
            raise ScannerAway(fault="no answer") from error
        if said.endswith(f" {INFECTED}"):
            raise AttachmentInfected(found=said.removesuffix(f" {INFECTED}"))
        if TOO_MUCH in said:
            raise AttachmentNotScannable(fault=said)
        if said != CLEAN:
            raise ScannerAway(fault=said or "no answer")


async def _said(reader: asyncio.StreamReader) -> str:
    """One answer. Raises `ScannerAway`."""
    try:
        return (await reader.readuntil(b"\0"))[:-1].decode(errors="replace").strip()
    except asyncio.IncompleteReadError as error:
        return error.partial.decode(errors="replace").strip()
    except (OSError, asyncio.LimitOverrunError) as error:
        raise ScannerAway(fault=str(error) or type(error).__name__) from error
