"""Comparing models with migrations, and writing the migration that makes them equal."""

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from alembic.autogenerate import RevisionContext, compare_metadata
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import Connection, TypeDecorator

from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.migrate.histories import (
    Histories,
    config_of,
    histories_of,
    owner,
    script_of,
    version_table,
)
from zhibu.storage.migrate.running import NotInstalled, upgrade
from zhibu.storage.migrate.state import versions
from zhibu.storage.rls import GrantTable


def drift(connection: Connection, plugins: Histories) -> dict[str, list[str]]:
    """Where the models differ from the tables, by plugin; empty when they are equal."""
    histories = histories_of(plugins)
    names = {*histories, *versions(connection)}
    found = {}
    with connection.begin():
        for name, history in histories.items():
            context = MigrationContext.configure(connection, opts=_comparison(name, names))
            if differences := compare_metadata(context, history.metadata):
                found[name] = [said for each in differences for said in _said(each)]
    return found


def _said(difference: Any) -> list[str]:
    """A difference in words; Alembic gives changes of one column as a list of their own."""
    if isinstance(difference, list):
        return [said for each in difference for said in _said(each)]
    match difference:
        case ("add_table", table):
            return [f"there is no table {table.name}"]
        case ("remove_table", table):
            return [f"there is a table {table.name}, of which no model tells"]
        case ("add_column", _, table, column):
            return [f"{table} has no column {column.name}"]
        case ("remove_column", _, table, column):
            return [f"{table} has a column {column.name}, of which no model tells"]
        case ("modify_nullable", _, table, column, _, _, nullable):
            return [f"{table}.{column} may {'not ' if nullable else ''}be null"]
        case ("modify_type", _, table, column, _, is_, should):
            return [f"{table}.{column} is {is_!r}, not {should!r}"]
        case (what, thing, *_):
            return [f"{str(what).replace('_', ' ')}: {thing}"]
    return [str(difference)]


def revision(plugins: Histories, name: str, message: str) -> Path | None:
    """Write the migration that is missing for `name` and say where it is; None if there is none.

    The present state is what the migrations make of an empty SQLite file, so no server is needed.
    """
    histories = histories_of(plugins)
    if name not in histories:
        raise NotInstalled(plugin=name)
    folder = histories[name].folder / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    config = config_of(histories[name])
    number = len(list(script_of(histories[name]).walk_revisions())) + 1
    config.set_main_option("file_template", f"{number:04}_%%(slug)s")
    script = script_of(histories[name], config)
    writing = RevisionContext(config, script, _arguments(message, f"{name}_{number:04}"))

    def compare(now: Any, context: MigrationContext) -> list[Any]:
        writing.run_autogenerate(now, context)
        return []

    with (
        TemporaryDirectory() as empty,
        migrating_engine(Path(empty) / "present.db").connect() as connection,
    ):
        upgrade(connection, plugins)
        names = {*histories, *versions(connection)}
        with EnvironmentContext(
            config, script, fn=compare, template_args=writing.template_args
        ) as environment:
            environment.configure(
                connection=connection,
                target_metadata=histories[name].metadata,
                process_revision_directives=_finish,
                render_item=_render,
                **_comparison(name, names),
            )
            environment.run_migrations()
        connection.rollback()
    written = [script for script in writing.generate_scripts() if script]
    return Path(written[0].path) if written else None


def _comparison(name: str, names: Collection[str]) -> dict[str, Any]:
    """Compare only the tables of one history."""

    def mine(found: str | None, kind: str, _: Any) -> bool:
        if kind != "table" or found is None:
            return True
        return owner(found, names) == name and not found.endswith(version_table(""))

    def ours(_: Any, found: str | None, kind: str, *__: Any) -> bool:
        return mine(found, kind, None)

    return {
        "version_table": version_table(name),
        "compare_type": True,
        "include_name": mine,
        "include_object": ours,
        "render_as_batch": True,
    }


def _finish(context: Any, now: Any, directives: list[Any]) -> None:
    """Give each new table its wall and its grants; write no file when nothing differs."""
    operations = directives[0].upgrade_ops
    if operations.is_empty():
        directives.clear()
        return
    created = [each for each in operations.ops if isinstance(each, CreateTableOp)]
    for table in created:
        place = operations.ops.index(table)
        owned = any(getattr(column, "name", None) == "tenant_id" for column in table.columns)
        operations.ops.insert(place + 1, GrantTable(table.table_name, owned=owned))


def _render(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write a column type as what it is in the database: a migration knows no models."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _arguments(message: str, identifier: str) -> dict[str, Any]:
    return {
        "message": message,
        "autogenerate": True,
        "sql": False,
        "head": "head",
        "splice": False,
        "branch_label": None,
        "version_path": None,
        "rev_id": identifier,
        "depends_on": None,
    }
