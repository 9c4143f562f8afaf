"""Files people hand in: kept by their SHA-256, apart for each tenant, typed by what is in them.

Nothing here asks who may see a file; whoever serves one has asked the policy before.
"""

import asyncio
import hashlib
import os
import zipfile
from collections.abc import AsyncIterable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from uuid import UUID, uuid4

from zhibu.errors import Invalid, NotFound, Unavailable

_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{_OFFICE}spreadsheetml.sheet"
DOCX = f"{_OFFICE}wordprocessingml.document"

_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    XLSX: (".xlsx",),
    DOCX: (".docx",),
}
_MOST_PARTS = 10_000

T = TypeVar("T")


class AttachmentTooLarge(Invalid):
    """Facts: `limit` (bytes)."""

    code = "core.attachment_too_large"


class AttachmentEmpty(Invalid):
    """There is nothing in the file."""

    code = "core.attachment_empty"


class AttachmentTypeRefused(Invalid):
    """What is in the file is none of the kinds we keep. Facts: `allowed`."""

    code = "core.attachment_type_refused"


class AttachmentMissing(NotFound):
    """No file of this digest is kept for this tenant."""

    code = "core.attachment_missing"


class AttachmentDamaged(Unavailable):
    """The file's content is not what was handed in any more. Facts: `sha256`."""

    code = "core.attachment_damaged"


class StorageFull(Unavailable):
    """The file could not be written. Facts: `fault`."""

    code = "core.attachment_not_written"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What came in. `sha256` is 64 hexadecimal digits, `size` bytes."""

    sha256: str
    size: int
    media_type: str

    @property
    def endings(self) -> tuple[str, ...]:
        """How a name may end of what is in it; the first one is given to names that do not."""
        return _ENDINGS[self.media_type]


class Attachments:
    """The files of one installation, `folder/<tenant>/<two digits>/<sha256>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, tenant_id: UUID, stream: AsyncIterable[bytes], limit: int) -> Stored:
        """Keep the bytes of a stream, or nothing of them.

        Raises `AttachmentTooLarge` as soon as `limit` is passed, `AttachmentEmpty`,
        `AttachmentTypeRefused` and `StorageFull`.
        """
        draft = self._folder / tenant_id.hex / f"{uuid4().hex}.part"
        digest, size = hashlib.sha256(), 0
        file = await _on_disk(_new, draft)
        try:
            try:
                async for chunk in stream:
                    size += len(chunk)
                    if size > limit:
                        raise AttachmentTooLarge(limit=limit)
                    digest.update(chunk)
                    await _on_disk(file.write, chunk)
            finally:
                await _on_disk(file.close)
            if not size:
                raise AttachmentEmpty()
            media_type = await _on_disk(media_type_of, draft)
            sha256 = digest.hexdigest()
            await _on_disk(_keep, draft, self._path(tenant_id, sha256))
        finally:
            draft.unlink(missing_ok=True)
        return Stored(sha256=sha256, size=size, media_type=media_type)

    def open(self, tenant_id: UUID, sha256: str) -> BufferedReader:
        """The file, opened for reading. Raises `AttachmentMissing`."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise AttachmentMissing()
        try:
            return self._path(tenant_id, sha256).open("rb")
        except FileNotFoundError as error:
            raise AttachmentMissing() from error

    def verify(self, tenant_id: UUID, sha256: str) -> None:
        """Raises `AttachmentDamaged` when the content is not what the name says."""
        with self.open(tenant_id, sha256) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise AttachmentDamaged(sha256=sha256)

    def discard(self, tenant_id: UUID, sha256: str, *, before: datetime) -> None:
        """Remove a content that no file has any more, unless it was handed in since `before`."""
        path = self._path(tenant_id, sha256)
        aside = path.with_suffix(".gone")
        try:
            os.replace(path, aside)
        except FileNotFoundError:
            return
        if aside.stat().st_mtime >= before.timestamp():
            with suppress(FileExistsError):
                os.link(aside, path)
        aside.unlink()

    def _path(self, tenant_id: UUID, sha256: str) -> Path:
        return self._folder / tenant_id.hex / sha256[:2] / sha256


def media_type_of(path: Path) -> str:
    """What a file is by its content; its name says nothing. Raises `AttachmentTypeRefused`."""
    with path.open("rb") as file:
        start = file.read(16)
    for magic, media_type in _MAGIC.items():
        if start.startswith(magic):
            return media_type
    if start.startswith(b"PK\x03\x04") and (found := _office(path)):
        return found
    raise AttachmentTypeRefused(allowed="PDF, PNG, JPEG, XLSX, DOCX")


def _office(path: Path) -> str | None:
    """An Office document names its parts; one with macros in it is refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if len(names) > _MOST_PARTS or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "[Content_Types].xml" not in names:
        return None
    kinds = [media_type for part, media_type in _PARTS.items() if part in names]
    return kinds[0] if len(kinds) == 1 else None


async def _on_disk(step: Callable[..., T], *arguments: Any) -> T:
    try:
        return await asyncio.to_thread(step, *arguments)
    except OSError as error:
        raise StorageFull(fault=error.strerror or str(error)) from error


def _new(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _keep(draft: Path, path: Path) -> None:
    """The content is on the disk before its name is; the same content is kept once."""
    path.parent.mkdir(exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
