"""What procedures there are at a place, and where steps belong."""

from typing import Any
from uuid import UUID

import pytest

from zhibu.procedures.rules.deciding import Place, placed
from zhibu.procedures.rules.wellformed import faults
from zhibu.testing.branch import Branch

KINDS = """query ($o: ID) { procedureKinds(organization: $o) {
  name title open source basis steps { code by level } documents { code } } }"""


async def test_an_institution_s_own_steps_are_shown_where_they_hold(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    there = {"o": branch.institution.id("branch")}
    answer = await branch.institution.ask("secretary", KINDS, there)
    found = {kind["name"]: kind for kind in answer["data"]["procedureKinds"]}
    assert found["core.resolution"]["source"] == "override"
    assert [step["code"] for step in found["core.resolution"]["steps"]] == ["branch", "committee"]
    assert found["core.resolution"]["open"]
    assert not found["core.member_correction"]["open"]
    assert "education.credit_review" in found
    await branch.institution.switch("education", False)
    branch.institution.house.platform.changed(branch.institution.tenant.id)
    answer = await branch.institution.ask("secretary", KINDS, there)
    names = {kind["name"] for kind in answer["data"]["procedureKinds"]}
    assert "education.credit_review" not in names


async def test_who_reads_no_rules_there_is_shown_none(branch: Branch) -> None:
    there = {"o": branch.institution.id("branch")}
    for login in ("rival",):
        answer = await branch.institution.ask(login, KINDS, there)
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


ABOVE = [
    Place(id=UUID(int=n), path=path, kind=kind, approves=approves)
    for n, (path, kind, approves) in enumerate(
        [
            ("1.2.3.4.", "branch", False),
            ("1.2.3.", "general_branch", False),
            ("1.2.", "party_committee", True),
            ("1.", "district_department", False),
        ]
    )
]


@pytest.mark.clause("S3C-05", "A-17")
@pytest.mark.parametrize(
    ("level", "path"),
    [
        (["home"], "1.2.3.4."),
        (["superior"], "1.2.3."),
        (["approver"], "1.2."),
        (["district_department", "general_branch"], "1.2.3."),  # the nearest, in any order
        (["municipal_department"], None),
    ],
)
def test_a_step_belongs_to_the_nearest_organization_of_its_level(
    level: list[str], path: str | None
) -> None:
    """A-17: a level is an attribute or a kind, never a depth of the tree."""
    place = placed(level, ABOVE)
    assert (place.path if place else None) == path


KINDS_OF_UNITS, POSTS = frozenset({"branch"}), frozenset({"recorder"})
GOOD = {"code": "a", "zh": "甲", "en": "A", "action": "core:procedure:decide", "level": "home"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "returned"}, "not a state's name"),
        ({"code": "Two Words"}, "small letters"),
        ({"action": "decide"}, "names no action"),
        ({"level": "planet"}, "unknown level planet"),
        ({"by": "lot"}, "unknown way lot"),
        ({"by": "vote"}, "profile if and only if"),
        ({"profile": "core.decisions"}, "profile if and only if"),
        ({"by": "notice"}, "notice without a limit"),
        ({"limit": "five days"}, "limit names no parameter"),
        ({"documents": ["poem"]}, "documents that are not listed"),
        ({"refused": "moon"}, "unknown step moon"),
        ({"own": {"posts": ["king"], "action": "core:procedure:decide"}}, "posts of the tree"),
        ({"colour": "red"}, "unknown key colour"),
    ],
)
def test_each_fault_of_a_step_is_named(change: dict[str, Any], said: str) -> None:
    assert [*faults({"steps": [GOOD]}, KINDS_OF_UNITS, POSTS)] == []
    found = [*faults({"steps": [{**GOOD, **change}]}, KINDS_OF_UNITS, POSTS)]
    assert any(said in fault for fault in found), found
