"""Periods and posts, without a database."""

from datetime import date

import pytest

from zhibu.accounts.rules.logins import one_time_password, password_faults, shown
from zhibu.accounts.rules.roles import HeldPost, overlap, roles_by_posts

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
    assert all(password_faults(one_time_password(), "someone") == [] for _ in range(50))


def test_phone_numbers_are_masked_and_names_are_not() -> None:
    assert shown("139 1234 5678") == "139****78"
    assert shown("王小明") == "王小明"
    assert shown("zhang.san_2") == "zhang.san_2"
