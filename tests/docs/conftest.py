"""A reader of the guides: the house in a folder of its own, and a shell that nobody prepared."""

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("mypy", "pip", "pytest", "zhibu")
QUICK = {
    "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache" / "generated"),  # what tests/contract looked through
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INDEX": "1",
    "NO_COLOR": "1",
}


@dataclass
class Reader:
    """Types commands into one shell, in the folder of the house, after `make setup`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def proves(self, chosen: str) -> None:
        """Let `pytest` choose from the tests, so that none is run often."""
        self.environment["PYTEST_ADDOPTS"] = f"-q -p no:cacheprovider -k '{chosen}'"

    def types(self, commands: str) -> str:
        """What the commands print; each must succeed, and the next ones go on where they end."""
        after = self.folder / "after"
        done = subprocess.run(
            ["bash", "-ec", f'{commands}\n(pwd; env -0) > "{after}"'],
            cwd=self.environment.get("PWD", self.folder),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}"
        place, _, variables = after.read_text("utf-8").partition("\n")
        self.environment = dict(each.split("=", 1) for each in variables.split("\0") if each)
        self.environment["PWD"] = place
        return done.stdout


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The house, its own environment beside the one that runs the tests, and a plain shell."""
    folder = tmp_path_factory.mktemp("house")
    for each in ("Makefile", "pyproject.toml", "requirements.txt", "workspace.txt"):
        (folder / each).symlink_to(ROOT / each)
    for each in ("core", "institutions"):
        (folder / each).symlink_to(ROOT / each)
    (folder / "plugins").mkdir()
    _as_set_up(folder / ".venv")
    plain = {name: os.environ[name] for name in ("HOME", "LANG", "USER") if name in os.environ}
    return Reader(folder, {"PATH": os.defpath, **plain, **QUICK})


def _as_set_up(folder: Path) -> None:
    """What `make setup` makes, without fetching it: everything comes from this environment."""
    venv.create(folder, symlinks=True)
    inside = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=inside))
    known = sysconfig.get_path("purelib")
    (packages / "house.pth").write_text(f"import site; site.addsitedir({known!r})\n", "utf-8")
    for tool in TOOLS:
        script = Path(sys.executable).with_name(tool).read_text("utf-8").partition("\n")[2]
        mine = folder / "bin" / tool
        mine.write_text(f"#!{folder}/bin/python\n{script}", "utf-8")
        mine.chmod(0o755)
    (folder / "bin" / "ruff").symlink_to(Path(sys.executable).with_name("ruff"))
    (folder / "ready").touch()
