"""Ranks, grades and the rule that gave each, whatever the totals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_scoring.rules.accounts import Account
from zhibu_scoring.rules.help import Help, HelpOutcome, Low, handling_suggested
from zhibu_scoring.rules.results import (
    Mark,
    Result,
    ResultGround,
    Standing,
    Terms,
    Threshold,
    results,
)
from zhibu_scoring.rules.years import last_day


def threshold(value: int, *, inclusive: bool = True) -> Threshold:
    return Threshold(value=Decimal(value), inclusive=inclusive)


TERMS = Terms(
    unqualified=threshold(70),
    awards=threshold(90),
    excellent=threshold(108),
    front=(1, 5),
    behind=(1, 10),
    cap=(1, 3),
)


def of(*totals: Any, terms: Terms = TERMS, **changes: Any) -> list[Result]:
    """Results of members with these totals, in their order; None is left out."""
    found = results([standing(n, total, **changes) for n, total in enumerate(totals)], terms)
    return sorted(found, key=lambda each: each.member_id)


def standing(number: int, total: Any, **changes: Any) -> Standing:
    id = UUID(int=number)
    if total is None:
        return Standing(member_id=id, account=None, **changes)
    plus, minus = max(Decimal(total) - 100, Decimal(0)), max(100 - Decimal(total), Decimal(0))
    account = Account(base=Decimal(100), plus=plus, minus=minus, vetoed=False)
    return Standing(member_id=id, account=account, **changes)


@pytest.mark.clause("S4-33", "A-19")
def test_seventy_and_below_is_unqualified_unless_the_branch_excludes_the_number() -> None:
    assert [each.mark for each in of(70, 71)] == [Mark.UNQUALIFIED, Mark.QUALIFIED]
    assert of(70)[0].ground is ResultGround.LOW
    excluding = Terms(**{**vars(TERMS), "unqualified": threshold(70, inclusive=False)})
    assert of(70, terms=excluding)[0].mark is Mark.QUALIFIED


@pytest.mark.clause("S4-34")
def test_below_ninety_is_given_no_awards() -> None:
    assert [each.eligible for each in of("89.99", 90, 70)] == [False, True, False]


@pytest.mark.clause("S4-35", "A-26")
def test_a_hundred_and_eight_may_be_excellent_as_far_as_there_are_places() -> None:
    found = of(110, 108, 107, 100, 100, 100)
    assert [each.mark for each in found[:3]] == [
        Mark.MAY_BE_EXCELLENT,
        Mark.MAY_BE_EXCELLENT,
        Mark.QUALIFIED,
    ]
    crowded = of(110, 109, 108, 100, 100, 100)
    assert [each.ground for each in crowded[:3]] == [
        ResultGround.HIGH,
        ResultGround.HIGH,
        ResultGround.CAPPED,
    ]


@pytest.mark.clause("S4-35")
def test_whoever_is_in_front_may_be_excellent_and_equals_are_treated_alike() -> None:
    assert of(103, 101, 100, 100, 100)[0].ground is ResultGround.FRONT
    tied = of(103, 103, 100, 100, 100)
    assert {each.ground for each in tied} == {ResultGround.PLAIN}
    assert {each.ground for each in of(*[100] * 10)} == {ResultGround.PLAIN}


@pytest.mark.clause("S4-36")
def test_whoever_is_low_or_behind_is_helped_and_nobody_where_all_are_equal() -> None:
    found = of(*range(95, 105))
    assert [each.behind for each in found] == [True] + [False] * 9
    assert found[0].helped
    assert not any(each.helped for each in of(*[100] * 10))


def test_equals_share_a_rank_and_whoever_is_left_out_has_none() -> None:
    assert [each.rank for each in of(105, 100, 100, 90, None)] == [1, 2, 2, 4, None]
    assert of(None)[0].mark is Mark.NONE


@pytest.mark.clause("S4-19")
def test_a_veto_of_the_appraisal_makes_the_year_nothing() -> None:
    [found] = of(130, veto="公开发表错误言论")
    assert (found.total, found.mark, found.ground) == (0, Mark.UNQUALIFIED, ResultGround.VETO)
    assert found.veto_reason == "公开发表错误言论"


TOTALS = st.lists(st.none() | st.integers(0, 130), max_size=30)


@given(TOTALS)
def test_never_more_than_a_third_may_be_excellent_and_ranks_follow_totals(
    totals: Sequence[int | None],
) -> None:
    found = of(*totals)
    assessed = [each for each in found if each.total is not None]
    good = [each for each in assessed if each.mark is Mark.MAY_BE_EXCELLENT]
    assert len(good) * 3 <= len(assessed)
    totals = [each.total for each in found if each.total is not None]
    for one in assessed:
        assert one.total is not None
        assert one.rank == 1 + sum(total > one.total for total in totals)
        same = [other for other in assessed if other.total == one.total]
        assert {(o.mark, o.behind, o.eligible) for o in same} == {
            (one.mark, one.behind, one.eligible)
        }


@pytest.mark.clause("S4-32")
@pytest.mark.parametrize(
    ("counts", "until"), [(False, date(2026, 1, 12)), (True, date(2026, 1, 11))]
)
def test_seven_days_of_notice_end_with_a_whole_day(counts: bool, until: date) -> None:
    assert last_day(date(2026, 1, 5), 7, first_counts=counts) == until


@pytest.mark.clause("S4-37")
def test_organization_handling_is_suggested_after_two_low_years_or_help_that_failed() -> None:
    def low(year: int, *, behind: bool = True) -> Low:
        return Low(year=year, low=True, behind=behind)

    def helped(outcome: HelpOutcome | None) -> Help:
        return Help(id=UUID(int=1), member_id=UUID(int=2), year=2025, outcome=outcome)

    assert handling_suggested(2025, [low(2024), low(2025)], [], in_a_row=2)
    assert not handling_suggested(2025, [low(2025)], [], in_a_row=2)
    assert not handling_suggested(2025, [low(2024, behind=False), low(2025)], [], in_a_row=2)
    assert handling_suggested(2025, [low(2025)], [helped(HelpOutcome.UNWILLING)], in_a_row=2)
    assert handling_suggested(2025, [low(2025)], [helped(HelpOutcome.NOT_IMPROVED)], in_a_row=2)
    assert not handling_suggested(2025, [low(2025)], [helped(HelpOutcome.IMPROVED)], in_a_row=2)
    assert not handling_suggested(2025, [low(2025)], [helped(None)], in_a_row=2)


@pytest.mark.clause("S4-37")
def test_how_many_low_years_suggest_handling_is_no_constant() -> None:
    one, two = [_low(2025)], [_low(2024), _low(2025)]
    assert handling_suggested(2025, one, [], in_a_row=1)
    assert not handling_suggested(2025, two, [], in_a_row=3)
    assert not handling_suggested(2025, two, [], in_a_row=0)


def _low(year: int) -> Low:
    return Low(year=year, low=True, behind=True)
