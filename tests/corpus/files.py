"""Rosters as they ought not to come."""

import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from zhibu.testing.register import identity

HEADING = (
    *("姓名", "性别", "公民身份号码", "所在党支部代码"),
    *("人员类别", "党员类别", "入党日期", "转正日期"),
)
# Ends in X; and so does the other one, which is nobody's.
NUMBER, OTHER = (
    next(found for found in map(identity, range(start, 999)) if found.endswith("X"))
    for start in (300, 400)
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")
ADMITTED = date(2015, 7, 1)


def person(number: str, name: str = "张某", **changes: Any) -> list[Any]:
    """A row of the roster, by its headings."""
    row = {
        "姓名": name,
        "性别": "男" if int(str(identity_of(number))[16]) % 2 else "女",
        "公民身份号码": number,
        "所在党支部代码": "BRANCH",
        "人员类别": "在职",
        "党员类别": "正式党员",
        "入党日期": ADMITTED,
        "转正日期": date(2016, 7, 1),
    }
    return [*{**row, **changes}.values()]


def identity_of(text: str) -> str:
    """The digits of a number, however wide."""
    return text.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def workbook(
    rows: Sequence[Sequence[Any]],
    heading: Sequence[str] = HEADING,
    *,
    also: Callable[[Any], None] | None = None,
    **options: Any,
) -> bytes:
    """A workbook of one sheet; `also` gets the sheet before it is closed."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": True, **options})
    sheet, day = book.add_worksheet("名册"), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([heading, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    if also:
        also(sheet)
    book.close()
    return output.getvalue()


def long_workbook(numbers: Sequence[str]) -> bytes:
    """A workbook of as many people, who differ in number and gender alone: to write each cell of
    each row takes longer than to read it.
    """
    two = {int(each[16]) % 2: each for each in map(identity, range(10))}
    written = workbook(
        [person(each) for each in two.values()], in_memory=False, constant_memory=True
    )
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as short, zipfile.ZipFile(output, "w") as made:
        for part in short.infolist():
            content = short.read(part).decode()
            if part.filename == "xl/worksheets/sheet1.xml":
                content = _repeated(content, two, numbers)
            made.writestr(part, content)
    return output.getvalue()


def _repeated(sheet: str, two: Mapping[int, str], numbers: Sequence[str]) -> str:
    """The sheet with as many rows, each in the words of one of these two."""
    before, *rows, after = re.split(r'(?=<row r="[23]")|(?=</sheetData>)', sheet)
    like = {
        odd: re.sub(r'( r="[A-Z]*)\d+"', r'\1{row}"', row).replace(each, "{number}")
        for (odd, each), row in zip(two.items(), rows, strict=True)
    }
    made = (
        like[int(each[16]) % 2].replace("{row}", str(place)).replace("{number}", each)
        for place, each in enumerate(numbers, 2)
    )
    return "".join((before, *made, after))


def bomb() -> bytes:
    """Less than a kilobyte that says it will be a gigabyte."""
    content = bytearray(workbook([]))
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 2**30)
    return bytes(content)


def crumbs(parts: int) -> bytes:
    """A workbook with very many files in it, of no size at all."""
    output = BytesIO(workbook([person(NUMBER)]))
    with zipfile.ZipFile(output, "a") as archive:
        for number in range(parts):
            archive.writestr(f"xl/x{number}.xml", b"")
    return output.getvalue()


def merged(sheet: Any) -> None:
    """A title over all columns, in the row of the heading before it was moved down."""
    sheet.merge_range(0, 0, 0, len(HEADING) - 1, "某支部党员名册")


def titled() -> bytes:
    """A title merged over the form, an empty row, and the heading."""
    rows = [[], HEADING, person(NUMBER)]
    return workbook(rows, ["某支部党员名册"], also=merged)


def computed() -> bytes:
    """Cells that are computed: one says what it comes to, the other came to an error."""

    def formulas(sheet: Any) -> None:
        sheet.write_formula(1, 0, '=CONCATENATE("张","某")', None, "张某")
        sheet.write_formula(2, 2, "=VLOOKUP(1,A1:B2,9)", None, "#REF!")

    return workbook([person(NUMBER), person(OTHER, "李某")], also=formulas)


def wide() -> bytes:
    """Three hundred columns, filled."""
    more = [f"第{number}列" for number in range(300 - len(HEADING))]
    return workbook([[*person(NUMBER), *more]], [*HEADING, *more])


def repeated() -> bytes:
    """One person five times: the last digit large, small and wide, and all of them wide."""
    small = NUMBER[:-1] + "x"
    return workbook(
        [person(text) for text in (NUMBER, small, NUMBER[:-1] + "Ｘ", NUMBER.translate(WIDE))]
        + [person(f" {NUMBER} ")]
    )


# The bytes, and what is said of them: of the file as a whole, or of rows.
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "core.form_file_unknown"),
    "a table as text, in GBK": (
        lambda: ",".join(HEADING).encode("gb18030"),
        "core.form_file_unknown",
    ),
    "a table as text, with a mark": (
        lambda: ",".join(HEADING).encode("utf-8-sig"),
        "core.form_file_unknown",
    ),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "core.form_file_unknown"),
    "cut off": (lambda: workbook([person(NUMBER)])[:2_000], "core.form_file_broken"),
    "a bomb": (bomb, "core.form_file_too_large"),
    "crumbs": (lambda: crumbs(5_001), "core.form_file_too_large"),
    "300 columns": (wide, "core.form_file_too_large"),
    "an empty sheet": (lambda: workbook([], []), "core.form_empty"),
    "another form": (lambda: workbook([["甲"]], ["姓名"]), "core.form_headings_missing"),
}
FAULTY: dict[str, tuple[Callable[[], bytes], list[tuple[int, str]]]] = {
    "only a heading": (lambda: workbook([]), [(1, "core.form_rows_missing")]),
    "one person five times": (
        repeated,
        [(row, "core.form_row_repeated") for row in range(3, 7)],
    ),
    "a formula that failed": (computed, [(3, "core.cell_required")]),
    "a number that Excel rounded": (
        lambda: workbook([person(NUMBER, **{"公民身份号码": float(NUMBER[:-1] + "0")})]),
        [(2, "core.identity_digits_lost")],
    ),
    "a wrong last digit": (
        lambda: workbook([person(NUMBER[:-1] + "1")]),
        [(2, "core.identity_check_digit")],
    ),
}
