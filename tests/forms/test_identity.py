"""The resident identity number, its mask, and the order of names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.forms.identity import (
    IdentityFault,
    birth_date,
    check_digit,
    gender,
    identity_fault,
    mask,
    mask_phone,
)
from zhibu.forms.sorting import sort_name

TODAY = date(2026, 11, 21)


@given(
    st.from_regex(
        r"110105(19[0-9]{2}|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}", fullmatch=True
    )
)
def test_exactly_one_check_digit_fits(digits: str) -> None:
    fitting = [c for c in "0123456789X" if identity_fault(digits + c, TODAY) is None]
    assert fitting == [check_digit(digits)]


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_mistyped_digit_is_noticed(place: int, shift: int) -> None:
    number = "320102198503124531"
    digit = str((int(number[place]) + shift) % 10)
    assert identity_fault(number[:place] + digit + number[place + 1 :], TODAY) is not None


def test_a_number_born_tomorrow_is_refused_and_born_today_is_not() -> None:
    digits = "11010520261121001"
    assert identity_fault(digits + check_digit(digits), TODAY) is None
    assert identity_fault(digits + check_digit(digits), date(2026, 11, 20)) is (
        IdentityFault.BIRTH_DATE
    )


def test_the_digits_of_other_scripts_are_no_digits() -> None:
    assert identity_fault("٣20102198503124531", TODAY) is IdentityFault.FORMAT


def test_a_number_tells_birth_date_and_gender() -> None:
    assert birth_date("320102198503124531") == date(1985, 3, 12)
    assert gender("320102198503124531") == "male"
    assert gender("11010519491231002X") == "female"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("320102198503124531", "320*************31"),
        ("12345", "*****"),
        ("123456", "123*56"),
        ("", ""),
    ],
)
def test_a_mask_hides_the_birth_date(number: str, masked: str) -> None:
    assert mask(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("13800001234", "138****1234"), ("+85291234567", "+85****4567"), ("123", "*23"), ("", "")],
)
def test_a_phone_mask_shows_three_and_four(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_common_names_sort_by_pinyin_and_rare_characters_follow() -> None:
    names = ["赵六", "王五", "褚一", "李四", "张三", "白云", "欧阳明"]
    assert sorted(names, key=sort_name) == [
        "白云",
        "李四",
        "欧阳明",
        "王五",
        "张三",
        "赵六",
        "褚一",
    ]


def test_keys_compare_as_ascii_whatever_the_name_holds() -> None:
    assert sort_name("𬭛 A").isascii()
    assert sort_name("张 三") == sort_name("张三")
