"""Whatever is handed to a logger, nothing that is somebody's gets out."""

import logging
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from psycopg import errors as driver
from sqlalchemy.exc import IntegrityError
from tests.logs.conftest import Log

from zhibu.accounts.rules.credentials import SESSION, issue
from zhibu.errors import Conflict, Refused, Unavailable
from zhibu.identifiers import new_id
from zhibu.logs import logger
from zhibu.logs.about import About, begin, end
from zhibu.logs.loggers import shown
from zhibu.logs.redacting import MOST

NUMBER = "11010119900307" + "7571"
OLD_NUMBER = "110101900307" + "757"
PHONE = "138" + "00138000"
PASSWORD = "correct-horse-" + "7b"
NAME = "欧阳" + "静怡"
TOKEN = issue(SESSION, UUID(int=7)).text
CANARIES = (NUMBER, OLD_NUMBER, PHONE, PASSWORD, NAME, TOKEN)
WIDE = "".join(chr(ord(each) + 0xFEE0) for each in PHONE)

log_ = logger("zhibu.test")


def none_of_it(log: Log) -> None:
    assert log.text
    assert [each for each in (*CANARIES, WIDE) if each in log.text] == [], log.text


@pytest.mark.parametrize(
    "canary",
    [NUMBER, OLD_NUMBER, PHONE, TOKEN, WIDE],
    ids=["number", "old number", "phone", "token", "wide"],
)
@pytest.mark.parametrize(
    "field",
    [
        "event",
        "tenant",
        "operation",
        "job",
        "request",
        "account",
        "fault",
        "anything",
        "at",
        "level",
    ],
)
def test_what_looks_like_a_number_or_a_credential_is_taken_out_of_every_field(
    log: Log, field: str, canary: str
) -> None:
    for value in (f"seen {canary} here", [canary], {"x": {"y": (canary,)}}, {canary: 1}):
        facts: dict[str, Any] = {} if field == "event" else {field: value}
        log_.warning(str(value) if field == "event" else "something", **facts)
    none_of_it(log)


@pytest.mark.parametrize(
    "field",
    ["password", "newPassword", "token", "secret", "authorization", "cookie", "identity_number",
     "identityNumber", "phone", "mobile", "variables", "input", "login", "name", "code",
     "recovery_codes", "payload", "params", "document", "address"],
)  # fmt: skip
def test_what_is_named_like_a_secret_is_taken_out_whatever_it_is(log: Log, field: str) -> None:
    log_.error("something", **{field: PASSWORD})
    log_.error("something", facts={"in": {field: [PASSWORD, NAME]}})
    none_of_it(log)


BREAKS = "\n\r\x1b[2K\x85\u2028\u2029\x00"


def test_a_line_is_one_line_whatever_is_in_it(log: Log) -> None:
    forged = BREAKS.join(["x", '{"event":"request","status":200}', "y"])
    log_.warning("something", fault=forged, facts={forged: forged})
    logging.getLogger("uvicorn").warning(forged)
    about = About("0123abcd")
    about.operation, about.status = 'Card","status":200}\n{"event":"request', 403
    log.requests()(about)
    assert not any(sign in log.text for sign in "\r\x1b\x00")
    assert len(log.lines) == 3
    for line in log.lines:
        assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)
        assert line["event"] != "request" or line["status"] == 403


def test_for_a_person_at_a_terminal_nothing_is_forged_either() -> None:
    forged = BREAKS.join(["x", "2026-11-27 [info] all is well"])
    record = logging.LogRecord("zhibu.test", logging.WARNING, __file__, 1, forged, None, None)
    text = shown(console=True).format(record)
    assert "\n" not in text.rstrip("\n")
    assert "\x1b[2K" not in text


