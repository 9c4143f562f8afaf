"""Texts by language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from zhibu.errors import Conflict, PluginError
from zhibu.texts import Texts, shown


class Late(Conflict):
    """Too late. Facts: `on`, `hours`."""

    code = "dues.late"


def texts(folder: Path) -> Texts:
    (folder / "zh-CN").mkdir(parents=True)
    (folder / "zh-CN" / "dues.yaml").write_text(
        "errors:\n  dues.late: 已过 {on}，欠 {hours}\n  dues.only: 仅中文\n"
        "roles:\n  secretary: 书记\n",
        "utf-8",
    )
    (folder / "en.yaml").write_text("errors:\n  dues.late: After {on}; {why}\n", "utf-8")
    return Texts.load([folder])


def test_a_text_given_twice_or_unreadable_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.yaml").write_text("errors: {a.b: one}\n", "utf-8")
    (tmp_path / "en" / "b.yaml").write_text("errors: {a.b: two}\n", "utf-8")
    (tmp_path / "en" / "c.yaml").write_text("errors: [\n", "utf-8")
    with pytest.raises(PluginError) as refused:
        Texts.load([tmp_path])
    assert "a.b is given twice" in refused.value.facts["fault"]
    assert "c.yaml" in refused.value.facts["fault"]


def test_facts_fill_a_text_as_the_language_writes_them(tmp_path: Path) -> None:
    error = Late(on=date(2026, 3, 1), hours=Decimal("3.50"))
    assert texts(tmp_path).error(error, "zh-CN") == "已过 2026年3月1日，欠 3.5"


def test_what_is_missing_falls_back_to_chinese_and_then_to_the_code(tmp_path: Path) -> None:
    found = texts(tmp_path)
    assert found.of("errors", "dues.only", "en") == "仅中文"
    assert found.of("errors", "dues.nothing", "en") == "dues.nothing"
    assert found.error(Late(on=date(2026, 3, 1)), "en") == "After 1 March 2026; …"


def test_a_missing_text_or_a_stray_placeholder_is_found(tmp_path: Path) -> None:
    class Unsaid(Conflict):
        code = "dues.unsaid"

    assert texts(tmp_path).missing([Late, Unsaid], roles=["secretary"]) == [
        "zh-CN errors dues.unsaid",
        "en errors dues.late {why}",
        "en errors dues.unsaid",
        "en roles secretary",
    ]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("fr, de;q=0.9", "zh-CN"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.5, zh;q=0.8", "zh-CN"),
        ("zh-TW;q=0.3, en;q=0.5", "en"),
        ("en;q=0", "zh-CN"),
        ("en;q=x, zh", "zh-CN"),
    ],
)
def test_the_language_is_what_the_reader_likes_best(header: str | None, language: str) -> None:
    assert Texts({}).negotiate(header) == language


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (True, "是", "yes"),
        (["a", "b"], "a、b", "a, b"),
        (Decimal("100"), "100", "100"),
        ("2026-02-03", "2026年2月3日", "3 February 2026"),
        ("2026-13-40", "2026-13-40", "2026-13-40"),
        (datetime(2026, 2, 3, 20, 5, tzinfo=UTC), "2026年2月4日 04:05", "4 February 2026 04:05"),
        (12, "12", "12"),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, chinese: str, english: str) -> None:
    assert (shown(value, "zh-CN"), shown(value, "en")) == (chinese, english)
