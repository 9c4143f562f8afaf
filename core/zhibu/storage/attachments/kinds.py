"""What a file is, by its content alone."""

import zipfile
from typing import IO

from zhibu.storage.attachments.errors import AttachmentTypeRefused

_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{_OFFICE}spreadsheetml.sheet"
DOCX = f"{_OFFICE}wordprocessingml.document"
ZIP = "application/zip"  # only the house makes some: nobody looks into what people pack

_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    XLSX: (".xlsx",),
    DOCX: (".docx",),
    ZIP: (".zip",),
}
_MOST_PARTS = 10_000


def media_type_of(file: IO[bytes]) -> str:
    """What a file is by its content; its name says nothing. Raises `AttachmentTypeRefused`."""
    start = file.read(16)
    for magic, media_type in _MAGIC.items():
        if start.startswith(magic):
            return media_type
    if start.startswith(b"PK\x03\x04") and (found := _office(file)):
        return found
    raise AttachmentTypeRefused(allowed="PDF, PNG, JPEG, XLSX, DOCX")


def _office(file: IO[bytes]) -> str | None:
    """An Office document names its parts; one with macros in it is refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if len(names) > _MOST_PARTS or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "[Content_Types].xml" not in names:
        return None
    kinds = [media_type for part, media_type in _PARTS.items() if part in names]
    return kinds[0] if len(kinds) == 1 else None
