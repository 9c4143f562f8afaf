"""The rules of the tree, its history and posts, on values alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.basis import Basis
from zhibu.identifiers import new_id
from zhibu.organizations import rules
from zhibu.organizations.errors import BeforeFounding
from zhibu.organizations.rules import (
    ALLOWED_BELOW,
    BRANCHES,
    FORMAL_HOMES,
    MAY_APPROVE,
    Holder,
    Kind,
    Part,
    Period,
    Post,
    PostKind,
    Unit,
)

DAY = date(2020, 1, 1)
BASIS = Basis(document="中国共产党支部工作条例（试行）", article="第六章", value="7 人")


def unit(kind: Kind = Kind.BRANCH, path: str = "1.2.", **changes: object) -> Unit:
    made = Unit(
        id=new_id(),
        parent_id=new_id(),
        path=path,
        code="C",
        name="支部",
        short_name=None,
        kind=kind,
        approves_probationary=False,
        founded_on=DAY,
        ended_on=None,
        successor_id=None,
        version=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def period(since: date = DAY, until: date | None = None, **changes: object) -> Period:
    made = Period(
        id=new_id(),
        organization_id=UUID(int=1),
        since=since,
        until=until,
        name="旧名",
        kind=Kind.BRANCH,
        parent_id=UUID(int=2),
        path="1.2.",
        change="founded",
        reason=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def codes(faults: object) -> list[str]:
    return [fault.code for fault in faults]  # type: ignore[attr-defined]


def test_nothing_stands_below_a_party_group_and_only_a_branch_has_one() -> None:
    assert not ALLOWED_BELOW[Kind.PARTY_GROUP]
    above = {kind for kind, kinds in ALLOWED_BELOW.items() if Kind.PARTY_GROUP in kinds}
    assert above == BRANCHES


@pytest.mark.clause("S1-16")
@pytest.mark.parametrize("above", [Kind.MUNICIPAL_DEPARTMENT, Kind.DISTRICT_DEPARTMENT])
def test_a_department_may_set_up_an_organization_of_floating_members(above: Kind) -> None:
    assert Kind.FLOATING_BRANCH in ALLOWED_BELOW[above]
    assert Kind.FLOATING_BRANCH in FORMAL_HOMES


def test_no_kind_may_stand_above_one_that_may_stand_above_it() -> None:
    for above, kinds in ALLOWED_BELOW.items():
        for kind in kinds:
            assert kind is above or above not in ALLOWED_BELOW[kind]


@pytest.mark.clause("S3C-05")
@pytest.mark.parametrize("kind", sorted(Kind))
def test_whether_a_unit_approves_probationary_members_is_no_matter_of_depth(kind: Kind) -> None:
    faults = rules.found_faults(
        code="A",
        name="甲",
        kind=kind,
        approves=True,
        parent=None,
        siblings=set(),
        code_taken=False,
    )
    assert ("core.may_not_approve" in codes(faults)) == (kind not in MAY_APPROVE)
    assert not MAY_APPROVE & BRANCHES


def test_every_fault_of_a_founding_is_told_at_once() -> None:
    ended = unit(Kind.PARTY_GROUP, ended_on=DAY)
    faults = rules.found_faults(
        code=" ",
        name="甲",
        kind=Kind.PARTY_COMMITTEE,
        approves=False,
        parent=ended,
        siblings={"甲"},
        code_taken=True,
    )
    assert set(codes(faults)) == {
        "core.name_missing",
        "core.unit_ended",
        "core.kind_not_allowed",
        "core.code_taken",
        "core.name_taken",
    }


@pytest.mark.parametrize("path", ["1.2.", "1.2.3.", "1.2.3.4."])
def test_a_unit_does_not_move_under_itself(path: str) -> None:
    faults = rules.move_faults(unit(path="1.2."), unit(path=path), set(), 0)
    assert codes(faults) == ["core.move_under_itself"]


def test_a_path_that_only_begins_with_the_same_digits_is_no_descendant() -> None:
    parent = unit(Kind.GENERAL_BRANCH, path="1.22.")
    assert not rules.move_faults(unit(path="1.2."), parent, set(), 9)


def test_only_like_units_merge_and_branches_of_any_kind_are_alike() -> None:
    branch, joint = unit(path="1.2."), unit(Kind.JOINT_BRANCH, path="1.3.")
    assert not rules.merge_faults(branch, joint, [], 3)
    committee = unit(Kind.PARTY_COMMITTEE, path="1.4.")
    assert codes(rules.merge_faults(branch, committee, [], 3)) == ["core.merge_differs"]


def test_a_party_group_leaves_its_branch_only_without_members() -> None:
    group, branch = unit(Kind.PARTY_GROUP), unit(path="1.3.")
    assert codes(rules.move_faults(group, branch, set(), 1)) == ["core.group_has_members"]
    assert not rules.move_faults(group, branch, set(), 0)
    elsewhere = unit(Kind.PARTY_GROUP, path="1.3.4.", parent_id=branch.id)
    assert codes(rules.merge_faults(group, elsewhere, [], 1)) == ["core.group_has_members"]
    beside = unit(Kind.PARTY_GROUP, path="1.9.", parent_id=group.parent_id)
    assert not rules.merge_faults(group, beside, [], 1)


def test_a_unit_is_not_reopened_under_what_has_moved_since() -> None:
    ended = unit(ended_on=DAY)
    above = unit(Kind.GENERAL_BRANCH, path="1.")
    assert not rules.reopen_faults(ended, ended.path, above, set())
    found = rules.reopen_faults(ended, "1.9.2.", above, set())
    assert codes(found) == ["core.later_change_recorded"]


def test_members_are_not_merged_into_a_branch_that_holds_no_affiliations() -> None:
    temporary = unit(Kind.TEMPORARY_BRANCH, path="1.3.")
    assert Kind.TEMPORARY_BRANCH not in FORMAL_HOMES
    assert codes(rules.merge_faults(unit(), temporary, [], 1)) == ["core.kind_not_for_members"]
    assert not rules.merge_faults(unit(), temporary, [], 0)


def test_a_split_names_each_member_unit_and_code_once() -> None:
    member, strange = new_id(), new_id()
    parts = [
        Part(code="A", name="甲", members=(member,)),
        Part(code="A", name="乙", members=(member, strange)),
        Part(code="C", name="丙"),
    ]
    faults = rules.split_faults(
        unit(), parts, members={member}, units=set(), codes_taken={"C"}, siblings={"乙"}
    )
    assert sorted(codes(faults)) == [
        "core.code_taken",
        "core.name_taken",
        "core.named_twice",
        "core.named_twice",
        "core.not_of_unit",
        "core.nothing_to_split",
    ]


def test_a_code_may_equal_a_name() -> None:
    part = Part(code="甲", name="甲", members=(new_id(),))
    found = rules.split_faults(
        unit(), [part], members=part.members, units=(), codes_taken=(), siblings=()
    )
    assert not found


@pytest.mark.clause("S2-18")
def test_a_unit_with_members_or_sub_units_is_not_dissolved() -> None:
    faults = rules.dissolve_faults(unit(), members=2, units=1)
    assert codes(faults) == ["core.units_remain"]
    assert faults[0].facts == {"members": 2, "units": 1}


def test_a_late_name_holds_until_the_next_recorded_one() -> None:
    renamed = date(2022, 1, 1)
    history = [
        period(until=renamed),
        period(since=renamed, name="新名", change="renamed"),
    ]
    late = date(2021, 1, 1)
    after = rules.altered(history, late, change="renamed", reason="补录", name="中名")
    assert [(p.since, p.name) for p in after] == [
        (DAY, "旧名"),
        (late, "中名"),
        (renamed, "新名"),
    ]


def test_a_late_name_runs_through_a_later_move() -> None:
    moved = date(2022, 1, 1)
    history = [period(until=moved), period(since=moved, path="1.9.", change="moved")]
    after = rules.altered(history, date(2021, 1, 1), change="renamed", reason="补录", name="中名")
    assert [(p.name, p.path) for p in after] == [
        ("旧名", "1.2."),
        ("中名", "1.2."),
        ("中名", "1.9."),
    ]


def test_nothing_changes_before_the_records_begin() -> None:
    with pytest.raises(BeforeFounding):
        rules.altered([period()], DAY - timedelta(1), change="renamed", reason="", name="甲")


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30), st.sampled_from("甲乙丙丁"), st.sampled_from(sorted(BRANCHES))
        ),
        max_size=8,
    )
)
def test_a_history_stays_gapless_in_whatever_order_changes_are_entered(
    changes: list[tuple[int, str, Kind]],
) -> None:
    history = [period()]
    for day, name, kind in changes:
        on = DAY + timedelta(day)
        history = rules.altered(history, on, change="renamed", reason="x", name=name, kind=kind)
        held = rules.period_on(history, on)
        assert (held.name, held.kind) == (name, kind)
    assert history[0].since == DAY
    assert history[-1].until is None
    for earlier, later in pairwise(history):
        assert earlier.until == later.since
        assert earlier.since < later.since


def holder(**changes: object) -> Holder:
    made = Holder(
        id=new_id(), name="张三", path="1.2.", group_id=None, stage="full", admitted_on=DAY
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def appointed(who: Holder, kind: PostKind, where: Unit, **changes: object) -> list[str]:
    values: dict[str, object] = {
        "since": DAY,
        "until": None,
        "posts": [],
        "secretaries": {},
        "full_members": 9,
        "committee_needs": BASIS,
        "needed": 7,
    }
    faults = rules.appointment_faults(where, who, kind, **{**values, **changes})  # type: ignore[arg-type]
    return codes(faults)


def test_a_post_is_for_members_of_the_subtree_who_are_full_where_it_is_elected() -> None:
    assert not appointed(holder(), PostKind.SECRETARY, unit())
    outside = holder(path="1.3.")
    assert appointed(outside, PostKind.SECRETARY, unit()) == ["core.holder_outside"]
    probationary = holder(stage="probationary")
    assert appointed(probationary, PostKind.SECRETARY, unit()) == ["core.holder_not_full"]
    assert not appointed(probationary, PostKind.RECORDER, unit())
    assert appointed(holder(stage="left"), PostKind.RECORDER, unit()) == ["core.holder_left"]


def test_a_post_begins_neither_before_its_unit_nor_before_its_holders_admission() -> None:
    early = DAY - timedelta(1)
    assert appointed(holder(), PostKind.RECORDER, unit(), since=early) == [
        "core.before_founding",
        "core.holder_admitted_later",
    ]
    since_long = holder(admitted_on=date(1999, 1, 1))
    assert appointed(since_long, PostKind.RECORDER, unit(founded_on=None), since=early) == []
    later = rules.correction_faults(
        post(),
        kind=PostKind.SECRETARY,
        since=early,
        term_ends_on=None,
        until=None,
        unit=unit(),
        posts=[],
        secretaries={},
    )
    assert codes(later) == ["core.before_founding"]


def test_a_unit_is_not_founded_before_the_one_above_it() -> None:
    founded = {
        "code": "A",
        "name": "甲",
        "kind": Kind.BRANCH,
        "approves": False,
        "parent": unit(Kind.GENERAL_BRANCH),
        "siblings": set(),
        "code_taken": False,
    }
    early = rules.found_faults(**founded, founded_on=DAY - timedelta(1))  # type: ignore[arg-type]
    assert [(fault.code, fault.path) for fault in early] == [
        ("core.before_founding", ("founded_on",))
    ]
    assert not rules.found_faults(**founded, founded_on=DAY)  # type: ignore[arg-type]
    assert not rules.found_faults(**founded, founded_on=None)  # type: ignore[arg-type]


def test_a_party_group_has_a_leader_from_among_its_own_members() -> None:
    group = unit(Kind.PARTY_GROUP, path="1.2.3.")
    assert not appointed(holder(group_id=group.id), PostKind.PARTY_GROUP_LEADER, group)
    assert appointed(holder(), PostKind.PARTY_GROUP_LEADER, group) == ["core.holder_outside"]
    assert appointed(holder(group_id=group.id), PostKind.SECRETARY, group) == [
        "core.post_not_at_kind"
    ]
    assert appointed(holder(), PostKind.PARTY_GROUP_LEADER, unit()) == ["core.post_not_at_kind"]


def post(**changes: object) -> Post:
    made = Post(
        id=new_id(),
        organization_id=new_id(),
        member_id=new_id(),
        kind=PostKind.SECRETARY,
        since=DAY,
        term_ends_on=None,
        until=None,
        reason=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "since", "refused"),
    [
        (None, DAY + timedelta(900), True),
        (DAY + timedelta(10), DAY + timedelta(9), True),
        (DAY + timedelta(10), DAY + timedelta(10), False),
    ],
)
def test_there_is_one_secretary_at_a_time(until: date | None, since: date, refused: bool) -> None:
    faults = appointed(holder(), PostKind.SECRETARY, unit(), posts=[post(until=until)], since=since)
    assert faults == (["core.secretary_in_office"] if refused else [])


def test_two_deputies_may_serve_at_once_but_nobody_twice() -> None:
    who = holder()
    deputy = post(kind=PostKind.DEPUTY_SECRETARY)
    assert not appointed(who, PostKind.DEPUTY_SECRETARY, unit(), posts=[deputy])
    mine = replace(deputy, member_id=who.id)
    assert appointed(who, PostKind.DEPUTY_SECRETARY, unit(), posts=[mine]) == ["core.post_held"]


@pytest.mark.parametrize(("full", "refused"), [(6, True), (7, False)])
def test_a_branch_of_fewer_than_seven_full_members_has_no_committee(
    full: int, refused: bool
) -> None:
    found = appointed(holder(), PostKind.PUBLICITY_MEMBER, unit(), full_members=full)
    assert found == (["core.too_few_for_committee"] if refused else [])
    assert not appointed(holder(), PostKind.SECRETARY, unit(), full_members=full)
    committee = unit(Kind.PARTY_COMMITTEE)
    assert not appointed(holder(), PostKind.PUBLICITY_MEMBER, committee, full_members=0)


def test_where_an_institution_only_wants_a_warning_the_committee_is_not_refused() -> None:
    assert not appointed(
        holder(), PostKind.PUBLICITY_MEMBER, unit(), full_members=2, committee_needs=None
    )
    assert rules.too_small(Kind.BRANCH, PostKind.PUBLICITY_MEMBER, 2, 7)


def test_the_dates_of_a_post_follow_each_other() -> None:
    before = DAY - timedelta(1)
    assert codes(rules.span_faults(DAY, before, before)) == ["core.dates_reversed"] * 2
    assert not rules.span_faults(DAY, DAY, DAY)


def test_a_term_is_counted_in_years_with_the_last_day_of_february() -> None:
    assert rules.term_end(date(2024, 2, 29), 3) == date(2027, 2, 28)
