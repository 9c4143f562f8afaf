"""Dispositions from their opening to their end: refusals first."""

from datetime import date
from typing import Any

import pytest

from zhibu.members.rules import Departure

SAID = {"defender": "测试一"}


async def corrected(discipline: Any) -> str:
    """A correction of three months that was decided on 15 June; the case."""
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    await discipline.vote(procedure)
    await discipline.investigated(procedure, "officer")
    await discipline.vote(procedure)
    await discipline.vote(procedure, "officer")
    return str(case)


async def removed(discipline: Any, case: str, procedure: str) -> None:
    """All six steps of a removal, each by who takes it."""
    await discipline.vote(procedure)
    await discipline.investigated(procedure, "officer")
    await discipline.step(procedure, "district")
    await discipline.vote(procedure)
    await discipline.vote(procedure, "officer")
    await discipline.step(procedure, "district")


async def given_up(discipline: Any) -> tuple[str, str]:
    """A removal as having given up membership, carried out; the case and its procedure."""
    case = await discipline.opened("inactive", since="2025-12-15", missed="DUES")
    procedure = await discipline.proposed(discipline.proposing(case, **SAID))
    await removed(discipline, case, procedure)
    return case, procedure


async def test_everything_that_an_opening_lacks_is_said_at_once(discipline: Any) -> None:
    refused = await discipline.refused(
        "secretary", "disciplineOpen", discipline.opening("inactive", facts=" ")
    )
    assert refused == ["facts_missing", "missed_unsaid", "since_missing"]
    assert await discipline.refused(
        "secretary", "disciplineOpen", discipline.opening("no_such")
    ) == ["ground_unknown"]


@pytest.mark.clause("S0-31", "A-04")
async def test_nobody_has_given_up_membership_before_six_months_of_one_of_three_duties(
    discipline: Any,
) -> None:
    given = discipline.opening("inactive", since="2025-12-16", missed="LIFE")
    assert await discipline.refused("secretary", "disciplineOpen", given) == ["too_early"]
    case = await discipline.opened("inactive", since="2025-12-15", missed="WORK")
    assert (await discipline.case(case))["kind"] == "GIVEN_UP"


@pytest.mark.clause("A-01", "S3C-23")
async def test_who_is_lost_is_stopped_by_the_rules_of_2019_and_was_removed_by_those_of_2016(
    discipline: Any,
) -> None:
    document = """query ($o: ID!, $on: Date) { disciplineGrounds(organization: $o, on: $on) { code
      kind clause basis months stoppedMonths } }"""
    found = {}
    for day in ("2017-03-01", "2026-06-15"):
        given = {"o": discipline.at.id("branch"), "on": day}
        answer = await discipline.at.ask("officer", document, given)
        grounds = answer["data"]["disciplineGrounds"]
        found[day] = {ground["code"]: ground for ground in grounds}
    old, new = found["2017-03-01"], found["2026-06-15"]
    assert (old["lost"]["kind"], old["lost"]["clause"]) == ("GIVEN_UP", "S3C-23")
    assert "党员集中排查实施方案" in old["lost"]["basis"]
    assert (new["lost"]["kind"], new["lost"]["clause"]) == ("STOP", "EM-24")
    assert new["lost_stopped"]["stoppedMonths"] == 24
    given = discipline.opening("lost", since="2025-01-01")
    assert await discipline.refused("officer", "disciplineOpen", given) == ["stopped_elsewhere"]
    given = discipline.opening("lost_stopped")
    assert await discipline.refused("officer", "disciplineOpen", given) == ["not_stopped_long"]


async def test_one_disposition_of_a_member_at_a_time_and_a_slip_is_dropped(discipline: Any) -> None:
    case = await discipline.opened()
    assert await discipline.refused("officer", "disciplineOpen", discipline.opening()) == [
        "already_open"
    ]
    given = {"case": case, "reason": " "}
    assert await discipline.refused("secretary", "disciplineDrop", given) == ["reason_missing"]
    await discipline.done("secretary", "disciplineDrop", {**given, "reason": "误提"}, "case { id }")
    assert (await discipline.case(case))["state"] == "DROPPED"
    assert await discipline.refused("secretary", "disciplinePropose", {"case": case})
    await discipline.opened()


