"""Whatever breaks inside, nothing of the inside gets out: not SQL, not a path, not a class, not a
key, not an institution."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from psycopg import errors as driver
from sqlalchemy.exc import IntegrityError, OperationalError
from tests.graph import test_walls as walls

from zhibu import snapshots
from zhibu.graph.context import Visit
from zhibu.graph.errors import CODES
from zhibu.settings import Settings
from zhibu.testing.house import House, Institution

SQL = "SELECT secret_column FROM core_member WHERE identity_number = '110101199003071234'"
PATH = "/srv/zhibu/tenants/0195.db"
NUMBER = "110101199003071234"
SECRETS = (
    *("secret_column", "core_member", PATH, NUMBER, "sk-key-of-the-house", "Traceback", "psycopg"),
    *("sqlite3", "sqlalchemy", "KeyError", "RuntimeError", "IntegrityError", "zhibu.", ".py"),
)


def faults() -> Iterator[Exception]:
    """What a bug, a driver and a machine may raise, each with something to hide."""
    while True:  # each anew: where an exception has been is kept with it
        yield from (
            KeyError(f"{NUMBER} sk-key-of-the-house"),
            RuntimeError(f"{PATH}: no such table core_member"),
            IntegrityError(SQL, {"number": NUMBER}, sqlite3.IntegrityError("UNIQUE core_member.x")),
            OperationalError(SQL, {}, sqlite3.OperationalError(f"unable to open {PATH}")),
            driver.UniqueViolation(f'duplicate key "core_member_pkey" ({NUMBER})'),
            UnicodeDecodeError("utf-8", NUMBER.encode(), 0, 1, SQL),
            RecursionError(PATH),
            OSError(28, "No space left on device", PATH),
            AssertionError(SQL),
        )


class Broken:
    """A home in which everything meets a fault."""

    def __init__(self, ordinary: Any, raised: Iterator[Exception]) -> None:
        self.name, self.dialect = ordinary.name, ordinary.dialect
        self._raised = raised

    async def read(self, *given: Any) -> Any:
        raise next(self._raised)

    @asynccontextmanager
    async def act(self, *given: Any) -> AsyncIterator[Any]:
        raise next(self._raised)
        yield

    view = act


@contextmanager
def broken(institution: Institution) -> Iterator[None]:
    homes = institution.house.platform.homes
    ordinary, raised = homes.home, faults()
    found = Broken(ordinary(institution.tenant.id), raised)
    homes.home = lambda tenant: found  # type: ignore[method-assign,assignment,return-value]
    try:
        yield
    finally:
        homes.home = ordinary  # type: ignore[method-assign]


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


async def test_no_fault_of_the_inside_is_told_to_anybody(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(snapshots, "REMEMBERED", 3600.0)
    institution = await house.found()
    house.platform.attempts.answer_after = 0.0
    credential = institution.credentials["municipal"]
    rows = await walls.rows_of(institution)
    requests = list(walls.Requests(await walls.schema_of(house), rows))
    await institution.ask("municipal", "{ viewer { name } }")  # the credential is remembered
    masked = 0
    with broken(institution):
        for request in requests:
            answer = await walls.answer_to(house, request, credential)
            said = orjson.dumps(answer).decode()
            assert not [secret for secret in SECRETS if secret in said], (request.place, said)
            for error in answer.get("errors", ()):
                code = error["extensions"]["code"]
                assert code in CODES, request.place
                assert error["extensions"]["requestId"]
                if code == "INTERNAL":
                    masked += 1
                    assert error["extensions"]["requestId"] in error["message"]
    assert masked > 50
    assert "secret_column" in caplog.text  # whoever looks after the server is told everything


async def test_no_file_says_where_it_could_not_be_kept(institution: Institution) -> None:
    headers = {"authorization": f"Bearer {institution.credentials['officer']}"}
    client = institution.house.client
    await institution.ask("officer", "{ viewer { name } }")
    with broken(institution):
        for _ in range(9):
            answer = await client.post("/files", content=b"%PDF-1.7", headers=headers)
            assert answer.status_code in (500, 503)
            assert not [secret for secret in SECRETS if secret in answer.text]
            answer = await client.get("/files/QXR0YWNobWVudDox", headers=headers)
            assert not [secret for secret in SECRETS if secret in answer.text]


async def test_a_document_that_breaks_the_engine_says_nothing_of_it(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = institution.house.platform
    context = await platform.context(institution.credentials["officer"], _visit(institution))
    engine = platform.answering(context).engine
    for place in ("operation", "plan", "run", "execute"):
        for raised in (RuntimeError(SQL), KeyError(NUMBER), OSError(2, "x", PATH)):
            with monkeypatch.context() as patch:

                def fails(*given: Any, raised: Exception = raised, **named: Any) -> Any:
                    raise raised

                patch.setattr(engine, place, fails)
                answer = await institution.ask("officer", "{ viewer { name } }")
                said = orjson.dumps(answer).decode()
                assert not [secret for secret in SECRETS if secret in said], (place, said)


def _visit(institution: Institution) -> Visit:
    house = institution.house
    return Visit(platform=house.platform, now=house.now, request_id="test")


def test_no_text_of_an_error_speaks_of_the_inside() -> None:
    """Facts fill placeholders; nothing else of a text may name a module or a table."""
    folder = Path(snapshots.__file__).parent / "locale"
    for file in folder.rglob("*.yaml"):
        text = file.read_text("utf-8")
        assert "core_" not in text.replace("core_secretary", ""), file
        assert "Traceback" not in text, file
