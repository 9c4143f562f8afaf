"""Which months are owed: from the meeting that admitted until the end, resting and all."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibu_dues.rules.months import (
    Fixed,
    Ground,
    Membership,
    Month,
    Relief,
    Spell,
    Terms,
    arrears,
    months_between,
    owed,
    paid_to,
    with_payments,
)

USUAL = Terms(
    first_month="same", last_month="not_owed", owed_while_stopped=False, collection_day=31
)
YEAR = [*months_between(date(2026, 1, 1), date(2026, 12, 31))]
BASE = [Fixed(year=2026, from_month=1, fen=4000)]


def reckoned(membership: Membership, terms: Terms = USUAL, **more: Any) -> list[Month]:
    given = {"bases": BASE, "reliefs": [], "quarterly": [], **more}
    return [*owed(YEAR, membership=membership, terms=terms, **given)]


def changed(**changes: Any) -> Terms:
    return Terms(**{**vars(USUAL), **changes})


@pytest.mark.clause("DU-8")
@pytest.mark.parametrize(("first", "begins"), [("same", 6), ("next", 7)])
def test_a_probationary_member_owes_from_the_branch_meeting_on(first: str, begins: int) -> None:
    found = reckoned(Membership(admitted_on=date(2026, 6, 30)), changed(first_month=first))
    assert [month.month.month for month in found if month.owed] == [*range(begins, 13)]
    assert all(m.ground is Ground.NOT_A_MEMBER for m in found if not m.owed)


def test_who_was_admitted_after_the_collection_day_has_until_the_end_of_the_month() -> None:
    found = reckoned(Membership(admitted_on=date(2026, 6, 20)), changed(collection_day=15))
    assert [month.due_on.day for month in found[5:8]] == [30, 15, 15]


@pytest.mark.parametrize(("last", "count"), [("not_owed", 5), ("owed", 6)])
def test_the_month_a_membership_ends_is_owed_where_the_institution_says_so(
    last: str, count: int
) -> None:
    left = Membership(admitted_on=date(2010, 7, 1), left_on=date(2026, 6, 30))
    found = reckoned(left, changed(last_month=last))
    assert sum(1 for month in found if month.owed) == count


def test_a_month_is_owed_unless_the_membership_rested_all_of_it() -> None:
    spell = Spell(since=date(2026, 2, 1), until=date(2026, 5, 31))
    rested = Membership(admitted_on=date(2010, 7, 1), stopped=(spell,))
    found = reckoned(rested)
    assert [m.month.month for m in found if m.ground is Ground.STOPPED] == [2, 3, 4]
    assert all(m.owed for m in reckoned(rested, changed(owed_while_stopped=True)))


@pytest.mark.parametrize(("day", "due"), [(31, 28), (15, 15), (99, 28)])
def test_the_collection_day_is_a_day_of_every_month(day: int, due: int) -> None:
    found = reckoned(Membership(admitted_on=date(2010, 7, 1)), changed(collection_day=day))
    assert found[1].due_on == date(2026, 2, due)


def test_a_reduction_holds_for_its_months_and_never_raises_what_is_owed() -> None:
    half = Relief(spell=Spell(since=date(2026, 3, 1), until=date(2026, 5, 1)), fen=1000)
    more = Relief(spell=Spell(since=date(2026, 8, 1), until=date(2026, 9, 1)), fen=9000)
    found = reckoned(Membership(admitted_on=date(2010, 7, 1)), reliefs=[half, more])
    assert [month.owed for month in found] == [4000] * 2 + [1000] * 2 + [4000] * 8


def test_a_year_without_a_base_is_not_fixed_and_owes_nothing_yet() -> None:
    assert reckoned(Membership(admitted_on=date(2010, 7, 1)), bases=[]) == []


@settings(max_examples=60, deadline=None)
@given(
    paid=st.lists(st.integers(0, 11), unique=True),
    free=st.lists(st.integers(0, 11), unique=True),
    today=st.dates(date(2026, 1, 1), date(2027, 1, 31)),
)
def test_a_streak_is_what_counting_back_over_open_months_gives(
    paid: list[int], free: list[int], today: date
) -> None:
    """Against a second, naive count: only owed months count, and one that is paid ends a row."""
    months = [
        Month(month=m.month, owed=0 if n in free else 10, due_on=m.due_on, ground=m.ground)
        for n, m in enumerate(reckoned(Membership(admitted_on=date(2010, 7, 1))))
    ]
    given = {YEAR[n]: 10 for n in paid if n not in free}
    found = with_payments(months, given, {})
    naive, longest = 0, 0
    for month in found:
        if month.owed and month.month in given:
            naive = 0
        elif month.owed:
            naive += 1
            assert month.streak == naive
            longest = naive if month.due_on < today and naive > longest else longest
    count = sum(1 for m in found if m.owed and m.month not in given and m.due_on < today)
    assert arrears(found, today) == (count, longest)
    upto = paid_to(found)
    first_open = next((m.month for m in found if m.open), None)
    assert upto is None or first_open is None or upto < first_open
    assert all(a.month < b.month for a, b in pairwise(found))
