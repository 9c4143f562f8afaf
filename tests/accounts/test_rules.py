"""Periods, posts and passwords, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from zhibu.accounts.errors import PasswordGuessable, PasswordTooLong, PasswordTooShort
from zhibu.accounts.guessing import guessed
from zhibu.accounts.rules.logins import Demand, one_time_password, password_faults, shown
from zhibu.accounts.rules.roles import HeldPost, overlap, roles_by_posts
from zhibu.errors import Invalid

DEMAND = Demand(minimum=12, guessed=guessed())

A, B, C, D = (date(2026, 6, day) for day in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((A, B), (B, C), False),
        ((A, C), (B, D), True),
        ((A, None), (D, None), True),
        ((A, B), (C, None), False),
        ((A, None), (B, B), False),
        ((A, B), (A, B), True),
    ],
)
def test_half_open_periods_share_a_day_or_not(
    first: tuple[date, date | None], second: tuple[date, date | None], share: bool
) -> None:
    assert overlap(*first, *second) is share
    assert overlap(*second, *first) is share


@pytest.mark.parametrize(
    ("post", "organization", "role"),
    [
        ("secretary", "branch", "branch_secretary"),
        ("secretary", "joint_branch", "branch_secretary"),
        ("secretary", "general_branch", "general_branch_secretary"),
        ("deputy_secretary", "party_committee", "committee_secretary"),
        ("organization_member", "branch", "branch_committee_member"),
        ("recorder", "branch", "recorder"),
        ("party_group_leader", "party_group", "party_group_leader"),
        ("liaison", "branch", None),
        ("committee_member", "party_committee", None),
        ("secretary", "municipal_department", None),
    ],
)
def test_a_post_gives_the_role_of_its_level(post: str, organization: str, role: str | None) -> None:
    held = HeldPost(kind=post, organization_kind=organization, path="1.", since=A, until=C)
    assert roles_by_posts([held], B) == ({(role, "1.")} if role else set())
    assert roles_by_posts([held], C) == set()


def test_one_time_passwords_pass_what_is_asked_of_passwords() -> None:
    assert all(password_faults(one_time_password(), DEMAND) == [] for _ in range(50))


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", PasswordTooShort),
        ("elevenchars", PasswordTooShort),
        ("x" * 257, PasswordTooLong),
        ("security2026", PasswordGuessable),
        ("2026-Security!", PasswordGuessable),
        ("password1234", PasswordGuessable),
        ("Sunshine!!2026", PasswordGuessable),
        ("1qaz2wsx3edc", PasswordGuessable),
        ("woaizhongguo1949", PasswordGuessable),
        ("123456789012", PasswordGuessable),
        ("aaaaaaaabbbb", PasswordGuessable),
        ("            ", PasswordGuessable),
        ("四个词连成一句话就很长", PasswordTooShort),
        ("四个词连成一句话，就很长", None),
        ("correct horse battery", None),
        ("x" * 60 + "abcd", None),
        ("alllowercaseandlong", None),
    ],
)
def test_length_and_the_list_of_the_commonest_decide_about_a_password(
    password: str, fault: type[Invalid] | None
) -> None:
    faults = password_faults(password, DEMAND, ("security", "安全管理员", "yunling"))
    assert [type(each) for each in faults] == ([fault] if fault else [])


def test_no_institution_may_ask_for_less_than_eight_characters() -> None:
    lax = replace(DEMAND, minimum=1)
    (fault,) = password_faults("7 chars", lax)
    assert fault.facts == {"minimum": 8}
    assert password_faults("8 signs!", lax) == []


def test_the_three_thousand_commonest_passwords_of_eight_characters_are_known() -> None:
    assert len([word for word in guessed() if len(word) >= 8]) > 3000
    assert {"password", "1qaz2wsx", "woaini1314", "dangyuan"} <= guessed()
    assert all(word == word.casefold() for word in guessed())


def test_phone_numbers_are_masked_and_names_are_not() -> None:
    assert shown("139 1234 5678") == "139****78"
    assert shown("王小明") == "王小明"
    assert shown("zhang.san_2") == "zhang.san_2"
