"""All cards of a place as one PDF: whoever issues them asks, and a job makes it."""

from typing import Any

import pytest
from tests.plugins.flow_members.test_photos import EMPTY, handed_in, page

from zhibu.testing.pictures import grey
from zhibu_flow_members.service import card_prints

JOB = "query ($j: ID!) { job(id: $j) { state summary address refusals { code } } }"


def asked(flow: Any, unit: str = "branch") -> dict[str, Any]:
    return {"organization": flow.at.id(unit)}


async def test_who_issues_no_cards_there_has_none_printed(flow: Any) -> None:
    await flow.carded()
    other = await flow.at.house.found("qingshan", "青山市直机关")
    answer = await flow.answer(None, "CardsPrint", asked(flow))
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await flow.refused("host", "CardsPrint", asked(flow)) == ["NOT_FOUND"]
    assert await flow.refused("me", "CardsPrint", asked(flow)) == ["NOT_FOUND"]
    theirs = {"organization": other.id("branch")}
    assert await flow.refused("secretary", "CardsPrint", theirs) == ["NOT_FOUND"]


async def test_nothing_is_printed_of_nothing_and_too_many_are_printed_below(
    flow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await flow.refused("secretary", "CardsPrint", asked(flow)) == ["cards_none"]
    await flow.carded()
    monkeypatch.setattr(card_prints, "MOST", 0)
    assert await flow.refused("secretary", "CardsPrint", asked(flow)) == ["cards_too_many"]


async def test_every_card_that_holds_is_in_the_file_and_the_ledger_says_how_many(
    flow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_prints, "TOGETHER", 1)
    await flow.carded()
    await flow.carded(member=flow.id(flow.peer))
    payload = await flow.done("secretary", "CardsPrint", asked(flow), "job")
    again = await flow.done("secretary", "CardsPrint", asked(flow), "job")
    assert payload["job"] == again["job"], "asked twice while it waits"
    platform = flow.at.house.platform
    bound: list[str] = []
    whole = platform.press.bind

    async def bind(pages: list[str]) -> bytes:
        bound.extend(pages)
        return await whole(pages)

    monkeypatch.setattr(platform.press, "bind", bind)
    await platform.jobs.run_waiting()
    answer = await flow.at.ask("secretary", JOB, {"j": payload["job"]})
    job = answer["data"]["job"]
    assert (job["state"], "2" in job["summary"]) == ("SUCCEEDED", True)
    headers = {"authorization": f"Bearer {flow.at.credentials['secretary']}"}
    file = await flow.at.house.client.get(job["address"], headers=headers)
    assert file.headers["content-type"] == "application/pdf"
    assert [("000001" in page, "000002" in page) for page in bound] == [
        (True, False),
        (False, True),
    ]
    assert await flow.ledger("cards_printed") == [{"rows": 2}]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_a_photograph_that_is_lost_or_damaged_stops_no_card(flow: Any) -> None:
    for member, content in ((flow.me, grey()), (flow.peer, grey(240, 340))):
        _, card = await flow.carded(member=flow.id(member))
        file = await handed_in(flow, content, about=member)
        await flow.done("secretary", "CardPhotoAttach", {"card": card, "file": file})
    platform = flow.at.house.platform
    folder = platform.settings.data / flow.at.tenant.id.hex
    lost, damaged = folder.glob("??/*")
    lost.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert EMPTY in await page(flow, card)
    payload = await flow.done("secretary", "CardsPrint", asked(flow), "job")
    await platform.jobs.run_waiting()
    answer = await flow.at.ask("secretary", JOB, {"j": payload["job"]})
    assert answer["data"]["job"]["state"] == "SUCCEEDED"


async def test_whose_right_ended_meanwhile_gets_nothing(flow: Any) -> None:
    await flow.carded()
    payload = await flow.done("secretary", "CardsPrint", asked(flow), "job")
    await flow.at.switch("flow_members", enabled=False, at="branch")
    await flow.at.house.platform.jobs.run_waiting()
    answer = await flow.at.ask("secretary", JOB, {"j": payload["job"]})
    assert answer["data"]["job"]["state"] == "REFUSED"
    assert await flow.ledger("cards_printed") == []
