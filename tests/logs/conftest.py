"""A process that logs into a list."""

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import orjson
import pytest

from zhibu.logs.lines import Lines
from zhibu.logs.loggers import set_up


@dataclass
class Log:
    """Everything that was written, by loggers and of requests, in one text."""

    stream: StringIO = field(default_factory=StringIO)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in self.text.splitlines()]

    def requests(self, *, every: bool = True, slow: float = 60.0) -> Lines:
        return Lines(lambda line: self.stream.write(line.decode()), every=every, slow=slow)


@pytest.fixture
def log() -> Iterator[Log]:
    """The process logs into this; afterwards as before."""
    root, ours = logging.getLogger(), logging.getLogger("zhibu")
    before = list(root.handlers), ours.level
    found = Log()
    set_up(found.stream)
    try:
        yield found
    finally:
        logging.captureWarnings(False)
        root.handlers[:], level = before
        ours.setLevel(level)
        assert found.stream is not sys.stderr
