"""What happens in between: roles end, branches end, members leave, and two act at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from tests.procedures.conftest import step

from zhibu.act import Act
from zhibu.errors import Conflict, Refused
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.organizations import service as organizations
from zhibu.organizations import store as units
from zhibu.organizations.rules import Part
from zhibu.organizations.tables import Organization
from zhibu.procedures import store as procedures
from zhibu.procedures.errors import OverrideOwn
from zhibu.procedures.rules.answering import Override, override_faults
from zhibu.procedures.rules.values import Actor
from zhibu.procedures.service.proposing import propose_openly
from zhibu.procedures.tables import Procedure, ProcedureStep
from zhibu.testing.branch import Branch, peopled, told
from zhibu.testing.house import Institution


async def test_of_an_approval_and_a_return_at_once_one_happens(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    await branch.institution.account("second", "branch_secretary", "branch")
    procedure = await branch.propose("officer")
    step = procedure["step"]["id"]
    answers = await asyncio.gather(
        branch.do("secretary", "StepDecide", step=step, approve=True),
        branch.do("second", "Return", step=step, reason="材料不全"),
    )
    assert sorted(map(told, answers)) == [[], ["core.procedure_step_passed"]]
    now = await branch.shown(procedure["id"])
    assert now is not None
    assert len([each for each in now["steps"] if each["result"]]) == 1


async def test_what_is_decided_is_not_withdrawn_any_more(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define({**two_steps, "steps": two_steps["steps"][:1]})
    procedure = await branch.propose("officer")
    await branch.decide("secretary", procedure)
    answer = await branch.do("officer", "Withdraw", procedure=procedure["id"], reason="另议")
    assert told(answer) == ["core.procedure_step_passed"]
    assert (await branch.decide("secretary", procedure))["userErrors"][0]["code"] == (
        "core.procedure_step_passed"
    )


async def test_whose_role_has_ended_decides_nothing_and_nobody_for_him(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    institution = branch.institution
    await institution.account("chief", "branch_secretary", "branch", until=date(2026, 6, 18))
    await institution.account("deputy", "recorder", "branch", member_id=branch.members[4].id)
    lets = {
        "member": branch.ids(4)[0],
        "organization": institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-30",
        "reason": "出差",
    }
    assert told(await branch.do("chief", "Delegate", **lets)) == []
    procedure = await branch.propose("officer")
    given = {"step": procedure["step"]["id"], "approve": True}
    await branch.later(days=4)
    assert await branch.refusal("chief", "StepDecide", **given) == "NOT_FOUND"
    assert await branch.refusal("deputy", "StepDecide", **given) == "FORBIDDEN"
    assert told(await branch.do("secretary", "StepDecide", **given)) == []


async def test_letting_each_other_act_gives_neither_more_than_he_had(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    """In a circle too: what somebody does for another he does not hand on."""
    await branch.define(two_steps)
    institution = branch.institution
    await institution.account("chief", "branch_secretary", "branch", member_id=branch.members[4].id)
    other = await institution.member("branch")
    await institution.account("above", "committee_officer", "committee", member_id=other.id)
    lets = {"since": "2026-06-15", "until": "2026-06-30", "reason": "互相代办"}
    lets |= {"organization": institution.id("branch")}
    [chief] = branch.ids(4)
    third = (await branch.institution.member("branch")).id
    await institution.account("third", "recorder", "branch", member_id=third)
    assert told(await branch.do("above", "Delegate", **lets, member=chief)) == []
    back = {**lets, "member": global_id("Member", other.id)}
    assert told(await branch.do("chief", "Delegate", **back)) == []
    own = await branch.propose("chief")
    assert told(await branch.decide("chief", own)) == ["core.procedure_own"]
    given = {"step": own["step"]["id"], "approve": True}
    assert await branch.refusal("third", "StepDecide", **given) == "FORBIDDEN"
    at_committee = (await branch.decide("above", own))["procedure"]
    given = {"step": at_committee["step"]["id"], "approve": True}
    # He was let at the branch only, and the step is the committee's.
    assert await branch.refusal("chief", "StepDecide", **given) == "FORBIDDEN"


async def test_a_branch_does_not_end_while_something_is_under_way_there(
    institution: Institution,
) -> None:
    """Nor is anything proposed where a branch has ended."""
    branch = Branch(institution=institution)
    there = {"organization": institution.id("other")}
    procedure = await branch.propose("officer", **there)
    on = {"on": branch.today, "reason": "撤并"}
    into = {"into": institution.id("branch")}
    refused = ["core.unit_procedures_under_way"]
    assert told(await branch.do("officer", "organizationDissolve", **there, **on)) == refused
    assert told(await branch.do("officer", "organizationMerge", **there, **into, **on)) == refused
    await branch.do("officer", "Withdraw", procedure=procedure["id"], reason="支部撤并")
    assert told(await branch.do("officer", "organizationDissolve", **there, **on)) == []
    again = {"procedure": "core.resolution", "title": "某", "statement": "某", **there}
    assert told(await branch.do("officer", "Propose", **again)) == ["core.procedure_level_missing"]


Change = Callable[[Act, Institution], Awaitable[Any]]


def dissolved(act: Act, there: Institution) -> Awaitable[Any]:
    return organizations.dissolve(act, there.units["other"].id, on=act.today, reason="撤并")


def merged(act: Act, there: Institution) -> Awaitable[Any]:
    into = there.units["branch"].id
    return organizations.merge(
        act, there.units["other"].id, into_id=into, on=act.today, reason="撤并"
    )


def merged_above(act: Act, there: Institution) -> Awaitable[Any]:
    into = there.units["rival"].id
    return organizations.merge(
        act, there.units["committee"].id, into_id=into, on=act.today, reason="撤并"
    )


def split_off(act: Act, there: Institution) -> Awaitable[Any]:
    parts = [Part(code="NEW", name="新党委", units=(there.units["general"].id,))]
    return organizations.split(
        act, there.units["committee"].id, parts=parts, on=act.today, reason="拆分"
    )


async def one_begun_in_the_other(
    institution: Institution, first: Change, second: Change
) -> list[list[str]]:
    """What is refused of each; the second is begun before the first is committed."""
    begun = asyncio.Event()

    async def do(change: Change) -> list[str]:
        try:
            async with institution.operator() as act:
                if change is second:
                    await act.session.execute(select(Organization.id))
                await change(act, institution)
                if change is first:
                    begun.set()
                    await asyncio.sleep(0.2)  # keeps the transaction open while the other waits
        except Refused as refused:
            return [error.code for error in refused.errors]
        except Conflict as error:
            return [error.code]
        return []

    async def later() -> list[str]:
        await begun.wait()
        return await do(second)

    return list(await asyncio.gather(do(first), later()))


@pytest.mark.parametrize("proposal_first", [True, False])
@pytest.mark.parametrize(
    ("change", "level", "refused"),
    [
        (dissolved, "home", ("core.unit_procedures_under_way", "core.procedure_level_missing")),
        (merged, "home", ("core.unit_procedures_under_way", "core.procedure_level_missing")),
        (merged_above, "home", (None, "core.procedure_place_moved")),
        (merged_above, "district_department", (None, "core.procedure_place_moved")),
        (split_off, "home", (None, "core.procedure_place_moved")),
        (split_off, "party_committee", (None, "core.procedure_place_moved")),
    ],
)
async def test_a_proposal_and_a_change_of_the_tree_at_once_leave_nothing_where_nobody_is(
    institution: Institution,
    proposal_first: bool,
    change: Change,
    level: str,
    refused: tuple[str | None, str | None],
) -> None:
    """Whoever holds the branch first wins; what is proposed stands where its branch stands."""
    definition = {"single": False, "steps": [step("only", level)]}
    assert told(await Branch(institution=institution).define(definition)) == []

    def propose(act: Act, there: Institution) -> Awaitable[Any]:
        other = there.units["other"].id
        return propose_openly(
            act, "core.resolution", title="某", statement="某", organization_id=other
        )

    order = (propose, change) if proposal_first else (change, propose)
    late = refused[0] if proposal_first else refused[1]
    answers = await one_begun_in_the_other(institution, *order)
    assert answers in ([[], []], [[], [late]])  # one database carries on where it stands by then
    async with institution.operator() as act:
        for table in (Procedure, ProcedureStep):
            stands = await act.session.execute(
                select(table.path, Organization.path, Organization.ended_on).join(
                    Organization, Organization.id == table.organization_id
                )
            )
            rows = stands.all()
            assert len(rows) == (answers[order.index(propose)] == [])
            assert [row for row in rows if row[0] != row[1] or row[2] is not None] == []


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
async def test_a_decision_and_a_move_that_wait_for_each_other_both_happen(
    branch: Branch, two_steps: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database ends one of them, which is done anew; nobody is told of it."""
    await branch.define(two_steps)
    institution = branch.institution
    await institution.account("mover", "committee_officer")
    procedure = await branch.propose("officer")
    holding = [asyncio.Event(), asyncio.Event()]

    def met(
        statement: Callable[..., Awaitable[Any]], mine: asyncio.Event, other: asyncio.Event
    ) -> Callable[..., Awaitable[Any]]:

        async def held(*args: Any) -> Any:
            done = await statement(*args)
            mine.set()
            await other.wait()
            return done

        return held

    monkeypatch.setattr(procedures, "steps", met(procedures.steps, *holding))
    monkeypatch.setattr(units, "save_unit", met(units.save_unit, *reversed(holding)))
    moving = {"organization": institution.id("committee"), "parent": institution.id("root")}
    answers = await asyncio.gather(
        branch.do("secretary", "StepDecide", step=procedure["step"]["id"], approve=True),
        branch.do("mover", "organizationMove", **moving, on=branch.today, reason="调整"),
    )
    assert [told(answer) for answer in answers] == [[], []]
    async with institution.operator() as act:
        stands = await act.session.execute(
            select(ProcedureStep.path, Organization.path).join(
                Organization, Organization.id == ProcedureStep.organization_id
            )
        )
        paths = stands.all()
    assert len(paths) == 2
    assert all(path == now for path, now in paths)


