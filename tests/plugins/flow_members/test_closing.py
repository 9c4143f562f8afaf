"""Card and liaison hold only while somebody is away."""

from typing import Any

CARDS = """query ($o: ID!) { flowMembersCards(organization: $o, first: 9) { nodes {
  endedOn ending } } }"""
LIAISONS = """query ($o: ID!) { flowMembersLiaisons(organization: $o, first: 9) { nodes {
  until } } }"""
CARD = {"endedOn": None, "ending": None}


async def kept(flow: Any) -> tuple[Any, Any]:
    given = {"o": flow.at.id("branch")}
    cards = await flow.at.ask("secretary", CARDS, given)
    liaisons = await flow.at.ask("secretary", LIAISONS, given)
    return (
        cards["data"]["flowMembersCards"]["nodes"],
        liaisons["data"]["flowMembersLiaisons"]["nodes"],
    )


async def away(flow: Any) -> tuple[str, str]:
    """A case with a card, and somebody who keeps contact."""
    await flow.appointed(flow.peer)
    case, card = await flow.carded()
    given = {"case": case, "member": flow.id(flow.peer), "since": "2026-06-14"}
    await flow.done("secretary", "LiaisonAssign", given)
    return case, card


async def test_whoever_is_back_has_no_card_and_no_liaison_any_more(flow: Any) -> None:
    case, card = await away(flow)
    end = {"card": card, "on": "2026-06-15", "ending": "CLOSED", "reason": "返回"}
    assert await flow.refused("secretary", "CardEnd", end) == ["card_with_stay"]
    back = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await flow.done("secretary", "CaseEnd", back)
    assert await kept(flow) == (
        [{"endedOn": "2026-06-15", "ending": "CLOSED"}],
        [{"until": "2026-06-15"}],
    )
    anew = await flow.recorded(certainty="UNCERTAIN", until=None, since="2026-06-15")
    assert await flow.refused("officer", "CardStamp", {"case": case}) == ["case_ended"]
    await flow.done("officer", "CardStamp", {"case": anew})


async def test_what_ended_with_a_stay_by_a_slip_holds_again(flow: Any) -> None:
    case, _ = await away(flow)
    await flow.done(
        "secretary", "CaseEnd", {"case": case, "on": "2026-06-14", "ending": "RETURNED"}
    )
    cards, _ = await kept(flow)
    assert cards == [{"endedOn": "2026-06-15", "ending": "CLOSED"}], "not before it was stamped"
    await flow.done("secretary", "CaseResume", {"case": case, "reason": "误登"})
    assert await kept(flow) == ([CARD], [{"until": None}])


async def test_a_card_that_was_given_back_before_stays_so(flow: Any) -> None:
    case, card = await away(flow)
    back = {"card": card, "on": "2026-06-15", "ending": "RETURNED", "reason": "交回"}
    await flow.done("secretary", "CardEnd", back)
    await flow.done(
        "secretary", "CaseEnd", {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    )
    await flow.done("secretary", "CaseResume", {"case": case, "reason": "误登"})
    cards, _ = await kept(flow)
    assert cards == [{"endedOn": "2026-06-15", "ending": "RETURNED"}]


async def test_a_case_recorded_by_mistake_leaves_no_card_behind(flow: Any) -> None:
    case, _ = await away(flow)
    await flow.done("secretary", "CaseVoid", {"case": case, "reason": "误登"})
    cards, liaisons = await kept(flow)
    assert cards == [{"endedOn": "2026-06-15", "ending": "CLOSED"}]
    assert liaisons == [{"until": "2026-06-15"}]
