"""Who should attend and vote on a day: computed from the register and recorded facts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.procedures.rules.entitlement import (
    EXCLUSIONS,
    SUSPENSIONS,
    Belonging,
    Ground,
    Limit,
    seats,
)
from zhibu.testing.branch import Branch, told

DAY = date(2026, 6, 15)
FIVE = ["unable", "abroad", "serving_sentence", "bedridden", "untransferred"]


@pytest.mark.clause("EL-5")
@pytest.mark.parametrize("ground", sorted(SUSPENSIONS))
async def test_whose_rights_are_suspended_does_not_vote_for_as_long(
    branch: Branch, ground: Ground
) -> None:
    given = {
        "member": branch.ids(0)[0],
        "ground": ground.name,
        "since": "2026-06-01",
        "until": "2026-06-20",
        "decision": "纪委〔2026〕3号",
    }
    for login, code in (("secretary", "FORBIDDEN"), ("rival", "NOT_FOUND"), ("m0", "FORBIDDEN")):
        assert await branch.refusal(login, "voteSuspend", **given) == code, login
    assert told(await branch.do("officer", "voteSuspend", **given)) == []
    assert await entitled(branch) == (4, 4)
    await branch.later(days=6)
    assert await entitled(branch) == (5, 5)


async def test_a_limit_says_which_decision_and_between_which_days(branch: Branch) -> None:
    given = {"member": branch.ids(0)[0], "since": "2026-06-01", "decision": " "}
    answer = await branch.do(
        "officer", "voteSuspend", **given, ground="BEDRIDDEN", until="2026-06-01"
    )
    assert told(answer) == [
        "core.vote_ground_unfit",
        "core.vote_limit_reversed",
        "core.vote_decision_missing",
    ]


async def test_who_is_excused_is_not_counted_once_the_superior_and_the_meeting_agreed(
    branch: Branch,
) -> None:
    given = {
        "member": branch.ids(4)[0],
        "ground": "BEDRIDDEN",
        "since": "2026-01-01",
        "reason": "长期卧床",
    }
    for login, code in (("m0", "NOT_FOUND"), ("rival", "NOT_FOUND"), ("recorder", "FORBIDDEN")):
        assert await branch.refusal(login, "Exclude", **given) == code, login
    suspended = {**given, "ground": "ON_PROBATION"}
    assert told(await branch.do("secretary", "Exclude", **suspended)) == ["core.vote_ground_unfit"]
    procedure = (await branch.do("secretary", "Exclude", **given))["procedure"]
    assert await entitled(branch) == (5, 5)
    assert procedure["step"]["organization"]["code"] == "COMMITTEE"
    consented = (await branch.decide("officer", procedure))["procedure"]
    assert await entitled(branch) == (5, 5)
    assert told(await branch.decide("recorder", consented)) == ["core.procedure_documents_missing"]
    minutes = [{"kind": "minutes", "file": await branch.file()}]
    approved = await branch.decide("recorder", consented, documents=minutes)
    assert approved["procedure"]["state"] == "APPROVED"
    assert await entitled(branch) == (4, 4)
    document = "{ voteLimits(first: 9) { nodes { id ground since procedure { id } } } }"
    answer = await branch.institution.ask("recorder", document)
    [limit] = answer["data"]["voteLimits"]["nodes"]
    assert (limit["ground"], limit["since"]) == ("BEDRIDDEN", "2026-06-15")
    assert limit["procedure"]["id"] == procedure["id"]
    assert (await branch.institution.ask("m0", document))["data"]["voteLimits"]["nodes"] == []
    end = {"limit": limit["id"], "on": "2026-06-15", "reason": "已康复"}
    assert await branch.refusal("secretary", "voteLimitEnd", **end) == "FORBIDDEN"
    assert told(await branch.do("officer", "voteLimitEnd", **end)) == []
    assert await entitled(branch) == (5, 5)


async def test_why_somebody_has_no_vote_is_seen_by_who_conducts_only(branch: Branch) -> None:
    given = {
        "member": branch.ids(4)[0],
        "ground": "ON_PROBATION",
        "since": "2026-06-01",
        "decision": "纪委〔2026〕3号",
    }
    await branch.do("officer", "voteSuspend", **given)
    procedure = await branch.propose()
    await branch.do("recorder", "SittingOpen", procedure=procedure["id"], heldOn=branch.today)
    document = """query ($id: ID!) {
      procedure(id: $id) { sittings { seats { memberName entitled ground } } } }"""
    for login, shown in (("recorder", "ON_PROBATION"), ("m0", None)):
        answer = await branch.institution.ask(login, document, {"id": procedure["id"]})
        [sitting] = answer["data"]["procedure"]["sittings"]
        barred = [seat for seat in sitting["seats"] if not seat["entitled"]]
        assert [seat["ground"] for seat in barred] == [shown], login


async def entitled(branch: Branch) -> tuple[int, int]:
    """How many should attend a meeting today, and how many were counted present."""
    procedure = await branch.propose()
    given = {"procedure": procedure["id"], "heldOn": branch.today, "present": branch.ids()}
    await branch.do("recorder", "SittingOpen", **given)
    closed = await branch.do(
        "recorder",
        "VoteClose",
        procedure=procedure["id"],
        paper={"yes": 4, "no": 0, "abstained": 0},
    )
    return closed["sitting"]["entitled"], closed["sitting"]["present"]


MEMBERS = [UUID(int=n) for n in range(5)]
DAYS = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
LIMITS = st.builds(
    lambda number, member, ground, since, length: Limit(
        id=UUID(int=100 + number),
        member_id=member,
        ground=ground,
        since=since,
        until=since + timedelta(days=length) if length else None,
    ),
    st.integers(0, 99),
    st.sampled_from(MEMBERS),
    st.sampled_from(sorted(SUSPENSIONS | EXCLUSIONS)),
    DAYS,
    st.integers(0, 40),
)
STAGES = st.sampled_from(["full", "probationary", "stopped", "left"])


@given(
    stages=st.lists(STAGES, min_size=5, max_size=5),
    limits=st.lists(LIMITS, max_size=8),
    exclusions=st.lists(st.sampled_from([*FIVE, "settled_elsewhere"]), unique=True),
)
def test_those_entitled_are_what_going_through_them_one_by_one_says(
    stages: list[str], limits: list[Limit], exclusions: list[str]
) -> None:
    belonging = [
        Belonging(member_id=member, stage=stage)
        for member, stage in zip(MEMBERS, stages, strict=True)
    ]
    expected: dict[UUID, bool] = {}
    for member, stage in zip(MEMBERS, stages, strict=True):
        if stage == "left":
            continue
        vote = stage == "full"
        for limit in limits:
            live = limit.since <= DAY and not (limit.until is not None and limit.until <= DAY)
            counts = limit.ground in SUSPENSIONS or limit.ground.value in exclusions
            if limit.member_id == member and live and counts:
                vote = False
        expected[member] = vote
    found = seats(belonging, limits, on=DAY, exclusions=exclusions)
    assert {seat.member_id: seat.entitled for seat in found} == expected


def test_a_right_that_was_taken_away_outweighs_an_absence_that_was_excused() -> None:
    def limit(ground: Ground) -> Limit:
        return Limit(id=UUID(int=9), member_id=MEMBERS[0], ground=ground, since=DAY)

    both: list[Any] = [limit(Ground.ON_PROBATION), limit(Ground.ABROAD)]
    one = [Belonging(member_id=MEMBERS[0], stage="full")]
    for order in (both, both[::-1]):
        [seat] = seats(one, order, on=DAY, exclusions=FIVE)
        assert seat.ground is Ground.ON_PROBATION
