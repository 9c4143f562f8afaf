"""A migration killed at each of its statements and run again. Run by `test_migrate.py`.

    python killed_migration.py URL FOLDER

`URL` is `sqlite` or the owner's URL of an empty PostgreSQL database, `FOLDER` holds the history of
a plugin `toy`. Prints one line of JSON: the kill points, and those after which something differed.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from zhibu.contributions import Migrations
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.migrate import upgrade, versions


class Toy:
    """The histories of the toy plugin in a folder, or of the core alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def migrations(self) -> dict[str, Migrations]:
        if self._folder is None:
            return {}
        return {"toy": Migrations(folder=self._folder, metadata=MetaData())}


def engine_of(url: str, folder: Path) -> Engine:
    if url == "sqlite":
        return migrating_engine(folder / "killed.db")
    return create_engine(url, poolclass=NullPool)


def run(engine: Engine, toy: Toy, die_at: int | None) -> int:
    """Migrate, and die after the statement of that number. Returns how many there were."""
    count = 0

    @event.listens_for(engine, "after_cursor_execute")
    def counted(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == die_at:
            os._exit(137)

    with engine.connect() as connection:
        upgrade(connection, toy)
    return count


def in_child(work: Callable[[], object]) -> int:
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def state(engine: Engine) -> Any:
    """Tables, columns, indexes, rows and versions."""
    with engine.connect() as connection:
        applied = versions(connection)
        seen = inspect(connection)
        names = sorted(name for name in seen.get_table_names() if name.startswith("toy_"))
        return [applied] + [
            (
                name,
                [str(column["name"]) for column in seen.get_columns(name)],
                [index["name"] for index in seen.get_indexes(name)],
                sorted(str(row) for row in connection.execute(text(f"SELECT * FROM {name}"))),
            )
            for name in names
        ]


def clear(engine: Engine, url: str, folder: Path) -> None:
    """Back to the core alone, whose own tables are many and the same to whoever is killed."""
    if url == "sqlite":
        for file in folder.glob("killed.db*"):
            file.unlink()
        shutil.copyfile(folder / "core.db", folder / "killed.db")
        return
    # The dead one's locks go when the server notices that it is gone.
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        for name in inspect(connection).get_table_names():
            if not name.startswith("toy_"):
                continue
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def main(url: str, folder: Path) -> None:
    toy = Toy(folder)
    run(engine_of(url, folder), Toy(), None)
    if url == "sqlite":
        shutil.copyfile(folder / "killed.db", folder / "core.db")
    total = run(engine_of(url, folder), toy, None)
    whole = state(engine_of(url, folder))
    wrong = []
    for point in range(1, total + 1):
        clear(engine_of(url, folder), url, folder)
        died = in_child(partial(run, engine_of(url, folder), toy, point))
        again = in_child(partial(run, engine_of(url, folder), toy, None))
        if died != 137 or again != 0 or state(engine_of(url, folder)) != whole:
            wrong.append([point, died, again])
    print(json.dumps({"points": total, "wrong": wrong, "whole": whole}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
