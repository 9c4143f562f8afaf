"""Meetings: who may vote, once, and what the count decides."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from zhibu.identifiers import global_id
from zhibu.members.service import Entry, admit
from zhibu.testing.branch import Branch, peopled, told
from zhibu.testing.house import Institution
from zhibu.testing.register import identity


async def opened(branch: Branch, **changes: Any) -> str:
    procedure = await branch.propose()
    given = {"heldOn": branch.today, "secret": False, "present": branch.ids(), **changes}
    answer = await branch.do("recorder", "SittingOpen", procedure=procedure["id"], **given)
    assert told(answer) == [], answer
    return str(procedure["id"])


async def state(branch: Branch, id: str) -> str:
    document = "query ($id: ID!) { procedure(id: $id) { state } }"
    answer = await branch.institution.ask("officer", document, {"id": id})
    return str(answer["data"]["procedure"]["state"])


async def test_who_does_not_conduct_meetings_opens_attends_and_closes_none(branch: Branch) -> None:
    id = await opened(branch)
    for name, input in (
        ("SittingOpen", {"heldOn": branch.today}),
        ("Attend", {"present": branch.ids(0)}),
        ("WriteIn", {"member": branch.ids(0)[0], "choice": "YES"}),
        ("VoteClose", {}),
    ):
        for login, code in (("m0", "FORBIDDEN"), ("rival", "NOT_FOUND"), ("district", "FORBIDDEN")):
            assert await branch.refusal(login, name, procedure=id, **input) == code, (login, name)
    assert await state(branch, id) == "OPEN"


async def test_only_those_with_a_seat_vote(branch: Branch) -> None:
    stranger = await branch.institution.member("other")
    await branch.institution.account("stranger", member_id=stranger.id)
    id = await opened(branch)
    for login in ("stranger", "rival", "officer"):
        assert await branch.refusal(login, "VoteCast", procedure=id, choice="YES") == "NOT_FOUND"


async def test_a_passed_vote_decides_the_procedure(branch: Branch) -> None:
    id = await opened(branch)
    for login in ("m0", "m1", "m2"):
        assert told(await branch.do(login, "VoteCast", procedure=id, choice="YES")) == []
    await branch.do("m3", "VoteCast", procedure=id, choice="NO")
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    sitting = closed["sitting"]
    assert (sitting["verdict"], sitting["entitled"], sitting["present"]) == ("PASSED", 5, 5)
    assert (sitting["yes"], sitting["no"], sitting["neededYes"]) == (3, 1, 3)
    assert await state(branch, id) == "APPROVED"


async def test_half_of_those_who_should_attend_is_not_enough_in_favour(
    institution: Institution,
) -> None:
    branch = await peopled(institution, 4, 2)
    id = await opened(branch)
    for login in ("m0", "m1"):
        await branch.do(login, "VoteCast", procedure=id, choice="YES")
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert closed["sitting"]["verdict"] == "REJECTED"
    assert await state(branch, id) == "REFUSED"


async def test_without_a_quorum_nothing_is_decided_and_another_meeting_may_be_held(
    branch: Branch,
) -> None:
    id = await opened(branch, present=branch.ids(0, 1))
    for login in ("m0", "m1"):
        await branch.do(login, "VoteCast", procedure=id, choice="YES")
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert (closed["sitting"]["verdict"], closed["sitting"]["neededPresent"]) == ("NO_QUORUM", 3)
    assert await state(branch, id) == "OPEN"
    again = await branch.do("recorder", "SittingOpen", procedure=id, heldOn=branch.today)
    assert told(again) == []


async def test_one_member_has_one_vote(branch: Branch) -> None:
    id = await opened(branch)
    await branch.do("m0", "VoteCast", procedure=id, choice="NO")
    again = await branch.do("m0", "VoteCast", procedure=id, choice="YES")
    assert told(again) == ["core.procedure_already_voted"]


@pytest.mark.parametrize("secret", [False, True])
async def test_ten_votes_of_one_member_at_once_are_one(branch: Branch, secret: bool) -> None:
    id = await opened(branch, secret=secret)
    votes = (branch.do("m0", "VoteCast", procedure=id, choice="YES") for _ in range(10))
    answers = await asyncio.gather(*votes)
    refused = sorted(tuple(told(answer)) for answer in answers)
    assert refused == [(), *[("core.procedure_already_voted",)] * 9]
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert closed["sitting"]["yes"] == 1


async def test_two_meetings_opened_at_once_are_one_and_two_counts_too(branch: Branch) -> None:
    procedure = await branch.propose()
    given = {"procedure": procedure["id"], "heldOn": branch.today, "present": branch.ids()}
    answers = await asyncio.gather(*(branch.do("recorder", "SittingOpen", **given) for _ in "xy"))
    assert sorted(map(told, answers)) == [[], ["core.procedure_sitting_open"]]
    answers = await asyncio.gather(
        *(branch.do(who, "VoteClose", procedure=procedure["id"]) for who in ("recorder", "officer"))
    )
    assert sorted(map(told, answers)) in (
        [[], ["core.procedure_step_passed"]],
        [[], ["core.procedure_sitting_missing"]],
    )


async def test_who_is_not_recorded_as_present_does_not_vote(branch: Branch) -> None:
    id = await opened(branch, present=branch.ids(0))
    answer = await branch.do("m1", "VoteCast", procedure=id, choice="YES")
    assert told(answer) == ["core.procedure_voter_absent"]
    await branch.do("recorder", "Attend", procedure=id, present=branch.ids(1))
    assert told(await branch.do("m1", "VoteCast", procedure=id, choice="YES")) == []
    gone = await branch.do("recorder", "Attend", procedure=id, absent=branch.ids(1))
    assert told(gone) == ["core.procedure_voted_while_absent"]


async def test_votes_are_cast_on_the_day_and_counts_of_paper_entered_later(branch: Branch) -> None:
    procedure = await branch.propose()
    id, held = procedure["id"], branch.today
    await branch.later(days=2)
    await branch.do("recorder", "SittingOpen", procedure=id, heldOn=held, present=branch.ids())
    answer = await branch.do("m0", "VoteCast", procedure=id, choice="YES")
    assert told(answer) == ["core.procedure_sitting_not_today"]
    paper = {"yes": 4, "no": 1, "abstained": 1}
    many = await branch.do("recorder", "VoteClose", procedure=id, paper=paper)
    assert told(many) == ["core.procedure_count_impossible"]
    closed = await branch.do("recorder", "VoteClose", procedure=id, paper={**paper, "no": 0})
    assert (closed["sitting"]["verdict"], closed["sitting"]["yes"]) == ("PASSED", 4)


async def test_paper_is_not_counted_on_top_of_votes_cast_here(branch: Branch) -> None:
    id = await opened(branch)
    await branch.do("m0", "VoteCast", procedure=id, choice="NO")
    paper = {"yes": 5, "no": 0, "abstained": 0}
    closed = await branch.do("recorder", "VoteClose", procedure=id, paper=paper)
    assert told(closed) == ["core.procedure_ballots_mixed"]
    negative = {"yes": 5, "no": -1, "abstained": 0}
    closed = await branch.do("recorder", "VoteClose", procedure=id, paper=negative)
    assert "core.procedure_count_impossible" in told(closed)


async def test_written_opinions_are_recorded_and_do_not_count_by_default(branch: Branch) -> None:
    id = await opened(branch, present=branch.ids(0, 1, 2))
    for login in ("m0", "m1"):
        await branch.do(login, "VoteCast", procedure=id, choice="YES")
    for member in branch.ids(3, 4):
        answer = await branch.do("recorder", "WriteIn", procedure=id, member=member, choice="YES")
        assert told(answer) == []
    there = await branch.do(
        "recorder", "WriteIn", procedure=id, member=branch.ids(2)[0], choice="YES"
    )
    assert told(there) == ["core.procedure_voter_present"]
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert (closed["sitting"]["verdict"], closed["sitting"]["writtenYes"]) == ("REJECTED", 0)


async def test_written_opinions_count_where_the_parameter_says_so(branch: Branch) -> None:
    await branch.set("core.decisions_written", True)
    id = await opened(branch, present=branch.ids(0, 1, 2))
    for login in ("m0", "m1"):
        await branch.do(login, "VoteCast", procedure=id, choice="YES")
    await branch.do("recorder", "WriteIn", procedure=id, member=branch.ids(3)[0], choice="YES")
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert (closed["sitting"]["verdict"], closed["sitting"]["writtenYes"]) == ("PASSED", 1)


@pytest.mark.clause("EL-5")
async def test_probationary_members_have_a_seat_and_no_vote(branch: Branch) -> None:
    institution = branch.institution
    async with institution.operator() as act:
        entry = Entry(
            organization_id=institution.units["branch"].id,
            name="预备党员",
            identity_number=identity(901),
            kind=branch.members[0].kind,
            admitted_on=date(2026, 1, 10),
        )
        young = await admit(act, entry, decision="支部大会决议")
    await institution.account("young", member_id=young.id)
    present = [*branch.ids(), global_id("Member", young.id)]
    id = await opened(branch, present=present)
    answer = await branch.do("young", "VoteCast", procedure=id, choice="YES")
    assert told(answer) == ["core.procedure_vote_not_entitled"]
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    assert (closed["sitting"]["entitled"], closed["sitting"]["present"]) == (5, 5)
    grounds = {seat["memberName"]: seat["ground"] for seat in closed["sitting"]["seats"]}
    assert grounds.pop("预备党员") == "PROBATIONARY"
    assert set(grounds.values()) == {None}


async def test_a_secret_ballot_leaves_who_voted_and_how_many_and_nothing_between(
    branch: Branch,
) -> None:
    id = await opened(branch, secret=True)
    for login, choice in (("m0", "YES"), ("m1", "NO"), ("m2", "ABSTAIN"), ("m3", "YES")):
        await branch.do(login, "VoteCast", procedure=id, choice=choice)
    lengths = await stored(branch, "SELECT DISTINCT length(sealed) FROM core_procedure_vote")
    assert len(lengths) == 1  # a sealed vote is not told by its length
    assert (
        await stored(branch, "SELECT choice FROM core_procedure_vote WHERE choice IS NOT NULL")
        == []
    )
    closed = await branch.do("recorder", "VoteClose", procedure=id)
    sitting = closed["sitting"]
    assert (sitting["yes"], sitting["no"], sitting["abstained"]) == (2, 1, 1)
    assert [seat["voted"] for seat in sitting["seats"]].count(True) == 4
    assert {seat["choice"] for seat in sitting["seats"]} == {None}
    left = "SELECT id FROM core_procedure_vote WHERE sealed IS NOT NULL"
    assert await stored(branch, left) == []
    told_of = await stored(branch, "SELECT facts FROM core_ledger WHERE event = 'procedures.voted'")
    assert len(told_of) == 4
    assert not any("choice" in str(facts) for facts in told_of)


async def stored(branch: Branch, statement: str) -> list[Any]:
    async with branch.institution.operator() as act:
        return [*(await act.session.execute(text(statement))).scalars()]
