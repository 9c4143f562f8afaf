"""Who records a branch's assessment: one member, whom the branch recommended before he began."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu.basis import Basis
from zhibu.identifiers import global_id
from zhibu.testing.deadlines import Deadlines
from zhibu_scoring.rules.recorders import (
    Duties,
    Recommendation,
    Seat,
    recommending_refusals,
)

SHOWN = """query ($o: ID!) { organization(id: $o) { scoring { unrecommended
  recorders { id kind member { id } } recommendations { id heldOn present inFavour document
  member { id } } } } }"""


async def appointed(scoring: Any, who: Any, kind: str = "RECORDER", **changes: Any) -> str:
    """The post that a member of the branch holds since the first of June; its id."""
    given = {
        "organization": scoring.at.id("branch"),
        "member": scoring.id(who),
        "kind": kind,
        "since": "2026-06-01",
        **changes,
    }
    made = await scoring.done("officer", "postAppoint", given, "post { id }")
    return str(made["post"]["id"])


def said(post: str, **changes: Any) -> dict[str, Any]:
    """Input of a recommendation by the two of the branch."""
    given = {"post": post, "heldOn": "2026-05-28", "entitled": 2, "present": 2, "inFavour": 2}
    return {**given, "document": "党员大会记录", **changes}


async def recommended(scoring: Any, post: str, **changes: Any) -> str:
    made = await scoring.done(
        "secretary",
        "scoringRecommendationRecord",
        said(post, **changes),
        "recommendation { id }",
    )
    return str(made["recommendation"]["id"])


async def refused(scoring: Any, post: str, **changes: Any) -> list[str]:
    found: list[str] = await scoring.refused(
        "secretary", "scoringRecommendationRecord", said(post, **changes)
    )
    return found


async def override(scoring: Any, name: str, value: Any, since: str = "2020-01-01") -> None:
    given = {
        "organization": scoring.at.id("branch"),
        "name": name,
        "since": since,
        "value": value,
        "reason": "本单位规定",
    }
    await scoring.done("municipal", "parameterOverride", given)


async def shown(scoring: Any, login: str = "secretary") -> Any:
    answer = await scoring.at.ask(login, SHOWN, {"o": scoring.at.id("branch")})
    assert "errors" not in answer, answer
    return answer["data"]["organization"]["scoring"]


async def test_only_the_post_of_a_recorder_or_a_supervisor_of_a_branch_is_recommended(
    scoring: Any,
) -> None:
    liaison = await appointed(scoring, scoring.me, "LIAISON")
    assert await refused(scoring, liaison) == ["not_recording"]
    above = await appointed(scoring, scoring.me, organization=scoring.at.id("general"))
    found = await scoring.refused("officer", "scoringRecommendationRecord", said(above))
    assert found == ["not_assessing"]
    assert await refused(scoring, global_id("Post", UUID(int=7))) == ["NOT_FOUND"]


@pytest.mark.clause("S4-27")
async def test_everything_that_is_wrong_with_a_recommendation_is_said_at_once(
    scoring: Any,
) -> None:
    post = await appointed(scoring, scoring.me)
    bad = {"heldOn": "2027-01-01", "present": 5, "inFavour": 9}
    assert await refused(scoring, post, entitled=3) == ["roll_differs"]
    assert await refused(scoring, post, **bad) == ["not_yet_happened", "counts_impossible"]
    assert await refused(scoring, post, heldOn="2026-06-02", inFavour=0) == [
        "recommended_later",
        "nobody_in_favour",
    ]
    assert (await shown(scoring))["unrecommended"] == 1


@pytest.mark.clause("S4-27")
async def test_a_branch_recommends_one_recorder_and_shows_by_how_many(scoring: Any) -> None:
    post = await appointed(scoring, scoring.me)
    id = await recommended(scoring, post)
    found = await shown(scoring)
    assert found["unrecommended"] == 0
    assert [each["id"] for each in found["recorders"]] == [post]
    assert found["recommendations"] == [
        {
            "id": id,
            "heldOn": "2026-05-28",
            "present": 2,
            "inFavour": 2,
            "document": "党员大会记录",
            "member": {"id": scoring.id(scoring.me)},
        }
    ]
    assert await refused(scoring, post) == ["already_recommended"]
    second = await appointed(scoring, scoring.peer, since="2026-06-02")
    assert await refused(scoring, second) == ["second_holder"]
    assert (await shown(scoring))["unrecommended"] == 1


async def test_a_recommendation_is_withdrawn_once_with_a_reason_and_recorded_anew(
    scoring: Any,
) -> None:
    post = await appointed(scoring, scoring.me)
    id = await recommended(scoring, post)
    given = {"recommendation": id, "reason": " "}
    name = "scoringRecommendationWithdraw"
    assert await scoring.refused("secretary", name, given) == ["reason_missing"]
    given["reason"] = "登记有误"
    await scoring.done("secretary", name, given)
    assert await scoring.refused("secretary", name, given) == ["recommendation_withdrawn_already"]
    assert (await shown(scoring))["unrecommended"] == 1
    await recommended(scoring, post)
    assert (await shown(scoring))["unrecommended"] == 0


@pytest.mark.clause("S4-28")
async def test_the_secretary_records_only_where_a_parameter_lets_him(scoring: Any) -> None:
    await appointed(scoring, scoring.peer, "SECRETARY", since="2026-05-01")
    post = await appointed(scoring, scoring.peer)
    assert await refused(scoring, post) == ["secretary_records"]
    await override(scoring, "scoring.secretary_may_record", True)
    await recommended(scoring, post)


@pytest.mark.clause("S4-28")
async def test_a_large_branch_may_have_a_supervisor_who_does_not_record(scoring: Any) -> None:
    await appointed(scoring, scoring.me)
    own = await appointed(scoring, scoring.me, "SUPERVISOR")
    assert await refused(scoring, own) == ["recorder_supervises"]
    given = {"post": own, "on": "2026-06-01", "reason": "误"}
    await scoring.done("officer", "postEnd", given)
    post = await appointed(scoring, scoring.peer, "SUPERVISOR")
    await override(scoring, "scoring.supervised_from", 500)
    assert await refused(scoring, post) == ["supervisor_not_foreseen"]
    await override(scoring, "scoring.supervised_from", 2, "2026-01-01")
    await recommended(scoring, post)
    assert [each["kind"] for each in (await shown(scoring))["recorders"]] == [
        "RECORDER",
        "SUPERVISOR",
    ]


@pytest.mark.clause("S4-27", "S4-65")
async def test_annex_3_says_who_recorded_and_by_which_recommendation(scoring: Any) -> None:
    given = {"o": scoring.at.id("branch")}
    document = "query ($o: ID!) { scoringSummaryPage(organization: $o, year: 2026) }"
    await appointed(scoring, scoring.me)
    supervisor = await appointed(scoring, scoring.peer, "SUPERVISOR")
    await recommended(scoring, supervisor)
    page = (await scoring.at.ask("secretary", document, given))["data"]["scoringSummaryPage"]
    assert f"考核记录员：{scoring.me.name}（未登记民主推荐）" in page
    assert f"考核监督员：{scoring.peer.name}（2026-05-28 民主推荐）" in page


BASIS = Basis(document="办法", article="二", value="")
IDS = [UUID(int=number) for number in range(1, 9)]


def seat(**changes: Any) -> Seat:
    given = {"name": "张", "kind": "recorder", "since": date(2026, 6, 1), "until": None}
    return Seat(**{"id": IDS[0], "member_id": IDS[1], **given, **changes})


def codes(found: Seat, *others: Seat, belongs: bool = True, **changes: Any) -> list[str]:
    given = {"held_on": date(2026, 5, 28), "entitled": 4, "present": 3, "in_favour": 2}
    wanted = Recommendation(**{"post_id": found.id, "document": None, **given, **changes})
    refusals = recommending_refusals(
        found,
        wanted,
        seats=[found, *others],
        belongs=belongs,
        members=30,
        known=None,
        duties=Duties(
            entitled=4,
            entitled_basis=BASIS,
            secretary_may=False,
            secretary_basis=BASIS,
            supervised_from=0,
            supervisor_basis=BASIS,
        ),
        today=date(2026, 6, 15),
    )
    return [each.code for each in refusals]


@pytest.mark.clause("S4-27")
def test_the_recorder_belongs_to_the_branch() -> None:
    assert codes(seat()) == []
    assert codes(seat(), belongs=False) == ["scoring.holder_elsewhere"]


@pytest.mark.clause("S4-27")
def test_as_many_are_entitled_as_the_roll_of_that_day_has_or_the_minutes_say_why() -> None:
    for entitled in (3, 5):
        assert codes(seat(), entitled=entitled) == ["scoring.roll_differs"]
        assert codes(seat(), entitled=entitled, roll_reason=" ") == ["scoring.roll_differs"]
        assert codes(seat(), entitled=entitled, roll_reason="当时名册不全") == []


@pytest.mark.clause("S4-27")
def test_whoever_recorded_before_is_no_second_recorder() -> None:
    before = seat(id=IDS[2], member_id=IDS[3], since=date(2025, 6, 1), until=date(2026, 6, 1))
    assert codes(seat(), before) == []
    longer = seat(id=IDS[2], member_id=IDS[3], since=date(2025, 6, 1), until=date(2026, 6, 2))
    assert codes(seat(), longer) == ["scoring.second_holder"]


@pytest.mark.clause("S4-28")
def test_the_deputy_may_record_since_the_secretary_keeps_his_points() -> None:
    deputy = seat(id=IDS[2], kind="deputy_secretary")
    assert codes(seat(), deputy) == []
    assert codes(seat(), seat(id=IDS[2], kind="secretary")) == ["scoring.secretary_records"]


async def due(scoring: Any) -> list[tuple[str, str]]:
    kinds = ["scoring.recommendation", "scoring.recorder_term"]
    asked = {"from": "2026-05-01", "kinds": kinds}
    found = await Deadlines(at=scoring.at).items("officer", "2030-01-01", **asked)
    return sorted((each["dueOn"], each["kind"].removeprefix("scoring.")) for each in found)


@pytest.mark.clause("S4-27", "S4-28")
async def test_who_records_without_being_recommended_and_whose_term_is_over_falls_due(
    scoring: Any,
) -> None:
    post = await appointed(scoring, scoring.me, termEndsOn="2027-05-31")
    assert await due(scoring) == [("2026-06-01", "recommendation"), ("2027-05-31", "recorder_term")]
    recommendation = await recommended(scoring, post)
    assert await due(scoring) == [("2027-05-31", "recorder_term")]
    second = await appointed(scoring, scoring.peer, since="2026-06-10")
    assert await refused(scoring, second) == ["second_holder"]
    assert ("2026-06-10", "recommendation") in await due(scoring)
    slip = {"recommendation": recommendation, "reason": "误登"}
    await scoring.done("secretary", "scoringRecommendationWithdraw", slip)
    assert ("2026-06-01", "recommendation") in await due(scoring)
    for each in (post, second):
        ended = {"post": each, "on": "2026-06-15", "reason": "卸任"}
        await scoring.done("officer", "postEnd", ended)
    assert await due(scoring) == []
