"""Histories go up, down, away and back, on both databases, and survive being killed."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
    inspect,
    text,
)
from sqlalchemy.pool import NullPool

from zhibu.contributions import Migrations
from zhibu.errors import PluginError
from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.migrate import (
    StillNeeded,
    downgrade,
    drift,
    orphans,
    pending,
    revision,
    upgrade,
    versions,
)
from zhibu.storage.migrate.running import BrokenReferences
from zhibu.storage.rls import gaps
from zhibu.storage.tables import NAMING
from zhibu.testing.databases import opened


class Histories:
    """Any set of histories."""

    def __init__(self, **histories: Migrations) -> None:
        self._histories = histories

    def migrations(self) -> dict[str, Migrations]:
        return self._histories


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database, as migrations see it."""
    if request.param == "sqlite":
        yield migrating_engine(tmp_path / "empty.db")
    else:
        owner = request.getfixturevalue("postgres").owner
        yield create_engine(
            owner.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool
        )


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as found:
        yield found


def tables(connection: Connection) -> list[str]:
    with connection.begin():
        names = inspect(connection).get_table_names()
    return sorted(name for name in names if name.startswith(("toy_", "hat_")))


def history(folder: Path, *columns: str, after: tuple[str, ...] = ()) -> Migrations:
    """The plugin `hat` with one table of text columns."""
    metadata = MetaData(naming_convention=NAMING)
    Table(
        "hat_hat",
        metadata,
        Column("tenant_id", Uuid, primary_key=True),
        Column("id", Uuid, primary_key=True),
        *(Column(name, String, nullable=False, server_default="") for name in columns),
    )
    return Migrations(folder=folder, metadata=metadata, after=after)


def test_models_equal_migrations_and_nothing_is_left_to_do(
    connection: Connection, toy: Any
) -> None:
    assert pending(connection, toy)["toy"] == (None, "toy_0002")
    upgrade(connection, toy)
    assert versions(connection)["toy"] == "toy_0002"
    assert pending(connection, toy) == {}
    assert drift(connection, toy) == {}
    upgrade(connection, toy)
    assert drift(connection, toy) == {}


def test_a_difference_between_models_and_migrations_is_told(
    connection: Connection, toy: Any
) -> None:
    upgrade(connection, toy)
    for change in (
        "ALTER TABLE toy_person DROP COLUMN points",
        "DROP INDEX ix_toy_person_tenant_id_door",
        "CREATE TABLE toy_forgotten (id int)",
    ):
        with connection.begin() as undone:
            connection.execute(text(change))
            connection.execute(text("SELECT 1"))
            undone.commit()
        assert list(drift(connection, toy)) == ["toy"], change
    assert len(drift(connection, toy)["toy"]) == 3


def test_down_to_nothing_and_up_again_keeps_other_tables(
    connection: Connection, toy: Any, tmp_path: Path
) -> None:
    both = Histories(**toy.migrations(), hat=history(tmp_path / "hat", "colour"))
    upgrade(connection, toy)
    revision(both, "hat", "hats")
    upgrade(connection, both)
    downgrade(connection, both, "toy", "toy_0001")
    assert "toy_rank" not in tables(connection)
    downgrade(connection, both, "toy")
    assert tables(connection) == ["hat_hat", "hat_version", "toy_version"]
    assert "toy" not in versions(connection)
    upgrade(connection, both)
    assert drift(connection, both) == {}


def test_rows_survive_a_rebuilt_table(connection: Connection, toy: Any) -> None:
    upgrade(connection, toy)
    downgrade(connection, toy, "toy", "toy_0001")
    tenant, house, person = new_id(), new_id(), new_id()
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL app.tenant_id = '{tenant}'"))
        ids = [each.hex for each in (tenant, house, person)]
        connection.exec_driver_sql(f"INSERT INTO toy_house VALUES ('{ids[0]}', '{ids[1]}', 'x')")
        connection.exec_driver_sql(
            f"INSERT INTO toy_person VALUES ('{ids[0]}', '{ids[2]}', '{ids[1]}', '7', 3)"
        )
    upgrade(connection, toy)
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL app.tenant_id = '{tenant}'"))
        rows = connection.execute(text("SELECT number, points, door FROM toy_person")).all()
    assert [tuple(row) for row in rows] == [("7", 3, "")]
    assert drift(connection, toy) == {}


