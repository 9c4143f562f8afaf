"""How long the database may work on one question before it gives up.

A request has seconds: whoever asked is told by then that it took too long, and what nobody waits
for must not keep others waiting. Long work says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STATEMENT = 5.0  # seconds of one statement on PostgreSQL, and of one reading on SQLite
TRANSACTION = 10.0  # seconds of a whole session on SQLite, where it keeps every writer waiting

_patient: ContextVar[bool] = ContextVar("zhibu.patient", default=False)


@contextmanager
def patiently() -> Iterator[None]:
    """What is begun within the block may take its time: jobs, the command line."""
    before = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(before)


def patient() -> bool:
    return _patient.get()
