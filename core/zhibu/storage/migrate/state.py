"""What has been applied to a database, and what has not."""

from sqlalchemy import Connection, column, inspect, select, table

from zhibu.storage.migrate.histories import Histories, histories_of, script_of, version_table

_SUFFIX = version_table("")


def versions(connection: Connection) -> dict[str, str]:
    """The revision that each history stands at; nothing for those that were taken away."""
    with connection.begin():
        return standing(connection)


def standing(connection: Connection) -> dict[str, str]:
    """The same, within a transaction that has begun."""
    names = inspect(connection).get_table_names()
    found = {
        name.removesuffix(_SUFFIX): connection.scalar(
            select(column("version_num")).select_from(table(name))
        )
        for name in names
        if name.endswith(_SUFFIX)
    }
    return {name: revision for name, revision in found.items() if revision}


def heads(plugins: Histories) -> dict[str, str]:
    """The newest revision of each history that is installed."""
    found = {
        name: script_of(history).get_current_head()
        for name, history in histories_of(plugins).items()
    }
    return {name: head for name, head in found.items() if head is not None}


def pending(connection: Connection, plugins: Histories) -> dict[str, tuple[str | None, str]]:
    """What `upgrade` would do: name → (revision now, newest revision)."""
    now = versions(connection)
    return {
        name: (now.get(name), head)
        for name, head in heads(plugins).items()
        if head != now.get(name)
    }


def orphans(connection: Connection, plugins: Histories) -> dict[str, str]:
    """The histories whose plugin is not installed any more; their tables and rows are kept."""
    installed = histories_of(plugins)
    return {name: now for name, now in versions(connection).items() if name not in installed}
