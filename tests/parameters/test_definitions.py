"""What is wrong with a file of parameters is said at once, and all of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhibu.errors import PluginError
from zhibu.parameters import definitions
from zhibu.parameters.book import Book
from zhibu.parameters.definitions import Kind, fault_of, in_words
from zhibu.plugins import Plugins
from zhibu.policy import Policy, default_folder


def said(**changes: Any) -> dict[str, Any]:
    given = {
        "kind": "whole",
        "unit": "months",
        "zh": "期限",
        "en": "Length",
        "values": {
            date(2018, 1, 1): {
                "value": 6,
                "document": "条例",
                "article": "第一条",
                "verified": "V1",
            }
        },
    }
    return {**given, **changes}


def value(**changes: Any) -> dict[date, Any]:
    return {date(2018, 1, 1): {**said()["values"][date(2018, 1, 1)], **changes}}


def load(folder: Path, given: dict[str, Any]) -> dict[str, definitions.Definition]:
    (folder / "a.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    return definitions.load({"dues": folder})


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"other.length": said()}, "does not begin with dues."),
        ({"dues.length": said(kind="float")}, "unknown kind float"),
        ({"dues.length": said(remark="x")}, "unknown key remark"),
        ({"dues.length": said(values={})}, "has no value"),
        ({"dues.length": said(values=value(value="six"))}, "is not of the kind whole"),
        ({"dues.length": said(values=value(verified="yes"))}, "unknown mark yes"),
        ({"dues.length": said(values={"2018": value()[date(2018, 1, 1)]})}, "is not a date"),
        ({"dues.length": said(kind="exact", values=value(value=1.5))}, "is not of the kind exact"),
        (
            {"dues.length": said(kind="choice", choices=["a"], values=value(value="b"))},
            "kind choice",
        ),
    ],
)
def test_a_fault_is_refused_at_start(tmp_path: Path, given: dict[str, Any], fault: str) -> None:
    with pytest.raises(PluginError) as refused:
        load(tmp_path, given)
    assert fault in refused.value.facts["fault"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    no_source = said(values={date(2018, 1, 1): {"value": 6, "verified": "V1"}})
    with pytest.raises(PluginError) as refused:
        load(tmp_path, {"dues.a": no_source, "dues.b": said(unit=None, kind="x"), "dues.c": said()})
    fault = refused.value.facts["fault"]
    assert "lacks article" in fault
    assert "lacks document" in fault
    assert "dues.b" in fault
    assert "dues.c" not in fault


def test_a_parameter_defined_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(yaml.safe_dump({"dues.a": said()}), "utf-8")
    with pytest.raises(PluginError, match="twice"):
        load(tmp_path, {"dues.a": said()})


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.EXACT, [32, "0.5", "12.25", None], [0.5, True, "1.005", "NaN", -1, "abc", [1]]),
        (Kind.WHOLE, [0, 7, None], [1.0, "7", True, -1]),
        (Kind.WHOLES, [[30, 7, 0], None], [[], 7, ["7"], [True], [-1], [7, 7]]),
        (Kind.YES_NO, [True, False], [1, "true"]),
        (Kind.CHOICES, [["a"], ["a", "b"]], ["a", [], [1], ["c"]]),
        (Kind.CHOICE, ["a"], ["c", ["a"], 1]),
        (
            Kind.CATALOGUE,
            [[{"code": "x", "zh": "某", "en": "X"}]],
            [[{"code": "x"}], [{"code": "x", "zh": "", "en": ""}] * 2, {}, ["x"]],
        ),
    ],
)
def test_a_value_is_of_its_kind_or_refused(kind: Kind, good: list[Any], bad: list[Any]) -> None:
    assert [fault_of(kind, ("a", "b"), each) for each in good] == [None] * len(good)
    assert all(fault_of(kind, ("a", "b"), each) for each in bad)


def test_every_parameter_shipped_is_well_formed_and_cited(installed_plugins: Plugins) -> None:
    folders = {name: part.folder for name, part in installed_plugins.parameters().items()}
    found = definitions.load({"core": definitions.CORE, **folders})
    actions = Policy.load(default_folder(), installed_plugins).rules.actions
    assert {each.permission for each in found.values() if each.permission} <= set(actions)
    book = Book(found)
    for each in book.values("1.", date(2026, 6, 15)):
        assert each.basis.document
        assert str(each.basis).startswith("《")
        assert each.since <= date(2026, 6, 15)
    assert book.whole("core.probation_months", "1.", date(2026, 1, 1)) == 12
    assert book.whole("core.branch_least_full_members", "1.", date(2026, 1, 1)) == 3


def test_a_number_is_shown_with_its_unit() -> None:
    for value, unit, words in (
        (Decimal("0.5"), "percent", "0.5 %"),
        (20, "fen", "0.2 元"),
        (6, "months", "6 个月"),
        (None, "months", "未设定"),
    ):
        assert in_words(value, unit) == words
