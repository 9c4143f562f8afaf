"""What records propose, held against the entries that there are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from zhibu_scoring.rules.entries import Entry, Recorded, State
from zhibu_scoring.rules.proposals import Proposal
from zhibu_scoring.rules.schemes import Part
from zhibu_scoring.rules.steps import steps

DAY = date(2026, 6, 14)
PROPOSAL = Proposal(
    source="OrganizationLifeMeeting/1",
    kind="OrganizationLifeMeeting",
    id=UUID(int=1),
    item="absence",
    happened_on=DAY,
    description="未请假缺席“主题党日”",
    material="组织生活考勤记录",
)


def entry(state: State, says: str | None = None) -> Recorded:
    """What was made of the proposal."""
    made = Entry(
        member_id=UUID(int=2),
        item="absence",
        happened_on=DAY,
        description=PROPOSAL.description,
        material=PROPOSAL.material,
    )
    return Recorded(
        id=UUID(int=3),
        entry=made,
        part=Part.MINUS,
        name="缺席",
        points=Decimal(3),
        state=state,
        declared_by=None,
        declarer_id=None,
        reverses=None,
        source=PROPOSAL.source,
        source_says=says,
    )


@pytest.mark.clause("S4-18", "S4-55")
def test_a_record_that_is_worded_otherwise_moves_no_points_and_is_told_to_its_entry() -> None:
    renamed = replace(PROPOSAL, description="未请假缺席“七月主题党日”")
    for state in (State.DECLARED, State.APPROVED, State.REFUSED):
        known = entry(state)
        made = steps([renamed], [known])
        assert made.reword == [(known, "未请假缺席“七月主题党日”（组织生活考勤记录）")]
        assert (made.propose, made.withdraw, made.reverse) == ([], [], [])
        told = entry(state, says=renamed.said)
        assert not steps([renamed], [told]).reword
        assert steps([PROPOSAL], [told]).reword == [(told, None)]
        assert not steps([PROPOSAL], [known]).reword


@pytest.mark.clause("S4-66")
def test_what_another_branch_s_scheme_took_off_stands_where_the_new_one_has_no_such_item() -> None:
    def elsewhere(item: str) -> bool:
        return item == "dues_late"

    for state in (State.DECLARED, State.APPROVED):
        made = steps([PROPOSAL], [entry(state)], elsewhere)
        assert (made.propose, made.withdraw, made.reverse) == ([], [], [])
    assert steps([PROPOSAL], [], elsewhere).propose == []
    assert steps([], [entry(State.APPROVED)], elsewhere).reverse == [entry(State.APPROVED)]
