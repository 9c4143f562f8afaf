"""Elections with several names: who stands, who elects, and who is elected."""

import asyncio
from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.basis import Basis
from zhibu.procedures.rules.electing import (
    Ballot,
    Standing,
    Surplus,
    Tally,
    needed_names,
    read,
    standings,
    tallied,
    written,
)
from zhibu.testing.branch import Answer, Branch, peopled, told
from zhibu.testing.house import Institution


@pytest.fixture
async def branch(institution: Institution) -> Branch:
    """Six full members, five of them with accounts."""
    return await peopled(institution, 6, 5)


def elect(branch: Branch, **changes: Any) -> dict[str, Any]:
    """Two seats, three candidates."""
    return {
        "organization": branch.institution.id("branch"),
        "title": "支部委员会换届选举",
        "statement": "选举支部委员会委员。",
        "seats": 2,
        "candidates": branch.ids(0, 1, 2),
        **changes,
    }


async def opened(branch: Branch, present: Sequence[int] = range(6), **changes: Any) -> str:
    """An election whose candidates were approved, at its meeting."""
    answer = await branch.do("secretary", "Elect", **elect(branch, **changes))
    assert told(answer) == [], answer
    procedure = answer["procedure"]
    assert told(await branch.decide("officer", procedure)) == []
    await meet(branch, procedure["id"], present)
    return str(procedure["id"])


async def meet(branch: Branch, id: str, present: Sequence[int] = range(6)) -> Answer:
    given = {"procedure": id, "heldOn": branch.today, "present": branch.ids(*present)}
    answer = await branch.do("recorder", "SittingOpen", **given)
    assert told(answer) == [], answer
    found: Answer = answer["sitting"]
    return found


async def ballot(branch: Branch, id: str, voter: int, *chosen: int, against: Sequence[int] = ()):
    given = {"procedure": id, "chosen": branch.ids(*chosen) if chosen else []}
    given |= {"against": branch.ids(*against) if against else []}
    return await branch.do(f"m{voter}", "BallotCast", **given)


def came(sitting: Answer) -> list[tuple[int, str | None]]:
    return [(name["yes"], name["standing"]) for name in sitting["names"]]


