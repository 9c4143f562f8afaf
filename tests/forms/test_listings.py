"""Short lists in one workbook: each signed on its own worksheet, the same whenever written."""

from datetime import UTC, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from zhibu.forms.brush import Mark
from zhibu.forms.columns import Column
from zhibu.forms.kinds import Text, Whole
from zhibu.forms.writing import Listing, write_listings

COLUMNS = (Column("name", "姓名", Text()), Column("months", "月数", Whole()))


def test_lists_have_a_worksheet_each_and_the_same_lists_make_the_same_bytes() -> None:
    at = datetime(2026, 6, 15, 4, tzinfo=UTC)
    mark = Mark(account="干部", at=at, purpose="归档")
    lists = [
        Listing(title="名册", columns=COLUMNS, rows=[{"name": "甲", "months": 6}], below="签字："),
        Listing(title="登记表", columns=COLUMNS, rows=[], below="签字："),
    ]
    content = write_listings(lists, mark=mark, at=at)
    assert write_listings(lists, mark=mark, at=at) == content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["名册", "登记表"]
    first, second = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert first[1:3] == [["姓名", "月数"], ["甲", 6.0]]
    assert (first[4][0], second[3][0]) == ("签字：", "签字：")
