"""What the README tells a newcomer to type is what the product understands."""

import json
import re
from pathlib import Path

import pytest
from graphql import parse, validate

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.plugins import Plugins

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def queries() -> list[str]:
    """Every document that the README sends with curl."""
    return [json.loads(f'"{text}"') for text in re.findall(r'"query": "((?:[^"\\]|\\.)*)"', README)]


def test_the_readme_sends_something() -> None:
    assert len(queries()) == 3


@pytest.mark.parametrize("document", queries())
def test_every_query_of_the_readme_is_valid(document: str, installed_plugins: Plugins) -> None:
    parts = Parts(core.graph(), installed_plugins.graphs())
    schema = parts.compose(frozenset(installed_plugins.names))
    assert validate(schema._schema, parse(document)) == []


@pytest.mark.parametrize("language", ["README.md", "README.zh-CN.md"])
def test_every_file_that_the_readme_names_exists(language: str) -> None:
    text = (ROOT / language).read_text("utf-8")
    named = {
        name
        for name in re.findall(r"`([\w./-]+(?:/|\.md))`", text)
        if not name.startswith(("var/", "."))
    }
    assert named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_command_of_make_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    assert named <= targets
