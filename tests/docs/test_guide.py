"""The guide's plugin is built from the guide itself, judged and used; what it lists is true."""

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from zhibu.testing.contract.layout import MAY_IMPORT
from zhibu.testing.contract.schema import KNOWN_ARGUMENTS
from zhibu.testing.judging import Generated, judged

pytestmark = pytest.mark.xdist_group("contract")

DOCS = Path(__file__).parents[2] / "docs"
GUIDE, PAGE, HOOKS = (
    (DOCS / file).read_text("utf-8") for file in ("plugin-guide.md", "core.md", "hooks.md")
)
CORE = "zhibu."
BLOCKS = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
CHANGES = [(place, block) for kind, place, block in BLOCKS if kind == "diff"]
COMMANDS = [
    line.partition("#")[0]
    for kind, _, block in BLOCKS
    if kind == "sh"
    for line in block.splitlines()
    if line.startswith("zhibu ")
]
[QUERY] = [block for kind, _, block in BLOCKS if kind == "graphql"]


def changed(text: str, block: str) -> str:
    """The text after a block's hunks; each must fit at exactly one place."""
    for hunk in block.split("@@\n"):
        lines = hunk.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert f"\n{text}".count(f"\n{old}") == 1, f"the guide changes what is not there:\n{old}"
        text = f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]
    return text


@pytest.fixture(scope="module")
def honours(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """The generated plugin with every change of the guide, as if it were installed."""
    plugin = Generated.at(tmp_path_factory.mktemp("guide") / "honours")
    for place, block in CHANGES:
        file = plugin.folder / place
        file.write_text(changed(file.read_text("utf-8"), block), "utf-8")
    asked = (
        "from zhibu.testing.house import Institution\n\n\n"
        "async def test_the_query_of_the_guide_is_answered(institution: Institution) -> None:\n"
        '    await institution.member("branch")\n'
        f'    answer = await institution.ask("secretary", """{QUERY}""")\n'
        '    [member] = answer["data"]["members"]["nodes"]\n'
        '    assert member["honours"] == {"count": 0, "latest": None, "highest": None}\n'
    )
    (plugin.folder / "tests" / "test_guide.py").write_text(asked, "utf-8")
    plugin.register()
    return plugin


def shown(module: str, name: str) -> bool:
    """Whether the pages of the core and of the hooks tell of a name that is imported."""
    if module == "zhibu.contributions":
        return f"\n## {name}\n" in HOOKS
    if f"\n## {module}.{name}\n" in PAGE or (module, name) == ("zhibu", "hookimpl"):
        return True
    _, _, section = PAGE.partition(f"\n## {module}\n")
    return bool(
        re.search(rf"^- `(await |async with )?{name}\b", section.partition("\n## ")[0], re.M)
    )


def run(plugin: Generated, *command: str) -> str:
    others = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(plugin.folder), *([others] if others else [])])
    done = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=plugin.folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_plugin_of_the_guide_keeps_the_contract(honours: Generated) -> None:
    assert judged({"guide": honours}) == {"guide": []}


def test_its_tests_pass_and_its_query_is_answered(honours: Generated) -> None:
    said = run(honours, "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgresql")
    assert " passed" in said


def test_it_is_typed_and_formatted_like_the_house(honours: Generated) -> None:
    run(honours, "ruff", "check", "--no-cache", "zhibu_honours", "tests", "--exclude=test_guide.py")
    run(honours, "ruff", "format", "--no-cache", "--check", "zhibu_honours")
    run(honours, "mypy", "--cache-dir", os.devnull)


def test_what_it_imports_of_the_core_is_on_a_page(honours: Generated) -> None:
    taken = [
        (node.module, alias.name)
        for file in honours.folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(CORE)
        for alias in node.names
    ]
    assert len(taken) > 40
    assert [(module, name) for module, name in taken if not shown(module, name)] == []


def test_what_is_on_no_page_is_noticed() -> None:
    assert shown("zhibu.act", "Act")
    assert shown("zhibu.storage", "rls")
    assert not shown("zhibu.act", "Ac")
    assert not shown("zhibu.platform", "Platform")


def test_the_guide_changes_every_kind_of_file_that_a_field_touches() -> None:
    touched = {Path(place).name for place, _ in CHANGES}
    assert {"tables.py", "rules.py", "store.py", "service.py", "graph.py", "sheets.py"} <= touched


def test_a_change_that_fits_nowhere_is_noticed() -> None:
    with pytest.raises(AssertionError):
        changed("a\nb\n", " c\n+d\n")
    assert changed("a\nb\nc\n", " a\n-b\n+x\n@@\n c\n+y\n") == "a\nx\nc\ny\n"


def test_the_table_of_files_is_the_one_that_the_contract_keeps() -> None:
    rows = re.findall(r"^\| `(\w+)\.py` \|[^|]*\|([^|]*)\|", GUIDE, re.MULTILINE)
    told = {name: {word.strip() for word in words.split(",")} - {""} for name, words in rows}
    assert told.pop("plugin") == {"all"}
    assert told == {name: own for name, own in MAY_IMPORT.items() if name != "plugin"}


def test_the_arguments_that_need_no_description_are_told() -> None:
    [told] = re.findall(r"Only arguments that mean the same everywhere go without: (.*)\.", GUIDE)
    assert set(re.findall(r"`(\w+)`", told)) == KNOWN_ARGUMENTS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_guide_are_there(command: str) -> None:
    words = shlex.split(command)[1:]
    named = [word for word in words[: 2 if words[0] == "plugin" else 1] if word.isalpha()]
    shown = subprocess.run(
        [Path(sys.executable).with_name("zhibu"), *named, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    ).stdout
    for option in (word for word in words if word.startswith("--")):
        assert option in shown