def test_what_others_need_is_not_taken_back(
    connection: Connection, toy: Any, tmp_path: Path
) -> None:
    hat = history(tmp_path / "hat", "colour", after=("toy",))
    both = Histories(**toy.migrations(), hat=hat)
    revision(both, "hat", "hats")
    upgrade(connection, both)
    for needed in ("toy", "core"):
        with pytest.raises(StillNeeded):
            downgrade(connection, both, needed)
    # Nor does the core go while a plugin that nobody has any more left its tables.
    with pytest.raises(StillNeeded):
        downgrade(connection, Histories(), "core")
    downgrade(connection, both, "hat")
    downgrade(connection, both, "toy")
    assert "toy_person" not in tables(connection)


def test_a_plugin_taken_away_keeps_its_tables_and_disturbs_nobody(
    connection: Connection, toy: Any, tmp_path: Path
) -> None:
    both = Histories(**toy.migrations(), hat=history(tmp_path / "hat", "colour"))
    revision(both, "hat", "hats")
    upgrade(connection, both)
    upgrade(connection, toy)
    assert orphans(connection, toy) == {"hat": "hat_0001"}
    assert orphans(connection, both) == {}
    assert drift(connection, toy) == {}
    assert "hat_hat" in tables(connection)
    later = Histories(**toy.migrations(), hat=history(tmp_path / "hat", "colour", "size"))
    assert revision(later, "hat", "Size of hats") == tmp_path / "hat/versions/0002_size_of_hats.py"
    upgrade(connection, later)
    assert drift(connection, later) == {}


def test_a_name_that_begins_like_another_keeps_its_own_tables(
    connection: Connection, toy: Any, tmp_path: Path
) -> None:
    metadata = MetaData(naming_convention=NAMING)
    Table("toy_box_lid", metadata, Column("id", Integer, primary_key=True))
    boxes = Migrations(folder=tmp_path / "toy_box", metadata=metadata)
    both = Histories(**toy.migrations(), toy_box=boxes)
    written = revision(both, "toy_box", "lids")
    assert written is not None
    assert "toy_person" not in written.read_text()
    assert "rls.share(op, 'toy_box_lid')" in written.read_text()
    upgrade(connection, both)
    assert drift(connection, both) == {}
    assert drift(connection, toy) == {}  # also when it is gone


def test_a_generated_migration_walls_in_its_tables(
    engine: Engine, connection: Connection, tmp_path: Path
) -> None:
    hats = Histories(hat=history(tmp_path / "hat", "colour"))
    written = revision(hats, "hat", "hats")
    assert written is not None
    assert "rls.secure(op, 'hat_hat')" in written.read_text()
    assert revision(hats, "hat", "nothing") is None
    upgrade(connection, hats)
    if engine.dialect.name == "postgresql":
        assert gaps(connection) == []


def test_what_is_needed_runs_first_and_what_is_absent_is_named(
    connection: Connection, toy: Any, tmp_path: Path
) -> None:
    with pytest.raises(PluginError, match="toy"):
        upgrade(connection, Histories(hat=history(tmp_path / "hat", after=("toy",))))
    circle = {
        "a": history(tmp_path / "a", after=("b",)),
        "b": history(tmp_path / "b", after=("a",)),
    }
    with pytest.raises(PluginError, match="each other"):
        upgrade(connection, Histories(**circle))


