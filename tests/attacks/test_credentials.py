"""What a credential gives: exactly what was granted, on the days it was, to whom it was."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from zhibu.testing.filled import Filled, filled, never, told
from zhibu.testing.house import House

COUNT = "{ members(first: 1) { totalCount } }"
ENTER = """mutation ($input: OversightEnterInput!) {
  oversightEnter(input: $input) { userErrors { code } token } }"""


async def test_no_token_acts_in_a_persons_name(full: Filled) -> None:
    person = full.ids["account.secretary"]
    bound = {"account": person, "member": full.ids["member0"]}
    assert told(await full.do("accountBind", bound)) == []
    token = {
        "name": "冒名",
        "organization": full.ids["root"],
        "actions": ["core:role:assign"],
        "expiresAt": (full.institution.house.now + timedelta(days=1)).isoformat(),
        "account": person,
    }
    assert told(await full.do("tokenCreate", token)) == ["core.token_of_person"]


async def test_a_role_changes_at_midnight_where_the_institution_is(full: Filled) -> None:
    institution = full.institution
    institution.house.now = datetime(2026, 6, 15, 15, 59, 59, tzinfo=UTC)
    change = date(2026, 6, 16)
    await institution.account("old", "committee_officer", "committee", until=change)
    await institution.account("new", "committee_officer", "committee", since=change)

    async def codes() -> list[list[str]]:
        return [told(await institution.ask(login, COUNT)) for login in ("old", "new")]

    assert await codes() == [[], ["FORBIDDEN"]]
    institution.house.now += timedelta(seconds=1)
    assert await codes() == [["FORBIDDEN"], []]


async def test_a_token_ends_with_its_creators_role(full: Filled) -> None:
    house, ids = full.institution.house, full.ids
    token = {
        "name": "机器",
        "organization": ids["branch"],
        "actions": ["core:member:read"],
        "expiresAt": (house.now + timedelta(days=9)).isoformat(),
    }
    answer = await full.do("tokenCreate", token, "text", login="officer")
    text = answer["data"]["tokenCreate"]["text"]
    assert await house.ask(COUNT, credential=text) == {"data": {"members": {"totalCount": 1}}}
    document = "query ($id: ID!) { account(id: $id) { roles { id } } }"
    found = await full.ask(document, {"id": ids["account.officer"]})
    role = found["data"]["account"]["roles"][0]["id"]
    end = {"assignment": role, "until": house.now.date().isoformat(), "reason": "调离"}
    assert told(await full.do("roleEnd", end)) == []
    assert told(await house.ask(COUNT, credential=text)) == ["FORBIDDEN"]


async def test_a_door_lets_through_only_whom_it_was_given_to(house: House) -> None:
    seen, home = await filled(house, "yunling"), await filled(house, "anotherplace")
    grant: dict[str, Any] = {
        "tenant": "anotherplace",
        "login": "officer",
        "role": "discipline_inspection_officer",
        "organization": seen.ids["general"],
        "since": "2026-06-15",
        "until": "2026-06-20",
        "reason": "检查",
    }
    answer = await seen.do("oversightGrant", grant, "oversight")
    door = answer["data"]["oversightGrant"]["oversight"]
    for login in ("rival", "almighty"):
        for id in (door, never(door)):
            assert told(await home.ask(ENTER, {"input": {"oversight": id}}, login=login)) == [
                "NOT_FOUND"
            ]
    entered = await home.ask(ENTER, {"input": {"oversight": door}}, login="officer")
    text = entered["data"]["oversightEnter"]["token"]
    assert await house.ask(COUNT, credential=text) == {"data": {"members": {"totalCount": 2}}}
    document = "query ($id: ID!) { organization(id: $id) { name } }"
    for place in ("far", "rival", "committee"):
        answer = await house.ask(document, {"id": seen.ids[place]}, credential=text)
        assert answer == {"data": {"organization": None}}
    assert told(await seen.do("oversightRevoke", {"oversight": door, "reason": "完成"})) == []
    assert told(await house.ask(COUNT, credential=text)) == ["UNAUTHENTICATED"]


async def test_ids_of_another_institution_are_like_ids_that_never_were(house: House) -> None:
    here, there = await filled(house, "yunling"), await filled(house, "anotherplace")
    kinds = {
        "member0": "query ($id: ID!) { member(id: $id) { name } }",
        "branch": """query ($id: ID!) { organization(id: $id) { name }
          members(organization: $id, first: 5) { totalCount nodes { id } }
          organizations(under: $id, first: 5) { totalCount }
          organizationFigures(organization: $id) { members organizations } }""",
        "account.officer": "query ($id: ID!) { account(id: $id) { login } }",
    }
    for name, document in kinds.items():
        foreign = await here.ask(document, {"id": there.ids[name]})
        assert foreign == await here.ask(document, {"id": never(there.ids[name])})
        assert foreign != await here.ask(document, {"id": here.ids[name]})
