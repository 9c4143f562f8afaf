"""The core keeps the rules that it has plugins keep."""

import re
from pathlib import Path

import pytest

import zhibu
from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.storage.tables import Sealed
from zhibu.testing.contract import blindness, classes
from zhibu.testing.contract.imports import impurities
from zhibu.testing.contract.layout import MACHINES, PURE_CORE
from zhibu.testing.contract.sources import Source

CORE = Path(zhibu.__file__).parent
SOURCES = [Source.read(file, CORE) for file in sorted(CORE.rglob("*.py"))]
RULES = [
    source
    for source in SOURCES
    if "rules" in re.split(r"[/.]", source.place) and source.part != "policy"  # reads its own files
]
TABLES = classes.tables_of("core")
# Offenders, each with its reason. This list may only shrink.
KNOWN = {
    "accounts/rules/credentials.py": ["imports secrets; rules are given what they need"],
    "accounts/rules/logins.py": ["imports secrets; rules are given what they need"],
}


def test_the_core_knows_no_plugin() -> None:
    found = [
        (source.place, each.full)
        for source in SOURCES
        for each in source.imports
        if each.top.startswith("zhibu_")
    ]
    assert found == []


@pytest.mark.parametrize("source", RULES, ids=lambda source: source.place)
def test_rules_of_the_core_are_pure(source: Source) -> None:
    assert [*impurities(source)] == KNOWN.get(source.place, [])
    assert MACHINES & {each.top for each in source.imports} == set()


@pytest.mark.parametrize("source", RULES, ids=lambda source: source.place)
def test_rules_of_the_core_know_only_rules_and_what_is_pure(source: Source) -> None:
    strange = [
        each.full
        for each in source.imports
        if each.top == "zhibu"
        and each.module not in PURE_CORE | {"zhibu"}
        and not re.search(r"\.(rules|errors|public|limits)(\.|$)", each.full)
        and not re.search(r"^zhibu\.forms\.", each.module)
    ]
    assert strange == []


@pytest.mark.parametrize("module", sorted(PURE_CORE))
def test_what_rules_may_know_of_the_core_is_pure_itself(module: str) -> None:
    source = next(s for s in SOURCES if s.place == module.replace("zhibu.", "") + ".py")
    allowed = PURE_CORE | {"zhibu.actions"}
    assert [e.full for e in source.imports if e.top == "zhibu" and e.module not in allowed] == []
    assert MACHINES & {each.top for each in source.imports} == set()


def test_only_public_modules_are_imported_from_afar() -> None:
    """A module or name with a leading underscore is its own package's business."""
    found = [
        (source.place, each.full)
        for source in SOURCES
        for each in source.imports
        if each.top == "zhibu"
        and any(word.startswith("_") and not word.endswith("__") for word in each.full.split("."))
    ]
    assert found == []


def test_what_starts_and_answers_nobody_imports_no_types_of_the_api() -> None:
    """To import them takes a third of the start of a command or of a worker."""
    found = [
        (source.place, each.full, each.inside)
        for source in SOURCES
        for each in source.imports
        if re.search(r"^zhibu\.(\w+\.graph|graph\.core)(\.|$)", each.full)
        and not re.search(r"(^|/)graph[/.]", source.place)
    ]
    assert found == [("core.py", "zhibu.graph.core.GRAPH", "graph")]


def test_no_module_is_a_heap_of_odds_and_ends() -> None:
    names = {"utils", "helpers", "common", "base", "manager", "misc", "util"}
    assert [s.place for s in SOURCES if s.file.stem in names or s.part in names] == []


def test_every_column_of_the_core_has_a_class() -> None:
    said, wrong = classes.read(CORE)
    assert len(TABLES) > 40
    assert [*wrong, *classes.unclassed(TABLES, said)] == []
    labels = {table.name: classes.label(table, said) for table in TABLES}
    assert labels["core_account"] == "secret"
    assert labels["core_member"] == "sensitive"
    assert labels["core_ledger"] == "personal"
    assert labels["core_organization"] == "internal"


def test_migrations_of_the_core_see_the_rows_that_they_write() -> None:
    sources = [each for each in SOURCES if each.place.startswith("migrations/versions/")]
    assert [(each.place, *blindness.faults(each)) for each in sources if each.calls] == [
        (each.place,) for each in sources if each.calls
    ]


def test_what_must_stay_sealed_is_sealed_and_no_field() -> None:
    said, _ = classes.read(CORE)
    schema = Parts(core.graph(), {}).compose(frozenset())
    assert [*classes.shown(schema, said)] == []
    sealed = {f"{c.table.name}.{c.name}" for t in TABLES for c in t.c if isinstance(c.type, Sealed)}
    closed = {
        f"{table}.{column}"
        for table, by_column in said.items()
        for column, kind in by_column.items()
        if kind in classes.CLOSED
    }
    assert sealed <= closed
    assert len(closed) > len(sealed)


@pytest.mark.parametrize(
    ("place", "kind", "fault"),
    [
        ("core_member.phone_sealed", "personal", "core_member.phone_sealed is sealed"),
        ("core_member.birth_date", "sensitive", "core_member.birth_date is sensitive, and kept"),
        ("core_member.phone_masked", "secret", "Member.phone_masked answers core_member.phone"),
    ],
)
def test_a_column_of_the_wrong_class_is_found(place: str, kind: str, fault: str) -> None:
    said, _ = classes.read(CORE)
    table, _, column = place.partition(".")
    wrong = {**said, table: {**said[table], column: kind}}
    schema = Parts(core.graph(), {}).compose(frozenset())
    found = [*classes.unclassed(TABLES, wrong), *classes.shown(schema, wrong)]
    assert any(fault in each for each in found), found
