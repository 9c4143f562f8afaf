"""One line for each request that was answered, written past the ordinary way of logging.

That way costs some fifty microseconds for each line, this one six; of the requests that went well
none is written unless the settings say so.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Self

import orjson

from zhibu.logs import logger
from zhibu.logs.about import About
from zhibu.settings import SettingInvalid, Settings

ALL, FAILED = "all", "failed"
_STREAMS = "subscription"  # which last as long as somebody watches

log = logger("zhibu.request")


class Lines:
    """Writes a line of each request, or only of those that failed or were slow."""

    def __init__(self, write: Callable[[bytes], Any] | None, *, every: bool, slow: float) -> None:
        self._write = write
        self._every = every
        self._slow = slow

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """To standard error, as the settings say; for a person where that is a terminal."""
        if settings.log_requests not in (ALL, FAILED):
            fault = f"expected {ALL} or {FAILED}"
            raise SettingInvalid(setting="log_requests", value=settings.log_requests, fault=fault)
        write = None if sys.stderr.isatty() else _standard_error
        return cls(write, every=settings.log_requests == ALL, slow=settings.slow_after)

    def __call__(self, about: About) -> None:
        took = perf_counter() - about.began
        failed = about.status >= 500 or about.outcome == "INTERNAL"
        slow = took >= self._slow and about.kind != _STREAMS
        if not (self._every or failed or slow or about.status >= 400 or about.outcome):
            return
        level = "error" if failed else "warning" if slow else "info"
        line = {
            "at": datetime.now(UTC),
            "level": level,
            "event": "request",
            "request": about.request,
            "tenant": about.tenant,
            "account": about.account,
            "kind": about.kind,
            "operation": about.operation,
            "status": about.status,
            "outcome": about.outcome or "OK",
            "ms": round(took * 1000, 2),
            "statements": about.statements,
        }
        if self._write is not None:
            self._write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z))
        else:
            getattr(log, level)(line.pop("event"), **line)


def _standard_error(line: bytes) -> None:
    """No request fails because its line cannot be written."""
    with suppress(OSError):
        os.write(2, line)
