"""What clients see of sample: walls first."""

from typing import Any

from zhibu.identifiers import global_id
from zhibu.testing.house import House, Institution

ADD = """
mutation ($input: SampleRecordAddInput!) {
  camelSampleRecordAdd(input: $input) {
    record { id title happenedOn member { name } }
    userErrors { code message path basis }
  }
}
"""
TAKE_BACK = """
mutation ($input: SampleRecordTakeBackInput!) {
  camelSampleRecordTakeBack(input: $input) {
    member { camelSample { count } }
    userErrors { code }
  }
}
"""
LIST = "{ camelSampleRecords(first: 10) { totalCount nodes { title member { name } } } }"
SUMMARY = "query ($id: ID!) { member(id: $id) { name camelSample { count latest } } }"


def input_of(member: Any, **changes: Any) -> dict[str, Any]:
    given = {"title": "一件事", "happenedOn": "2026-06-01", **changes}
    return {"input": {"member": global_id("Member", member.id), **given}}


def code(answer: dict[str, Any]) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


async def test_without_signing_in_there_is_no_such_field(house: House) -> None:
    answer = await house.ask(LIST)
    assert answer.get("data") is None
    assert answer["errors"]


async def test_another_institution_neither_sees_nor_writes(institution: Institution) -> None:
    member = await institution.member("branch")
    other = await institution.house.found("other", "另一单位")
    await institution.ask("secretary", ADD, input_of(member))
    assert code(await other.ask("secretary", ADD, input_of(member))) == "NOT_FOUND"
    answer = await other.ask("municipal", LIST)
    assert answer["data"]["camelSampleRecords"]["totalCount"] == 0


async def test_a_role_elsewhere_sees_nothing(institution: Institution) -> None:
    member = await institution.member("branch")
    await institution.ask("secretary", ADD, input_of(member))
    answer = await institution.ask("rival", LIST)
    assert answer["data"]["camelSampleRecords"]["totalCount"] == 0
    assert code(await institution.ask("rival", ADD, input_of(member))) == "NOT_FOUND"
    assert code(await institution.ask("recorder", ADD, input_of(member))) == "FORBIDDEN"


async def test_off_for_the_whole_institution_it_is_not_in_the_schema(
    institution: Institution,
) -> None:
    await institution.switch("sample", False)
    assert code(await institution.ask("secretary", LIST)) == "BAD_USER_INPUT"


async def test_a_refusal_says_what_is_wrong_where_and_why(institution: Institution) -> None:
    member = await institution.member("branch")
    late = input_of(member, happenedOn="2026-01-01")
    answer = await institution.ask("secretary", ADD, late)
    payload = answer["data"]["camelSampleRecordAdd"]
    assert payload["record"] is None
    [error] = payload["userErrors"]
    assert (error["code"], error["path"]) == ("sample.late_reason_missing", ["lateReason"])
    assert error["basis"] == "《支部工作记录惯例》补录 · 30 天"


async def test_what_is_recorded_is_shown_to_whoever_may_see_it(institution: Institution) -> None:
    member = await institution.member("branch")
    answer = await institution.ask("secretary", ADD, input_of(member))
    record = {"title": "一件事", "member": {"name": member.name}}
    added = answer["data"]["camelSampleRecordAdd"]
    assert added["record"].pop("id")
    assert added == {"record": {**record, "happenedOn": "2026-06-01"}, "userErrors": []}
    answer = await institution.ask("officer", LIST)
    assert answer["data"]["camelSampleRecords"] == {"totalCount": 1, "nodes": [record]}


async def test_what_was_recorded_by_mistake_is_taken_back(institution: Institution) -> None:
    member = await institution.member("branch")
    added = await institution.ask("secretary", ADD, input_of(member))
    slip = {"record": added["data"]["camelSampleRecordAdd"]["record"]["id"], "reason": "误录"}
    for login, refused in (("recorder", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        assert code(await institution.ask(login, TAKE_BACK, {"input": slip})) == refused
    answer = await institution.ask("secretary", TAKE_BACK, {"input": slip})
    assert answer["data"]["camelSampleRecordTakeBack"] == {
        "member": {"camelSample": {"count": 0}},
        "userErrors": [],
    }


async def test_a_member_shows_how_much_is_recorded(institution: Institution) -> None:
    member = await institution.member("branch")
    await institution.ask("secretary", ADD, input_of(member))
    answer = await institution.ask("officer", SUMMARY, {"id": global_id("Member", member.id)})
    assert answer["data"]["member"]["camelSample"] == {"count": 1, "latest": "2026-06-01"}
