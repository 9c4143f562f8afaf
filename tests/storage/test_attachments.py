"""Attachments are what their content says, no larger than allowed, and each tenant's own."""

import io
import zipfile
from collections.abc import AsyncIterator
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
def attachments(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments")


def files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


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


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "attachments").write_text("a file where the folder should be")
    with pytest.raises(StorageFull):
        await Attachments(tmp_path / "attachments").put(new_id(), stream(PDF), 10_000)


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
    path.write_bytes(PDF[:-1] + b"y")
    with pytest.raises(AttachmentDamaged):
        attachments.verify(tenant, stored.sha256)
