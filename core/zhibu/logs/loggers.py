"""Loggers of structlog that take out what is nobody's business before anything else sees it.

They speak through the standard library, so that what uvicorn and others say leaves the same way.
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

from zhibu.logs.about import current
from zhibu.logs.redacting import described, redacted, scrubbed, words_only

Line = MutableMapping[str, Any]
_OWN = ("event", "level", "logger", "at", "tenant", "operation")
_OURS = "zhibu"


def logger(name: str) -> BoundLogger:
    """`logger("zhibu.jobs")`: the first argument is a constant sentence, facts have names."""
    made: BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            whereabouts,
            redact,
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
    return made


def whereabouts(_: Any, __: str, line: Line) -> Line:
    """When it was said, and of which request or job."""
    line["at"] = datetime.now(UTC).isoformat(timespec="milliseconds")
    if (about := current()) is not None:
        line.setdefault("request", about.request)
        for name, value in (
            ("tenant", about.tenant),
            ("account", about.account),
            ("operation", about.operation),
            ("job", about.job),
        ):
            if value is not None:
                line.setdefault(name, value)
    return line


def redact(_: Any, __: str, line: Line) -> Line:
    """Every field as it may be logged; an exception becomes the field of that name."""
    raised = line.pop("exc_info", None)
    line.pop("stack_info", None)
    if raised is True:
        raised = sys.exc_info()[1]
    elif isinstance(raised, tuple):
        raised = raised[1]
    for name, value in line.items():
        plain = name in _OWN and isinstance(value, str)
        line[name] = scrubbed(value) if plain else redacted(value, name)
    if isinstance(raised, BaseException):
        line["exception"] = described(raised)
    return line


def foreign(_: Any, __: str, line: Line) -> Line:
    """Of what a library says its own words are kept, nothing that was put into them."""
    line["event"] = words_only(str(line["event"]))
    return line


def shown(*, console: bool) -> ProcessorFormatter:
    """How a line is written: as JSON, or for a person at a terminal."""
    write: Callable[..., Any] = (
        structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer(_json)
    )
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            foreign,
            whereabouts,
            _redact_foreign,
        ],
        processors=[ProcessorFormatter.remove_processors_meta, write],
    )


class _Handler(logging.StreamHandler[Any]):
    """Ours, so that it is replaced when it is set up again."""


def set_up(stream: Any = None) -> None:
    """Send everything that is logged in this process to standard error."""
    to = stream or sys.stderr
    handler = _Handler(to)
    handler.setFormatter(shown(console=to.isatty()))
    root = logging.getLogger()
    for known in [each for each in root.handlers if isinstance(each, _Handler)]:
        root.removeHandler(known)
    root.addHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)


def _redact_foreign(logger: Any, method: str, line: Line) -> Line:
    meta = {name: line.pop(name) for name in ("_record", "_from_structlog") if name in line}
    return {**redact(logger, method, line), **meta}


def _json(line: Line, **_: Any) -> str:
    return orjson.dumps(line, default=str).decode()
