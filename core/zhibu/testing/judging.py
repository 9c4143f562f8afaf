"""Generated plugins in folders of their own, judged without being installed.

`python -m zhibu.testing.judging` reads {title: [folder, name, migrating]} and answers
{title: faults}; each is judged in a fork of its own, so that one plugin can be judged in many
states.
"""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from zhibu.cli.starting import rarely
from zhibu.plugins import GROUP
from zhibu.testing.contract import faults
from zhibu.testing.contract.schema import composed
from zhibu.testing.skeleton import generate

BESIDE = ("education",)  # one that goes on: to migrate all of them takes longest


@dataclass(frozen=True)
class Generated:
    """A generated plugin; `folder` may stand on `sys.path` once `register` was called."""

    folder: Path
    name: str

    @classmethod
    def at(cls, folder: Path, name: str = "honours") -> "Generated":
        """Generate the plugin so that its package lies right in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as making:
            for part in generate(name, Path(making)).iterdir():
                part.rename(folder / part.name)
        return cls(folder, name)

    def file(self, place: str) -> Path:
        """A file of the package, or `pyproject.toml`."""
        inside = "" if place == "pyproject.toml" else f"zhibu_{self.name}"
        return self.folder / inside / place

    def edit(self, place: str, old: str, new: str) -> None:
        """Replace what must be there; an empty `old` appends, or makes the file."""
        file = self.file(place)
        text = file.read_text("utf-8") if file.exists() else ""
        if old not in text:
            raise AssertionError(f"{place} does not hold {old!r}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if old else f"{text}{new}", "utf-8")

    def register(self) -> None:
        """Write what an installer would: the distribution's name, needs and entry point."""
        project = tomllib.loads(self.file("pyproject.toml").read_text("utf-8"))["project"]
        noted = self.folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        noted.mkdir()
        requires = "".join(f"Requires-Dist: {each}\n" for each in project["dependencies"])
        (noted / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\n"
            f"Version: {project['version']}\n{requires}"
        )
        [(name, value)] = project["entry-points"]["zhibu.plugins"].items()
        (noted / "entry_points.txt").write_text(f"[zhibu.plugins]\n{name} = {value}\n")


def judged(
    plugins: Mapping[str, Generated], *, unmigrated: Collection[str] = ()
) -> dict[str, list[str]]:
    """What the contract says of each of these plugins; of the `unmigrated`, without migrating."""
    asked = {
        title: [str(plugin.folder), plugin.name, title not in unmigrated]
        for title, plugin in plugins.items()
    }
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def _judge(folder: str, name: str, migrating: bool, answer: str) -> None:
    sys.path.insert(0, folder)
    found = faults(name, migrating=migrating, beside=BESIDE)
    Path(answer).write_text(json.dumps(found), "utf-8")


def _main() -> None:
    for point in entry_points(group=GROUP):
        with suppress(Exception):
            point.load().graph()  # once, rather than in every fork
    composed({})
    rarely()  # a fork that looked through all this would copy it
    found = {}
    for title, (folder, name, migrating) in json.load(sys.stdin).items():
        with tempfile.NamedTemporaryFile("r") as answer:
            child = os.fork()
            if child == 0:
                try:
                    _judge(folder, name, migrating, answer.name)
                finally:
                    os._exit(0)
            os.waitpid(child, 0)
            found[title] = json.loads(answer.read() or '["the judge died"]')
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
