"""Pages to print: receipts, the grid, a member's standing, and what was published."""

from datetime import date
from typing import Any

import pytest

from zhibu.testing.counting import statements
from zhibu_dues.rules.capitals import capitals
from zhibu_dues.service import pages


async def printed(dues: Any, login: str, page: str, kind: str, id: str) -> Any:
    document = f"query ($id: ID!) {{ {page.replace('ID', '$id')} }}"
    answer = await dues.at.ask(login, document, {"id": id})
    if "errors" in answer:
        return [error["extensions"]["error"] for error in answer["errors"]]
    return answer["data"][kind]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (20, "贰角整"),
        (4000, "肆拾元整"),
        (4105, "肆拾壹元零伍分"),
        (120_050, "壹仟贰佰元零伍角整"),
        (1_000_100, "壹万零壹元整"),
        (100_000_005, "壹佰万元零伍分"),
        (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
    ],
)
def test_an_amount_is_written_in_capital_numerals(fen: int, words: str) -> None:
    assert capitals(fen) == words


async def test_a_receipt_names_the_months_the_amount_and_who_paid(dues: Any) -> None:
    await dues.fixed()
    payment = await dues.paid(payer="RELATIVE", payerName="其妻", voluntaryFen=100)
    asked = ("duesReceiptPage(payment: ID)", "duesReceiptPage", payment)
    page = await printed(dues, "recorder", *asked)
    for words in (
        "2026000001",
        "2026年6月",
        "41.00 元",
        "肆拾壹元整",
        "其妻（亲属代交）",
        "1.00 元",
    ):
        assert words in page, words
    assert (await printed(dues, "me", *asked)).startswith("<!DOCTYPE html>")
    assert await printed(dues, "rival", *asked) == ["not_found"]
    await dues.done("secretary", "duesPaymentVoid", {"payment": payment, "reason": "误登"}, "")
    assert await printed(dues, "recorder", *asked) == ["dues.payment_void"]
    assert {event["page"] for event in await dues.ledger("page_printed")} == {"党费收据"}


async def test_a_standing_says_up_to_which_month_and_what_is_missing(dues: Any) -> None:
    await dues.fixed()
    await dues.paid(firstMonth="2026-01-01", lastMonth="2026-03-01", fen=12_000, lateReason="补")
    asked = ("duesStandingPage(member: ID)", "duesStandingPage")
    page = await printed(dues, "me", *asked, dues.id(dues.me))
    for words in ("已交至2026年3月", "2 个月", "80.00 元"):
        assert words in page, words
    assert await printed(dues, "me", *asked, dues.id(dues.peer)) == ["not_found"]


async def test_the_grid_and_the_publication_are_printed_as_they_stand(dues: Any) -> None:
    await dues.fixed()
    await dues.paid()
    asked = ("duesGridPage(organization: ID, year: 2026)", "duesGridPage")
    page = await printed(dues, "secretary", *asked, dues.at.id("branch"))
    for words in (dues.me.name, "合计", "全年应交 480.00 元，已交 40.00 元"):
        assert words in page, words
    assert page.count("0.00 欠") == 5, "of June to December none is overdue on 15 June"
    assert page.count(">40.00<") == 4, "June, its sum, the member's and the branch's year"
    given = {"organization": dues.at.id("branch"), "year": 2025, "place": "支部公开栏"}
    made = await dues.done("secretary", "duesPublish", given, "publication { id }")
    id = made["publication"]["id"]
    asked = ("duesPublicationPage(publication: ID)", "duesPublicationPage")
    assert "支部公开栏" in await printed(dues, "secretary", *asked, id)
    await dues.later(date(2026, 6, 16))
    page = await printed(dues, "secretary", *asked, id)
    assert "二〇二六年六月十五日" in page, "the day of the publication"
    assert "2026-06-16 打印" in page, "the day of printing"
    withdraw = {"publication": id, "reason": "有误"}
    await dues.done("secretary", "duesPublicationWithdraw", withdraw, "")
    assert await printed(dues, "secretary", *asked, id) == ["dues.publication_withdrawn"]


async def test_a_grid_too_long_to_print_is_refused_before_all_of_it_is_read(
    dues: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dues.fixed()
    asked = ("duesGridPage(organization: ID, year: 2026)", "duesGridPage", dues.at.id("branch"))
    monkeypatch.setattr(pages, "MOST", 0)
    with statements() as sent:
        assert await printed(dues, "secretary", *asked) == ["dues.page_too_long"]
    assert [sql for sql in sent if "dues_month" in sql and "LIMIT" in sql]
    assert await dues.ledger("page_printed") == []
