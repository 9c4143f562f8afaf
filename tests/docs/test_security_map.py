"""Every test that the map of security standards names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(
    r"(tests/[\w/]+\.py)::(\w+)", (ROOT / "docs" / "security-map.md").read_text("utf-8")
)


def test_the_map_names_tests() -> None:
    assert NAMED


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_a_named_test_exists(file: str, name: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)
