"""The rules of distribution: each offence is told, and a sound schema is put in order."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    text,
)

from zhibu.migrations import CORE
from zhibu.storage.ddl import NotDistributable, distribute, distribution, offences, triggers
from zhibu.storage.tables import NAMING

TRIGGER = DDL("CREATE TRIGGER t BEFORE INSERT ON b EXECUTE f()")  # type: ignore[no-untyped-call]


def table(
    metadata: MetaData, name: str, *parts: Any, key: str = "tenant_id id", **info: Any
) -> Table:
    columns = [Column(column, Integer, primary_key=True) for column in key.split()]
    return Table(name, metadata, *columns, *parts, info=info)


@pytest.fixture
def metadata() -> MetaData:
    found = MetaData(naming_convention=NAMING)
    table(found, "a")
    table(found, "catalogue", key="id", kind="reference")
    table(found, "directory", key="id", kind="control")
    return found


def pointing(*pair: str, to: str = "a", **actions: Any) -> list[Any]:
    columns = [Column(name, Integer) for name in pair if name not in ("tenant_id", "id")]
    target = [f"{to}.tenant_id", f"{to}.id"] if len(pair) == 2 else [f"{to}.id"]
    return [*columns, ForeignKeyConstraint(list(pair), target, **actions)]


Build = Callable[[MetaData], Any]

OFFENCES: dict[str, Build] = {
    "b: no tenant_id": lambda m: table(m, "b", key="id"),
    "b: the primary key does not begin": lambda m: table(m, "b", key="id tenant_id"),
    "b: unique over ['no'] does not begin": lambda m: table(
        m, "b", Column("no", Integer), UniqueConstraint("no")
    ),
    "b: unique over ['no', 'tenant_id'] does not": lambda m: table(
        m, "b", Column("no", Integer), UniqueConstraint("no", "tenant_id")
    ),
    "b: unique over ['n'] does not begin": lambda m: table(
        m, "b", Column("n", Integer), Index(None, "n", unique=True)
    ),
    "b: refers to a without tenant_id first": lambda m: table(m, "b", *pointing("a_id")),
    "b: refers to the control table directory": lambda m: table(
        m, "b", *pointing("d_id", to="directory")
    ),
    "b: ON DELETE SET NULL of a": lambda m: table(
        m, "b", *pointing("tenant_id", "a_id", ondelete="SET NULL")
    ),
    "b: ON UPDATE set default of a": lambda m: table(
        m, "b", *pointing("tenant_id", "a_id", onupdate="set default")
    ),
    "b: a reference table refers to a": lambda m: table(
        m,
        "b",
        Column("t", Integer),
        Column("a_id", Integer),
        ForeignKeyConstraint(["t", "a_id"], ["a.tenant_id", "a.id"]),
        key="id",
        kind="reference",
    ),
    "b: a control table has a tenant_id": lambda m: table(m, "b", kind="control"),
    "b: local is not a kind": lambda m: table(m, "b", kind="local"),
    "b: the name ck_b_" + "x" * 51: lambda m: table(
        m, "b", CheckConstraint("id > 0", name="x" * 51)
    ),
    "b: the name ix_b_" + "y" * 51: lambda m: table(m, "b", Column("y" * 51, Integer, index=True)),
    "z" * 56 + ": the name": lambda m: table(m, "z" * 56),
    "b: a trigger on the server": lambda m: event.listen(table(m, "b"), "after_create", TRIGGER),
}


@pytest.mark.parametrize("told", OFFENCES)
def test_each_offence_is_told(metadata: MetaData, told: str) -> None:
    assert offences(metadata) == []
    OFFENCES[told](metadata)
    assert any(offence.startswith(told) for offence in offences(metadata)), offences(metadata)
    with pytest.raises(NotDistributable):
        distribution(metadata)


def test_a_sound_schema_is_distributed_in_the_order_of_its_references(metadata: MetaData) -> None:
    table(metadata, "0_first_by_name", *pointing("tenant_id", "a_id"))
    table(metadata, "self", *pointing("tenant_id", "self_id", to="self"))
    table(metadata, "b", *pointing("c_id", to="catalogue"), Column("name", String))
    assert offences(metadata) == []
    statements = distribution(metadata)
    assert statements[0] == "SELECT create_reference_table('catalogue')"
    assert statements[1].startswith("SELECT create_distributed_table('")
    assert not any("directory" in statement for statement in statements)
    names = [statement.split("'")[1] for statement in statements]
    assert sorted(names) == ["0_first_by_name", "a", "b", "catalogue", "self"]
    assert names.index("a") < names.index("0_first_by_name")
    assert all(f"colocate_with => '{names[1]}'" in each for each in statements[2:])


def test_the_core_is_sound() -> None:
    assert offences(CORE.metadata) == []


def test_without_citus_the_statements_are_only_told(postgres: Any) -> None:
    engine = create_engine(postgres.owner.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        assert distribute(connection, CORE.metadata) == distribution(CORE.metadata)
    engine.dispose()


def test_a_trigger_is_found_in_the_database(postgres: Any) -> None:
    engine = create_engine(postgres.owner.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        assert triggers(connection) == []
        for sql in (
            "CREATE TABLE t (id int)",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER watch BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        ):
            connection.execute(text(sql))
        assert triggers(connection) == ["t: the trigger watch"]
    engine.dispose()
