"""The rules that keep the schema distributable by tenant, and the statements that distribute it.

Each rule was met by a real Citus refusing the opposite. A table's `info["kind"]` says what it is:
nothing for a table of tenants, `"control"` for one of the installation, which stays on the
coordinator, `"reference"` for a small one that every node keeps a copy of.
"""

from collections.abc import Iterator

from sqlalchemy import (
    Connection,
    Constraint,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import DDL

from zhibu.errors import PluginError

LONGEST = 55  # shards add a suffix to the name; PostgreSQL cuts at 63


class NotDistributable(PluginError):
    """The schema breaks the rules of distribution. Facts: `offences`."""

    code = "core.schema_not_distributable"


def offences(metadata: MetaData) -> list[str]:
    """What in these tables could not be distributed by tenant; none in health."""
    return [offence for table in metadata.sorted_tables for offence in _of_table(table)]


def distribution(metadata: MetaData) -> list[str]:
    """The statements that distribute the tables, in dependency order.

    Raises `NotDistributable` rather than answer for a schema that would be refused half-way.
    """
    if found := offences(metadata):
        raise NotDistributable(offences=found)
    tables = metadata.sorted_tables
    reference = [table.name for table in tables if kind(table) == "reference"]
    owned = [table.name for table in tables if kind(table) == "tenant"]
    first = owned[0] if owned else ""
    return [
        *(f"SELECT create_reference_table('{name}')" for name in reference),
        *(
            f"SELECT create_distributed_table('{name}', 'tenant_id'"
            + (")" if name == first else f", colocate_with => '{first}')")
            for name in owned
        ),
    ]


def distribute(connection: Connection, metadata: MetaData) -> list[str]:
    """Run the statements as the owner where Citus is installed; answer them in any case.

    Tables that are distributed already are left alone, so it may be run after every migration.
    Raises `NotDistributable` with nothing done.
    """
    statements = distribution(metadata)
    if not has_citus(connection):
        return statements
    done = set(connection.scalars(text("SELECT logicalrelid::text FROM pg_dist_partition")))
    waiting = [each for each in statements if each.split("'")[1] not in done]
    for statement in waiting:
        connection.execute(text(statement))
    return waiting


def has_citus(connection: Connection) -> bool:
    """Whether the extension is there, in this database and not only on the server's disk."""
    found = text("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')")
    return bool(connection.scalar(found))


def kind(table: Table) -> str:
    """`tenant`, `control` or `reference`."""
    return str(table.info.get("kind", "tenant"))


def triggers(connection: Connection) -> list[str]:
    """The triggers of a PostgreSQL database; none in health, whoever made them."""
    found = text(
        "SELECT tgrelid::regclass || ': the trigger ' || tgname FROM pg_trigger"
        " WHERE NOT tgisinternal ORDER BY 1"
    )
    return list(connection.scalars(found))


def _of_table(table: Table) -> Iterator[str]:
    for ddl in (*table.dispatch.after_create, *table.dispatch.before_create):
        if isinstance(ddl, DDL) and "trigger" in str(ddl.statement).lower():
            yield f"{table.name}: a trigger on the server"
    for name in _names(table):
        if len(name) > LONGEST:
            yield f"{table.name}: the name {name} is longer than {LONGEST}"
    match kind(table):
        case "tenant":
            yield from _of_owned(table)
        case "reference":
            for key in table.foreign_key_constraints:
                if kind(key.referred_table) != "reference":
                    yield f"{table.name}: a reference table refers to {key.referred_table.name}"
        case "control":
            if "tenant_id" in table.c:
                yield f"{table.name}: a control table has a tenant_id"
        case unknown:
            yield f"{table.name}: {unknown} is not a kind of table"


def _of_owned(table: Table) -> Iterator[str]:
    if "tenant_id" not in table.c:
        yield f"{table.name}: no tenant_id, and neither control nor reference"
        return
    if [column.name for column in table.primary_key.columns][:1] != ["tenant_id"]:
        yield f"{table.name}: the primary key does not begin with tenant_id"
    for unique in _uniques(table):
        columns = [column.name for column in unique.columns]
        if columns[:1] != ["tenant_id"]:
            yield f"{table.name}: unique over {columns} does not begin with tenant_id"
    for key in table.foreign_key_constraints:
        yield from _of_foreign_key(table, key)


def _of_foreign_key(table: Table, key: ForeignKeyConstraint) -> Iterator[str]:
    referred = key.referred_table
    match kind(referred):
        case "control":
            yield f"{table.name}: refers to the control table {referred.name}"
        case "tenant":
            pairs = [(each.parent.name, each.column.name) for each in key.elements]
            if pairs[0] != ("tenant_id", "tenant_id"):
                yield f"{table.name}: refers to {referred.name} without tenant_id first"
    for action, clause in ((key.ondelete, "DELETE"), (key.onupdate, "UPDATE")):
        if (action or "").upper().startswith("SET"):
            yield f"{table.name}: ON {clause} {action} of {referred.name} would touch tenant_id"


def _uniques(table: Table) -> Iterator[UniqueConstraint | Index]:
    yield from (each for each in table.constraints if isinstance(each, UniqueConstraint))
    yield from (each for each in table.indexes if each.unique)


def _names(table: Table) -> Iterator[str]:
    yield table.name
    named: list[Constraint | Index] = [*table.constraints, *table.indexes]
    yield from (str(each.name) for each in named if each.name)
