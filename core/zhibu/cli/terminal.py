"""The terminal of one command: its settings, its language, its output and its exit code."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from zhibu.errors import PluginError, Refused, Unavailable, ZhibuError

if TYPE_CHECKING:  # help and completion do without them
    from rich.progress import Progress

    from zhibu.platform import Platform
    from zhibu.settings import Settings
    from zhibu.texts import Texts

# The exit codes; 0 is success.
FAULTS, REFUSED, UNAVAILABLE, INTERNAL = 1, 2, 3, 4
DEBUG = "ZHIBU_DEBUG"

Json = Annotated[bool, typer.Option("--json", help="输出 JSON · Print JSON")]
Result = TypeVar("Result")


@dataclass
class Terminal:
    """What every command is given as `context.obj`."""

    file: Path | None = None
    data: Path | None = None
    language: str | None = None
    platform_texts: "Texts | None" = field(default=None, repr=False)

    @cached_property
    def settings(self) -> "Settings":
        """The installation's settings; `--data` and `--locale` outweigh them."""
        from zhibu.settings import Settings

        env = {name: value for name, value in os.environ.items() if name != DEBUG}
        found = Settings.load(env, self.file)
        return replace(found, data=self.data or found.data, locale=self.language or found.locale)

    @property
    def locale(self) -> str:
        """The language texts are in, also when the settings cannot be read."""
        try:
            return self.settings.locale
        except ZhibuError:
            return self.language or "zh-CN"

    @property
    def texts(self) -> "Texts":
        if self.platform_texts is None:
            from zhibu.texts import CORE, Texts

            self.platform_texts = Texts.load([CORE])
        return self.platform_texts

    def run(self, use: "Callable[[Platform], Awaitable[Result]]") -> Result:
        """Open the platform, use it, close it. Raises `NotInitialized` where there is none."""
        from zhibu.cli.errors import NotInitialized
        from zhibu.cli.starting import begun
        from zhibu.logs.loggers import set_up
        from zhibu.platform import Platform
        from zhibu.storage.homes.patience import patiently

        settings = self.settings
        if not settings.keys.exists():
            raise NotInitialized(data=str(settings.data))

        set_up()

        async def used() -> Result:
            platform = await Platform.open(settings)
            begun()
            self.platform_texts = platform.texts
            try:
                return await use(platform)
            finally:
                await platform.close()

        with patiently():
            return asyncio.run(used())

    def text(self, key: str, **facts: Any) -> str:
        """A sentence of the command line's own, from the section `cli`."""
        return self.texts.filled("cli", key, facts, self.locale)

    def say(self, key: str, **facts: Any) -> None:
        """Tell a person how things stand. Never on standard output, which is for results."""
        typer.echo(self.text(key, **facts), err=True)

    def show(
        self,
        rows: Sequence[Mapping[str, Any]],
        columns: Sequence[str],
        *,
        as_json: bool,
        title: str | None = None,
    ) -> None:
        """Results as a table with localized headings, or as a JSON array."""
        if as_json:
            self.json(list(rows))
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        from zhibu.texts import shown

        table = Table(title=title, title_justify="left", header_style="bold")
        for column in columns:
            table.add_column(self.text(f"column.{column}").removeprefix("column."))
        for row in rows:
            table.add_row(*(Text(shown(row.get(each), self.locale)) for each in columns))
        # A pipe has no width; nothing is cut off there.
        Console(width=None if sys.stdout.isatty() else 200).print(table)

    def json(self, value: Any) -> None:
        """A result for programs."""
        import orjson

        typer.echo(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode())

    @contextmanager
    def progress(self) -> "Iterator[Progress]":
        """A progress bar, silent where nobody watches."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed()
        watched = sys.stderr.isatty()
        console = Console(stderr=True)
        with Progress(*columns, console=console, disable=not watched, transient=True) as bar:
            yield bar

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn what goes wrong into one line per error and the exit code of its family."""
        try:
            yield
        except Refused as refused:
            self._end(refused, refused.errors, REFUSED)
        except (Unavailable, PluginError) as error:
            self._end(error, [error], UNAVAILABLE)
        except ZhibuError as error:
            self._end(error, [error], REFUSED)
        except BrokenPipeError:  # whoever read the output has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit() from None
        except (KeyboardInterrupt, typer.Abort, typer.Exit):
            raise
        except Exception as error:
            if type(error).__module__.startswith(("typer.", "click.")):
                raise  # usage: shown by the library, exit code 2
            if DEBUG in os.environ:
                raise
            self.say("internal_error", fault=_in_short(error))
            raise typer.Exit(INTERNAL) from None

    def _end(self, raised: Exception, errors: Sequence[ZhibuError], code: int) -> None:
        if DEBUG in os.environ:
            raise raised
        for error in errors:
            said = self.texts.error(error, self.locale)
            if isinstance(error, PluginError):  # for whoever develops it: all that is known
                said = f"{said} {error}"
            typer.echo(" ".join(said.split()), err=True)
        raise typer.Exit(code) from None


def _in_short(error: Exception) -> str:
    """What kind of error, and its first line: the rest may hold what was in a statement."""
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first[:200]}"


def terminal_of(context: typer.Context) -> Terminal:
    """The terminal that the command was called at."""
    found = context.obj
    assert isinstance(found, Terminal)
    return found