def test_a_connection_in_a_transaction_is_refused(connection: Connection, toy: Any) -> None:
    connection.execute(text("SELECT 1"))
    with pytest.raises(RuntimeError, match="not in a transaction"):
        upgrade(connection, toy)


def test_a_migration_that_breaks_references_is_rolled_back(toy: Any, tmp_path: Path) -> None:
    versions_folder = tmp_path / "hat" / "versions"
    versions_folder.mkdir(parents=True)
    (versions_folder / "0001.py").write_text(
        "from alembic import op\nrevision = 'hat_0001'\ndown_revision = None\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE hat_a (id INTEGER PRIMARY KEY)')\n"
        "    op.execute('CREATE TABLE hat_b (id INTEGER REFERENCES hat_a (id))')\n"
        "    op.execute('INSERT INTO hat_b VALUES (5)')\n"
    )
    hats = Histories(hat=Migrations(folder=tmp_path / "hat", metadata=MetaData()))
    with migrating_engine(tmp_path / "x.db").connect() as connection:
        with pytest.raises(BrokenReferences):
            upgrade(connection, hats)
        connection.rollback()
        assert "hat_a" not in tables(connection)


def test_two_that_migrate_at_once_wait_for_each_other(postgres: Any, toy: Any) -> None:
    # Alembic's `op` is one per process, so the second one only takes the lock here.
    url = postgres.owner.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, poolclass=NullPool)
    done = threading.Event()

    def wait() -> None:
        with engine.connect() as other:
            upgrade(other, toy)
        done.set()

    with engine.connect() as first:
        first.exec_driver_sql("SELECT pg_advisory_lock(7229110348)")
        second = threading.Thread(target=wait)
        second.start()
        assert not done.wait(0.5)
        first.exec_driver_sql("SELECT pg_advisory_unlock(7229110348)")
        assert done.wait(20)
    second.join()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_migration_killed_at_any_statement_can_be_run_again(
    database: str, request: pytest.FixtureRequest, toy: Any, tmp_path: Path
) -> None:
    url = "sqlite"
    if database == "postgresql":
        owner = request.getfixturevalue("postgres").owner
        url = owner.replace("postgresql://", "postgresql+psycopg://")
    (tmp_path / "versions").symlink_to(toy.migrations()["toy"].folder / "versions")
    script = Path(__file__).with_name("killed_migration.py")
    ran = subprocess.run(
        [sys.executable, script, url, tmp_path], capture_output=True, text=True, timeout=200
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["points"] > 15
    assert told["wrong"] == [], ran.stderr
    assert told["whole"][0]["toy"] == "toy_0002"


async def test_every_file_follows_a_new_revision(
    sqlite_settings: Settings, toy: Any, tmp_path: Path
) -> None:
    both = Histories(**toy.migrations(), hat=history(tmp_path / "hat", "colour"))
    revision(both, "hat", "hats")
    async with opened(sqlite_settings) as homes:
        old, new = new_id(), new_id()
        await homes.home(old).create(old)
        await homes.migrate(both)
        await homes.home(new).create(new)
        for tenant in (old, new):
            rows = await homes.home(tenant).read(tenant, [("SELECT count(*) FROM hat_hat", ())])
            assert rows == [[(0,)]]
        async with homes.control() as session:
            assert await session.scalar(text("SELECT count(*) FROM hat_hat")) == 0
    assert not list(sqlite_settings.data.glob("template.*-wal"))
    assert not list(sqlite_settings.data.glob("*.draft*"))


def test_the_installed_plugins_keep_models_and_migrations_equal(
    engine: Engine, connection: Connection, installed_plugins: Any
) -> None:
    upgrade(connection, installed_plugins)
    if pending(connection, installed_plugins) or not versions(connection):
        pytest.fail("no migration was applied")
    assert drift(connection, installed_plugins) == {}
    if engine.dialect.name == "postgresql":
        with connection.begin():
            assert gaps(connection) == []
