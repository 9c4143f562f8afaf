"""Which failures of a driver have a name, and which say something about the statement."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from zhibu.storage.homes import ChangesCollided, HomeBusy, HomeUnreachable
from zhibu.storage.homes.contract import QuestionTooIntricate, QuestionTooLong
from zhibu.storage.homes.faults import unavailable


def told(error: BaseException) -> type[BaseException]:
    found = unavailable(OperationalError("SELECT 1", {}, error), 5)
    assert type(unavailable(error, 5)) is type(found)
    return type(found)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (psycopg.OperationalError("connection refused"), HomeUnreachable),
        (psycopg.DatabaseError("the connection broke amid an answer"), HomeUnreachable),
        (psycopg.DataError("not to be adapted"), type(None)),
        (psycopg.errors.DiskFull("no space"), HomeUnreachable),
        (psycopg.errors.AdminShutdown("going down"), HomeUnreachable),
        (psycopg.errors.QueryCanceled("too long"), QuestionTooLong),
        (psycopg.OperationalError("query_wait_timeout"), HomeBusy),
        (psycopg.errors.DeadlockDetected("deadlock"), ChangesCollided),
        (psycopg.errors.SerializationFailure("serialize"), ChangesCollided),
        (psycopg.errors.LockNotAvailable("held"), type(None)),
        (psycopg.errors.UndefinedTable("no such table"), type(None)),
        (ValueError("no driver's"), type(None)),
    ],
)
def test_what_postgresql_tells_is_named_if_it_is_about_the_home(
    error: BaseException, name: type[BaseException]
) -> None:
    assert told(error) is name


def run(file: str, *statements: str) -> None:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def sqlite(file: str, *statements: str) -> sqlite3.Error:
    """What SQLite says to the last of these statements."""
    with pytest.raises(sqlite3.Error) as caught:
        run(file, *statements)
    return caught.value


def test_what_sqlite_tells_is_named_if_it_is_about_the_home(tmp_path: Path) -> None:
    file = str(tmp_path / "a.db")
    held = sqlite3.connect(file, isolation_level=None)
    held.execute("CREATE TABLE t (x)")
    held.execute("BEGIN EXCLUSIVE")
    assert told(sqlite(file, "BEGIN IMMEDIATE")) is HomeBusy
    held.close()
    (tmp_path / "folder").mkdir()
    assert told(sqlite(str(tmp_path / "folder"), "SELECT 1 FROM t")) is HomeUnreachable
    (tmp_path / "b.db").write_bytes(b"no database" * 1000)
    assert told(sqlite(str(tmp_path / "b.db"), "SELECT 1 FROM t")) is HomeUnreachable
    wide = ", ".join(f"t AS t{number}" for number in range(65))
    assert told(sqlite(file, f"SELECT 1 FROM {wide}")) is QuestionTooIntricate
    assert told(sqlite(file, "SELECT nothing FROM t")) is type(None)


def test_a_statement_that_was_interrupted_was_too_long() -> None:
    connection = sqlite3.connect(":memory:")
    connection.set_progress_handler(lambda: 1, 100)
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute(
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
        )
    connection.close()
    assert told(caught.value) is QuestionTooLong
