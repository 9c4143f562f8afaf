"""The people of the samples are consistent, complete, and nobody's."""

from collections import Counter
from datetime import date
from typing import Any

from zhibu.calendar import add_months
from zhibu.forms.identity import birth_date, gender, identity_fault

HOMES = {"党支部", "联合党支部", "流动党员党支部"}


def years_between(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def test_each_has_the_members_it_should(institutions: Any, sizes: dict[str, int]) -> None:
    assert {i.code: len(i.members) for i in institutions} == sizes
    assert sum(sizes.values()) == 3000


def test_no_identity_number_occurs_twice_anywhere(institutions: Any) -> None:
    numbers = Counter(number for i in institutions for number in i.people)
    assert len(numbers) == 3000
    assert max(numbers.values()) == 1


def test_every_identity_number_is_valid_and_says_what_the_roster_says(
    institution: Any, anchor: date
) -> None:
    for number, person in institution.people.items():
        assert isinstance(number, str)
        assert identity_fault(number, anchor) is None, number
        assert gender(number) == {"男": "male", "女": "female"}[person["性别"]]
        assert birth_date(number) == person["出生日期"]


def test_no_number_could_be_a_real_persons(institution: Any) -> None:
    """No city has the code 99, and no mobile subscriber a number on 154."""
    for number, person in institution.people.items():
        assert number[2:4] == "99"
        phone = person["手机号"]
        digits = str(int(phone)) if isinstance(phone, float) else phone
        assert digits == "" or (digits.startswith("154") and len(digits) == 11)


def test_everybody_belongs_to_one_branch_that_may_be_a_home(institution: Any) -> None:
    for person in institution.members:
        home = institution.units[person["所在党支部代码"]]
        assert home["党组织类别"] in HOMES
        if group := person["党小组代码"]:
            assert institution.units[group]["上级党组织代码"] == home["党组织代码"]


def test_dates_of_a_membership_follow_each_other(institution: Any, anchor: date) -> None:
    for person in institution.members:
        admitted, joined = person["入党日期"], person["编入本支部日期"]
        full = person["转正日期"]
        assert years_between(person["出生日期"], admitted) >= 18
        assert admitted <= joined <= anchor
        assert joined >= institution.units[person["所在党支部代码"]]["成立日期"]
        if person["党员类别"] == "预备党员":
            assert full is None
            assert anchor < add_months(admitted, 12)
        else:
            # The Party Constitutions of 1969 and 1973 knew no probation.
            months = 0 if date(1969, 4, 14) <= admitted < date(1977, 8, 18) else 12
            assert add_months(admitted, months) <= full <= anchor


def test_about_four_in_a_hundred_are_probationary(institutions: Any) -> None:
    stages = Counter(person["党员类别"] for i in institutions for person in i.members)
    assert set(stages) == {"正式党员", "预备党员"}
    assert 0.03 < stages["预备党员"] / 3000 < 0.05


def test_every_kind_of_member_occurs_and_some_came_within_the_year(
    institutions: Any, anchor: date
) -> None:
    kinds = Counter(person["人员类别"] for i in institutions for person in i.members)
    assert set(kinds) == {"在职", "离退休", "学生", "其他"}
    assert min(kinds.values()) > 100
    for institution in institutions:
        came = [p for p in institution.members if p["编入本支部日期"].year == anchor.year]
        assert len(came) > len(institution.members) * 0.02


def test_some_were_admitted_when_there_was_no_probation(institutions: Any) -> None:
    at_once = [p for i in institutions for p in i.members if p["入党日期"] == p["转正日期"]]
    assert at_once
    assert all(1969 <= person["入党日期"].year <= 1977 for person in at_once)
