"""The guide is followed word for word in a fresh shell; what it lists besides is true."""

import ast
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Date, Identity, Name, Text
from zhibu.forms.reading import read
from zhibu.forms.writing import write
from zhibu.testing.contract.layout import MAY_IMPORT
from zhibu.testing.contract.schema import KNOWN_ARGUMENTS

pytestmark = pytest.mark.xdist_group("contract")

DOCS = Path(__file__).parents[2] / "docs"
GUIDE, PAGE, HOOKS = (
    (DOCS / file).read_text("utf-8") for file in ("plugin-guide.md", "core.md", "hooks.md")
)
CORE = "zhibu."
BLOCKS = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
CHANGES = [(place, block) for kind, place, block in BLOCKS if kind == "diff"]
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


FORM = (
    Column("identity", "身份证号", Identity()),
    Column("name", "姓名", Name()),
    Column("happened_on", "发生日期", Date()),
    Column("title", "荣誉名称", Text()),
    Column("level", "级别", Text()),
    Column("document", "文号", Text()),
)
MEMBERS = (Column("identity", "公民身份号码", Identity()), Column("name", "姓名", Name()))


@dataclass
class Followed:
    """The plugin of the guide after its last line, and what its commands printed, by block."""

    folder: Path
    printed: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def honours(reader: Any) -> Followed:
    """The guide from the first line to the last: every command typed, every change made."""
    followed = Followed(reader.folder / "plugins" / "honours")
    reader.proves("rules")  # the generated plugin is proved whole in tests/contract
    for kind, place, block in BLOCKS:
        if kind == "sh":
            if "zhibu import" in block:
                fill_in(reader.folder)
            followed.printed.append(reader.types(block))
        elif kind == "diff":
            file = followed.folder / place
            file.write_text(changed(file.read_text("utf-8"), block), "utf-8")
            ask_the_query(followed.folder)
            reader.proves("not postgresql")
    return followed


def fill_in(folder: Path) -> None:
    """What the reader does in Excel: an honour of somebody on the exported roster."""
    [first, *_] = read(folder / "党员.xlsx", MEMBERS).lines()
    identity, name = first.cells[:2]
    row = {
        "identity": identity,
        "name": name,
        "happened_on": date.today(),
        "title": "优秀共产党员",
        "level": "县处级",
        "document": None,
    }
    (folder / "荣誉.xlsx").write_bytes(write([row], FORM, "荣誉表彰"))


def ask_the_query(folder: Path) -> None:
    """A test beside those of the guide: its query is answered."""
    (folder / "tests" / "test_guide.py").write_text(
        "from zhibu.testing.house import Institution\n\n\n"
        "async def test_the_query_of_the_guide_is_answered(institution: Institution) -> None:\n"
        '    await institution.member("branch")\n'
        "    answer = await institution.ask(\n"
        f'        "secretary",\n        """{QUERY}""",\n    )\n'
        '    [member] = answer["data"]["members"]["nodes"]\n'
        '    assert member["honours"] == {"count": 0, "latest": None, "highest": None}\n',
        "utf-8",
    )


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


def test_the_commands_of_the_guide_do_what_it_says(honours: Followed) -> None:
    generated, proved, switched, imported = honours.printed
    assert "All checks passed!" in proved
    assert "Success: no issues found" in proved
    assert "honours keeps the contract" in generated
    assert " passed" in generated
    assert " passed" in proved
    assert "honours keeps the contract" in proved
    assert "FW" in switched
    assert "县处级荣誉“优秀共产党员”" in imported


def test_what_it_imports_of_the_core_is_on_a_page(honours: Followed) -> None:
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
