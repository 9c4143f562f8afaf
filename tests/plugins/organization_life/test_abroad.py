"""Organization life is suspended while a relationship is retained abroad, and restored after."""

from typing import Any

import pytest

DECIDE, RETURN, BACK = "procedureStepDecide", "transfersReturnRecord", "transfersReturnTakeBack"
STEP = "procedure { id step { id } }"


async def done(life: Any, login: str, name: str, given: dict[str, Any], select: str = "") -> Any:
    answer = await life.answer(login, name, given, select)
    assert "errors" not in answer, answer["errors"]
    payload = answer["data"][name]
    assert payload["userErrors"] == []
    return payload


async def retained(life: Any) -> str:
    """The matter by which the relationship of the peer is retained."""
    given = {"member": life.id(life.peer), "purpose": "LABOUR", "place": "日本"}
    given |= {"since": "2026-06-10", "reason": "赴海外务工"}
    made = await done(life, "peer", "transfersRetainAsk", given, STEP)
    for login in ("secretary", "officer"):
        step = {"step": made["procedure"]["step"]["id"], "approve": True}
        made = await done(life, login, DECIDE, step, STEP)
    document = """query ($o: ID!) { transfersMemberships(organization: $o, first: 1) {
      nodes { id } } }"""
    answer = await life.at.ask("officer", document, {"o": life.at.id("branch")})
    [matter] = answer["data"]["transfersMemberships"]["nodes"]
    return str(matter["id"])


@pytest.mark.clause("S3D-20")
async def test_who_keeps_the_relationship_abroad_is_held_to_no_meeting_until_he_is_back(
    life: Any,
) -> None:
    planned = await life.planned(heldOn="2026-06-20")
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", True)
    matter = await retained(life)
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", False)
    await done(life, "secretary", RETURN, {"membership": matter})
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", True)
    await done(life, "secretary", BACK, {"membership": matter, "reason": "误登"})
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", False)


async def test_an_arrangement_that_follows_a_stay_abroad_ends_with_it_alone(life: Any) -> None:
    await retained(life)
    document = """query ($o: ID!) { organizationLifeAccommodations(organization: $o, first: 9) {
      nodes { id ground since until } } }"""
    answer = await life.at.ask("secretary", document, {"o": life.at.id("branch")})
    [each] = answer["data"]["organizationLifeAccommodations"]["nodes"]
    assert (each["ground"], each["since"], each["until"]) == ("ABROAD", "2026-06-10", None)
    ending = {"accommodation": each["id"], "until": "2026-06-16", "reason": "误登"}
    assert await life.refused("secretary", "AccommodationEnd", ending) == ["accommodation_follows"]
    again = {"member": life.id(life.peer), "ground": "ILL", "arrangement": "居家"}
    again["since"] = "2026-06-20"
    assert await life.refused("secretary", "Accommodate", again) == ["already_accommodated"]
