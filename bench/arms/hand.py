"""The limit: one statement per question, written by hand, behind a bare ASGI application."""

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


@contextmanager
def running(
    urls: Database, folder: Path, *, core: int | None, pool: int
) -> Iterator[tuple[int, int]]:
    """Serve the hand-written application; gives its port and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "bench.arms.hand_server", str(port)]
    environment = {"BENCH_URL": urls.app, "BENCH_POOL": str(pool)}
    log = folder / "hand.log"
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
