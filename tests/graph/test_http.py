"""The one door: what `/graphql` answers to whom."""

from zhibu.testing.house import House, Institution

MEMBERS = "query ($o: ID!) { members(organization: $o, first: 10) { totalCount nodes { name } } }"


async def test_a_branch_secretary_sees_the_members_of_the_branch(institution: Institution) -> None:
    inside = await institution.member("branch")
    await institution.member("far")
    answer = await institution.ask("secretary", MEMBERS, {"o": institution.id("root")})
    assert answer == {"data": {"members": {"totalCount": 1, "nodes": [{"name": inside.name}]}}}


async def test_nobody_sees_members_without_signing_in(house: House) -> None:
    institution = await house.found()
    answer = await house.ask(MEMBERS, {"o": institution.id("root")})
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
