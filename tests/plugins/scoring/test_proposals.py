"""What records elsewhere propose: each source once, decided by the branch, gone with its record."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import row_of
from zhibu.parameters import service as parameters
from zhibu_scoring.asking import Fact, FactKind, tell, untell
from zhibu_scoring.store.cards import facts_of


async def test_nothing_is_proposed_where_nothing_is_recorded(scoring: Any) -> None:
    assert await scoring.propose() == (0, 0, 0)
    given = {"organization": scoring.at.id("branch"), "year": 2024}
    assert await scoring.refused("recorder", "scoringPropose", given) == ["year_not_open"]


@pytest.mark.clause("S4-55", "A-21")
async def test_an_absence_without_leave_is_proposed_once_and_counts_once_approved(
    scoring: Any,
) -> None:
    meeting = await scoring.held(me="ABSENT", peer="PRESENT")
    assert await scoring.propose() == (1, 0, 0)
    assert await scoring.propose() == (0, 0, 0)
    [entry] = (await scoring.of())["entries"]
    assert (entry["item"], entry["points"], entry["state"]) == ("absence", "3", "DECLARED")
    assert (entry["sourceKind"], entry["source"]) == ("OrganizationLifeMeeting", meeting)
    assert entry["declaredBy"] is None
    assert await scoring.total() == "100"
    await scoring.approve_all()
    assert await scoring.total() == "97"
    assert await scoring.propose() == (0, 0, 0)
    assert await scoring.total(scoring.peer) == "100"


@pytest.mark.clause("S4-55")
async def test_an_absence_that_was_declared_by_hand_counts_not_again_from_the_record(
    scoring: Any,
) -> None:
    await scoring.approved(item="absence", happenedOn="2026-06-14")
    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    [waits] = [each for each in (await scoring.of())["entries"] if each["state"] == "DECLARED"]
    given = {"entries": [waits["id"]]}
    assert await scoring.refused("secretary", "scoringEntryApprove", given) == ["counted_already"]
    assert await scoring.total() == "97"
    await scoring.mark(meeting, me="PRESENT")
    await scoring.propose()
    assert await scoring.total() == "97"


@pytest.mark.clause("S4-55", "A-21")
async def test_leave_takes_points_off_from_the_third_of_the_year(scoring: Any) -> None:
    meetings = [
        await scoring.held(f"2026-0{month}-10", f"{month}月主题党日", me="ON_LEAVE")
        for month in (3, 4, 5, 6)
    ]
    assert await scoring.propose() == (2, 0, 0)
    assert await scoring.waiting() == [("leave", "2026-05-10"), ("leave", "2026-06-10")]
    await scoring.mark(meetings[0], me="PRESENT")
    assert await scoring.propose() == (0, 1, 0)
    assert await scoring.waiting() == [("leave", "2026-06-10")]
    async with scoring.at.operator() as act:
        branch, new_year = scoring.at.units["branch"].id, date(2026, 1, 1)
        await parameters.override(act, branch, "scoring.leave_free", new_year, 1, "本支部规定")
    assert await scoring.propose() == (1, 0, 0)


async def test_a_corrected_record_takes_its_proposal_along(scoring: Any) -> None:
    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    await scoring.mark(meeting, me="PRESENT")
    assert await scoring.propose() == (0, 1, 0)
    assert await scoring.waiting() == []
    await scoring.mark(meeting, me="ABSENT")
    assert await scoring.propose() == (1, 0, 0)


@pytest.mark.clause("S4-18", "S4-55")
async def test_whoever_approves_sees_what_a_record_says_since_it_was_put_right(
    scoring: Any,
) -> None:
    document = """query ($o: ID!) { scoringEntries(organization: $o, year: 2026, first: 1) {
      nodes { description sourceSays sourceChangedOn } } }"""

    async def shown() -> Any:
        answer = await scoring.at.ask("secretary", document, {"o": scoring.at.id("branch")})
        [found] = answer["data"]["scoringEntries"]["nodes"]
        return found

    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    first = {"description": "未请假缺席“主题党日”", "sourceSays": None, "sourceChangedOn": None}
    assert await shown() == first
    for title in ("七月主题党日", "主题党日"):
        given = {"meeting": meeting, "title": title, "reason": "名称有误"}
        await scoring.done("secretary", "organizationLifeMeetingChange", given)
        assert await scoring.propose() == (0, 0, 0)
        found = await shown()
        if title != "主题党日":
            assert found["description"] == first["description"]
            assert found["sourceSays"].startswith("未请假缺席“七月主题党日”")
            assert found["sourceChangedOn"] == "2026-06-15"
    assert found == first


async def test_what_counts_already_is_proposed_to_be_reversed_and_waits_like_anything(
    scoring: Any,
) -> None:
    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    await scoring.approve_all()
    await scoring.mark(meeting, me="PRESENT")
    assert await scoring.propose() == (0, 0, 1)
    assert await scoring.propose() == (0, 0, 0)
    assert await scoring.total() == "97"
    await scoring.approve_all()
    assert await scoring.total() == "100"
    assert await scoring.propose() == (0, 0, 0)
    await scoring.mark(meeting, me="ABSENT")
    assert await scoring.propose() == (1, 0, 0)


async def test_a_reversal_that_waits_goes_when_the_record_comes_back(scoring: Any) -> None:
    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    await scoring.approve_all()
    await scoring.mark(meeting, me="PRESENT")
    await scoring.propose()
    await scoring.mark(meeting, me="ABSENT")
    assert await scoring.propose() == (0, 1, 0)
    assert await scoring.total() == "97"


async def test_what_the_branch_refused_or_reversed_itself_stays_as_it_left_it(
    scoring: Any,
) -> None:
    await scoring.held(me="ABSENT", peer="ABSENT")
    await scoring.propose()
    [mine] = (await scoring.of())["entries"]
    given = {"entry": mine["id"], "reason": "因公出差，已口头请假"}
    await scoring.done("secretary", "scoringEntryRefuse", given)
    [other] = (await scoring.of(scoring.peer))["entries"]
    await scoring.approve_all(scoring.peer)
    await scoring.done("secretary", "scoringEntryReverse", {**given, "entry": other["id"]})
    await scoring.approve_all(scoring.peer, "officer")
    assert await scoring.total(scoring.peer) == "100"
    assert await scoring.propose() == (0, 0, 0)


async def test_a_kept_entry_is_not_asked_about_again(scoring: Any) -> None:
    meeting = await scoring.held(me="ABSENT")
    await scoring.propose()
    await scoring.approve_all()
    await scoring.mark(meeting, me="PRESENT")
    await scoring.propose()
    [back] = [e for e in (await scoring.of())["entries"] if e["state"] == "DECLARED"]
    given = {"entry": back["id"], "reason": "确未到会"}
    await scoring.done("secretary", "scoringEntryRefuse", given)
    assert await scoring.propose() == (0, 0, 0)


async def test_a_proposal_is_nobody_s_to_withdraw_and_nobody_s_own_to_approve(
    scoring: Any,
) -> None:
    await scoring.appoint("branch_secretary")
    await scoring.held(me="ABSENT")
    await scoring.propose("me")
    [entry] = (await scoring.of())["entries"]
    given = {"entry": entry["id"], "reason": "误"}
    assert await scoring.refused("recorder", "scoringEntryWithdraw", given) == [
        "proposed_from_source"
    ]
    approve = {"entries": [entry["id"]]}
    assert await scoring.refused("me", "scoringEntryApprove", approve) == ["own_decision"]


@pytest.mark.clause("S4-56")
async def test_each_month_of_dues_that_did_not_come_in_time_is_proposed(scoring: Any) -> None:
    base = {"member": scoring.id(scoring.me), "year": 2026, "income": "WAGE", "baseFen": 400_000}
    made = await scoring.done("recorder", "duesBaseDeclare", base, "base { id }")
    await scoring.done("secretary", "duesBaseConfirm", {"bases": [made["base"]["id"]]})
    assert await scoring.propose() == (5, 0, 0)
    assert {item for item, _ in await scoring.waiting()} == {"dues_late"}
    paid = {
        "member": scoring.id(scoring.me),
        "firstMonth": "2026-01-01",
        "lastMonth": "2026-01-01",
        "paidOn": "2026-06-15",
        "fen": 4000,
        "lateReason": "出差",
    }
    await scoring.done("recorder", "duesPaymentRecord", paid)
    assert await scoring.propose() == (0, 0, 0)
    await scoring.at.switch("dues", False)
    assert await scoring.propose() == (0, 5, 0)


FACT = {"title": "优秀共产党员", "document": "市委〔2026〕7号", "decidedOn": "2026-06-01"}


@pytest.mark.clause("S4-50")
@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("COMMENDED_WORKING_COMMITTEE", "105"),
        ("COMMENDED_MUNICIPAL", "110"),
        ("COMMENDED_PROVINCIAL", "120"),
        ("COMMENDED_NATIONAL", "130"),
    ],
)
async def test_a_recorded_honour_proposes_its_points(scoring: Any, kind: str, points: str) -> None:
    given = {"member": scoring.id(scoring.me), "kind": kind, **FACT}
    await scoring.done("officer", "scoringFactRecord", given)
    await scoring.approve_all()
    assert await scoring.total() == points


@pytest.mark.clause("S4-61", "A-23")
@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("WARNING", "90"),
        ("SERIOUS_WARNING", "80"),
        ("REMOVED_FROM_POST", "70"),
        ("PROBATION", "60"),
    ],
)
async def test_a_recorded_punishment_proposes_its_points(
    scoring: Any, kind: str, points: str
) -> None:
    given = {"member": scoring.id(scoring.me), "kind": kind, **FACT, "title": "违反工作纪律"}
    await scoring.done("officer", "scoringFactRecord", given)
    await scoring.approve_all()
    assert await scoring.total() == points


async def test_everything_wrong_with_a_fact_is_said_at_once_and_one_taken_back_goes(
    scoring: Any,
) -> None:
    given = {"member": scoring.id(scoring.me), "kind": "WARNING", **FACT}
    bad = {**given, "title": " ", "document": "", "decidedOn": "2026-07-01"}
    assert await scoring.refused("officer", "scoringFactRecord", bad) == [
        "fact_title_missing",
        "fact_document_missing",
        "not_yet_happened",
    ]
    made = await scoring.done("officer", "scoringFactRecord", given, "fact { id voidedOn }")
    assert await scoring.refused("secretary", "scoringFactRecord", given) == ["fact_known"]
    assert await scoring.waiting() == [("warning", "2026-06-01")]
    void = {"fact": made["fact"]["id"], "reason": "误登"}
    assert await scoring.refused("officer", "scoringFactVoid", {**void, "reason": " "}) == [
        "reason_missing"
    ]
    await scoring.done("officer", "scoringFactVoid", void)
    assert await scoring.refused("officer", "scoringFactVoid", void) == ["fact_void"]
    assert await scoring.waiting() == []
    await scoring.done("officer", "scoringFactRecord", given)
    assert await scoring.waiting() == [("warning", "2026-06-01")]


async def test_whoever_recorded_a_fact_does_not_approve_its_points(scoring: Any) -> None:
    given = {"member": scoring.id(scoring.me), "kind": "COMMENDED_MUNICIPAL", **FACT}
    await scoring.done("secretary", "scoringFactRecord", given)
    [entry] = (await scoring.of())["entries"]
    approve = {"entries": [entry["id"]]}
    assert await scoring.refused("secretary", "scoringEntryApprove", approve) == ["own_decision"]
    await scoring.approve_all(login="officer")
    assert await scoring.total() == "110"


async def test_nobody_takes_back_what_was_recorded_of_himself(scoring: Any) -> None:
    await scoring.appoint("branch_secretary")
    given = {"member": scoring.id(scoring.me), "kind": "WARNING", **FACT}
    made = await scoring.done("officer", "scoringFactRecord", given, "fact { id }")
    void = {"fact": made["fact"]["id"], "reason": "误登"}
    assert await scoring.refused("me", "scoringFactVoid", void) == ["own_fact"]


@pytest.mark.clause("S4-61")
async def test_a_sibling_tells_a_punishment_and_corrects_it(scoring: Any) -> None:
    case = row_of(scoring.id(scoring.peer), "Member")  # any row of a sibling will do

    def fact(kind: FactKind) -> Fact:
        day, who = date(2026, 6, 1), scoring.me.id
        return Fact(member_id=who, kind=kind, title="违纪", document="纪决", decided_on=day)

    async def told(kind: FactKind) -> None:
        async with scoring.at.operator() as act:
            await tell(act, fact(kind), kind="DisciplineCase", id=case)

    for _ in range(2):
        await told(FactKind.WARNING)
    assert await scoring.waiting() == [("warning", "2026-06-01")]
    await told(FactKind.SERIOUS_WARNING)
    assert await scoring.waiting() == [("serious_warning", "2026-06-01")]
    document = """query ($o: ID!) { scoringFacts(organization: $o, year: 2026, first: 9) {
        nodes { id voidedOn } } }"""
    answer = await scoring.at.ask("officer", document, {"o": scoring.at.id("branch")})
    [standing] = [n for n in answer["data"]["scoringFacts"]["nodes"] if not n["voidedOn"]]
    void = {"fact": standing["id"], "reason": "误登"}
    assert await scoring.refused("officer", "scoringFactVoid", void) == ["fact_of_sibling"]
    async with scoring.at.operator() as act:
        await untell(act, kind="DisciplineCase", id=case, reason="复议撤销")
    assert await scoring.waiting() == []


@pytest.mark.clause("S4-61")
async def test_a_punishment_that_was_recorded_by_hand_too_counts_once_and_still_once_that_is_voided(
    scoring: Any,
) -> None:
    given = {"member": scoring.id(scoring.me), "kind": "WARNING", "title": "警告"}
    given |= {"document": "纪决", "decidedOn": "2026-06-01"}
    made = await scoring.done("officer", "scoringFactRecord", given, "fact { id }")
    fact = Fact(
        member_id=scoring.me.id,
        kind=FactKind.WARNING,
        title="警告处分",
        document="纪决",
        decided_on=date(2026, 6, 1),
    )
    case = row_of(scoring.id(scoring.peer), "Member")
    async with scoring.at.operator() as act:
        await tell(act, fact, kind="DisciplineCase", id=case)
        rows = await facts_of(act.session, act.tenant_id, scoring.me.id)
    assert [row.title for row in rows] == ["警告"], "on the card"
    assert await scoring.waiting() == [("warning", "2026-06-01")]
    void = {"fact": made["fact"]["id"], "reason": "重复登记"}
    await scoring.done("officer", "scoringFactVoid", void)
    [waits] = [each for each in (await scoring.of())["entries"] if each["state"] == "DECLARED"]
    assert waits["description"] == "警告处分"


async def test_who_is_left_out_has_nothing_proposed(scoring: Any) -> None:
    await scoring.held(me="ABSENT")
    await scoring.propose()
    exempt = {
        "member": scoring.id(scoring.me),
        "ground": "LONG_ILL",
        "firstYear": 2026,
        "consent": "本人同意",
        "consentedOn": "2026-06-01",
    }
    await scoring.done("secretary", "scoringExempt", exempt)
    assert await scoring.propose() == (0, 1, 0)


async def test_every_night_what_was_recorded_is_proposed(scoring: Any) -> None:
    await scoring.held(me="ABSENT")
    await scoring.at.later(days=1)
    platform = scoring.at.house.platform
    await platform.jobs.tick()
    await platform.jobs.run_waiting()
    assert await scoring.waiting() == [("absence", "2026-06-14")]
