"""Anybody who holds a card has it verified: by the code on it, and without saying who he is."""

import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
import orjson
import pytest
import zxingcpp

from zhibu.graph.rates import Rates
from zhibu.identifiers import new_id, row_of
from zhibu.pdf import Press, paper_of
from zhibu.verifying.tokens import token_of

AT = "https://zhibu.example.org"
KIND = "flow_members.card"
PAGE = "query ($c: ID!) { flowMembersCardPage(card: $c) }"


@pytest.fixture
def reached(flow: Any) -> Any:
    """The installation says how it is reached, and answers refusals at once."""
    platform = flow.at.house.platform
    platform.settings = replace(platform.settings, address=f"{AT}/")
    platform.attempts.answer_after = 0.0
    return flow


def token(flow: Any, card: str, *, tenant: Any = None) -> str:
    platform = flow.at.house.platform
    id = row_of(card, "FlowMembersCard")
    return token_of(platform.keyring, tenant or flow.at.tenant.id, KIND, id)


async def shown(flow: Any, given: str, language: str = "zh-CN") -> httpx.Response:
    answer = await flow.at.house.client.get(
        f"/verify/{given}", headers={"accept-language": language}
    )
    return answer


async def printed(flow: Any, card: str) -> str:
    answer = await flow.at.ask("secretary", PAGE, {"c": card})
    return str(answer["data"]["flowMembersCardPage"])


async def test_whatever_is_not_known_is_one_answer(reached: Any) -> None:
    """A card that nobody issued, none at all, another institution's name on it, and nonsense."""
    _, card = await reached.carded()
    case = await reached.recorded(
        member=reached.id(reached.peer), certainty="UNCERTAIN", until=None
    )
    stamped = await reached.done("officer", "CardStamp", {"case": case}, "card { id }")
    other = await reached.at.house.found("qingshan", "青山市直机关")
    platform, tenant = reached.at.house.platform, reached.at.tenant.id
    true = token(reached, card)
    given = [
        token(reached, stamped["card"]["id"]),
        token(reached, card, tenant=other.tenant.id),
        token(reached, card, tenant=new_id()),
        token_of(platform.keyring, tenant, KIND, new_id()),
        token_of(platform.keyring, tenant, "transfers.letter", row_of(card, "FlowMembersCard")),
        true[:-1],
        f"{true}AAAA",
        "nonsense",
        "%00",
        "核验",
    ]
    answers = [await shown(reached, each) for each in given]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "查无此证" in answers[0].text
    assert (await shown(reached, true)).status_code == 200


async def test_a_changed_digit_fails(reached: Any) -> None:
    _, card = await reached.carded()
    true = token(reached, card)
    for at in range(0, len(true), 7):
        false = f"{true[:at]}{'B' if true[at] == 'A' else 'A'}{true[at + 1 :]}"
        assert (await shown(reached, false)).status_code == 404, at


async def test_where_the_plugin_is_off_no_card_is_known(reached: Any) -> None:
    _, card = await reached.carded()
    for unit in ("root", "branch"):
        await reached.at.switch("flow_members", enabled=False, at=unit)
        assert (await shown(reached, token(reached, card))).status_code == 404
        await reached.at.switch("flow_members", enabled=True, at=unit)
    assert (await shown(reached, token(reached, card))).status_code == 200


async def test_it_says_whether_the_card_holds_its_number_and_a_masked_name_and_nothing_else(
    reached: Any,
) -> None:
    _, card = await reached.carded()
    answer = await shown(reached, token(reached, card))
    name = reached.me.name
    assert "有效" in answer.text
    assert "000001" in answer.text
    assert name[0] + "＊" * (len(name) - 1) in answer.text
    institution, branch = reached.at.tenant.name, reached.at.units["branch"].name
    for hidden in (name, institution, branch, "江州", str(reached.me.id)):
        assert hidden not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    english = await shown(reached, token(reached, card), "en")
    assert ("valid" in english.text, "有效" in english.text) == (True, False)


@pytest.mark.clause("S1-13")
async def test_a_card_that_was_not_reviewed_this_year_or_has_ended_does_not_hold(
    reached: Any,
) -> None:
    _, card = await reached.carded()
    case, other = await reached.carded(member=reached.id(reached.peer))
    at = token(reached, card)
    review = {"card": card, "year": 2026, "result": "FAILED", "note": "未按期汇报"}
    await reached.done("secretary", "CardReview", review)
    assert "有效" in (await shown(reached, at)).text, "the year of its issue needs no review"
    ended = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await reached.done("secretary", "CaseEnd", ended)
    assert "已失效" in (await shown(reached, token(reached, other))).text
    reached.at.house.now = datetime(2027, 3, 1, tzinfo=UTC)
    assert "本年度未通过审核" in (await shown(reached, at)).text


async def test_who_asks_too_often_from_one_address_waits(reached: Any) -> None:
    platform = reached.at.house.platform
    platform.rates = Rates(replace(platform.settings, visitor_rate=5), clock=lambda: 0.0)
    answers = [await shown(reached, "nonsense") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_where_hardly_anything_may_be_asked_it_waits_too(reached: Any) -> None:
    platform = reached.at.house.platform
    platform.rates = Rates(replace(platform.settings, visitor_rate=1), clock=lambda: 0.0)
    answer = await shown(reached, "nonsense")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_the_code_on_the_paper_is_its_address(reached: Any) -> None:
    """As a telephone reads it, off the page that typst sets."""
    _, card = await reached.carded()
    press = Press()
    page = await printed(reached, card)
    await press.print(page)
    inputs = {"page": orjson.dumps(paper_of(page).told()).decode(), "fonts": press._type}
    picture = press._compiler.compile(sys_inputs=inputs, format="png", ppi=150)
    press.close()
    [code] = zxingcpp.read_barcodes(grey(bytes(picture)))
    assert code.text == f"{AT}/verify/{token(reached, card)}"
    answer = await shown(reached, code.text.rpartition("/")[2])
    assert "有效" in answer.text


async def test_where_nobody_said_how_it_is_reached_no_code_is_printed(flow: Any) -> None:
    _, card = await flow.carded()
    assert "<svg" not in await printed(flow, card)


def grey(png: bytes) -> memoryview:
    """The first channel of a picture as PNG, line by line."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    each = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    assert depth == 8
    packed, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += size + 12
    raw, line = zlib.decompress(packed), width * each
    before, found = bytearray(line), bytearray()
    for row in range(height):
        start = row * (line + 1)
        before = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + line]), before, each)
        found += before[::each]
    return memoryview(bytes(found)).cast("B", [height, width])


def unfiltered(kind: int, now: bytearray, before: bytearray, each: int) -> bytearray:
    """A line of a PNG without its filter (RFC 2083, 6)."""
    for at in range(len(now) if kind else 0):
        left = now[at - each] if at >= each else 0
        corner = before[at - each] if at >= each else 0
        up = before[at]
        if kind == 4:
            guess = left + up - corner
            said = min((left, up, corner), key=lambda value: abs(guess - value))
        else:
            said = (0, left, up, (left + up) // 2)[kind]
        now[at] = (now[at] + said) & 255
    return now
