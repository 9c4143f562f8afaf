"""Who should attend and what a mark takes, without a database."""

from itertools import product
from uuid import UUID

from zhibu_organization_life.errors import LeaveNotApproved, MarkInvited, OwnLeave
from zhibu_organization_life.rules.attendance import (
    Mark,
    Marker,
    Place,
    corrects,
    mark_refusals,
    should_attend,
    stands,
)
from zhibu_organization_life.rules.catalogues import HELD_AT, OWED_BY, Kind, Leave, Presence

ME, OTHER = UUID(int=1), UUID(int=2)


def refused(presence: Presence, leave: Leave | None = None, *, by: UUID, may: bool) -> list[type]:
    place = Place(member_id=ME, expected=True, presence=Presence.INVITED, leave=leave)
    mark = Mark(member_id=ME, presence=presence)
    marker = Marker(member_id=by, decides_leave=may)
    return [type(error) for error in mark_refusals(mark, place, marker)]


def test_nobody_is_on_leave_whose_leave_nobody_else_approved() -> None:
    for leave, by, may in product((None, *Leave), (ME, OTHER), (True, False)):
        found = refused(Presence.ON_LEAVE, leave, by=by, may=may)
        if leave is Leave.APPROVED or (by == OTHER and may):
            assert found == [], (leave, by, may)
        else:
            assert found == [OwnLeave if by == ME else LeaveNotApproved], (leave, by, may)


def test_presence_and_absence_take_no_approval_and_invited_is_no_mark() -> None:
    for presence in (Presence.PRESENT, Presence.ABSENT):
        assert refused(presence, by=ME, may=False) == []
    assert refused(Presence.INVITED, by=OTHER, may=True) == [MarkInvited]


def test_stopped_members_are_not_invited_and_excused_ones_not_held_to_it() -> None:
    ids = [UUID(int=number) for number in range(5)]
    stages = dict(zip(ids, ("full", "probationary", "stopped", "left"), strict=False))
    found = should_attend(ids, {ids[1]}, stages)
    assert found == {ids[0]: True, ids[1]: False}


def test_a_mark_corrects_stands_or_is_the_first_and_never_two_of_these() -> None:
    for before, after in product(Presence, Presence):
        place = Place(member_id=ME, expected=True, presence=before)
        mark = Mark(member_id=ME, presence=after)
        first = before is Presence.INVITED
        assert corrects(mark, place) == (not first and before is not after)
        assert stands(mark, place) == (before is after)
    assert not corrects(Mark(member_id=ME, presence=Presence.PRESENT), None)


def test_leave_that_is_read_back_with_what_was_asked_for_stands() -> None:
    place = Place(
        member_id=ME,
        expected=True,
        presence=Presence.ON_LEAVE,
        leave=Leave.APPROVED,
        leave_reason="出差",
    )
    for reason, as_it_is in ((None, True), ("出差", True), ("生病", False)):
        mark = Mark(member_id=ME, presence=Presence.ON_LEAVE, reason=reason)
        assert stands(mark, place) is as_it_is


def test_whoever_owes_a_kind_may_hold_it() -> None:
    for kind in Kind:
        assert OWED_BY[kind] <= HELD_AT[kind]
