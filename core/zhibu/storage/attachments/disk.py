"""Files on the disk: there as a whole, or not at all."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from zhibu.storage.attachments.errors import StorageFull

T = TypeVar("T")


async def on_disk(step: Callable[..., T], *arguments: Any) -> T:
    """What a step in a thread of its own answers. Raises `StorageFull`."""
    try:
        return await asyncio.to_thread(step, *arguments)
    except OSError as error:
        raise StorageFull(fault=error.strerror or str(error)) from error


def new(path: Path) -> BinaryIO:
    """A file that was not there, for nobody else to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def older(paths: Iterable[Path], before: datetime) -> Iterator[Path]:
    """Those that were last written before a moment."""
    for path in paths:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                yield path


def keep(draft: Path, path: Path) -> None:
    """The content is on the disk before its name is; the same content is kept once."""
    path.parent.mkdir(exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