@pytest.mark.clause("S0-25", "S0-26", "A-03", "S3D-22")
async def test_a_correction_is_not_proposed_without_hearing_notice_help_and_a_time_within_a_year(
    discipline: Any,
) -> None:
    case = await discipline.opened()
    refused = await discipline.refused("secretary", "disciplinePropose", {"case": case})
    assert refused == [
        *("hearing_missing", "notice_missing", "breach_unsaid", "months_unfit"),
        *("keeper_missing", "measures_missing"),
    ]
    given = discipline.helping(case, months=13, keeper=discipline.id(discipline.me))
    refused = await discipline.refused("secretary", "disciplinePropose", given)
    assert refused == ["months_unfit", "keeper_unfit"]
    given = discipline.helping(case, toldOn=None)
    assert await discipline.refused("secretary", "disciplinePropose", given) == ["telling_missing"]
    given = discipline.helping(case, notifiedOn="2026-06-14")
    assert await discipline.refused("secretary", "disciplinePropose", given) == ["day_unfit"]
    await discipline.override("notice", False)
    await discipline.override("correction_months", 18)
    await discipline.proposed(discipline.helping(case, notifiedOn=None, months=13))


@pytest.mark.clause("S3C-21", "S3C-25", "S3C-26", "S3C-27", "S3C-28", "S3D-28", "S3D-30")
async def test_a_correction_is_proposed_reviewed_voted_on_and_approved_by_the_committee_together(
    discipline: Any,
) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    assert await discipline.case(case, "recorder") is None
    await discipline.vote(procedure)
    found = await discipline.branch.shown(procedure)
    assert found["step"]["organization"]["code"] == "COMMITTEE"
    refused = await discipline.branch.decide("officer", found)
    assert [error["code"] for error in refused["userErrors"]] == [
        "core.procedure_documents_missing"
    ]
    await discipline.investigated(procedure, "officer")
    await discipline.vote(procedure)
    sitting = await discipline.vote(procedure, "officer")
    assert sitting["entitled"] == 3
    found = await discipline.case(case)
    assert (found["state"], found["decidedOn"]) == ("DECIDED", "2026-06-15")
    assert (found["until"], found["deliverBy"]) == ("2026-09-15", "2026-06-25")
    assert (await discipline.member())["stage"] == "FULL"


@pytest.mark.clause("S3C-27", "S3D-23")
async def test_without_a_majority_of_those_entitled_nothing_is_decided(discipline: Any) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    sitting = await discipline.vote(procedure, yes=2)
    assert sitting["verdict"] == "REJECTED"
    found = await discipline.case(case)
    assert (found["state"], found["decidedOn"]) == ("REFUSED", None)
    assert (await discipline.member())["stage"] == "FULL"


async def test_what_its_proposer_withdraws_may_be_put_to_the_branch_anew(discipline: Any) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    await discipline.branch.do("secretary", "Withdraw", procedure=procedure, reason="材料不全")
    assert (await discipline.case(case))["state"] == "OPENED"
    await discipline.proposed(discipline.helping(case))


@pytest.mark.clause("S3C-16")
async def test_where_there_is_no_committee_the_branch_meeting_acts_in_its_place(
    discipline: Any,
) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    assert (await discipline.vote(procedure))["entitled"] == 5
    await discipline.committee("branch", of="branch")
    other = await discipline.at.member()
    given = {**discipline.opening(), "member": discipline.id(other)}
    made = await discipline.done("secretary", "disciplineOpen", given, "case { id }")
    second = await discipline.proposed(discipline.helping(made["case"]["id"]))
    assert (await discipline.vote(second))["entitled"] == 3


@pytest.mark.clause("S3D-26", "S3D-29")
async def test_where_somebody_from_above_must_attend_no_vote_counts_without(
    discipline: Any,
) -> None:
    await discipline.override("superior_at_committee", "must")
    procedure = await discipline.proposed(discipline.helping(await discipline.opened()))
    branch = discipline.branch
    await branch.do("secretary", "SittingOpen", procedure=procedure, heldOn=discipline.today)
    await branch.do("secretary", "Attend", procedure=procedure, present=branch.ids(), absent=[])
    paper = {"yes": 5, "no": 0, "abstained": 0}
    refused = await branch.do("secretary", "VoteClose", procedure=procedure, paper=paper)
    assert [error["code"] for error in refused["userErrors"]] == ["core.procedure_superior_missing"]


@pytest.mark.clause("S3C-29", "S3D-32")
async def test_refusing_to_sign_stops_nothing_and_is_explained(discipline: Any) -> None:
    case = await corrected(discipline)
    given = {"case": case, "delivery": "SIGNED"}
    assert await discipline.refused("secretary", "disciplineDeliver", given) == ["opinion_missing"]
    given = {"case": case, "delivery": "REFUSED_TO_SIGN"}
    refused = await discipline.refused("secretary", "disciplineDeliver", given)
    assert refused == ["explanation_missing"]
    given |= {"explanation": "本人拒绝签字，两名支委在场。", "announcedOn": discipline.today}
    await discipline.done("secretary", "disciplineDeliver", given, "case { id }")
    found = await discipline.case(case)
    assert (found["delivery"], found["state"]) == ("REFUSED_TO_SIGN", "DECIDED")
    assert await discipline.refused("secretary", "disciplineDeliver", given) == ["delivered"]


