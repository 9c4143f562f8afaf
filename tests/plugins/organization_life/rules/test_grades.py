"""What a vote suggests, how many may be excellent, and which grade needs a reason."""

from uuid import UUID

import pytest

from zhibu.basis import Basis
from zhibu_organization_life.rules.grades import (
    Decided,
    Grade,
    GradeGround,
    Result,
    Rounding,
    Share,
    Tally,
    decision_refusals,
    excellent_refusals,
    ground_of,
    suggested,
)

BASIS = Basis(document="测试", article="第一条", value="")
HALF, THIRD = Share(part=1, whole=2, basis=BASIS), Share(part=1, whole=3, basis=BASIS)


def who(number: int) -> UUID:
    return UUID(int=number)


@pytest.mark.parametrize(
    ("count", "down", "nearest", "up"), [(0, 0, 0, 0), (2, 0, 1, 1), (3, 1, 1, 1), (31, 10, 10, 11)]
)
def test_a_third_is_rounded_as_the_parameter_says(
    count: int, down: int, nearest: int, up: int
) -> None:
    found = [THIRD.of(count, rounding=each) for each in Rounding]
    assert found == [down, nearest, up]


def test_half_of_the_votes_suggests_nothing_and_one_more_does() -> None:
    tallies = {
        who(1): Tally(excellent=2, qualified=2),
        who(2): Tally(excellent=3, qualified=1),
        who(3): Tally(qualified=2, unqualified=2),
        who(4): Tally(qualified=1, unqualified=3),
        who(5): Tally(qualified=1, basically_qualified=2, unqualified=1),
        who(6): Tally(),
    }
    assert suggested(tallies, places=6, majority=HALF) == {
        who(1): Grade.QUALIFIED,
        who(2): Grade.EXCELLENT,
        who(3): Grade.QUALIFIED,
        who(4): Grade.UNQUALIFIED,
        who(5): Grade.BASICALLY_QUALIFIED,
    }


def test_the_vote_suggests_no_more_excellent_than_there_are_places() -> None:
    tallies = {who(n): Tally(excellent=votes) for n, votes in enumerate((9, 7, 7, 5))}
    for places, best in ((0, set()), (1, {0}), (2, {0}), (3, {0, 1, 2}), (4, {0, 1, 2, 3})):
        found = suggested(tallies, places=places, majority=HALF)
        assert {n for n in range(4) if found[who(n)] is Grade.EXCELLENT} == best, places


KNOWN = Result(member_id=who(1), graded=True, spoke=True, suggested=Grade.QUALIFIED)


def decided(grade: Grade | None = Grade.QUALIFIED, **changes: object) -> Decided:
    return Decided(**{"member_id": who(1), "grade": grade, "opinion": "好", **changes})  # type: ignore[arg-type]  # told by name


@pytest.mark.parametrize(
    ("wanted", "known", "codes"),
    [
        (decided(), KNOWN, []),
        (decided(), None, ["not_appraised"]),
        (decided(opinion=" "), KNOWN, ["opinion_missing"]),
        (decided(Grade.EXCELLENT), KNOWN, ["grade_differs"]),
        (decided(Grade.EXCELLENT, reason="急难险重"), KNOWN, []),
        (decided(None), KNOWN, ["reason_missing"]),
        (decided(veto=True, reason="理由"), KNOWN, ["veto_unqualified"]),
        (decided(Grade.UNQUALIFIED, veto=True), KNOWN, ["reason_missing"]),
        (decided(Grade.UNQUALIFIED, veto=True, reason="理由"), KNOWN, []),
    ],
)
def test_a_grade_comes_with_an_opinion_and_against_the_vote_with_a_reason(
    wanted: Decided, known: Result | None, codes: list[str]
) -> None:
    found = decision_refusals(wanted, known, grader=who(2), path=("grades", "0"))
    assert [each.code.removeprefix("organization_life.") for each in found] == codes


def test_nobody_grades_himself() -> None:
    [found] = decision_refusals(decided(), KNOWN, grader=who(1), path=())
    assert found.code == "organization_life.own_grade"


def test_the_rule_that_gave_a_grade_is_told() -> None:
    wanted = (decided(), decided(Grade.EXCELLENT), decided(None), decided(None, veto=False))
    assert [ground_of(each, KNOWN) for each in wanted] == [
        GradeGround.VOTE,
        GradeGround.DECISION,
        GradeGround.UNGRADED,
        GradeGround.UNGRADED,
    ]
    veto = decided(Grade.UNQUALIFIED, veto=True)
    assert ground_of(veto, KNOWN) is GradeGround.VETO


@pytest.mark.clause("EM-18", "A-26")
def test_one_more_excellent_than_there_are_places_is_refused() -> None:
    grades = [Grade.EXCELLENT, Grade.EXCELLENT, None, Grade.QUALIFIED]
    assert not [*excellent_refusals(grades, places=2, basis=BASIS)]
    [found] = excellent_refusals(grades, places=1, basis=BASIS)
    assert found.facts["count"] == 2
