"""What is handed over to the discipline body, what it answers, and help after a removal."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.discipline.test_dispositions import SAID, removed

from zhibu.accounts.service import accounts
from zhibu.procedures.public import suspended_on

REFERRAL = """id state handedOn passedOn punishment decidedOn until inForce document noticeBy
  noticedOn closedOn version"""


async def referral(discipline: Any, id: str, login: str = "officer") -> Any:
    """The hand-over as this account sees it; None where it does not."""
    document = (
        f"query ($id: ID!) {{ node(id: $id) {{ ... on DisciplineReferral {{ {REFERRAL} }} }} }}"
    )
    answer = await discipline.at.ask(login, document, {"id": id})
    assert "errors" not in answer, answer
    return answer["data"]["node"]


async def referred(discipline: Any, **changes: Any) -> str:
    given = {"member": discipline.id(discipline.me), "facts": "涉嫌违反群众纪律。", **changes}
    made = await discipline.done("secretary", "disciplineRefer", given, "referral { id }")
    return str(made["referral"]["id"])


async def answered(discipline: Any, id: str, **changes: Any) -> None:
    given = {"referral": id, "punishment": "warning", "document": "区纪 2026-8", **changes}
    given.setdefault("decidedOn", discipline.today)
    await discipline.done("officer", "disciplineReferralAnswer", given, "referral { id }")


async def due(discipline: Any, login: str, kind: str) -> list[str]:
    """The days on which something of this kind is due to this account, and open."""
    document = f"""{{ dueItems(first: 9, dueFrom: "2026-01-01", dueTo: "2029-01-01",
      kinds: ["discipline.{kind}"]) {{ nodes {{ dueOn }} }} }}"""
    answer = await discipline.at.ask(login, document)
    assert "errors" not in answer, answer
    return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]


async def voteless(discipline: Any, on: date) -> bool:
    async with discipline.at.operator() as act:
        return discipline.me.id in await suspended_on(act, [discipline.me.id], on)


@pytest.mark.clause("S0-32")
async def test_a_hand_over_says_what_seems_to_break_discipline_and_there_is_one_at_a_time(
    discipline: Any,
) -> None:
    given = {"member": discipline.id(discipline.me), "facts": " ", "on": "2026-06-16"}
    refused = await discipline.refused("secretary", "disciplineRefer", given)
    assert refused == ["facts_missing", "day_unfit"]
    id = await referred(discipline)
    given = {**given, "facts": "另一件", "on": None}
    assert await discipline.refused("secretary", "disciplineRefer", given) == ["already_referred"]
    given = {"referral": id, "reason": " "}
    refused = await discipline.refused("secretary", "disciplineReferralWithdraw", given)
    assert refused == ["reason_missing"]
    given = {"referral": id, "reason": "误报"}
    await discipline.done("secretary", "disciplineReferralWithdraw", given, "referral { id }")
    assert (await referral(discipline, id))["state"] == "WITHDRAWN"
    assert await discipline.refused("secretary", "disciplineReferralWithdraw", given) == [
        "move_not_now"
    ]
    await referred(discipline)


@pytest.mark.clause("S3D-24")
async def test_the_district_passes_a_hand_over_on_to_the_discipline_commission_within_its_days(
    discipline: Any,
) -> None:
    id = await referred(discipline)
    given = {"referral": id, "to": " ", "on": "2026-06-14"}
    refused = await discipline.refused("district", "disciplineReferralPass", given)
    assert refused == ["day_unfit", "body_missing"]
    assert await discipline.refused("officer", "disciplineReferralPass", given) == ["FORBIDDEN"]
    assert await due(discipline, "district", "passing") == ["2026-06-25"]
    given = {"referral": id, "to": "区纪委"}
    await discipline.done("district", "disciplineReferralPass", given, "referral { id }")
    assert (await referral(discipline, id))["passedOn"] == "2026-06-15"


@pytest.mark.clause("S3D-27")
async def test_a_disposition_does_not_take_the_place_of_discipline(discipline: Any) -> None:
    case = await discipline.opened()
    given = discipline.helping(case, breach=None)
    assert await discipline.refused("secretary", "disciplinePropose", given) == ["breach_unsaid"]
    given = discipline.helping(case, breach=True)
    assert await discipline.refused("secretary", "disciplinePropose", given) == ["referral_missing"]
    id = await referred(discipline)
    await discipline.proposed(given)
    assert (await referral(discipline, id))["state"] == "HANDED_OVER"


@pytest.mark.clause("S0-32", "DI-10", "DI-11")
async def test_a_punishment_is_recorded_by_its_document_and_has_its_influence_as_long_as_it_says(
    discipline: Any,
) -> None:
    id = await referred(discipline)
    given = {"referral": id, "decidedOn": "2026-06-14", "document": "", "punishment": "fine"}
    refused = await discipline.refused("officer", "disciplineReferralAnswer", given)
    assert refused == ["day_unfit", "document_missing", "punishment_unknown"]
    given |= {"decidedOn": discipline.today, "document": "区纪 8", "punishment": "probation"}
    refused = await discipline.refused("officer", "disciplineReferralAnswer", given)
    assert refused == ["end_missing"]
    for punishment, until in (
        ("warning", "2027-06-15"),
        ("serious_warning", "2027-12-15"),
        ("removal_from_post", "2028-06-15"),
    ):
        await answered(discipline, id, punishment=punishment, reason="登记有误")
        assert (await referral(discipline, id))["until"] == until
    given |= {"punishment": "warning"}
    refused = await discipline.refused("officer", "disciplineReferralAnswer", given)
    assert refused == ["reason_missing"]
    given = {"referral": id, "note": " "}
    refused = await discipline.refused("officer", "disciplineReferralClose", given)
    assert refused == ["influence_not_over", "reason_missing"]
    await discipline.later(date(2028, 6, 15))
    assert await due(discipline, "officer", "influence") == ["2028-06-15"]
    given = {"referral": id, "note": "表现良好"}
    await discipline.done("officer", "disciplineReferralClose", given, "referral { id }")
    found = await referral(discipline, id)
    assert (found["state"], found["inForce"]) == ("CLOSED", False)


@pytest.mark.clause("EL-5")
async def test_who_is_on_probation_has_no_vote_until_it_is_over_and_gets_it_back_if_it_was_none(
    discipline: Any,
) -> None:
    id = await referred(discipline)
    await answered(discipline, id, punishment="probation", until="2027-06-15")
    assert await voteless(discipline, date(2026, 6, 15))
    assert await voteless(discipline, date(2027, 6, 14))
    assert not await voteless(discipline, date(2027, 6, 15))
    await answered(discipline, id, punishment="warning", reason="登记有误")
    assert not await voteless(discipline, date(2026, 6, 15))
    await answered(discipline, id, punishment=None, reason="未予处分")
    found = await referral(discipline, id)
    assert (found["punishment"], found["until"], found["inForce"]) == (None, None, False)


@pytest.mark.clause("S3D-31")
async def test_the_discipline_body_is_told_when_somebody_it_punished_is_removed(
    discipline: Any,
) -> None:
    id = await referred(discipline)
    await answered(discipline, id)
    given = {"referral": id, "number": "组通 1"}
    assert await discipline.refused("officer", "disciplineReferralNotify", given) == [
        "no_notice_due"
    ]
    case = await discipline.opened("inactive", since="2025-12-15", missed="DUES")
    procedure = await discipline.proposed(discipline.proposing(case, **SAID, breach=True))
    await removed(discipline, case, procedure)
    assert (await referral(discipline, id))["noticeBy"] == "2026-06-25"
    assert await due(discipline, "officer", "notice_of_removal") == ["2026-06-25"]
    await discipline.done("officer", "disciplineReferralNotify", given, "referral { id }")
    assert (await referral(discipline, id))["noticedOn"] == "2026-06-15"
    assert await discipline.refused("officer", "disciplineReferralNotify", given) == [
        "no_notice_due"
    ]


@pytest.mark.clause("S3D-33")
async def test_who_was_removed_is_helped_on_and_nobody_else(discipline: Any) -> None:
    case = await discipline.opened("inactive", since="2025-12-15", missed="DUES")
    given = {"case": case, "what": " ", "on": "2026-06-14"}
    refused = await discipline.refused("secretary", "disciplineFollowUp", given)
    assert refused == ["step_not_now", "not_removed", "help_missing"]
    procedure = await discipline.proposed(discipline.proposing(case, **SAID))
    await removed(discipline, case, procedure)
    refused = await discipline.refused("secretary", "disciplineFollowUp", given)
    assert refused == ["day_unfit", "help_missing"]
    assert await due(discipline, "secretary", "help") == ["2026-09-13"]
    given = {"case": case, "what": "上门走访，帮助就业。"}
    made = await discipline.done("secretary", "disciplineFollowUp", given, "followUp { id }")
    entry = {"followUp": made["followUp"]["id"], "reason": " "}
    assert await discipline.refused("secretary", "disciplineFollowUpWithdraw", entry) == [
        "reason_missing"
    ]
    entry["reason"] = "误登"
    shown = "case { helpedOn followUps { what withdrawnReason } }"
    found = await discipline.done("secretary", "disciplineFollowUpWithdraw", entry, shown)
    assert found["case"] == {
        "helpedOn": None,
        "followUps": [{"what": "上门走访，帮助就业。", "withdrawnReason": "误登"}],
    }
    assert await discipline.refused("secretary", "disciplineFollowUpWithdraw", entry) == [
        "NOT_FOUND"
    ]


async def test_the_member_sees_what_was_answered_and_not_what_is_being_looked_into(
    discipline: Any,
) -> None:
    id = await referred(discipline)
    assert await referral(discipline, id, "me") is None
    await answered(discipline, id)
    assert (await referral(discipline, id, "me"))["punishment"] == "warning"
    assert await referral(discipline, id, "m1") is None


async def test_nobody_records_what_was_decided_about_himself(discipline: Any) -> None:
    await discipline.at.account("judge", "discipline_inspection_officer", "committee")
    async with discipline.at.operator() as act:
        await accounts.bind(
            act, discipline.at.accounts["judge"], member_id=discipline.branch.members[3].id
        )
    discipline.me = discipline.branch.members[3]
    id = await referred(discipline)
    await discipline.at.later(days=0)
    given = {"referral": id, "decidedOn": discipline.today, "document": "区纪 8"}
    refused = await discipline.refused("judge", "disciplineReferralAnswer", given)
    assert refused == ["own_referral"]


@pytest.mark.clause("S4-61")
async def test_a_punishment_proposes_its_points_once_until_it_turns_out_that_there_was_none(
    discipline: Any,
) -> None:
    await discipline.at.switch("scoring", True)
    document = """query ($o: ID!) { scoringEntries(organization: $o, year: 2026, first: 9,
      filter: {state: DECLARED}) { nodes { item points sourceKind } } }"""

    async def proposed() -> list[Any]:
        answer = await discipline.at.ask("officer", document, {"o": discipline.at.id("branch")})
        return [
            (node["item"], node["points"]) for node in answer["data"]["scoringEntries"]["nodes"]
        ]

    id = await referred(discipline)
    await answered(discipline, id, punishment="serious_warning")
    assert await proposed() == [("serious_warning", "20")]
    await answered(discipline, id, reason="登记有误")
    assert await proposed() == [("warning", "10")]
    await answered(discipline, id, punishment=None, reason="申诉后撤销处分")
    assert await proposed() == []
