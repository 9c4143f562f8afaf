"""What anybody may know of a card, year by year."""

from dataclasses import replace
from datetime import date

import pytest

from zhibu.identifiers import new_id
from zhibu_flow_members.rules.cards import Card, Standing, masked, standing_of

CARD = Card(
    id=new_id(),
    case_id=new_id(),
    member_id=new_id(),
    path="1.",
    serial=1,
    stamped_on=date(2025, 11, 30),
    stamped_by=None,
    issued_on=date(2025, 12, 1),
    ended_on=None,
)


@pytest.mark.clause("S1-13")
@pytest.mark.parametrize(
    ("today", "passed", "expected"),
    [
        (date(2025, 12, 31), [], Standing.VALID),
        (date(2026, 1, 1), [], Standing.UNREVIEWED),
        (date(2026, 6, 1), [2025], Standing.UNREVIEWED),
        (date(2026, 6, 1), [2025, 2026], Standing.VALID),
    ],
)
def test_a_card_holds_once_it_passed_the_review_of_the_year(
    today: date, passed: list[int], expected: Standing
) -> None:
    assert standing_of(CARD, away=True, passed=passed, today=today) is expected
    assert standing_of(CARD, away=False, passed=passed, today=today) is Standing.VOID
    ended = replace(CARD, ended_on=today)
    assert standing_of(ended, away=True, passed=passed, today=today) is Standing.VOID


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张＊"), ("欧阳娜娜", "欧＊＊＊"), ("王", "王＊"), ("", "＊")]
)
def test_of_a_name_only_the_first_character_is_shown(name: str, shown: str) -> None:
    assert masked(name) == shown
