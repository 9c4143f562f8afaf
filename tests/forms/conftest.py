"""Workbooks as people send them, made with XlsxWriter, and the texts of faults."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

import zhibu
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.identity import check_digit
from zhibu.forms.kinds import Choice, Date, Exact, Identity, Name, Phone, Text, YesNo

TODAY = date(2026, 11, 21)

Workbook = Callable[..., bytes]
Explain = Callable[[Fault], str]


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def identity() -> Callable[[int], str]:
    """Valid identity numbers of people born on 12 March 1985, by sequence."""

    def make(sequence: int, born: str = "19850312") -> str:
        digits = f"320102{born}{sequence:03d}"
        return digits + check_digit(digits)

    return make


@pytest.fixture
def columns() -> tuple[Column, ...]:
    return (
        Column("name", "姓名", Name(), required=True, aliases=("党员姓名",), example="张三"),
        Column("identity", "身份证号", Identity(), required=True, aliases=("公民身份号码",)),
        Column("gender", "性别", Choice({"男": "male", "女": "female"}, {"男性": "男"})),
        Column("joined_on", "入党时间", Date(month=True, future=False)),
        Column("phone", "手机号", Phone()),
        Column("hours", "学时", Exact(units=("学时",))),
        Column("serving", "在职", YesNo()),
        Column("remark", "备注", Text(limit=50)),
    )


@pytest.fixture
def workbook() -> Workbook:
    """A workbook of one sheet: rows of plain cells from the first row on."""

    def make(
        rows: Sequence[Sequence[Any]], *, before: Callable[[Any], None] | None = None
    ) -> bytes:
        output = BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
        if before:
            before(book)
        sheet = book.add_worksheet("名册")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        book.close()
        return output.getvalue()

    return make


@pytest.fixture(scope="session")
def texts() -> dict[str, dict[str, str]]:
    folder = Path(zhibu.__file__).parent / "locale"
    return {
        language: yaml.safe_load((folder / language / "forms.yaml").read_text("utf-8"))["errors"]
        for language in ("zh-CN", "en")
    }


@pytest.fixture(scope="session")
def explain(texts: dict[str, dict[str, str]]) -> Explain:
    return lambda fault: texts["zh-CN"][fault.code].format(**fault.facts)
