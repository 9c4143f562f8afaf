"""Opening what claims to be a Word document: what it may hold, and how large it may be."""

import importlib
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from zhibu.word.errors import WordMissing

MOST_BYTES = 5_000_000  # of the file
MOST_UNPACKED = 30_000_000  # of all of its parts
MOST_PARTS = 500
BODY = "word/document.xml"
FORBIDDEN = ("vbaproject", "/embeddings/", "/activex/", "/afchunk", "attachedtemplate")
OUTSIDE = re.compile(rb'<Relationship\b[^>]*\bTargetMode\s*=\s*["\']External["\'][^>]*>', re.I)
LINK = b"/relationships/hyperlink"


class Unfit(Exception):
    """What is wrong with a file, in words."""


def content_of(path: Path) -> bytes:
    """The bytes of a template that may be opened. Raises `Unfit`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unfit(f"larger than {MOST_BYTES} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise Unfit(error.strerror or "cannot be read") from error
    held(content)
    return content


def held(content: bytes) -> None:
    """Look into a document without unpacking more than it may hold. Raises `Unfit`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unfit("unpacks to more than a form may hold")
            names = [part.filename.casefold() for part in parts]
            if BODY not in names:
                raise Unfit("no Word document (.docx)")
            if found := next((n for n in names if any(bad in n for bad in FORBIDDEN)), None):
                raise Unfit(f"holds {found}; a form has no macros and nothing embedded")
            for part in parts:
                if part.filename.endswith(".rels"):
                    _inside(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unfit("no Word document (.docx)") from error


def _inside(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Nothing is fetched from outside when the document is opened; links are only followed."""
    with archive.open(part) as opened:
        relations = opened.read(part.file_size + 1)
    if any(LINK not in found for found in OUTSIDE.findall(relations)):
        raise Unfit(f"{part.filename} fetches something from outside")


def library() -> Any:
    """docxtpl. Raises `WordMissing`."""
    try:
        return importlib.import_module("docxtpl")
    except ImportError as error:
        raise WordMissing() from error
