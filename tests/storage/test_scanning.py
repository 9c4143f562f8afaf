"""Files are looked through while they come in; what is harmful, or was not looked at, is not kept.

What answers here speaks as clamd does (`INSTREAM`), and knows one virus: the one made for tests.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest

from zhibu.identifiers import new_id
from zhibu.storage.attachments import (
    AttachmentInfected,
    AttachmentNotScannable,
    Attachments,
    AttachmentTooLarge,
    AttachmentTypeRefused,
    Scanner,
    ScannerAway,
    scanning,
)
from zhibu.storage.encryption import Keyring

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n" + b"x" * 5000
INFECTED = b"%PDF-1.7\n" + EICAR
LARGEST = 8_000

Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def stream(content: bytes, size: int = 7) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, as clamd answers it; whoever hangs up midway is told nothing."""
    with closing(writer), suppress(asyncio.IncompleteReadError):
        if (await reader.readuntil(b"\0")) == b"zVERSION\0":
            writer.write(b"ClamAV 1.4.1/27480\0")
            return
        content = b""
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(length)
            if len(content) > LARGEST:  # it says so at once, and takes nothing more
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        said = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        writer.write(said + b"\0")


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def hanging_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def clamd(tmp_path: Path, connected: Connected = speaking) -> AsyncIterator[str]:
    address = str(tmp_path / "clamd.ctl")
    server = await asyncio.start_unix_server(connected, address)
    async with server:
        yield address


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keys" / "keys.json")


def attachments(tmp_path: Path, keyring: Keyring, address: str) -> Attachments:
    return Attachments(tmp_path / "attachments", keyring, Scanner(address))


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]


async def test_what_is_harmful_is_refused_by_its_name_and_nothing_is_kept(
    tmp_path: Path, keyring: Keyring
) -> None:
    async with clamd(tmp_path) as address:
        with pytest.raises(AttachmentInfected) as refused:
            await attachments(tmp_path, keyring, address).put(new_id(), stream(INFECTED), 10_000)
    assert refused.value.facts == {"found": "Eicar-Test-Signature"}
    assert kept(tmp_path) == []


@pytest.mark.parametrize("connected", [silent, hanging_up])
async def test_what_could_not_be_looked_through_is_not_kept(
    tmp_path: Path, keyring: Keyring, connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "WITHIN", 0.2)
    async with clamd(tmp_path, connected) as address:
        with pytest.raises(ScannerAway):
            await attachments(tmp_path, keyring, address).put(new_id(), stream(PDF), 10_000)
    assert kept(tmp_path) == []


async def test_without_the_scanner_that_is_named_nothing_is_kept(
    tmp_path: Path, keyring: Keyring
) -> None:
    for address in (str(tmp_path / "nothing.ctl"), "127.0.0.1:9"):
        with pytest.raises(ScannerAway):
            await attachments(tmp_path, keyring, address).put(new_id(), stream(PDF), 10_000)
    assert kept(tmp_path) == []


async def test_what_is_too_large_for_the_scanner_is_not_kept(
    tmp_path: Path, keyring: Keyring
) -> None:
    async with clamd(tmp_path) as address:
        large = stream(PDF + bytes(50 * LARGEST), 3_000)
        with pytest.raises(AttachmentNotScannable) as refused:
            await attachments(tmp_path, keyring, address).put(new_id(), large, 1_000_000)
    assert "limit exceeded" in refused.value.facts["fault"]
    assert kept(tmp_path) == []


async def test_other_refusals_come_first(tmp_path: Path, keyring: Keyring) -> None:
    async with clamd(tmp_path) as address:
        scanned = attachments(tmp_path, keyring, address)
        with pytest.raises(AttachmentTooLarge):
            await scanned.put(new_id(), stream(INFECTED), 50)
        with pytest.raises(AttachmentTypeRefused):
            await scanned.put(new_id(), stream(EICAR), 10_000)
    assert kept(tmp_path) == []


async def test_what_is_clean_is_kept(tmp_path: Path, keyring: Keyring) -> None:
    async with clamd(tmp_path) as address:
        scanned, tenant_id = attachments(tmp_path, keyring, address), new_id()
        stored = await scanned.put(tenant_id, stream(PDF), 10_000)
        with scanned.open(tenant_id, stored.sha256) as file:
            assert file.read() == PDF


async def test_who_asks_the_scanner_is_told_its_version(tmp_path: Path) -> None:
    async with clamd(tmp_path) as address:
        assert (await Scanner(address).version()).startswith("ClamAV 1.4.1")
    async with clamd(tmp_path, hanging_up) as address:
        with pytest.raises(ScannerAway):
            await Scanner(address).version()
    server = await asyncio.start_server(speaking, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert (await Scanner(f"127.0.0.1:{port}").version()).startswith("ClamAV")