async def test_who_left_between_proposal_and_meeting_is_counted_no_more(
    branch: Branch,
) -> None:
    procedure = await branch.propose()
    await leave(branch, 3)
    given = {"procedure": procedure["id"], "heldOn": branch.today, "present": branch.ids(0, 1, 2)}
    sitting = (await branch.do("recorder", "SittingOpen", **given))["sitting"]
    assert [seat["entitled"] for seat in sitting["seats"]] == [True] * 4
    assert await branch.refusal("m3", "VoteCast", procedure=procedure["id"], choice="YES") != ""


async def test_a_meeting_recorded_later_counts_those_who_belonged_that_day(
    branch: Branch,
) -> None:
    procedure = await branch.propose()
    held = branch.today
    await branch.later(days=3)
    await leave(branch, 3)
    given = {"procedure": procedure["id"], "heldOn": held, "present": branch.ids()}
    sitting = (await branch.do("recorder", "SittingOpen", **given))["sitting"]
    assert [seat["entitled"] for seat in sitting["seats"]] == [True] * 5


async def test_who_left_before_the_election_stands_no_longer(institution: Institution) -> None:
    branch = await peopled(institution, 6, 5)
    given = {
        "organization": institution.id("branch"),
        "title": "换届选举",
        "statement": "选举委员。",
        "seats": 1,
        "candidates": branch.ids(2, 3),
    }
    procedure = (await branch.do("secretary", "Elect", **given))["procedure"]
    await branch.decide("officer", procedure)
    await leave(branch, 3)
    opening = {"procedure": procedure["id"], "heldOn": branch.today}
    refused = await branch.do("recorder", "SittingOpen", **opening)
    assert told(refused) == ["core.election_candidates_too_few"]
    await branch.set("core.election_surplus", "0", since="2026-06-15")
    sitting = (await branch.do("recorder", "SittingOpen", **opening))["sitting"]
    assert [name["memberName"] for name in sitting["names"]] == [branch.members[2].name]


async def leave(branch: Branch, number: int) -> None:
    """A member belongs to another branch from today."""
    institution = branch.institution
    async with institution.operator() as act:
        await members.transfer(
            act,
            branch.members[number].id,
            organization_id=institution.units["other"].id,
            on=date.fromisoformat(branch.today),
            reason="调动",
        )


@pytest.mark.clause("A-30")
def test_one_person_with_two_accounts_does_not_confirm_his_own_override() -> None:
    asked = Override(
        id=UUID(int=1),
        procedure_id=UUID(int=2),
        action="core:procedure:override",
        path="1.",
        approves=True,
        reason="情况特殊",
        asked_by=UUID(int=3),
        asker_id=UUID(int=4),
        settled_at=None,
    )
    same = Actor(account_id=UUID(int=5), member_id=UUID(int=4))
    assert [type(fault) for fault in override_faults(asked, same, confirms=True)] == [OverrideOwn]
    another = Actor(account_id=UUID(int=5), member_id=UUID(int=6))
    assert [*override_faults(asked, another, confirms=True)] == []
