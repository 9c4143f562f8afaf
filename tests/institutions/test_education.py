"""The year of the samples: possible day by day, and with something to find in it."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

DAY_LIMIT = 8


def hours_of(institution: Any, *, self_study: bool = False) -> Counter[str]:
    """Hours by identity number, from attendance and claims."""
    hours: Counter[str] = Counter()
    for line in institution.attendance:
        if line["出勤情况"] == "出席":
            session = institution.sessions[line["班次编号"]]
            hours[line["公民身份号码"]] += line["学时"] or session["学时"]
    for credit in institution.credits:
        if self_study or credit["形式"] != "自学":
            hours[credit["公民身份号码"]] += credit["学时"]
    return hours


def active(institution: Any) -> list[str]:
    """Numbers of those held to the hours, where education is kept here."""
    excused = {exemption["member"] for exemption in institution.education["exemptions"]}
    return [
        number
        for number, person in institution.people.items()
        if number not in excused and institution.has_education(person["所在党支部代码"])
    ]


def test_sessions_are_held_by_units_that_have_education(institution: Any, anchor: date) -> None:
    words = institution.rules["catalogues"]
    for session in institution.training:
        assert institution.has_education(session["主办党组织代码"])
        assert session["日期"].year == anchor.year
        assert session["日期"] <= anchor
        assert session["日期"].isoweekday() <= 5
        assert session["形式"] in words["forms"]
        assert session["主题"] in words["topics"]
        assert not session["渠道"] or session["渠道"] in words["channels"]
    assert len(institution.sessions) == len(institution.training)


def test_only_those_of_the_host_who_had_come_by_then_attend(institution: Any) -> None:
    seen = set()
    for line in institution.attendance:
        session = institution.sessions[line["班次编号"]]
        person = institution.people[line["公民身份号码"]]
        assert person["姓名"] == line["姓名"]
        assert institution.is_inside(person, session["主办党组织代码"])
        assert institution.has_education(person["所在党支部代码"])
        assert person["编入本支部日期"] <= session["日期"]
        assert line["出勤情况"] in ("出席", "请假", "缺席")
        if line["学时"]:
            assert line["出勤情况"] == "出席"
            assert 0 < line["学时"] < session["学时"]
        seen.add((line["班次编号"], line["公民身份号码"]))
    assert len(seen) == len(institution.attendance)


def test_claims_are_of_the_year_and_never_before_admission(institution: Any, anchor: date) -> None:
    words = institution.rules["catalogues"]
    for credit in institution.credits:
        person = institution.people[credit["公民身份号码"]]
        assert institution.has_education(person["所在党支部代码"])
        assert person["入党日期"] <= credit["日期"] <= anchor
        assert credit["日期"].year == anchor.year
        assert credit["形式"] in words["forms"]
        assert credit["主题"] in words["topics"]
        assert not credit["渠道"] or credit["渠道"] in words["channels"]
        assert credit["证明材料"]


def test_nobody_studies_more_than_a_day_holds(institution: Any) -> None:
    days: defaultdict[tuple[str, date], float] = defaultdict(float)
    for line in institution.attendance:
        session = institution.sessions[line["班次编号"]]
        days[line["公民身份号码"], session["日期"]] += session["学时"]
    for credit in institution.credits:
        days[credit["公民身份号码"], credit["日期"]] += credit["学时"]
    assert max(days.values()) == DAY_LIMIT


def test_most_reach_the_hours_and_some_will_miss_them(institution: Any) -> None:
    hours = hours_of(institution)
    held_to = active(institution)
    reached = sum(hours[number] >= 32 for number in held_to) / len(held_to)
    far_behind = sum(hours[number] < 16 for number in held_to) / len(held_to)
    assert 0.5 < reached < 0.8
    assert 0.04 < far_behind < 0.15
    assert max(hours.values()) > 40


def test_for_some_it_hangs_on_whether_self_study_counts(institutions: Any) -> None:
    short = []
    for institution in institutions:
        without, counted = hours_of(institution), hours_of(institution, self_study=True)
        short += [each for each in active(institution) if without[each] < 32 <= counted[each]]
    assert short


def test_the_exempt_are_old_or_ill_and_consented(institution: Any, anchor: date) -> None:
    exemptions = institution.education["exemptions"]
    assert exemptions
    assert len({e["member"] for e in exemptions}) == len(exemptions)
    for exemption in exemptions:
        person = institution.people[exemption["member"]]
        assert person["姓名"] == exemption["name"]
        assert exemption["consent"]
        assert date(anchor.year, 1, 1) <= exemption["granted_on"] <= anchor
        if exemption["ground"] == "elderly":
            assert anchor.year - person["出生日期"].year >= 75
        else:
            assert exemption["ground"] == "ill"


def test_education_is_off_for_the_street_but_for_its_pilot(institutions: Any) -> None:
    (institution,) = (i for i in institutions if i.code == "education-bureau")
    off = [p for p in institution.members if not institution.has_education(p["所在党支部代码"])]
    assert len(off) == 132
    assert {institution.units[p["所在党支部代码"]]["上级党组织代码"] for p in off} == {
        "WJ02",
        "WJ0201",
    }
