"""Looking for a text in files, in any shape in which it may have been written by accident."""

import gzip
import io
import tarfile
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path


def shapes(text: str) -> dict[str, bytes]:
    """The bytes that give a text away, by the name of the shape."""
    plain = text.encode()
    found = {
        "plain": plain,
        "backwards": plain[::-1],
        "UTF-16 LE": text.encode("utf-16-le"),
        "UTF-16 BE": text.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for offset in range(3):  # what stands before it decides how base64 cuts it
        coded = b64encode(b"\0" * offset + plain)
        found[f"base64 at {offset}"] = coded[(0, 2, 3)[offset] : len(coded) // 4 * 4 - 4]
    return found


def told(roots: list[Path], *texts: str) -> list[str]:
    """Where one of the texts stands, as `file: shape`."""
    looked_for = [(name, shape) for text in texts for name, shape in shapes(text).items()]
    return [
        f"{place}: {name}"
        for place, content in _contents(roots)
        for name, shape in looked_for
        if shape in content
    ]


def _contents(roots: list[Path]) -> Iterator[tuple[str, bytes]]:
    for root in roots:
        for file in [root] if root.is_file() else root.rglob("*"):
            if file.is_file():
                yield from _within(str(file), file.read_bytes())


def _within(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is packed in it."""
    yield place, content
    if b"PK\x03\x04" in content and zipfile.is_zipfile(io.BytesIO(content)):  # whatever is around
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from _within(f"{place}!{name}", packed.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from _within(f"{place}!", gzip.decompress(content))
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            for member in packed:
                if (file := packed.extractfile(member)) is not None:
                    yield from _within(f"{place}!{member.name}", file.read())
