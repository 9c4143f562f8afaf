"""The rules of membership on values alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.errors import ZhibuError
from zhibu.identifiers import new_id
from zhibu.members import rules
from zhibu.members.errors import DatesOutOfOrder, NothingToUndo
from zhibu.members.rules import (
    Affiliation,
    Change,
    Departure,
    Group,
    Home,
    Probation,
    Stage,
    StagePeriod,
    Step,
)

YEAR = Probation(months=12, least_extension=6, most_extension=12)
ADMITTED = date(2024, 2, 29)
TODAY = date(2027, 1, 1)


def begun(*, full: bool = False, full_on: date | None = None) -> list[StagePeriod]:
    return rules.begun(
        new_id(),
        change=Change.ADMITTED,
        admitted_on=ADMITTED,
        full_on=full_on,
        full=full,
        decision="决议",
        decided_on=ADMITTED,
        probation=YEAR,
    )


def step(change: Change, on: date, **changes: object) -> Step:
    made = Step(change=change, on=on, decision="决议", decided_on=on)
    return replace(made, **changes)  # type: ignore[arg-type]


def faults(periods: list[StagePeriod], taken: Step) -> list[str]:
    found = rules.step_faults(periods, taken, today=TODAY, probation=YEAR)
    return [fault.code for fault in found]


@pytest.mark.clause("S0-15")
def test_membership_begins_on_the_day_of_the_branch_meeting() -> None:
    [period] = begun()
    assert (period.stage, period.since, period.ends_on) == (
        Stage.PROBATIONARY,
        ADMITTED,
        date(2025, 2, 28),
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 2, 27), ["core.probation_not_over"]), (date(2025, 2, 28), [])],
)
def test_a_probation_lasts_a_calendar_year(on: date, expected: list[str]) -> None:
    assert faults(begun(), step(Change.MADE_FULL, on)) == expected


@pytest.mark.parametrize(("months", "refused"), [(5, True), (6, False), (12, False), (13, True)])
def test_an_extension_is_half_a_year_to_a_year(months: int, refused: bool) -> None:
    extended = step(Change.EXTENDED, date(2025, 2, 28), months=months)
    assert faults(begun(), extended) == (["core.extension_out_of_range"] if refused else [])


def test_a_probation_is_extended_once_and_ends_that_much_later() -> None:
    history = rules.stepped(begun(), step(Change.EXTENDED, date(2025, 3, 1), months=6))
    assert history[-1].ends_on == date(2025, 8, 28)
    again = step(Change.EXTENDED, date(2025, 8, 28), months=6)
    assert faults(history, again) == ["core.probation_extended"]
    early = step(Change.MADE_FULL, date(2025, 8, 27))
    assert faults(history, early) == ["core.probation_not_over"]


def test_a_decision_is_named_and_neither_lies_in_the_future() -> None:
    tomorrow = TODAY + timedelta(1)
    taken = step(Change.MADE_FULL, tomorrow, decision=" ")
    assert faults(begun(), taken) == [
        "core.not_yet_happened",
        "core.not_yet_happened",
        "core.decision_missing",
    ]


def test_dates_are_not_reversed_and_a_day_has_one_change() -> None:
    stopped = step(Change.STOPPED, ADMITTED - timedelta(1))
    assert faults(begun(), stopped) == ["core.dates_out_of_order"]
    assert faults(begun(), step(Change.STOPPED, ADMITTED)) == ["core.day_taken"]


@pytest.mark.parametrize("departure", sorted(Departure))
def test_each_stage_is_left_in_its_own_ways(departure: Departure) -> None:
    left = step(Change.LEFT, TODAY, departure=departure)
    full = begun(full=True, full_on=date(2025, 3, 1))
    undone = departure is Departure.ENTERED_BY_MISTAKE  # which is no way to leave
    refused = undone or departure is Departure.PROBATIONARY_CANCELLED
    assert faults(full, left) == (["core.departure_not_for_stage"] if refused else [])
    for_full_only = {Departure.EXPELLED, Departure.REMOVED, Departure.PERSUADED_TO_WITHDRAW}
    refused = undone or departure in for_full_only
    assert faults(begun(), left) == (["core.departure_not_for_stage"] if refused else [])


def test_nobody_leaves_without_a_way_or_returns_from_death() -> None:
    assert faults(begun(), step(Change.LEFT, TODAY)) == ["core.departure_missing"]
    died = step(Change.LEFT, date(2026, 1, 1), departure=Departure.DECEASED)
    history = rules.stepped(begun(), died)
    assert faults(history, step(Change.RESTORED, TODAY)) == ["core.cannot_return"]
    assert faults(history, step(Change.STOPPED, TODAY)) == ["core.stage_not_possible"]


@pytest.mark.parametrize("change", [Change.ADMITTED, Change.REGISTERED])
def test_a_membership_begins_once(change: Change) -> None:
    assert faults(begun(), step(change, TODAY)) == ["core.stage_not_possible"]


def test_who_is_restored_is_again_what_they_were() -> None:
    stopped = rules.stepped(begun(), step(Change.STOPPED, date(2024, 6, 1)))
    back = rules.stepped(stopped, step(Change.RESTORED, date(2024, 9, 1)))
    assert (back[-1].stage, back[-1].ends_on) == (Stage.PROBATIONARY, date(2025, 2, 28))


def test_the_entry_itself_is_not_undone() -> None:
    with pytest.raises(NothingToUndo):
        rules.unstepped(begun())


def test_a_member_without_probation_has_one_period() -> None:
    [period] = begun(full=True, full_on=ADMITTED)
    assert (period.stage, period.since, period.change) == (Stage.FULL, ADMITTED, Change.ADMITTED)
    [unknown] = begun(full=True)
    assert (unknown.stage, unknown.since) == (Stage.FULL, ADMITTED)


def test_corrected_dates_move_the_history_but_never_out_of_order() -> None:
    history = begun(full=True, full_on=date(2025, 3, 1))
    moved = rules.redated(
        history, admitted_on=date(2024, 3, 5), full_on=date(2025, 3, 5), probation=YEAR
    )
    assert [(p.since, p.until) for p in moved] == [
        (date(2024, 3, 5), date(2025, 3, 5)),
        (date(2025, 3, 5), None),
    ]
    with pytest.raises(DatesOutOfOrder):
        rules.redated(
            history, admitted_on=date(2025, 3, 1), full_on=date(2025, 3, 1), probation=YEAR
        )


STEPS = st.lists(
    st.builds(
        Step,
        change=st.sampled_from(sorted(Change)),
        on=st.dates(ADMITTED, TODAY),
        decision=st.just("决议"),
        decided_on=st.just(ADMITTED),
        departure=st.sampled_from([None, *sorted(Departure)]),
        months=st.sampled_from([None, 6, 12]),
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_is_accepted_the_history_has_no_gap_and_undoing_leads_back(
    steps: list[Step],
) -> None:
    start = begun()
    histories = [start]
    for taken in sorted(steps, key=lambda each: each.on):
        if not rules.step_faults(histories[-1], taken, today=TODAY, probation=YEAR):
            histories.append(rules.stepped(histories[-1], taken))
    for earlier, later in pairwise(histories[-1]):
        assert earlier.until == later.since
        assert earlier.since < later.since
    assert [p for p in histories[-1] if p.until is None] == [histories[-1][-1]]
    back = histories[-1]
    for expected in reversed(histories[:-1]):
        back = rules.unstepped(back)
        assert back == expected
    assert back == start


def home(**changes: object) -> Home:
    made = Home(id=new_id(), name="支部", path="1.2.", kind="branch", formal=True, ended=False)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_formal_home_is_a_living_branch() -> None:
    assert not rules.home_faults(home())
    assert rules.home_faults(home(formal=False))[0].code == "core.not_a_formal_home"
    assert rules.home_faults(home(ended=True))[0].code == "core.branch_ended"


def test_a_group_belongs_to_the_branch() -> None:
    branch = new_id()
    group = Group(id=new_id(), name="组", branch_id=branch, is_group=True, living=True)
    assert not rules.group_faults(group, branch)
    assert not rules.group_faults(None, branch)
    for wrong in (
        replace(group, branch_id=new_id()),
        replace(group, is_group=False),
        replace(group, living=False),
    ):
        assert rules.group_faults(wrong, branch)[0].code == "core.group_elsewhere"


@pytest.mark.parametrize(
    ("admitted", "refused"), [(date(2018, 3, 6), True), (date(2018, 3, 7), False)]
)
def test_nobody_is_admitted_before_the_eighteenth_birthday(admitted: date, refused: bool) -> None:
    assert bool(rules.age_faults(date(2000, 3, 7), admitted, 18, None)) == refused


@pytest.mark.clause("S2-18")
@given(st.lists(st.one_of(st.just("undo"), st.integers(1, 400)), max_size=15))
def test_over_any_transfers_and_undos_there_is_one_open_affiliation(
    acts: list[str | int],
) -> None:
    history: list[Affiliation] = rules.affiliated([], new_id(), new_id(), ADMITTED, None)
    for act in acts:
        try:
            if isinstance(act, int):
                on = history[-1].since + timedelta(act)
                history = rules.affiliated(history, history[0].member_id, new_id(), on, None)
            else:
                history = rules.unaffiliated(history)
        except ZhibuError:
            continue
        assert [each for each in history if each.until is None] == [history[-1]]
        for earlier, later in pairwise(history):
            assert earlier.until == later.since


def test_what_came_with_a_restoration_goes_only_with_it() -> None:
    first = rules.affiliated([], new_id(), new_id(), ADMITTED, None)
    left = rules.closed(first, date(2025, 1, 1))
    back = rules.affiliated(left, first[0].member_id, new_id(), date(2026, 1, 1), None)
    with pytest.raises(NothingToUndo):
        rules.unaffiliated(back)
    assert rules.unreturned(back, date(2026, 1, 1)) == left
    assert rules.undeparted(left, date(2025, 1, 1)) == first
