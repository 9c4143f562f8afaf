"""The list of what is built in names everything that is pinned, and no host."""

import json
import re
from pathlib import Path

import pytest

from zhibu.testing.components import bill, installed, pins

LOCK = Path("requirements.txt").read_text("utf-8")


def test_a_pin_without_a_hash_is_no_pin() -> None:
    with pytest.raises(ValueError, match="without a hash"):
        pins("starlette==1.0\n")


def test_everything_that_is_pinned_is_listed_with_its_hashes() -> None:
    made = bill(LOCK, installed())
    listed = {part["name"]: part for part in made["components"]}
    lines = re.findall(r"^([\w.-]+?)(?:\[.*\])?==", LOCK, re.MULTILINE)
    assert {name.lower().replace("_", "-").replace(".", "-") for name in lines} <= set(listed)
    assert sum(len(part.get("hashes", ())) for part in listed.values()) == LOCK.count("--hash=")


def test_what_runs_is_told_from_what_tests() -> None:
    made = bill(LOCK, installed())
    scope = {part["name"]: part.get("scope") for part in made["components"]}
    for name in ("starlette", "cryptography", "simpleeval", "uvloop"):
        assert scope[name] == "required", name
    for name in ("pytest-asyncio", "mypy", "detect-secrets", "hypothesis"):
        assert scope[name] == "excluded", name
    (mine,) = [link for link in made["dependencies"] if "/zhibu@" in link["ref"]]
    assert any("/strawberry-graphql@" in each for each in mine["dependsOn"])
    known = {part["bom-ref"] for part in (*made["components"], made["metadata"]["component"])}
    assert {each for link in made["dependencies"] for each in link["dependsOn"]} <= known


def test_it_names_no_host_and_is_the_same_each_time() -> None:
    first, again = (json.dumps(bill(LOCK, installed())) for _ in range(2))
    assert first == again
    assert "://" not in first
    assert "timestamp" not in first