async def test_who_may_not_propose_conduct_or_vote_does_not_elect(branch: Branch) -> None:
    for login, code in (("m0", "FORBIDDEN"), ("recorder", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        assert await branch.refusal(login, "Elect", **elect(branch)) == code, login
    openly = {"procedure": "core.election", "title": "选举", "statement": "选举"}
    openly |= {"organization": branch.institution.id("branch")}
    assert told(await branch.do("secretary", "Propose", **openly)) == [
        "core.procedure_proposed_elsewhere"
    ]
    id = await opened(branch)
    for login, code in (("m0", "FORBIDDEN"), ("rival", "NOT_FOUND"), ("district", "FORBIDDEN")):
        assert await branch.refusal(login, "ElectionClose", procedure=id) == code, login
    for login in ("officer", "rival"):
        assert await branch.refusal(login, "BallotCast", procedure=id) == "NOT_FOUND", login


@pytest.mark.clause("EL-5")
async def test_everything_wrong_with_the_names_is_said_at_once(branch: Branch) -> None:
    """Rule 42: two seats take three candidates; rule 43: delegates elect for many members only."""
    suspended = {
        "member": branch.ids(1)[0],
        "ground": "ON_PROBATION",
        "since": "2026-06-01",
        "decision": "纪委〔2026〕3号",
    }
    assert told(await branch.do("officer", "voteSuspend", **suspended)) == []
    given = elect(branch, candidates=branch.ids(0, 1), delegates=branch.ids(2, 3, 3))
    answer = await branch.do("secretary", "Elect", **given)
    assert [(error["code"], error["path"]) for error in answer["userErrors"]] == [
        ("core.election_named_unfit", ["candidates", "1"]),
        ("core.election_named_unfit", ["delegates", "2"]),
        ("core.election_candidates_too_few", ["candidates"]),
        ("core.election_assembly_unfit", ["delegates"]),
    ]
    assert all(error["basis"] for error in answer["userErrors"][2:])
    none = await branch.do("secretary", "Elect", **elect(branch, seats=0, candidates=[]))
    assert told(none) == ["core.election_seats_unfit", "core.election_candidates_too_few"]


@pytest.mark.clause("EL-5")
async def test_those_with_more_than_half_of_the_present_fill_the_seats(branch: Branch) -> None:
    """Rules 40 and 41: five of six present reach four fifths; three votes pass half of five."""
    id = await opened(branch, present=range(5))
    for voter, chosen in enumerate(((0, 1), (0, 1), (0, 2), (1, 5), (0,))):
        assert told(await ballot(branch, id, voter, *chosen, against=[2][: voter == 4])) == []
    closed = (await branch.do("recorder", "ElectionClose", procedure=id))["sitting"]
    assert (closed["verdict"], closed["entitled"], closed["present"]) == ("PASSED", 6, 5)
    assert (closed["neededPresent"], closed["neededYes"], closed["toFill"]) == (5, 3, 2)
    assert came(closed) == [
        (4, "ELECTED"),
        (3, "ELECTED"),
        (1, "NOT_ELECTED"),
        (1, "NOT_ELECTED"),  # written in by one ballot
    ]
    assert (closed["names"][2]["no"], closed["names"][2]["abstained"]) == (1, 3)
    shown = await branch.shown(id)
    assert shown is not None
    assert (shown["step"]["code"], len(shown["candidates"])) == ("result", 3)


async def test_a_ballot_is_one_secret_valid_and_by_name(branch: Branch) -> None:
    id = await opened(branch, present=range(5))
    long = await ballot(branch, id, 0, 0, 1, 2, against=[2])
    assert told(long) == ["core.election_ballot_too_long", "core.election_ballot_contradicts"]
    vote = await branch.do("m0", "VoteCast", procedure=id, choice="YES")
    assert told(vote) == ["core.procedure_sitting_elects"]
    counted = await branch.do("recorder", "VoteClose", procedure=id)
    assert told(counted) == ["core.procedure_sitting_elects"]
    written_in = {"procedure": id, "member": branch.ids(5)[0], "choice": "YES"}
    assert told(await branch.do("recorder", "WriteIn", **written_in)) == [
        "core.procedure_sitting_elects"
    ]
    ballots = (ballot(branch, id, 0, 0, 1) for _ in range(4))
    answers = sorted(map(told, await asyncio.gather(*ballots)))
    assert answers == [[], *[["core.procedure_already_voted"]] * 3]
    [seat] = [seat for seat in (await ballot_seats(branch, id)) if seat["voted"]]
    assert seat["choice"] is None
    resolution = await branch.propose()
    given = {"procedure": resolution["id"], "heldOn": branch.today, "present": branch.ids()}
    await branch.do("recorder", "SittingOpen", **given)
    assert told(await ballot(branch, resolution["id"], 0, 1)) == ["core.procedure_sitting_decides"]


async def ballot_seats(branch: Branch, id: str) -> list[dict[str, Any]]:
    document = "query ($id: ID!) { procedure(id: $id) { sittings { seats { voted choice } } } }"
    answer = await branch.institution.ask("officer", document, {"id": id})
    [sitting] = answer["data"]["procedure"]["sittings"]
    found: list[dict[str, Any]] = sitting["seats"]
    return found


async def test_elections_are_secret_and_take_four_fifths(branch: Branch) -> None:
    answer = await branch.do("secretary", "Elect", **elect(branch))
    id = answer["procedure"]["id"]
    await branch.decide("officer", answer["procedure"])
    given = {"procedure": id, "heldOn": branch.today, "present": branch.ids(0, 1, 2, 3)}
    public = await branch.do("recorder", "SittingOpen", **given, secret=False)
    assert told(public) == ["core.election_open"]
    await branch.do("recorder", "SittingOpen", **given)
    for voter in range(4):
        await ballot(branch, id, voter, 0, 1)
    closed = (await branch.do("recorder", "ElectionClose", procedure=id))["sitting"]
    assert closed["verdict"] == "NO_QUORUM"
    assert {name["standing"] for name in closed["names"]} == {None}
    assert [name["yes"] for name in (await meet(branch, id))["names"]] == [None] * 3


async def test_seats_that_are_left_are_elected_to_again(branch: Branch) -> None:
    """Equal votes for the last seat elect none of those; they stand again by themselves."""
    id = await opened(branch)
    papers = {
        "valid": 6,
        "names": [
            {"member": member, "yes": yes, "no": 6 - yes}
            for member, yes in zip(branch.ids(0, 1, 2), (4, 4, 4), strict=True)
        ],
    }
    closed = (await branch.do("recorder", "ElectionClose", procedure=id, papers=papers))["sitting"]
    assert closed["verdict"] == "INCOMPLETE"
    assert came(closed) == [(4, "TIED")] * 3
    fewer = await meet(branch, id)
    assert len(fewer["names"]) == 3
    refused = await branch.do("recorder", "ElectionClose", procedure=id, fewer="经半数以上同意")
    assert told(refused) == ["core.election_nobody_elected"]
    for voter, chosen in enumerate(((0, 1), (0, 1), (0, 2), (0, 1), (0, 2))):
        await ballot(branch, id, voter, *chosen)
    closed = (await branch.do("recorder", "ElectionClose", procedure=id))["sitting"]
    assert (closed["verdict"], came(closed)[0]) == ("INCOMPLETE", (5, "ELECTED"))
    again = await meet(branch, id)
    assert ([name["memberName"] for name in again["names"]], again["toFill"]) == (
        [name["memberName"] for name in closed["names"][1:]],
        1,
    )
    given = {"procedure": id, "fewer": "经半数以上选举人同意减少名额"}
    closed = (await branch.do("recorder", "ElectionClose", **given))["sitting"]
    assert closed["verdict"] == "PASSED"


async def test_papers_that_do_not_add_up_are_counted_again(branch: Branch) -> None:
    id = await opened(branch)
    for valid, votes, code in (
        (7, (0, 0, 0), "core.procedure_count_impossible"),
        (6, (6, 6, 6), "core.election_names_miscounted"),
        (6, (6, 6), "core.election_names_miscounted"),
        (6, (7, -1, 0), "core.election_names_miscounted"),
    ):
        names = [
            {"member": member, "yes": yes, "no": valid - yes}
            for member, yes in zip(branch.ids(0, 1, 2), votes, strict=False)
        ]
        given = {"procedure": id, "papers": {"valid": valid, "names": names}}
        assert told(await branch.do("recorder", "ElectionClose", **given)) == [code], votes


@pytest.mark.clause("EL-4")
async def test_delegates_elect_for_all_where_members_are_many_or_scattered(
    branch: Branch,
) -> None:
    """Rule 43, approved by the superior with the candidates."""
    given = {"delegates": branch.ids(1, 2, 3, 4)}
    assert told(await branch.do("secretary", "Elect", **elect(branch, **given))) == [
        "core.election_assembly_unfit"
    ]
    id = await opened(branch, present=(1, 2, 3, 4), scattered=True, **given)
    for login in ("m0", "rival"):
        assert await branch.refusal(login, "BallotCast", procedure=id) == "NOT_FOUND", login
    for voter in (1, 2, 3, 4):
        await ballot(branch, id, voter, 0, 1)
    closed = (await branch.do("recorder", "ElectionClose", procedure=id))["sitting"]
    assert (closed["verdict"], closed["entitled"], closed["present"]) == ("PASSED", 4, 4)
    await branch.set("core.assembly_members", 6, since="2026-06-15")
    shown = await branch.shown(id)
    assert shown is not None
    report = [{"kind": "report", "file": await branch.file()}]
    assert told(await branch.decide("officer", shown, documents=report)) == []
    assert told(await branch.do("secretary", "Elect", **elect(branch, **given))) == []


async def test_only_an_election_that_names_people_elects(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    step = {**two_steps["steps"][0], "by": "election", "profile": "core.elections"}
    answer = await branch.define({**two_steps, "steps": [step]})
    assert told(answer) == ["core.parameter_procedure_unfit"]


NAMES = [UUID(int=number) for number in range(1, 9)]


@given(seats=st.integers(1, 400), share=st.sampled_from(["0", "1/10", "1/5", "1/3"]))
def test_the_surplus_is_reached_by_the_first_number_that_reaches_it(seats: int, share: str) -> None:
    """Rule 42, without a division: needed·b ≥ seats·(a + b)."""
    part = Fraction(share)
    surplus = Surplus(share=part, basis=Basis(document="条例", article="候选人", value=share))
    needed = needed_names(seats, surplus)
    a, b = part.numerator, part.denominator
    assert needed * b >= seats * (a + b) > (needed - 1) * b


@given(
    chosen=st.frozensets(st.sampled_from(NAMES), max_size=4),
    against=st.frozensets(st.sampled_from(NAMES[:4]), max_size=4),
)
def test_a_ballot_is_read_as_it_was_written_and_none_is_longer(
    chosen: frozenset[UUID], against: frozenset[UUID]
) -> None:
    ballot = Ballot(chosen=chosen, against=against - chosen)
    text = written(ballot, NAMES[:4], 4)
    assert len(text) == 4 + 4 * 32
    assert read(text, NAMES[:4]) == ballot


@given(
    ballots=st.lists(st.frozensets(st.sampled_from(NAMES), max_size=3), max_size=12),
    seats=st.integers(1, 5),
    needed=st.integers(1, 8),
)
def test_who_is_elected_is_what_asking_each_name_in_turn_says(
    ballots: list[frozenset[UUID]], seats: int, needed: int
) -> None:
    """Elected is who passes and is beaten or met by fewer others who pass than there are seats."""
    tallies: list[Tally] = tallied([Ballot(chosen=chosen) for chosen in ballots], NAMES[:4])
    found = standings(tallies, seats=seats, needed=needed)
    votes = {name: sum(name in chosen for chosen in ballots) for name in NAMES}
    passed = {name: number for name, number in votes.items() if number >= needed}
    for name in {tally.member_id for tally in tallies}:
        ahead = sum(passed[other] > votes[name] for other in passed)
        level = sum(passed[other] == votes[name] for other in passed)
        expected = Standing.NOT_ELECTED
        if name in passed and ahead + level <= seats:
            expected = Standing.ELECTED
        elif name in passed and ahead < seats:
            expected = Standing.TIED
        assert found[name] is expected
