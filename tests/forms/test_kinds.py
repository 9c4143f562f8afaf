"""Every spelling that is understood, and every cell that is refused with its reason."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.forms.cells import Doubtful, Unreadable
from zhibu.forms.columns import Column
from zhibu.forms.kinds import (
    Choice,
    Code,
    Date,
    Exact,
    Identity,
    Kind,
    Name,
    Phone,
    Text,
    Whole,
    YesNo,
)

TODAY = date(2026, 11, 21)
GENDER = Choice({"男": "male", "女": "female"}, {"男性": "男"})
LEVEL = Choice({"无": "none", "大学（本科）": "bachelor"})
HOURS = Exact(units=("学时",), most=Decimal(500))


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Identity(), 320102198503124530.0, "core.identity_digits_lost"),
        (Identity(), "3.20102E+17", "core.identity_digits_lost"),
        (Identity(), "320102198503124000", "core.identity_digits_lost"),
        (Identity(), 320102850312453.0, "core.identity_obsolete"),
        (Identity(), "320102850312453", "core.identity_obsolete"),
        (Identity(), "32010219850312453", "core.identity_format"),
        (Identity(), "32010219850312453Y", "core.identity_format"),
        (Identity(), date(1985, 3, 12), "core.identity_format"),
        (Identity(), True, "core.identity_format"),
        (Identity(), "990102198503124531", "core.identity_province"),
        (Identity(), "320102198502304532", "core.identity_birth_date"),
        (Identity(), "320102202701014537", "core.identity_birth_date"),
        (Identity(), "320102198503124532", "core.identity_check_digit"),
        (Phone(), "1380000123", "core.cell_phone_invalid"),
        (Phone(), "025-83201234", "core.cell_phone_invalid"),
        (Phone(), "无此人", "core.cell_phone_invalid"),
        (Date(), "08.6.12", "core.cell_date_short_year"),
        (Date(), "85年3月", "core.cell_date_short_year"),
        (Date(), "2008年6月", "core.cell_date_incomplete"),
        (Date(), "200806", "core.cell_date_incomplete"),
        (Date(month=True), "2008", "core.cell_date_incomplete"),
        (Date(month=True), 2008.1, "core.cell_date_month_lost"),
        (Date(), 2008.6, "core.cell_date_incomplete"),
        (Date(month=True), 2008.13, "core.cell_date_impossible"),
        (Date(), "2007-02-29", "core.cell_date_impossible"),
        (Date(), "2008.13.1", "core.cell_date_impossible"),
        (Date(), "1008-01-01", "core.cell_date_impossible"),
        (Date(), "二〇〇八年二月三十日", "core.cell_date_impossible"),
        (Date(), "6/12/2008", "core.cell_date_unknown"),
        (Date(), "去年", "core.cell_date_unknown"),
        (Date(), time(12), "core.cell_date_unknown"),
        (Date(), True, "core.cell_date_unknown"),
        (Date(), -5.0, "core.cell_date_unknown"),
        (Date(future=False), "2026-11-22", "core.cell_date_future"),
        (HOURS, "四", "core.cell_not_a_number"),
        (HOURS, "4天", "core.cell_not_a_number"),
        (HOURS, True, "core.cell_not_a_number"),
        (HOURS, date(2008, 6, 12), "core.cell_not_a_number"),
        (HOURS, "1,23", "core.cell_not_a_number"),
        (HOURS, 1.125, "core.cell_too_precise"),
        (HOURS, "-1", "core.cell_out_of_range"),
        (HOURS, "9" * 30, "core.cell_out_of_range"),
        (HOURS, 500.5, "core.cell_out_of_range"),
        (Whole(), 1.5, "core.cell_not_whole"),
        (Whole(most=3), "4", "core.cell_out_of_range"),
        (YesNo(), "可能", "core.cell_yes_no_unknown"),
        (GENDER, "其他", "core.cell_choice_unknown"),
        (Text(limit=3), "四个字符", "core.cell_too_long"),
        (Text(), 1e15, "core.cell_digits_lost"),
        (Name(), "张三2", "core.cell_not_a_name"),
        (Name(), "张三，李四", "core.cell_not_a_name"),
        (Code(), 123456789012345678.0, "core.cell_digits_lost"),
    ],
)
def test_a_cell_is_refused_by_its_reason(
    kind: Kind, raw: Any, code: str, texts: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(Unreadable) as refused:
        Column("it", "它", kind).read(raw, TODAY)
    assert refused.value.code == code
    for language in texts.values():
        assert "{" not in language[code].format(**refused.value.facts)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Identity(), "320102198503124531", "320102198503124531"),
        (Identity(), " 32010219850312453 1", "320102198503124531"),
        (Identity(), "'３２０１０２１９８５０３１２４５３１\u00a0", "320102198503124531"),
        (Identity(), "11010519491231002x", "11010519491231002X"),
        (Identity(), "11010519491231002Ｘ", "11010519491231002X"),
        (Identity(), "810000199408230021", "810000199408230021"),
        (Phone(), 13800001234.0, "13800001234"),
        (Phone(), "+86 138-0000-1234", "13800001234"),
        (Phone(), "013800001234", "13800001234"),
        (Phone(), "+852 9123 4567", "+85291234567"),
        (Phone(landline=True), "（025）8320 1234", "02583201234"),
        (HOURS, "4学时", Decimal(4)),
        (HOURS, "４．５ 个学时", Decimal("4.5")),
        (HOURS, "100", Decimal(100)),
        (HOURS, 0.1 + 0.2, Decimal("0.3")),
        (Exact(), "1,234.50", Decimal("1234.5")),
        (Whole(units=("人",)), "12人", 12),
        (Whole(), 3.0, 3),
        (YesNo(), "√", True),
        (YesNo(), "y", True),
        (YesNo(), 1.0, True),
        (YesNo(), "×", False),
        (YesNo(), "无", False),
        (YesNo(), "", False),
        (YesNo(blank=None), " ", None),
        (GENDER, "男性", "male"),
        (GENDER, " 女 ", "female"),
        (GENDER, "/", None),
        (LEVEL, "无", "none"),
        (LEVEL, "大学(本科)", "bachelor"),
        (Text(), "　（一）ＡＢ１ \u200b\n x ", "（一）AB1 x"),
        (Text(lines=True), "一 \r\n二", "一\n二"),
        (Text(), 32.0, "32"),
        (Text(), "无", "无"),
        (Name(), "张　三", "张三"),
        (Name(), "买买提•艾力", "买买提·艾力"),
        (Name(), "𬭛䶮喆", "𬭛䶮喆"),
        (Name(), "John  Smith", "John Smith"),
        (Code(), "a-０１", "A-01"),
        (Code(), 12.0, "12"),
        (Phone(), "—", None),
        (Identity(), "\u00a0", None),
    ],
)
def test_a_cell_is_understood(kind: Kind, raw: Any, value: Any) -> None:
    assert Column("it", "它", kind).read(raw, TODAY) == value


@pytest.mark.parametrize(
    "raw",
    [
        date(2008, 6, 12),
        datetime(2008, 6, 12, 10, 30),
        39611.0,
        39611.4375,
        20080612.0,
        "2008-06-12",
        "2008.6.12",
        "2008/6/12",
        "2008．６．１２",
        "20080612",
        "2008年6月12日",
        "2008 年 06 月 12 日",
        "二〇〇八年六月十二日",
        "二○○八年六月十二",
        "2008-06-12 00:00:00",
        "2008-06-12T10:30:00",
        "'2008-06-12",
    ],
)
def test_a_date_is_understood_in_every_spelling(raw: Any) -> None:
    assert Date().read(raw, TODAY) == date(2008, 6, 12)


@pytest.mark.parametrize(
    ("raw", "month"),
    [
        ("2008年6月", 6),
        ("2008.06", 6),
        ("2008-6", 6),
        ("200806", 6),
        (200806.0, 6),
        (2008.6, 6),
        (2008.06, 6),
        (2008.12, 12),
        (2008.01, 1),
        ("2008.10", 10),
        ("二〇〇八年十一月", 11),
    ],
)
def test_a_bare_month_is_its_first_day_with_a_warning(raw: Any, month: int) -> None:
    found = Date(month=True).read(raw, TODAY)
    assert isinstance(found, Doubtful)
    assert found.value == date(2008, month, 1)
    assert found.code == "core.cell_date_day_assumed"


def test_a_required_cell_may_not_hold_a_dash() -> None:
    with pytest.raises(Unreadable, match=r"core\.cell_required"):
        Column("hours", "学时", HOURS, required=True).read("——", TODAY)


def test_no_fact_of_a_refused_identity_number_shows_its_birth_date() -> None:
    with pytest.raises(Unreadable) as refused:
        Identity().read("320102198503124532", TODAY)
    assert "1985" not in str(refused.value.facts)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from("-./"))
def test_a_written_date_reads_back(day: date, mark: str) -> None:
    assert Date().read(f"{day.year}{mark}{day.month}{mark}{day.day}", TODAY) == day
    assert Date().read(f"{day.year}年{day.month}月{day.day}日", TODAY) == day
    assert Date().read(day.strftime("%Y%m%d"), TODAY) == day


@given(st.dates(date(1910, 1, 1), date(2099, 12, 31)))
def test_a_serial_number_is_its_day(day: date) -> None:
    assert Date().read(float((day - date(1899, 12, 30)).days), TODAY) == day


@given(st.decimals(0, 10**6, places=2))
def test_a_decimal_survives_a_number_cell(number: Decimal) -> None:
    assert Exact().read(float(number), TODAY) == number


@given(
    st.text(max_size=40), st.sampled_from([Date(month=True), HOURS, Phone(), Identity(), Name()])
)
def test_any_text_is_read_or_refused(raw: str, kind: Kind) -> None:
    with suppress(Unreadable):
        Column("it", "它", kind).read(raw, TODAY)


@given(st.floats(), st.sampled_from([Date(month=True), HOURS, Phone(), Identity(), Name(), Code()]))
def test_any_number_is_read_or_refused(raw: float, kind: Kind) -> None:
    with suppress(Unreadable):
        Column("it", "它", kind).read(raw, TODAY)
