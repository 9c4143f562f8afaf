"""The page about parameter files says what the loader takes."""

import re
from pathlib import Path

import pytest

from zhibu.errors import PluginError
from zhibu.parameters import definitions
from zhibu.parameters.definitions import MARKS, Kind
from zhibu.parameters.units import UNITS

PAGE = (Path(__file__).parents[2] / "docs" / "parameter-files.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


def test_every_kind_unit_and_mark_is_on_the_page() -> None:
    assert [word for word in (*Kind, *UNITS, *MARKS) if f"`{word}`" not in PAGE] == []


def test_the_example_loads_and_shows_money_in_yuan(tmp_path: Path) -> None:
    (tmp_path / "amounts.yaml").write_text(EXAMPLE, "utf-8")
    found = definitions.load({"honours": tmp_path})["honours.note_above"]
    assert str(found.basis(found.values[0])) == "《困难党员帮扶工作惯例》大额帮扶 · 2000 元"


def test_a_number_without_a_known_unit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "amounts.yaml").write_text(EXAMPLE.replace("unit: fen", "unit: yuan"), "utf-8")
    with pytest.raises(PluginError, match="which no text knows"):
        definitions.load({"honours": tmp_path})
