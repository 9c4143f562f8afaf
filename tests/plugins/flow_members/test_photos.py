"""The photograph on an activity card: put on, printed, taken off, erased with the member."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import func, select

from zhibu.identifiers import global_id, new_id, row_of
from zhibu.jobs.tables import Attachment
from zhibu.testing.pictures import grey
from zhibu.verifying.tokens import token_of
from zhibu_flow_members.service.photos import erase
from zhibu_flow_members.store.cards import change

PAGE = "query ($c: ID!) { flowMembersCardPage(card: $c) }"
WITHDRAW = """mutation ($input: AttachmentWithdrawInput!) { attachmentWithdraw(input: $input) {
  userErrors { code } } }"""
EMPTY = "一寸照片粘贴处"


async def handed_in(flow: Any, content: bytes, *, about: Any = None, by: str = "secretary") -> str:
    """A file about a member, by its id."""
    answer = await flow.at.house.client.post(
        "/files",
        content=content,
        params={"member": flow.id(about or flow.me), "name": "照片"},
        headers={"authorization": f"Bearer {flow.at.credentials[by]}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def page(flow: Any, card: str) -> str:
    answer = await flow.at.ask("secretary", PAGE, {"c": card})
    return str(answer["data"]["flowMembersCardPage"])


async def kept(flow: Any) -> int:
    """How many files the institution keeps."""
    platform, tenant = flow.at.house.platform, flow.at.tenant
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        table = Attachment.__table__
        return int(await session.scalar(select(func.count()).where(table.c.tenant_id == tenant.id)))


async def test_only_a_fitting_photograph_of_the_member_is_put_on_his_card(flow: Any) -> None:
    _, card = await flow.carded()
    good = await handed_in(flow, grey())
    for file, code in (
        (await handed_in(flow, grey(), about=flow.peer), "photo_unknown"),
        (await handed_in(flow, grey(), by="officer"), "photo_unknown"),
        (global_id("Attachment", new_id()), "photo_unknown"),
        (await handed_in(flow, b"\x89PNG\r\n\x1a\n" + bytes(9)), "photo_unreadable"),
        (await handed_in(flow, grey(channels=4)), "photo_unreadable"),
        (await handed_in(flow, grey(size=40 * 1024 + 1)), "photo_too_large"),
        (await handed_in(flow, grey(413, 295)), "photo_misshapen"),
    ):
        given = {"card": card, "file": file}
        assert await flow.refused("secretary", "CardPhotoAttach", given) == [code], code
    off = {"card": card, "reason": "贴错"}
    assert await flow.refused("secretary", "CardPhotoRemove", off) == ["photo_none"]
    await flow.done("secretary", "CardPhotoAttach", {"card": card, "file": good})
    again = {"card": card, "file": good}
    assert await flow.refused("secretary", "CardPhotoAttach", again) == ["reason_missing"]
    assert await flow.refused("secretary", "CardPhotoRemove", {**off, "reason": " "}) == [
        "reason_missing"
    ]


async def test_a_photograph_is_printed_and_kept_no_longer_than_it_is_on_the_card(
    flow: Any,
) -> None:
    _, card = await flow.carded()
    assert EMPTY in await page(flow, card)
    first, second = grey(), grey(240, 340)
    files = [await handed_in(flow, each) for each in (first, second)]
    await flow.done("secretary", "CardPhotoAttach", {"card": card, "file": files[0]})
    printed = await page(flow, card)
    assert b64encode(first).decode() in printed
    assert EMPTY not in printed
    pdf = await flow.at.house.platform.press.print(printed)
    assert b"/DCTDecode" in pdf, "set as it is"
    another = {"card": card, "file": files[1], "reason": "换近照"}
    await flow.done("secretary", "CardPhotoAttach", another)
    assert b64encode(second).decode() in await page(flow, card)
    assert await kept(flow) == 1, "the former one is kept no longer"
    platform = flow.at.house.platform
    id = row_of(card, "FlowMembersCard")
    given = token_of(platform.keyring, flow.at.tenant.id, "flow_members.card", id)
    told = await flow.at.house.client.get(f"/verify/{given}")
    assert "base64" not in told.text, "whoever verifies a card is shown no photograph"
    assert "<img" not in told.text
    await flow.done("secretary", "CardPhotoRemove", {"card": card, "reason": "贴错"})
    assert await kept(flow) == 0
    assert EMPTY in await page(flow, card)
    third = await handed_in(flow, first)
    await flow.done("secretary", "CardPhotoAttach", {"card": card, "file": third})
    async with flow.at.operator() as act:
        await erase(act, [flow.me.id])
    assert await kept(flow) == 0, "erased with the member"
    assert EMPTY in await page(flow, card)
    one, two = (sha256(each).hexdigest() for each in (first, second))
    assert await flow.ledger("photo_removed") == [
        {"serial": "000001", "sha256": two, "reason": "贴错"}
    ]
    assert await flow.ledger("photo_attached") == [
        {"serial": "000001", "sha256": one},
        {"serial": "000001", "sha256": two, "former": one, "reason": "换近照"},
        {"serial": "000001", "sha256": one},
    ]


@pytest.mark.clause("S0-38")
async def test_a_photograph_that_was_withdrawn_stays_for_whoever_judges_it(flow: Any) -> None:
    _, card = await flow.carded()
    file = await handed_in(flow, grey())
    await flow.done("secretary", "CardPhotoAttach", {"card": card, "file": file})
    given = {"input": {"file": file, "reason": "违反宣传纪律"}}
    answer = await flow.at.ask("officer", WITHDRAW, given)
    assert answer["data"]["attachmentWithdraw"]["userErrors"] == []
    assert EMPTY in await page(flow, card)
    await flow.done("secretary", "CardPhotoRemove", {"card": card, "reason": "违规"})
    assert await kept(flow) == 1
    again = {"card": card, "file": file}
    assert await flow.refused("secretary", "CardPhotoAttach", again) == ["photo_unknown"]


async def test_a_photograph_is_kept_no_longer_than_its_card_holds(flow: Any) -> None:
    case, first = await flow.carded()
    on = {"card": first, "file": await handed_in(flow, grey())}
    await flow.done("secretary", "CardPhotoAttach", on)
    void = {"card": first, "on": "2026-06-15", "ending": "VOID", "reason": "印错"}
    await flow.done("secretary", "CardEnd", void)
    assert await kept(flow) == 0, "void"
    payload = await flow.done("officer", "CardStamp", {"case": case}, "card { id }")
    second, file = str(payload["card"]["id"]), await handed_in(flow, grey())
    async with flow.at.operator() as act:  # as cards that ended had it once
        ids = (row_of(first, "FlowMembersCard"), row_of(file, "Attachment"))
        await change(act.session, act.tenant_id, ids[0], photo_id=ids[1])
    await flow.done("secretary", "CardPhotoAttach", {"card": second, "file": file})
    await flow.done("secretary", "CardPhotoRemove", {"card": first, "reason": "已作废"})
    assert await kept(flow) == 1, "it is on the card that holds"
    back = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await flow.done("secretary", "CaseEnd", back)
    assert await kept(flow) == 0, "with the stay"
    told = [(each["serial"], each["reason"]) for each in await flow.ledger("photo_removed")]
    assert told == [("000001", "印错"), ("000001", "已作废"), ("000002", "外出结束")]
