"""Which failures of a driver mean that the home cannot be used now, and what they are called."""

import sqlite3
from typing import TypeGuard

import psycopg
from sqlalchemy.exc import DBAPIError

from zhibu.errors import ZhibuError
from zhibu.storage.homes.contract import (
    ChangesCollided,
    HomeBusy,
    HomeUnreachable,
    QuestionTooIntricate,
    QuestionTooLong,
)
from zhibu.storage.homes.patience import STATEMENT

# Connection lost, resources exhausted (disk, memory, connections), shutting down or starting.
_AWAY = ("08", "53", "57P")
# Two waited for each other, or one saw what the other changed: this one was taken back.
_COLLIDED = ("40001", "40P01")
# What a pooler says for itself: it has no connection to lend, or cannot make one.
_POOLER = "08P01"
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED"}
# Writing while only reading is a bug of ours, hence the underscore: its variants are faults.
_BROKEN = {"SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY_", "SQLITE_CORRUPT", "SQLITE_NOTADB"}

# What a statement may consist of is limited where SQLite was compiled; the budget of documents does
# not know how deep each plugin's expressions go.
_INTRICATE = (
    "parser stack overflow",
    "Expression tree is too large",
    "at most 64 tables",
    "too many columns in result set",
    "too many terms in",
    "too many SQL variables",
)


def unavailable(error: BaseException, wait: float) -> ZhibuError | None:
    """The named error for a driver failure, or None when it says something about the statement."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, psycopg.OperationalError) or _unsaid(driver):
        if isinstance(driver, psycopg.errors.QueryCanceled):
            return QuestionTooLong(seconds=STATEMENT)
        if "query_wait_timeout" in str(driver):
            return HomeBusy(seconds=wait)
        if driver.sqlstate is None or driver.sqlstate.startswith(_AWAY):
            return HomeUnreachable(fault=_first_line(driver))
        if driver.sqlstate in _COLLIDED:
            return ChangesCollided()
    elif isinstance(driver, sqlite3.Error):
        name = getattr(driver, "sqlite_errorname", "")
        if name.startswith(tuple(_BUSY)):
            return HomeBusy(seconds=wait)
        if str(driver).startswith(_INTRICATE):
            return QuestionTooIntricate()
        if name == "SQLITE_INTERRUPT":
            return QuestionTooLong(seconds=STATEMENT)
        if name.startswith("SQLITE_IOERR") or name.startswith(tuple(_BROKEN)):
            return HomeUnreachable(fault=_first_line(driver))
    return None


def _unsaid(driver: object) -> TypeGuard[psycopg.DatabaseError]:
    """Whether no server said what went wrong, as when the connection broke amid an answer."""
    return type(driver) is psycopg.DatabaseError and driver.sqlstate is None


def refused(error: BaseException) -> bool:
    """Whether a pooler would not lend a connection: asking it again at once is of no use."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(driver, psycopg.Error) and driver.sqlstate == _POOLER


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
