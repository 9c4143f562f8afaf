"""The keys beside a backup: without them what is sealed stays sealed, with them nothing does.

So they are in it only where somebody asked for that; else the backup says which keys it needs.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zhibu.cli.backup import archive
from zhibu.cli.errors import BackupDamaged, KeysForeign, KeysNeeded
from zhibu.errors import ZhibuError
from zhibu.events.anchors import FOLDER
from zhibu.events.notary import SECRET
from zhibu.settings import Settings
from zhibu.storage.encryption import Keyring

KEYS = "keys"
RING = "keys.json"


def facts_of(settings: Settings, *, held: bool) -> dict[str, Any]:
    """What the manifest says of keys: whether they are in, and by what they are told apart."""
    ring = Keyring.load(settings.keys)
    return {
        "keys": {
            "held": held,
            "fingerprint": ring.fingerprint,
            "current": ring.current,
            "numbers": list(ring.numbers),
        }
    }


def stage_keys(settings: Settings, folder: Path) -> None:
    """Copy what opens sealed fields, and what signs notes of ledgers."""
    folder.mkdir()
    for file, name in ((settings.keys, RING), (settings.data / FOLDER / SECRET, SECRET)):
        if file.exists():
            shutil.copyfile(file, folder / name)
            (folder / name).chmod(0o600)


def pack_keys(settings: Settings, out: Path) -> int:
    """Write the keys alone, to be kept apart from every backup."""
    with TemporaryDirectory(dir=settings.data, prefix="backup-", suffix=".part") as work:
        stage_keys(settings, Path(work) / KEYS)
        return archive.write(out, Path(work), facts_of(settings, held=True))


def find_keys(
    settings: Settings, stage: Path, manifest: Mapping[str, Any], given: Path | None
) -> Path:
    """The folder with the keys that the backup needs: those given, its own, or the installation's.

    Raises `KeysNeeded` and `KeysForeign`, and `BackupDamaged` for a file of keys that is none.
    """
    folder = stage / KEYS
    if given is not None:
        shutil.rmtree(folder, ignore_errors=True)
        apart = stage / "given"
        archive.read(given, apart)
        if not (apart / KEYS / RING).exists():
            raise BackupDamaged(file=str(given), fault=f"{RING} is missing")
        (apart / KEYS).rename(folder)
    elif not folder.exists() and settings.keys.exists():
        stage_keys(settings, folder)
    if not (folder / RING).exists():
        raise KeysNeeded(keys=str(settings.keys))
    for file in folder.iterdir():
        file.chmod(0o600)
    try:
        found = Keyring.load(folder / RING)
    except ZhibuError as error:
        raise BackupDamaged(file=str(given or RING), fault=str(error)) from error
    kept = Keyring.load(settings.keys) if settings.keys.exists() else found
    wanted = manifest["keys"]
    for ring in (found, kept):  # those that are here stay, so they must open it as well
        if ring.fingerprint != wanted["fingerprint"] or wanted["current"] not in ring.numbers:
            raise KeysForeign()
    return folder


def lacking(manifest: Mapping[str, Any], folder: Path) -> list[int]:
    """The master keys that there were when the backup was taken and that these are without.

    Nothing need have been sealed under them any more; if something was, it stays shut.
    """
    known = Keyring.load(folder / RING).numbers
    return sorted(set(manifest["keys"]["numbers"]) - set(known))


def put_keys(settings: Settings, folder: Path, data: Path) -> None:
    """Bring the keys to where the installation looks for them; those it has stay as they are."""
    if (folder / SECRET).exists():
        (data / FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(folder / SECRET, data / FOLDER / SECRET)
        (data / FOLDER / SECRET).chmod(0o600)
    if settings.keys.exists():
        return
    within = settings.keys.is_relative_to(settings.data)
    to = data / settings.keys.relative_to(settings.data) if within else settings.keys
    to.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write((folder / RING).read_bytes())
