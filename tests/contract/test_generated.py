"""A plugin generated outside the house is built, installed, used, taken away and put back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhibu.testing.skeleton import PluginNameInvalid, PluginNameTaken, generate

pytestmark = pytest.mark.xdist_group("contract")

LIVING = Path(__file__).with_name("living.py")
LOOKED_THROUGH = Path(__file__).parents[2] / ".mypy_cache" / "generated"  # by tests/docs as well
Run = Callable[..., str]


def run(*command: str | Path, path: Path | None = None, cwd: Path | None = None) -> str:
    """What a command of this interpreter prints, with the folder `path` for plugins."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if path is not None:
        others = os.environ.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([str(path), *([others] if others else [])])
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=cwd,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(source: Path, target: Path) -> None:
    """Build a wheel without any network, and unpack it where nothing else is."""
    wheels = target.with_name("wheels")
    offline = "-m", "pip", "--quiet", "--disable-pip-version-check"
    made = "--no-deps", "--no-index"
    run(*offline, "wheel", *made, "--no-build-isolation", "-w", wheels, source)
    [wheel] = wheels.iterdir()
    run(*offline, "install", *made, "--target", target, wheel)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin generated where nothing of the house is."""
    return generate("home_visits", tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the plugin's wheel was installed into."""
    target = tmp_path_factory.mktemp("target") / "packages"
    install(source, target)
    return target


def test_a_generated_plugin_keeps_the_contract_at_once(installed: Path) -> None:
    asked = "-m", "zhibu.testing.contract", "home_visits", "--postgresql"
    assert run(*asked, path=installed) == "home_visits keeps the contract\n"


def test_its_wheel_holds_everything_that_is_not_code(installed: Path) -> None:
    package = installed / "zhibu_home_visits"
    for file in ("policy.csv", "py.typed", "locale/en.yaml", "parameters/rules.yaml"):
        assert (package / file).exists()
    assert not (installed / "tests").exists()


def test_its_own_tests_pass(source: Path, installed: Path) -> None:
    said = run(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgresql"),
        path=installed,
        cwd=source,
    )
    assert " passed" in said


def test_it_is_typed_and_formatted_like_the_house(source: Path) -> None:
    for check in (["check"], ["format", "--check"]):
        run("-m", "ruff", *check, "--no-cache", ".", cwd=source)
    run("-m", "mypy", "--cache-dir", LOOKED_THROUGH, path=source, cwd=source)


@pytest.mark.parametrize("name", ["ab", "x" * 24])
def test_a_name_of_any_length_leaves_the_lines_in_shape(name: str, tmp_path: Path) -> None:
    folder = generate(name, tmp_path)
    for check in (["check"], ["format", "--check"]):
        run("-m", "ruff", *check, "--no-cache", ".", cwd=folder)


def test_it_comes_goes_and_comes_back_while_everything_else_goes_on(
    installed: Path, tmp_path: Path
) -> None:
    data, target = tmp_path / "data", tmp_path / "packages"
    shutil.copytree(installed, target)

    def living(step: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(run(LIVING, data, step, path=target))
        return answer

    visit = {"title": "看望", "member": {"homeVisits": {"count": 1}}}
    began = living("begin")
    assert "home_visits" in began["plugins"]
    assert began["added"]["data"]["homeVisitsRecordAdd"]["userErrors"] == []
    assert began["visits"] == {"data": {"homeVisitsRecords": {"nodes": [visit]}}}

    aside = target.rename(tmp_path / "uninstalled")
    without = living("go-on")
    assert "home_visits" not in without["plugins"]
    assert without["visits"]["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert without["members"] == {"data": {"members": {"totalCount": 1}}}

    aside.rename(target)
    back = living("go-on")
    assert back["visits"] == began["visits"]
    assert back["members"] == without["members"]


@pytest.mark.parametrize("name", ["Honours", "9lives", "two__scores", "a-b", "class", "x" * 25, ""])
def test_a_name_that_would_not_do_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PluginNameInvalid):
        generate(name, tmp_path)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["core", "zhibu", "education"])
def test_a_name_that_is_taken_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PluginNameTaken):
        generate(name, tmp_path)


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "honours").mkdir()
    with pytest.raises(PluginNameTaken):
        generate("honours", tmp_path)
    assert [*(tmp_path / "honours").iterdir()] == []


def test_nothing_of_the_skeleton_is_left_in_a_generated_plugin(source: Path) -> None:
    for file in source.rglob("*"):
        assert "sample" not in file.name
        assert file.is_dir() or "sample" not in file.read_text("utf-8").lower()
