"""Going up and down, one transaction per migration, so that a killed one can be run again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from zhibu.contributions import Migrations
from zhibu.errors import PluginError
from zhibu.storage.migrate.histories import (
    Histories,
    config_of,
    histories_of,
    script_of,
    version_table,
)
from zhibu.storage.migrate.state import versions

# One number for all migrators of one database; it means nothing.
_LOCK = 7_229_110_348


class StillNeeded(PluginError):
    """Others have tables that refer to these. Facts: `plugin`, `needed_by`."""

    code = "core.migration_still_needed"


class NotInstalled(PluginError):
    """There is no history of that name among the installed plugins. Facts: `plugin`."""

    code = "core.migration_not_installed"


class BrokenReferences(PluginError):
    """After a migration, rows refer to rows that are not there; it was rolled back.

    Facts: `revision`, `tables`.
    """

    code = "core.migration_breaks_references"


class ThroughPooler(PluginError):
    """The owner's connection is shared, so that a lock would be somebody else's a moment later."""

    code = "core.migration_through_pooler"


def upgrade(connection: Connection, plugins: Histories, *, app_role: str = "zhibu_app") -> None:
    """Bring the core, then every plugin after what it needs, to its newest revision.

    On PostgreSQL only one process at a time migrates; `app_role` is granted what it may do. Raises
    `ThroughPooler` where it does not reach the server itself.
    """
    histories = histories_of(plugins)
    with _alone(connection):
        for name, history in histories.items():
            _run(connection, name, history, app_role, _to_head)


def downgrade(
    connection: Connection,
    plugins: Histories,
    name: str,
    revision: str = "base",
    *,
    app_role: str = "zhibu_app",
) -> None:
    """Take one history back. Raises `StillNeeded` while others are there that need it.

    A history whose plugin is gone cannot say what it needs, so the core counts as needed by it.
    """
    histories = histories_of(plugins)
    if name not in histories:
        raise NotInstalled(plugin=name)
    others = set(versions(connection)) - {name}
    needed_by = sorted(
        other
        for other in others
        if name == "core" or (other in histories and name in histories[other].after)
    )
    if needed_by:
        raise StillNeeded(plugin=name, needed_by=needed_by)

    def back(script: ScriptDirectory, now: Any) -> list[Any]:
        return list(script._downgrade_revs(revision, now))

    with _alone(connection):
        _run(connection, name, histories[name], app_role, back)


def _to_head(script: ScriptDirectory, now: Any) -> list[Any]:
    return list(script._upgrade_revs("head", now))


def _run(
    connection: Connection,
    name: str,
    history: Migrations,
    app_role: str,
    steps: Callable[[ScriptDirectory, Any], list[Any]],
) -> None:
    script = script_of(history)

    def run(now: Any, _: Any) -> list[Any]:
        return steps(script, now)

    with EnvironmentContext(config_of(history), script, fn=run) as environment:
        environment.configure(
            connection=connection,
            version_table=version_table(name),
            transactional_ddl=True,  # SQLite too: its engine begins explicitly
            transaction_per_migration=True,
            on_version_apply=_check_references,
            app_role=app_role,
        )
        with environment.begin_transaction():
            environment.run_migrations()
    if connection.dialect.name == "postgresql" and inspect(connection).has_table(
        version_table(name)
    ):
        # The application reads what has been applied, and nothing more.
        connection.exec_driver_sql(f'GRANT SELECT ON "{version_table(name)}" TO "{app_role}"')
    connection.commit()


def _check_references(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
    """SQLite rebuilds tables with foreign keys off, so they are checked before the commit."""
    if ctx.connection.dialect.name == "sqlite":
        broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = sorted({row[0] for row in broken})
            raise BrokenReferences(revision=step.up_revision_id, tables=tables)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    if connection.in_transaction():
        raise RuntimeError("a migration needs a connection that is not in a transaction")
    if connection.dialect.name != "postgresql":
        yield  # whoever opens the files holds their lock
        return
    if shared(connection):
        raise ThroughPooler()
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
    connection.commit()
    try:
        yield
    finally:
        if not connection.closed and not connection.invalidated:
            connection.rollback()
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK})")
            connection.commit()


def shared(connection: Connection) -> bool:
    """Whether a connection to PostgreSQL ends at somebody who lends the server's to others too."""
    behind: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    driver = connection.connection.driver_connection
    assert driver is not None
    return bool(behind != driver.info.backend_pid)
