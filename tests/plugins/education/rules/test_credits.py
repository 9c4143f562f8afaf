"""What may be credited, and by whom it may be decided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhibu.basis import Basis
from zhibu.identifiers import new_id
from zhibu_education.rules import credits as rules
from zhibu_education.rules.amounts import Limit
from zhibu_education.rules.catalogues import CreditState, Form

TODAY = date(2026, 6, 15)
BASIS = Basis(document="本单位规定", article="学时", value="")
DAY = Limit(value=Decimal(8), basis=BASIS)
ME, OTHER = new_id(), new_id()
MY_ACCOUNT, OTHER_ACCOUNT = new_id(), new_id()
PENDING = rules.Credit(
    id=new_id(),
    member_id=ME,
    earned_on=TODAY,
    title="网络课程",
    hours=Decimal(4),
    form=Form.ONLINE,
    state=CreditState.PENDING,
    session_id=None,
    recorded_by=MY_ACCOUNT,
    recorder_id=ME,
    version=1,
)


def refused(
    hours: str = "4",
    on: date = TODAY,
    *,
    title: str = "网络课程",
    evidence: bool = True,
    admitted_on: date = date(2010, 7, 1),
    left_on: date | None = None,
    same_day: str = "0",
    evidence_required: bool = True,
) -> list[str]:
    return [
        refusal.code.removeprefix("education.")
        for refusal in rules.refusals(
            rules.Claim(earned_on=on, hours=Decimal(hours), title=title, evidence=evidence),
            today=TODAY,
            membership=rules.Membership(admitted_on=admitted_on, left_on=left_on),
            same_day=Decimal(same_day),
            day_limit=DAY,
            evidence_required=evidence_required,
        )
    ]


@pytest.mark.clause("S2-06")
@pytest.mark.parametrize("hours", ["0", "-1", "-0.01", "NaN", "Infinity", "-Infinity"])
def test_hours_are_a_finite_amount_above_nothing(hours: str) -> None:
    assert refused(hours) == ["hours_not_positive"]


def test_hours_have_two_decimals_at_most() -> None:
    assert refused("0.333") == ["hours_too_fine"]
    assert refused("1E-9") == ["hours_too_fine"]
    assert refused("0.25") == refused("1E+0") == refused("1.500") == []


@pytest.mark.clause("S2-06")
def test_a_day_holds_eight_hours_and_not_a_hundredth_more() -> None:
    assert refused("8") == []
    assert refused("8.01") == ["day_overfull"]
    assert refused("4", same_day="4") == []
    assert refused("4.01", same_day="4") == ["day_overfull"]


@pytest.mark.clause("S2-06")
def test_what_was_not_studied_yet_earns_nothing() -> None:
    assert refused(on=date(2026, 6, 16)) == ["credit_in_the_future"]
    assert refused(on=TODAY) == []


def test_hours_are_those_of_a_member() -> None:
    assert refused(admitted_on=date(2026, 6, 16)) == ["credit_before_admission"]
    assert refused(admitted_on=TODAY) == []
    assert refused(left_on=date(2026, 6, 14)) == ["credit_after_leaving"]
    assert refused(left_on=TODAY) == []


@pytest.mark.clause("S0-37")
def test_a_claim_needs_evidence_where_the_parameter_says_so() -> None:
    assert refused(evidence=False) == ["evidence_missing"]
    assert refused(evidence=False, evidence_required=False) == []


def test_every_obstacle_is_told_at_once() -> None:
    found = refused("-1", on=date(2026, 6, 16), title=" ", evidence=False)
    assert found == [
        "title_missing",
        "hours_not_positive",
        "credit_in_the_future",
        "evidence_missing",
    ]


@pytest.mark.clause("A-10")
def test_only_forms_in_the_table_of_modes_count() -> None:
    modes = frozenset({"online", "concentrated"})
    assert rules.counted("online", Decimal(4), modes) == 4
    assert rules.counted("self_study", Decimal(4), modes) == 0


def decided(credit: rules.Credit, **caller: Any) -> list[str]:
    who: dict[str, Any] = {"account_id": OTHER_ACCOUNT, "member_id": OTHER, **caller}
    return [refusal.code for refusal in rules.verification_refusals(credit, **who)]


def test_nobody_verifies_his_own_claim() -> None:
    assert decided(PENDING, account_id=MY_ACCOUNT, member_id=ME) == ["education.own_claim"]


def test_nobody_verifies_his_own_hours_that_another_recorded() -> None:
    recorded = replace(PENDING, recorded_by=OTHER_ACCOUNT, recorder_id=OTHER)
    assert decided(recorded, account_id=MY_ACCOUNT, member_id=ME) == ["education.own_claim"]


def test_nobody_verifies_what_he_recorded_for_another() -> None:
    recorded = replace(PENDING, recorded_by=OTHER_ACCOUNT, recorder_id=OTHER)
    assert decided(recorded) == ["education.own_claim"]


def test_a_second_account_does_not_make_another_person() -> None:
    recorded = replace(PENDING, recorded_by=MY_ACCOUNT, recorder_id=OTHER)
    assert decided(recorded, account_id=new_id(), member_id=OTHER) == ["education.own_claim"]


def test_somebody_else_verifies() -> None:
    assert decided(PENDING) == []
    by_operator = replace(PENDING, recorded_by=None, recorder_id=None)
    assert decided(by_operator) == []


def test_the_operator_verifies_nothing_that_was_entered_without_an_account() -> None:
    by_operator = replace(PENDING, recorded_by=None, recorder_id=None)
    assert decided(by_operator, account_id=None, member_id=None) == ["education.own_claim"]


@pytest.mark.parametrize("state", sorted(set(CreditState) - {CreditState.PENDING}))
def test_what_was_decided_is_not_verified_again(state: CreditState) -> None:
    assert decided(replace(PENDING, state=state)) == ["education.credit_settled"]


@pytest.mark.parametrize("state", [CreditState.RETURNED, CreditState.SUPERSEDED, CreditState.VOID])
def test_what_no_longer_counts_is_not_changed_again(state: CreditState) -> None:
    credit = replace(PENDING, state=state)
    found = rules.change_refusals(credit, reason="误录", version=None)
    assert [refusal.code for refusal in found] == ["education.credit_settled"]


def test_a_change_says_why_and_starts_from_what_is_there() -> None:
    found = rules.change_refusals(PENDING, reason=" ", version=2)
    assert [refusal.code for refusal in found] == [
        "education.reason_missing",
        "education.changed_meanwhile",
    ]
    assert [*rules.change_refusals(PENDING, reason="误录", version=1)] == []
