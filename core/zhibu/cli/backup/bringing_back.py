"""Bringing a backup back: everything is compared before anything is touched."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from zhibu.attachments import store
from zhibu.cli.backup.archive import read
from zhibu.cli.backup.keys import find_keys, lacking, put_keys
from zhibu.cli.backup.taking import DATA, SERVERS
from zhibu.cli.errors import FileExists
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu.storage.attachments import AttachmentDamaged, AttachmentMissing


def unpack(
    settings: Settings, file: Path, *, loads: Callable[[Path], None], keys: Path | None = None
) -> list[int]:
    """Bring a backup into an empty data folder; it appears there whole or not at all.

    Whoever may not write beside the folder has what it consists of moved into it one by one, at the
    very end. Answers which master keys of its time the installation is without now.

    Raises `FileExists` where something is in the way, and before anything is used `BackupDamaged`,
    `KeysNeeded` and `KeysForeign`.
    """
    folder = settings.data
    if folder.exists() and any(folder.iterdir()):
        raise FileExists(file=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = os.access(folder.parent, os.W_OK)
    with TemporaryDirectory(
        dir=folder.parent if beside else folder, prefix=f".{folder.name}-"
    ) as work:
        stage = Path(work)
        manifest = read(file, stage)
        found = find_keys(settings, stage, manifest, keys)
        without = lacking(manifest, found)
        loads(stage / SERVERS)
        data = stage / DATA
        data.mkdir(exist_ok=True)
        put_keys(settings, found, data)
        data.chmod(0o700)
        if not beside:
            for each in sorted(data.iterdir(), key=Path.is_file):  # what makes it one comes last
                each.rename(folder / each.name)
            return without
        if folder.exists():
            folder.rmdir()
        data.rename(folder)
        return without


async def files_astray(platform: Platform) -> int:
    """How many files a record names that are not there, or are not what was handed in."""
    astray = 0
    for entry in await platform.directory.entries():
        async with platform.homes.home(entry.id).view(entry.id) as session:
            contents = await store.contents(session, entry.id)
        for sha256 in contents:
            try:
                platform.attachments.verify(entry.id, sha256)
            except (AttachmentMissing, AttachmentDamaged):
                astray += 1
    return astray
