"""Which histories there are, in which order they run, and whose a table is."""

from argparse import Namespace
from collections.abc import Collection
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Protocol

from alembic.config import Config
from alembic.script import ScriptDirectory

from zhibu.contributions import Migrations
from zhibu.errors import PluginError
from zhibu.migrations import CORE

_TEMPLATE = Path(__file__).parent / "template"


class Histories(Protocol):
    """Whoever knows the plugins' histories; `zhibu.plugins.Plugins` does."""

    def migrations(self) -> dict[str, Migrations]: ...


def histories_of(plugins: Histories) -> dict[str, Migrations]:
    """The core's history and every plugin's, each after what it needs.

    Raises `PluginError` when one needs a plugin that is absent, or several need each other.
    """
    found = {"core": CORE, **plugins.migrations()}
    needs = {name: {*found[name].after, "core"} - {name} for name in sorted(found)}
    for name, needed in needs.items():
        if missing := sorted(needed - set(found)):
            raise PluginError(plugin=name, missing=missing)
    try:
        return {name: found[name] for name in TopologicalSorter(needs).static_order()}
    except CycleError as error:
        raise PluginError(plugins=error.args[1], fault="they need each other") from error


def script_of(history: Migrations, config: Config | None = None) -> ScriptDirectory:
    """Alembic's view of one history; the folder holds nothing but `versions/`."""
    return ScriptDirectory.from_config(config or config_of(history))


def config_of(history: Migrations) -> Config:
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(_TEMPLATE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    versions = str(history.folder / "versions").replace("%", "%%")
    config.set_main_option("version_locations", versions)
    return config


def version_table(name: str) -> str:
    return f"{name}_version"


def owner(table: str, names: Collection[str]) -> str | None:
    """The history that a table belongs to: the longest name that the table's begins with."""
    owners = [name for name in names if table.startswith(f"{name}_")]
    return max(owners, key=len, default=None)
