"""Databases for conditions, and the policy as shipped."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection, create_engine

from zhibu.plugins import Plugins
from zhibu.policy import Policy, default_folder
from zhibu.testing.postgresql import ADMIN, Server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection for temporary tables, to a database that sorts words as people do."""
    if request.param == "sqlite":
        with _connected("sqlite://") as connection:
            yield connection
    else:
        server = request.getfixturevalue("postgres_server")
        with _linguistic(server) as url, _connected(url) as connection:
            yield connection


@pytest.fixture(scope="session")
def shipped() -> Policy:
    """The core's own policy, without any plugin."""
    return Policy.load(default_folder(), Plugins({}))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def _linguistic(server: Server) -> Iterator[str]:
    name = f"policy_{uuid4().hex}"
    create = f"CREATE DATABASE {name} TEMPLATE template0"
    try:
        server.run(f"{create} LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C'")
    except psycopg.Error:  # a PostgreSQL that was built without ICU has no such order to test
        server.run(create)
    yield server.url(ADMIN, name).replace("postgresql:", "postgresql+psycopg:")
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
