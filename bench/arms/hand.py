"""The limit: one statement per question, written by hand, behind a bare ASGI application."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from bench.processes import free_port, served
from bench.questions import PAGE, UNITS, Ask
from zhibu.settings import Database

DRIVER = "asyncpg==0.32.0"


def installed(work: Path) -> Path:
    """The folder with the driver in it; fetched with pip the first time."""
    folder = work / "python"
    if not (folder / "asyncpg").exists():
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps"]
        pip = [sys.executable, "-m", "pip", "install", *quiet, "--target", str(folder), DRIVER]
        subprocess.run(pip, check=True, timeout=600)
    return folder


@contextmanager
def running(
    urls: Database, folder: Path, drivers: Path, *, core: int | None, pool: int, ours: bool = False
) -> Iterator[tuple[int, int]]:
    """Serve the hand-written application; gives its port and its process id.

    With `ours` it reads through the product's own connections, else through asyncpg's.
    """
    port = free_port()
    command = [sys.executable, "-m", "bench.arms.hand_server", str(port)]
    command += ["ours"] if ours else []
    environment = {"BENCH_URL": urls.app, "BENCH_POOL": str(pool)}
    environment["PYTHONPATH"] = f"{os.environ.get('PYTHONPATH', '')}:{drivers}"
    log = folder / f"hand-{port}.log"
    with served(
        command, log=log, port=port, core=core, environment=environment, cwd=Path.cwd()
    ) as pid:
        yield port, pid


def asks(year: int, *, counting: bool = False) -> dict[str, Ask]:
    """`counting` counts rows for the last two questions, where the other reads kept numbers."""

    def ask(path: str, plain: Any, **arguments: Any) -> Ask:
        return Ask(
            path=path,
            headers=lambda case: {"x-tenant": str(case.tenant)},
            body=lambda case: orjson.dumps({"row": case.row, **arguments}),
            plain=plain,
        )

    if counting:
        return {
            "units": ask("/units/counted", _units, first=UNITS),
            "dashboard": ask("/dashboard/counted", dict, year=year),
        }
    return {
        "member": ask("/member", _with_id),
        "page": ask("/page", _page, year=year, first=PAGE),
        "units": ask("/units", _units, first=UNITS),
        "dashboard": ask("/dashboard", dict, year=year),
    }


def _with_id(row: Mapping[str, Any]) -> Any:
    return {**row, "id": UUID(row["id"])}


def _page(answer: Mapping[str, Any]) -> Any:
    return [_with_id(node) for node in answer["nodes"]], answer["hasNextPage"]


_units = _page