def raised() -> list[Exception]:
    """What a driver, a library and a bug say, each with what somebody had entered."""
    row = {"number": NUMBER, "password": PASSWORD, "name": NAME}
    said = sqlite3.IntegrityError(f"UNIQUE '{PASSWORD}' {NUMBER}")
    sql = f"INSERT INTO core_member (name) VALUES ('{NAME}', '{PASSWORD}', '{PHONE}')"
    return [
        KeyError(PASSWORD),
        ValueError(f"invalid literal: '{PASSWORD}' of {NAME}, {PHONE}"),
        RuntimeError(f"{TOKEN} at postgresql://zhibu:{PASSWORD}@db/zhibu"),
        IntegrityError(sql, row, said),
        driver.UniqueViolation(f'duplicate key "core_member_pkey"\nDETAIL: Key (name)=({NAME})'),
        driver.DataError(f"invalid input syntax for type date: {PASSWORD} (name)=({NUMBER})"),
        UnicodeDecodeError("utf-8", NUMBER.encode(), 0, 1, PASSWORD),
        Conflict(name=NAME, password=PASSWORD, number=NUMBER),
        Refused([Conflict(name=NAME), Conflict(number=PHONE)]),
        Unavailable(fault=f"connection to '{PASSWORD}' for {NAME} {PHONE} failed"),
        AssertionError({"variables": row}),
        ExceptionGroup(f"{NAME}", [ValueError(PASSWORD)]),
    ]


@pytest.mark.parametrize("error", raised(), ids=lambda error: type(error).__name__)
def test_of_an_exception_its_kind_and_its_place_are_told_and_nothing_that_was_entered(
    log: Log, error: Exception
) -> None:
    def fails() -> None:
        try:
            raise error
        except Exception as first:
            raise LookupError(f"{NAME} '{PASSWORD}' {NUMBER}") from first

    try:
        fails()
    except LookupError as found:
        log_.error("ours", exc_info=found)
        log_.exception("ours again")
        log_.warning("ours as a fact", error=found)
        logging.getLogger("uvicorn.error").error("theirs %s", found, exc_info=found)
        logging.getLogger("asyncio").exception("theirs again")
    none_of_it(log)
    for line in log.lines:
        told = line.get("exception") or line["error"]
        assert told["type"] == "LookupError"
        assert told["because"]["type"] == type(error).__name__
        assert any(frame.endswith(" fails") for frame in told["at"])


def test_of_a_statement_its_words_stay_and_of_a_driver_what_it_says_of_the_tables(
    log: Log,
) -> None:
    sql = f"UPDATE core_member SET name = '{NAME}' WHERE note = ?"
    log_.error("ours", exc_info=IntegrityError(sql, (PASSWORD,), sqlite3.IntegrityError("x")))
    (line,) = log.lines
    assert line["exception"]["sql"] == "UPDATE core_member SET name = '…' WHERE note = ?"


def test_what_other_libraries_say_goes_the_same_way(log: Log) -> None:
    for name in ("uvicorn.error", "sqlalchemy.pool", "aiosmtplib", "websockets", "py.warnings"):
        logging.getLogger(name).warning("%s said '%s' to %s", NAME, PASSWORD, PHONE)
    none_of_it(log)
    assert {line["logger"] for line in log.lines} >= {"uvicorn.error", "websockets"}


def test_a_line_says_of_which_request_or_job_it_is(log: Log) -> None:
    about = About("0123456789abcdef", job=new_id(), tenant="yunling")
    before = begin(about)
    try:
        log_.info("ours")
        logging.getLogger("uvicorn.error").warning("theirs")
    finally:
        end(before)
    log_.info("alone")
    first, second, alone = log.lines
    for line in (first, second):
        assert (line["request"], line["job"]) == ("0123456789abcdef", str(about.job))
        assert line["tenant"] == "yunling"
        assert datetime.fromisoformat(line["at"]).tzinfo == UTC
    assert "request" not in alone


def test_what_is_no_ones_stays(log: Log) -> None:
    facts = {"seq": 12, "ms": 1.5, "when": datetime(2026, 6, 1, tzinfo=UTC), "file": Path("a/b")}
    log_.warning("ours", **facts, faults=["12 chain"], long="x" * 2000, nothing=None)
    (line,) = log.lines
    assert (line["seq"], line["ms"], line["file"]) == (12, 1.5, "a/b")
    assert line["faults"] == ["12 chain"]
    assert line["when"].startswith("2026-06-01")
    assert len(line["long"]) == MOST + 1
