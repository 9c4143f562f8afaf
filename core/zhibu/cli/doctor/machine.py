"""The machine: versions, rights of files, and what would be served to whom."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from zhibu.cli.doctor.finding import Finding, fault, ok, warning
from zhibu.cli.serving import loopback
from zhibu.errors import ZhibuError
from zhibu.settings import Settings
from zhibu.storage.encryption import Keyring

PYTHON = (3, 11)
SQLITE = (3, 35, 0)  # RETURNING
LITTLE = 500_000_000  # bytes free on the disk of the data folder


def examine_machine(settings: Settings) -> Iterator[Finding]:
    yield _python()
    yield _sqlite()
    yield _casbin()
    yield from _data_folder(settings.data)
    yield _keys(settings)
    yield _bind(settings)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return (ok if sys.version_info >= PYTHON else fault)("python", detail=found)


def _sqlite() -> Finding:
    enough = sqlite3.sqlite_version_info >= SQLITE
    return (ok if enough else fault)("sqlite", detail=sqlite3.sqlite_version)


def _casbin() -> Finding:
    """The old distribution `casbin` overwrites `pycasbin` file by file."""
    try:
        old = distribution("casbin")
    except PackageNotFoundError:
        return ok("casbin", detail=f"pycasbin {distribution('pycasbin').version}")
    return fault("casbin", detail=f"casbin {old.version}")


def _data_folder(folder: Path) -> Iterator[Finding]:
    where = str(folder)
    if not folder.is_dir():
        yield fault("data_folder", where, "no such folder")
        return
    mode = folder.stat().st_mode & 0o777
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fault("data_folder", where, "not writable")
    elif mode & 0o077:
        yield warning("data_folder", where, f"others may enter it ({mode:03o}); chmod 700")
    else:
        yield ok("data_folder", where, f"{mode:03o}")
    free = shutil.disk_usage(folder).free
    yield (ok if free > LITTLE else warning)("disk", where, f"{free // 1_000_000} MB")


def _keys(settings: Settings) -> Finding:
    where = str(settings.keys)
    try:
        Keyring.load(settings.keys)
    except ZhibuError as error:
        return fault("keys", where, str(error.facts.get("fault", error.code)))
    return ok("keys", where, "600; a copy kept apart? zhibu backup --only-keys")


def _bind(settings: Settings) -> Finding:
    where = f"{settings.host}:{settings.port}"
    if loopback(settings.host) or settings.secure_cookies:
        return ok("bind", where)
    return warning("bind", where, "reachable from elsewhere without secure_cookies")
