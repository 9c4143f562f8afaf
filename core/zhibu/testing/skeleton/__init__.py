"""A complete small plugin, written in one go: what `make plugin NAME=honours` makes."""

import keyword
import re
import subprocess
import sys
from importlib.metadata import entry_points
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

from zhibu.errors import Conflict, Invalid
from zhibu.plugins import GROUP

LONGEST = 24  # what is left of 55 letters once a constraint has named its table and columns
TAKEN = ("core", "zhibu")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class PluginNameInvalid(Invalid):
    """A plugin is named in lower-case letters, digits and underscores. Facts: `name`, `longest`."""

    code = "core.plugin_name_invalid"


class PluginNameTaken(Conflict):
    """A plugin of that name is installed, or its folder exists. Facts: `name`, `where`."""

    code = "core.plugin_name_taken"


def generate(name: str, into: Path) -> Path:
    """Write the plugin `name` into a new folder of that name below `into`, and say where it is.

    Raises `PluginNameInvalid` or `PluginNameTaken`, with nothing written.
    """
    if not _NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        raise PluginNameInvalid(name=name, longest=LONGEST)
    if name in TAKEN or entry_points(group=GROUP, name=name):
        raise PluginNameTaken(name=name, where="zhibu")
    folder = into / name
    if folder.exists():
        raise PluginNameTaken(name=name, where=str(folder))
    with as_file(files(__name__) / "plugin") as skeleton:
        for template in sorted(skeleton.rglob("*.tpl")):
            place = named(str(template.relative_to(skeleton)).removesuffix(".tpl"), name)
            file = folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(named(template.read_text("utf-8"), name), "utf-8")
    _format(folder)
    return folder


def _format(folder: Path) -> None:
    """Break the lines anew, where the formatter is there: names are not equally long."""
    if find_spec("ruff") is not None:
        formatter = sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", folder
        subprocess.run(formatter, check=True)


def named(text: str, name: str) -> str:
    """The skeleton's text with the plugin's name in each of its spellings."""
    title = "".join(part.capitalize() for part in name.split("_"))
    words = {
        "sample-dashed": name.replace("_", "-"),
        "camelSample": title[0].lower() + title[1:],
        "sample": name,
        "Sample": title,
    }
    return re.sub("|".join(words), lambda found: words[found[0]], text)
