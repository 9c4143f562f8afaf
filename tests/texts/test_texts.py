"""Texts by language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from zhibu.errors import Conflict, PluginError
from zhibu.forms.kinds import Choice
from zhibu.members.public import Change, Departure, MemberKind, Stage
from zhibu.members.sheets.columns import KINDS as MEMBER_KINDS
from zhibu.organizations.public import Kind, PostKind
from zhibu.organizations.sheets.units.columns import KINDS
from zhibu.texts import CORE, LANGUAGES, Texts, shown


class Way(StrEnum):
    CARD = "card"


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


WORDS = """
labels:
  dues.way.cash: {cash}
  dues.way.card: {card}
events:
  dues.paid: "{said}"
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Texts:
    for language, cash, card, said in (
        ("zh-CN", "现金", "刷卡", "以{way:dues.way}交纳"),
        ("en", "cash", "card", "Paid by {way:dues.way}"),
    ):
        words = WORDS.format(cash=cash, card=card, said=said)
        (tmp_path / f"{language}.yaml").write_text(words, "utf-8")
    return Texts.load([tmp_path])


@pytest.mark.parametrize(
    ("way", "chinese", "english"),
    [
        ("cash", "以现金交纳", "Paid by cash"),
        (Way.CARD, "以刷卡交纳", "Paid by card"),
        (["cash", "card"], "以现金、刷卡交纳", "Paid by cash, card"),
        ("cheque", "以cheque交纳", "Paid by cheque"),
        (None, "以…交纳", "Paid by …"),
    ],
)
def test_a_text_calls_a_choice_by_its_label(
    labelled: Texts, way: object, chinese: str, english: str
) -> None:
    said = [labelled.sentence("dues.paid", {"way": way}, locale) for locale in ("zh-CN", "en")]
    assert said == [chinese, english]


def test_labels_that_nobody_gave_are_missing(labelled: Texts, tmp_path: Path) -> None:
    assert labelled.missing(events=["dues.paid"]) == []
    (tmp_path / "en.yaml").write_text('events: {dues.paid: "By {way:dues.ways}"}\n', "utf-8")
    found = Texts.load([tmp_path]).missing(events=["dues.paid"])
    assert found == ["en events dues.paid {way:dues.ways}"]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("core.stage", Stage),
        ("core.change", Change),
        ("core.departure", Departure),
        ("core.member_kind", MemberKind),
        ("core.kind", Kind),
        ("core.post_kind", PostKind),
    ],
)
def test_every_word_of_the_register_has_a_label(
    group: str, kind: type[StrEnum], locale: str
) -> None:
    labels = Texts.load([CORE]).section("labels", locale)
    assert [f"{group}.{word}" for word in kind if f"{group}.{word}" not in labels] == []


@pytest.mark.parametrize(
    ("column", "group"), [(MEMBER_KINDS, "core.member_kind"), (KINDS, "core.kind")]
)
def test_the_workbooks_of_the_core_use_the_same_words(column: Choice, group: str) -> None:
    texts = Texts.load([CORE])
    for label, word in column.choices.items():
        assert texts.label(group, word, "zh-CN") == label


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
