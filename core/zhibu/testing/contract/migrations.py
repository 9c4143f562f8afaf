"""Whether the plugin's tables come from nothing, go, come back, and never stand in others' way."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url

from zhibu.contributions import Migrations
from zhibu.plugins import GROUP, Plugins
from zhibu.storage import migrate, rls
from zhibu.storage.ddl import offences
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.migrate.histories import owner, script_of
from zhibu.testing.contract import blindness
from zhibu.testing.contract.rows import count, fill
from zhibu.testing.contract.sources import Source, called
from zhibu.testing.contract.subject import Subject

_FILE = re.compile(r"\d{4}_[a-z0-9_]+\.py")


@dataclass(frozen=True)
class Owner:
    """An empty PostgreSQL database: the URL of its owner, and the role of the application."""

    url: str
    app_role: str


class Some:
    """The histories of some plugins only."""

    def __init__(self, histories: dict[str, Migrations]) -> None:
        self._histories = histories

    def migrations(self) -> dict[str, Migrations]:
        return self._histories


def faults(
    subject: Subject,
    plugins: Plugins,
    postgresql: Owner | None,
    beside: Collection[str] | None = None,
) -> Iterator[str]:
    histories = plugins.migrations()
    if subject.name not in histories:
        return
    history = histories[subject.name]
    yield from _as_written(subject, history)
    names = ["core", *subject.siblings.values(), subject.name]
    own = [t for t in history.metadata.tables if owner(t, names) == subject.name]
    yield from (f for f in offences(history.metadata) if f.partition(":")[0] in own)
    every = _installed({*subject.needs, subject.name, *beside} if beside is not None else None)
    with _sqlite() as connection:
        yield from (f"on SQLite {fault}" for fault in _journey(connection, subject, every, own, ""))
    if postgresql is not None:
        with _postgresql(postgresql) as connection:
            role = postgresql.app_role
            journey = _journey(connection, subject, every, own, role)
            yield from (f"on PostgreSQL {fault}" for fault in journey)


def _as_written(subject: Subject, history: Migrations) -> Iterator[str]:
    if not (history.folder / "versions").is_dir():
        yield f"{subject.package}/migrations/versions is missing"
        return
    heads = script_of(history).get_heads()
    if len(heads) > 1:
        yield f"the history is not linear: {', '.join(sorted(heads))}"
    for revision in script_of(history).walk_revisions():
        if not revision.revision.startswith(f"{subject.name}_"):
            yield f"the revision {revision.revision} does not begin with {subject.name}_"
    for source in subject.migrations:
        if not _FILE.fullmatch(source.file.name):
            yield f"{source.place} is not named like 0001_word.py"
        yield from (f"{source.place} {fault}" for fault in _of_file(source, subject.name))
        yield from (f"{source.place} {fault}" for fault in blindness.faults(source))


def _of_file(source: Source, name: str) -> Iterator[str]:
    functions = {node.name for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    for needed in ("upgrade", "downgrade"):
        if needed not in functions:
            yield f"has no {needed}()"
    walled = {word for call in source.calls if _is_wall(call) for word in _words(call)}
    for call in source.calls:
        if called(call) == "create_table" and (table := next(_words(call), None)):
            if not table.startswith(f"{name}_"):
                yield f"creates {table}, which does not begin with {name}_"
            if table not in walled:
                yield f"creates {table} without rls.secure or rls.share"
        if called(call) == "add_column":
            for column in (each for each in call.args if isinstance(each, ast.Call)):
                told = {given.arg: ast.unparse(given.value) for given in column.keywords}
                if told.get("nullable") == "False" and "server_default" not in told:
                    yield (
                        f"adds {next(_words(column), 'a column')}, which may not be null and has no"
                        " server_default: rows that are there would have nothing in it"
                    )


def _journey(
    connection: Connection,
    subject: Subject,
    every: Mapping[str, Migrations],
    own: list[str],
    app_role: str,
) -> Iterator[str]:
    """Up, down and up again with rows present; then away while the others go on, and back."""
    options = {"app_role": app_role} if app_role else {}
    needed = {name: every[name] for name in (*subject.needs, subject.name) if name in every}
    plugins = Some(needed)
    migrate.upgrade(connection, plugins, **options)
    if differences := migrate.drift(connection, plugins).get(subject.name, ()):
        yield from (f"tables and models differ: {difference}" for difference in differences)
        yield f"a migration is missing: python -m zhibu.testing.revision {subject.name} MESSAGE"
        return
    if app_role:
        yield from rls.gaps(connection, app_role=app_role)
        connection.rollback()
    metadata = needed[subject.name].metadata
    fill(connection, metadata, own)
    migrate.downgrade(connection, plugins, subject.name, **options)
    if left := sorted(set(own) & _tables(connection)):
        yield f"downgrade leaves {', '.join(left)} behind"
        return
    migrate.upgrade(connection, plugins, **options)
    fill(connection, metadata, own)
    kept = count(connection, metadata, own)

    others = {name: each for name, each in every.items() if name != subject.name}
    others = {name: each for name, each in others.items() if _stands(each, others)}
    migrate.upgrade(connection, Some(others), **options)
    if subject.name not in migrate.orphans(connection, Some(others)):
        yield "its absence is not noticed"
    migrate.upgrade(connection, Some({**others, **needed}), **options)
    if count(connection, metadata, own) != kept:
        yield "rows are lost when it is removed and comes back"
    for difference in migrate.drift(connection, plugins).get(subject.name, ()):
        yield f"tables and models differ once it came back: {difference}"


def _stands(history: Migrations, others: dict[str, Migrations]) -> bool:
    return all(name == "core" or name in others for name in history.after)


def _installed(chosen: Collection[str] | None) -> dict[str, Migrations]:
    """The histories of these plugins, by default of every installed one; one that cannot be
    imported is judged elsewhere.
    """
    modules = {}
    for point in entry_points(group=GROUP):
        if chosen is not None and point.name not in chosen:
            continue
        with suppress(Exception):
            modules[point.name] = point.load()
    return Plugins(modules).migrations()


def _tables(connection: Connection) -> set[str]:
    with connection.begin():
        return set(inspect(connection).get_table_names())


def _is_wall(call: ast.Call) -> bool:
    return called(call) in ("secure", "share")


def _words(call: ast.Call) -> Iterator[str]:
    for given in call.args:
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


@contextmanager
def _sqlite() -> Iterator[Connection]:
    with (
        TemporaryDirectory() as folder,
        migrating_engine(Path(folder) / "tenant.db").connect() as connection,
    ):
        yield connection


@contextmanager
def _postgresql(given: Owner) -> Iterator[Connection]:
    url = make_url(given.url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