@pytest.mark.clause("S3C-30", "S3C-31")
async def test_a_correction_is_evaluated_when_its_time_is_over_and_then_all_is_as_before(
    discipline: Any,
) -> None:
    case = await corrected(discipline)
    given = {"case": case, "result": "CORRECTED", "evaluation": "按时参加组织生活。"}
    assert await discipline.refused("secretary", "disciplineEvaluate", given) == ["not_over"]
    await discipline.later(date(2026, 9, 15))
    wrong = {**given, "result": "WITHDREW", "evaluation": ""}
    assert await discipline.refused("secretary", "disciplineEvaluate", wrong) == [
        *("result_unfit", "evaluation_missing"),
    ]
    made = await discipline.done("secretary", "disciplineEvaluate", given, "procedure { id }")
    procedure = made["procedure"]["id"]
    await discipline.vote(procedure)
    assert (await discipline.case(case))["state"] == "DECIDED"
    await discipline.vote(procedure, "officer")
    found = await discipline.case(case)
    assert (found["state"], found["result"]) == ("ENDED", "CORRECTED")
    assert (await discipline.member())["stage"] == "FULL"


@pytest.mark.clause("S3C-22", "S0-29")
async def test_who_refuses_to_correct_is_persuaded_and_who_refuses_that_is_removed(
    discipline: Any,
) -> None:
    given = discipline.opening("not_corrected")
    assert await discipline.refused("secretary", "disciplineOpen", given) == ["previous_missing"]
    first = await corrected(discipline)
    given = {"case": first, "result": "REFUSED_CORRECTION", "evaluation": "拒不接受帮助。"}
    made = await discipline.done("secretary", "disciplineEvaluate", given, "procedure { id }")
    await discipline.vote(made["procedure"]["id"])
    await discipline.vote(made["procedure"]["id"], "officer")
    given = discipline.opening("not_withdrawn", previous=first)
    assert await discipline.refused("secretary", "disciplineOpen", given) == ["previous_missing"]

    second = await discipline.opened("not_corrected", previous=first)
    await removed(discipline, second, await discipline.proposed(discipline.proposing(second)))
    found = await discipline.case(second)
    assert (found["kind"], found["state"], found["answerBy"]) == (
        *("PERSUASION", "DECIDED", "2026-07-15"),
    )
    assert (await discipline.member())["stage"] == "FULL"
    given = {"case": second, "withdraws": False}
    await discipline.done("secretary", "disciplineAnswer", given, "case { id }")
    assert (await discipline.member())["stage"] == "FULL"

    third = await discipline.opened("not_withdrawn", previous=second)
    await removed(discipline, third, await discipline.proposed(discipline.proposing(third)))
    member = await discipline.member()
    assert (member["stage"], member["departure"]) == ("LEFT", Departure.REMOVED.name)


async def test_who_agrees_to_withdraw_leaves_that_day(discipline: Any) -> None:
    case = await discipline.opened("threatens")
    file = {"kind": "education", "file": await discipline.branch.file("secretary")}
    refused = discipline.proposing(case)
    assert await discipline.refused("secretary", "disciplinePropose", refused) == [
        "documents_lacking"
    ]
    procedure = await discipline.proposed(discipline.proposing(case, documents=[file]))
    await removed(discipline, case, procedure)
    given = {"case": case, "withdraws": True, "on": "2026-06-14"}
    assert await discipline.refused("secretary", "disciplineAnswer", given) == ["day_unfit"]
    await discipline.later(date(2026, 6, 20))
    given["on"] = "2026-06-18"
    await discipline.done("secretary", "disciplineAnswer", given, "case { id }")
    member = await discipline.member()
    assert (member["departure"], member["leftOn"]) == ("PERSUADED_TO_WITHDRAW", "2026-06-18")
    assert (await discipline.case(case))["fileBy"] == "2026-07-18"


