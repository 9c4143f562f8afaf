"""The trees of the samples keep the rules of the organization tree and of posts."""

from collections import Counter
from datetime import date
from typing import Any

from zhibu.calendar import add_months
from zhibu.organizations.rules.kinds import ALLOWED_BELOW, MAY_APPROVE, Kind

KINDS = {
    "市委组织部": Kind.MUNICIPAL_DEPARTMENT,
    "区委组织部": Kind.DISTRICT_DEPARTMENT,
    "工作委员会": Kind.WORKING_COMMITTEE,
    "党委": Kind.PARTY_COMMITTEE,
    "党总支": Kind.GENERAL_BRANCH,
    "党支部": Kind.BRANCH,
    "党小组": Kind.PARTY_GROUP,
    "联合党支部": Kind.JOINT_BRANCH,
    "临时党支部": Kind.TEMPORARY_BRANCH,
    "流动党员党支部": Kind.FLOATING_BRANCH,
}
ELECTED = {"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"}
COMMITTEE = ELECTED - {"书记", "副书记"}


def test_each_has_one_root_and_at_least_four_levels(institution: Any) -> None:
    roots = [unit for unit in institution.organizations if not unit["上级党组织代码"]]
    assert len(roots) == 1
    branches = [u for u in institution.organizations if u["党组织类别"].endswith("党支部")]
    with_groups = max(len(list(institution.upwards(code))) for code in institution.units)
    assert with_groups >= 4
    if institution.code != "service-centre":  # its fourth level are the Party groups
        assert max(len(list(institution.upwards(u["党组织代码"]))) for u in branches) >= 4


def test_parents_stand_above_their_children_in_the_file(institution: Any) -> None:
    seen: set[str] = set()
    for unit in institution.organizations:
        assert not unit["上级党组织代码"] or unit["上级党组织代码"] in seen
        seen.add(unit["党组织代码"])
    assert len(seen) == len(institution.organizations)


def test_every_kind_stands_where_it_may(institution: Any) -> None:
    for unit in institution.organizations:
        above = institution.units.get(unit["上级党组织代码"])
        kind = KINDS[unit["党组织类别"]]
        assert kind in ALLOWED_BELOW[KINDS[above["党组织类别"]] if above else None]
        assert unit["可审批预备党员"] == "否" or kind in MAY_APPROVE
        if above:
            assert unit["成立日期"] >= above["成立日期"]


def test_siblings_bear_different_names(institution: Any) -> None:
    names = Counter((u["上级党组织代码"], u["党组织名称"]) for u in institution.organizations)
    assert max(names.values()) == 1


def test_every_kind_of_branch_occurs_and_one_is_for_members_on_the_move(institutions: Any) -> None:
    kinds = Counter(u["党组织类别"] for i in institutions for u in i.organizations)
    assert set(kinds) == set(KINDS)
    assert kinds["流动党员党支部"] == 1


def test_branches_have_at_least_three_full_members_and_at_most_sixty(institution: Any) -> None:
    members = Counter(p["所在党支部代码"] for p in institution.members)
    full = Counter(p["所在党支部代码"] for p in institution.members if p["转正日期"])
    assert max(members.values()) <= 60
    assert min(full[branch] for branch in members) >= 3


def test_some_branches_are_too_small_for_a_committee(institutions: Any) -> None:
    for institution in institutions:
        full = Counter(p["所在党支部代码"] for p in institution.members if p["转正日期"])
        assert any(3 <= count < 7 for count in full.values())


def test_every_post_holds_within_its_term(institution: Any, anchor: date) -> None:
    for post in institution.posts:
        since, until = post["任职日期"], post["任期届满日期"]
        person = institution.people[post["公民身份号码"]]
        assert person["姓名"] == post["姓名"]
        assert since <= anchor
        assert until is None or anchor < until
        assert since >= person["编入本支部日期"]
        assert since >= institution.units[post["党组织代码"]]["成立日期"]


def test_holders_belong_to_what_they_serve(institution: Any) -> None:
    for post in institution.posts:
        person, unit = institution.people[post["公民身份号码"]], post["党组织代码"]
        if institution.units[unit]["党组织类别"] == "党小组":
            assert person["党小组代码"] == unit
            assert post["职务"] == "党小组组长"
        else:
            assert institution.is_inside(person, unit)
        if post["职务"] in ELECTED:
            assert person["转正日期"]


def test_every_branch_with_members_has_one_secretary_and_one_recorder(institution: Any) -> None:
    homes = {person["所在党支部代码"] for person in institution.members}
    posts = Counter((post["党组织代码"], post["职务"]) for post in institution.posts)
    for home in homes:
        assert posts[home, "书记"] == 1
        assert posts[home, "考核记录员"] == 1
    holders = Counter((p["党组织代码"], p["职务"], p["公民身份号码"]) for p in institution.posts)
    assert max(holders.values()) == 1


def test_a_branch_of_fewer_than_seven_full_members_has_no_committee(institution: Any) -> None:
    full = Counter(p["所在党支部代码"] for p in institution.members if p["转正日期"])
    seats = [p for p in institution.posts if p["党组织代码"] in full and p["职务"] in COMMITTEE]
    assert seats
    assert all(full[post["党组织代码"]] >= 7 for post in seats)


def test_liaisons_of_the_floating_branch_are_its_secretary_or_committee(institutions: Any) -> None:
    (institution,) = (i for i in institutions if i.code == "organs-committee")
    liaisons = [post for post in institution.posts if post["职务"] == "联络员"]
    elected = {
        (p["党组织代码"], p["公民身份号码"]) for p in institution.posts if p["职务"] in ELECTED
    }
    assert liaisons
    for post in liaisons:
        assert institution.units[post["党组织代码"]]["党组织类别"] == "流动党员党支部"
        assert (post["党组织代码"], post["公民身份号码"]) in elected


def test_some_terms_end_within_a_quarter(institutions: Any, anchor: date) -> None:
    soon = add_months(anchor, 3)
    ending = [p for i in institutions for p in i.posts if p["职务"] in ELECTED]
    assert any(post["任期届满日期"] and post["任期届满日期"] < soon for post in ending)
