"""Attachments are what their content says, no larger than allowed, and each tenant's own."""

import io
import os
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhibu.identifiers import new_id
from zhibu.storage.attachments import (
    DOCX,
    XLSX,
    AttachmentDamaged,
    AttachmentEmpty,
    AttachmentMissing,
    Attachments,
    AttachmentTooLarge,
    AttachmentTypeRefused,
    StorageFull,
)
from zhibu.storage.ciphers import AesGcm, Sm4Gcm
from zhibu.storage.encryption import Keyring, SealBroken
from zhibu.storage.encryption.contents import PART

PDF = b"%PDF-1.7\n" + b"x" * 5000


def office(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return content.getvalue()


async def stream(content: bytes, size: int = 700) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keys" / "keys.json")


@pytest.fixture
def attachments(tmp_path: Path, keyring: Keyring) -> Attachments:
    return Attachments(tmp_path / "attachments", keyring)


def files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>",
        b"MZ\x90\x00",
        b"GIF89a",
        b"PK\x03\x04 no archive at all",
        b" %PDF-1.7",
        office("evil.exe"),
        office("xl/workbook.xml"),
        office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        office("[Content_Types].xml", "xl/workbook.xml", "word/document.xml"),
    ],
)
async def test_other_kinds_are_refused_and_nothing_is_kept(
    attachments: Attachments, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(AttachmentTypeRefused):
        await attachments.put(new_id(), stream(content), 10_000)
    assert files(tmp_path) == []


async def test_too_large_is_refused_before_the_stream_ends(
    attachments: Attachments, tmp_path: Path
) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield PDF

    with pytest.raises(AttachmentTooLarge):
        await attachments.put(new_id(), endless(), 3 * len(PDF))
    assert taken == 4
    assert files(tmp_path) == []


async def test_nothing_is_refused(attachments: Attachments, tmp_path: Path) -> None:
    with pytest.raises(AttachmentEmpty):
        await attachments.put(new_id(), stream(b""), 10)
    assert files(tmp_path) == []


async def test_a_stream_that_breaks_leaves_nothing(
    attachments: Attachments, tmp_path: Path
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await attachments.put(new_id(), broken(), 100_000)
    assert files(tmp_path) == []


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, keyring: Keyring) -> None:
    (tmp_path / "attachments").write_text("a file where the folder should be")
    with pytest.raises(StorageFull):
        await Attachments(tmp_path / "attachments", keyring).put(new_id(), stream(PDF), 10_000)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (office("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (office("[Content_Types].xml", "word/document.xml"), DOCX),
    ],
)
async def test_what_is_allowed_comes_back_as_it_was(
    attachments: Attachments, content: bytes, media_type: str
) -> None:
    tenant = new_id()
    stored = await attachments.put(tenant, stream(content), len(content))
    assert (stored.size, stored.media_type) == (len(content), media_type)
    with attachments.open(tenant, stored.sha256) as file:
        assert file.read() == content
    attachments.verify(tenant, stored.sha256)


async def test_a_workbook_of_a_thousand_sheets_is_a_workbook(attachments: Attachments) -> None:
    """Its directory alone is longer than a sealed part, and is read in one go."""
    sheets = [f"xl/worksheets/sheet{number}.xml" for number in range(1500)]
    content = office("[Content_Types].xml", "xl/workbook.xml", *sheets)
    assert len(content) > 2 * PART
    stored = await attachments.put(new_id(), stream(content, 50_000), 1_000_000)
    assert stored.media_type == XLSX


async def test_another_tenant_does_not_see_it(attachments: Attachments) -> None:
    stored = await attachments.put(new_id(), stream(PDF), 10_000)
    with pytest.raises(AttachmentMissing):
        attachments.open(new_id(), stored.sha256)


@pytest.mark.parametrize("name", ["", "..", "../../../etc/passwd", "a" * 63, "A" * 64, "é" * 64])
async def test_only_a_digest_names_a_file(attachments: Attachments, name: str) -> None:
    with pytest.raises(AttachmentMissing):
        attachments.open(new_id(), name)


async def test_the_same_content_is_kept_once(attachments: Attachments, tmp_path: Path) -> None:
    tenant = new_id()
    first = await attachments.put(tenant, stream(PDF), 10_000)
    assert await attachments.put(tenant, stream(PDF, 13), 10_000) == first
    assert len(files(tmp_path)) == 1


async def test_altered_content_is_found(attachments: Attachments, tmp_path: Path) -> None:
    tenant = new_id()
    stored = await attachments.put(tenant, stream(PDF), 10_000)
    [path] = files(tmp_path)
    whole = path.read_bytes()
    for altered in (
        PDF,  # in clear
        whole[:-1] + bytes([whole[-1] ^ 1]),
        whole[:50] + bytes([whole[50] ^ 1]) + whole[51:],
        whole[:-1],
        whole[:1],
        b"",
    ):
        path.write_bytes(altered)
        with pytest.raises(AttachmentDamaged):
            attachments.verify(tenant, stored.sha256)


async def test_what_is_kept_is_sealed_from_the_first_byte(
    attachments: Attachments, tmp_path: Path
) -> None:
    seen = []

    async def watched() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield PDF * 20
            (draft,) = files(tmp_path)
            seen.append(draft.read_bytes())

    await attachments.put(new_id(), watched(), 10**6)
    (path,) = files(tmp_path)
    for content in (*seen, path.read_bytes()):
        assert PDF[:8] not in content  # eight bytes are no chance, three were one in thirty
        assert b"x" * 8 not in content
    assert any(seen)


async def test_no_content_passes_for_another(attachments: Attachments, tmp_path: Path) -> None:
    tenant, other = new_id(), new_id()
    first = await attachments.put(tenant, stream(PDF), 10_000)
    second = await attachments.put(tenant, stream(PDF + b"2"), 10_000)
    foreign = await attachments.put(other, stream(PDF + b"3"), 10_000)
    paths = {path.name: path for path in files(tmp_path)}
    for taken in (second, foreign):
        paths[first.sha256].write_bytes(paths[taken.sha256].read_bytes())
        with pytest.raises(SealBroken):
            attachments.open(tenant, first.sha256)


@pytest.mark.parametrize("length", [PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 5])
async def test_a_content_of_any_length_is_read_from_anywhere(
    attachments: Attachments, tmp_path: Path, length: int
) -> None:
    content = (b"%PDF-1.7\n" + bytes(range(251)) * (length // 251 + 1))[:length]
    tenant = new_id()
    stored = await attachments.put(tenant, stream(content, 50_000), length)
    with attachments.open(tenant, stored.sha256) as file:
        assert file.read() == content
        for at in (0, 1, PART - 1, PART, length - 1, length, length + 9):
            file.seek(at)
            assert file.read(9) == content[at : at + 9]
        assert file.seek(-3, io.SEEK_END) == length - 3
        assert file.read() == content[-3:]
    [path] = files(tmp_path)
    whole, part = path.read_bytes(), PART + 28
    begins = 2 + int.from_bytes(whole[:2], "big")
    parts = [whole[at : at + part] for at in range(begins, len(whole), part)]
    assert len(parts) == -(-length // PART)
    if len(parts) > 1:
        for wrong in (parts[:-1], parts[1:], [*parts[:-1], b"x"], parts[::-1], [*parts, parts[-1]]):
            path.write_bytes(whole[:begins] + b"".join(wrong))
            with pytest.raises(AttachmentDamaged):
                attachments.verify(tenant, stored.sha256)


async def test_a_content_sealed_anew_is_as_old_as_it_was(
    attachments: Attachments, keyring: Keyring, tmp_path: Path
) -> None:
    tenant, now = new_id(), datetime.now(UTC)
    stored = await attachments.put(tenant, stream(PDF), 10_000)
    (path,) = files(tmp_path)
    os.utime(path, times=((now - timedelta(hours=30)).timestamp(),) * 2)
    Keyring.rotate(tmp_path / "keys" / "keys.json")
    keyring.look()
    assert attachments.renew(tenant) == (1, 0)
    attachments.verify(tenant, stored.sha256)
    attachments.discard(tenant, stored.sha256, before=now - timedelta(hours=24))
    assert files(tmp_path) == []


@pytest.mark.parametrize("length", [0, 1, PART - 1, PART, PART + 1, 3 * PART])
async def test_a_content_is_sealed_anew_under_a_key_of_another_family(
    attachments: Attachments, keyring: Keyring, tmp_path: Path, length: int
) -> None:
    content = b"%PDF-1.7\n" + os.urandom(length)
    tenant, keys = new_id(), tmp_path / "keys" / "keys.json"
    stored = await attachments.put(tenant, stream(content, 50_000), 1_000_000)
    (path,) = files(tmp_path)
    parts = path.read_bytes()[-100:]
    for family in (Sm4Gcm.name, AesGcm.name):
        Keyring.add(keys, family)
        Keyring.rotate(keys)
        keyring.look()
        assert attachments.renew(tenant) == (1, 0)
        Keyring.retire(keys, keyring.current - 1)
        keyring.look()
        assert path.read_bytes()[-100:] != parts
        with attachments.open(tenant, stored.sha256) as file:
            assert file.read() == content