@pytest.mark.clause("S0-31", "S3A-30", "S3A-31", "S3C-23", "S3C-26", "S3C-28")
async def test_a_removal_takes_the_committee_and_the_district_before_and_after_the_vote(
    discipline: Any,
) -> None:
    case, _ = await given_up(discipline)
    found = await discipline.case(case)
    assert (found["state"], found["result"], found["fileBy"]) == (
        *("DECIDED", "CARRIED_OUT", "2026-07-15"),
    )
    member = await discipline.member()
    assert (member["departure"], member["leftOn"]) == ("TREATED_AS_GIVEN_UP", "2026-06-15")
    given = {"case": case, "delivery": "UNREACHABLE", "explanation": "多次联系不上。"}
    await discipline.done("secretary", "disciplineDeliver", given, "case { id }")
    given = {"case": case, "number": " ", "on": "2026-06-14"}
    assert await discipline.refused("district", "disciplineFile", given) == [
        *("day_unfit", "number_missing"),
    ]
    given = {"case": case, "number": "2026-3"}
    await discipline.done("district", "disciplineFile", given, "case { id }")
    found = await discipline.case(case)
    assert (found["state"], found["filing"], found["filedOn"]) == ("ENDED", "2026-3", "2026-06-15")
    assert await discipline.refused("district", "disciplineFile", given) == ["filed"]


@pytest.mark.clause("S3C-32")
async def test_a_decision_that_falls_restores_the_membership_as_if_it_had_not_been(
    discipline: Any,
) -> None:
    case, procedure = await given_up(discipline)
    assert (await discipline.branch.shown(procedure))["objectionUntil"] == "2026-12-12"
    given = {"case": case, "reason": "已交党费"}
    select = "procedure { objections { id dueOn } }"
    made = await discipline.done("secretary", "disciplineAppeal", given, select)
    objection = made["procedure"]["objections"][0]
    assert objection["dueOn"] == "2026-09-13"
    await discipline.at.account("second", "district_organization_officer", "district")
    given = {"objection": objection["id"], "upheld": True, "answer": "查实已交党费"}
    answered = await discipline.branch.do("second", "ObjectionAnswer", **given)
    assert answered["userErrors"] == []
    member = await discipline.member()
    assert (member["stage"], member["departure"], member["organization"]["code"]) == (
        *("FULL", None, "BRANCH"),
    )
    found = await discipline.case(case)
    assert (found["state"], found["decidedOn"], found["result"]) == ("PROPOSED", None, None)


@pytest.mark.clause("S3C-24")
async def test_a_probationary_membership_is_cancelled_and_a_full_one_is_not(
    discipline: Any,
) -> None:
    given = discipline.opening("lost_probationary")
    assert await discipline.refused("secretary", "disciplineOpen", given) == ["stage_unfit"]


@pytest.mark.clause("S3C-18", "S3C-19")
async def test_who_cannot_prove_membership_is_not_recognized_by_committee_and_district(
    discipline: Any,
) -> None:
    case = await discipline.opened("unproved", by="officer")
    file = {"kind": "investigation", "file": await discipline.branch.file("officer")}
    procedure = await discipline.proposed(
        discipline.proposing(case, documents=[file]), by="officer"
    )
    await discipline.vote(procedure, "officer")
    await discipline.step(procedure, "district")
    assert (await discipline.member())["departure"] == "NOT_RECOGNIZED"


@pytest.mark.clause("S3C-20", "A-15", "A-18")
async def test_a_withdrawal_rests_on_the_member_s_own_application(discipline: Any) -> None:
    case = await discipline.opened("own_application")
    refused = await discipline.refused("secretary", "disciplinePropose", discipline.proposing(case))
    assert refused == ["documents_lacking"]
    file = {"kind": "application", "file": await discipline.branch.file("secretary")}
    procedure = await discipline.proposed(discipline.proposing(case, documents=[file]))
    await removed(discipline, case, procedure)
    assert (await discipline.member())["departure"] == "WITHDREW"


@pytest.mark.clause("S3C-30", "S3C-32")
async def test_what_was_refused_is_not_taken_up_beside_another_disposition_of_the_member(
    discipline: Any,
) -> None:
    first = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(first))
    await discipline.vote(procedure, yes=2)
    await discipline.branch.do("me", "Object", procedure=procedure, reason="票数有误")
    shown = await discipline.branch.shown(procedure)
    given = {"objection": shown["objections"][0]["id"], "upheld": True, "answer": "复议"}
    second = await discipline.opened()
    refused = await discipline.branch.do("district", "ObjectionAnswer", **given)
    assert [error["code"] for error in refused["userErrors"]] == ["discipline.already_open"]
    drop = {"case": second, "reason": "误提"}
    await discipline.done("secretary", "disciplineDrop", drop, "case { id }")
    await discipline.branch.do("district", "ObjectionAnswer", **given)
    assert (await discipline.case(first))["state"] == "PROPOSED"
