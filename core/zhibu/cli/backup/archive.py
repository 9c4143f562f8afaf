"""The file of a backup: a tar with a manifest of every file's SHA-256."""

import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from zhibu.cli.errors import BackupDamaged

MANIFEST = "manifest.json"
FORMAT = 2


def write(out: Path, stage: Path, facts: Mapping[str, Any]) -> int:
    """Write everything that stands in `stage`, and answer how many files that is.

    The file appears whole or not at all; only its owner may read it. `facts` go into the manifest.
    """
    draft = out.with_name(f"{out.name}.part")
    files = {str(file.relative_to(stage)): file for file in stage.rglob("*") if file.is_file()}
    manifest = {
        "format": FORMAT,
        "zhibu": version("zhibu"),
        "at": datetime.now(UTC).isoformat(),
        **facts,
        "files": {name: _digest(file) for name, file in sorted(files.items())},
    }
    try:
        _pack(draft, files, json.dumps(manifest, indent=1).encode())
        os.link(draft, out)  # unlike a rename, never over a file that came meanwhile
    finally:
        draft.unlink(missing_ok=True)
    return len(files)


def read(file: Path, stage: Path) -> dict[str, Any]:
    """Extract exactly what the manifest names, compare all of it, and answer the manifest.

    Raises `BackupDamaged`.
    """
    try:
        with tarfile.open(file) as archive:
            names = {entry.name for entry in archive if entry.isfile() and _inside(entry.name)}
            found = archive.extractfile(MANIFEST)
            assert found is not None
            manifest: dict[str, Any] = json.loads(found.read())
            if manifest["format"] != FORMAT:
                raise BackupDamaged(file=str(file), fault=f"format {manifest['format']}")
            wanted: dict[str, str] = manifest["files"]
            if missing := sorted(set(wanted) - names):
                raise BackupDamaged(file=str(file), fault=f"{missing[0]} is missing")
            for name in wanted:
                _extract(archive, name, stage / name)
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        AssertionError,
    ) as error:
        raise BackupDamaged(file=str(file), fault=str(error) or type(error).__name__) from error
    for name, digest in wanted.items():
        if _digest(stage / name) != digest:
            raise BackupDamaged(file=str(file), fault=f"{name} was changed")
    return manifest


def _extract(archive: tarfile.TarFile, name: str, into: Path) -> None:
    """Content and the owner's rights, and nothing else: no link, no folder, nobody's ownership.

    `TarFile.extract` knows how to only from Python 3.11.4 on.
    """
    content = archive.extractfile(name)
    assert content is not None
    into.parent.mkdir(parents=True, exist_ok=True)
    with into.open("xb") as file:
        shutil.copyfileobj(content, file)
    into.chmod(archive.getmember(name).mode & 0o700)


def _pack(draft: Path, files: Mapping[str, Path], manifest: bytes) -> None:
    mode = "w:gz" if ".gz" in draft.suffixes or ".tgz" in draft.suffixes else "w"
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as stream:
        with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]  # one of two
            for name, file in sorted(files.items()):
                archive.add(file, name, recursive=False)
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(manifest)
            archive.addfile(entry, BytesIO(manifest))
        stream.flush()
        os.fsync(stream.fileno())


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
