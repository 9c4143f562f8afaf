"""Files that are no workbook, or that would harm the process which opens them."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from zhibu.errors import Invalid
from zhibu.forms.columns import Column
from zhibu.forms.compound import measure_compound
from zhibu.forms.errors import (
    FormFileBroken,
    FormFileEncrypted,
    FormFileTooLarge,
    FormFileUnknown,
)
from zhibu.forms.limits import LIMITS, Limits, measure_archive
from zhibu.forms.reading import read

Workbook = Callable[..., bytes]
Columns = tuple[Column, ...]
HEAD = ["姓名", "身份证号"]
RELS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(output, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(*change(entry.filename, old.read(entry)))
    return output.getvalue()


def compound(name: str, stream: bytes) -> bytes:
    """An OLE file of one stream: header, FAT, directory, then the stream in 512-byte sectors."""
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, *[0xFFFFFFFE, 0] * 2
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        encoded = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII36xIQ",
            *(encoded, len(encoded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, start, size),
        )

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(
        name, 2, 2, len(stream), 0xFFFFFFFF
    )
    return header + fat + directory.ljust(512, b"\0") + stream


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_book(*cells: tuple[int, int, str]) -> bytes:
    """A BIFF8 workbook of one sheet with label cells."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
    for row, column, text in cells:
        encoded = text.encode("utf-16-le")
        head = struct.pack("<HHHHB", row, column, 0, len(text), 1)
        sheet += record(0x0204, head + encoded)
    sheet += record(0x000A, b"")
    title = struct.pack("<BB", 2, 1) + "名册".encode("utf-16-le")
    size = len(begin) + 4 + 6 + len(title) + 4
    bound = record(0x0085, struct.pack("<IBB", size, 0, 0) + title)
    return compound("Workbook", begin + bound + record(0x000A, b"") + sheet)


def open_document(rows: str) -> bytes:
    output = BytesIO()
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(output, "w") as book:
        book.writestr("mimetype", mime)
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>',
        )
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="名册">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return output.getvalue()


def cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


ODS_HEAD = f"<table:table-row>{cell('姓名')}{cell('身份证号')}</table:table-row>"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FormFileUnknown),
        ("姓名,身份证号\n".encode(), FormFileUnknown),
        (b"<html><table></table></html>", FormFileUnknown),
        (b"%PDF-1.7", FormFileUnknown),
        (b"PK\x03\x04 cut off", FormFileBroken),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FormFileBroken),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FormFileBroken),
        (compound("WordDocument", b"hello"), FormFileBroken),
        (compound("EncryptedPackage", b"secret"), FormFileEncrypted),
        (
            compound("Workbook", record(0x0809, bytes(16)) + record(0x2F, bytes(54))),
            FormFileEncrypted,
        ),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(
    content: bytes, error: type[Invalid], columns: Columns
) -> None:
    with pytest.raises(error):
        read(content, columns)


def test_a_workbook_cut_off_anywhere_is_refused(workbook: Workbook, columns: Columns) -> None:
    content = workbook([HEAD, ["张三", "x"]])
    for length in range(4, len(content), 97):
        with pytest.raises((FormFileBroken, FormFileUnknown)):
            read(content[:length], columns)


def test_a_zip_that_is_no_workbook_is_refused(columns: Columns) -> None:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(FormFileUnknown):
        read(output.getvalue(), columns)


def test_a_cell_in_the_last_corner_does_not_end_the_process(columns: Columns) -> None:
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(FormFileTooLarge) as refused:
        read(output.getvalue(), columns)
    assert refused.value.facts == {"what": "rows", "limit": 200_000}


def test_formats_down_to_the_last_corner_do_no_harm(columns: Columns) -> None:
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert list(read(output.getvalue(), columns).lines()) == []


def test_a_sheet_that_hides_under_another_name_is_measured(workbook: Workbook) -> None:
    def hide(name: str, data: bytes) -> tuple[str, bytes]:
        if name == RELS:
            return name, data.replace(b"worksheets/sheet1.xml", b"theme/sheet1.xml")
        if name == SHEET:
            return "xl/theme/sheet1.xml", data.replace(b'r="B2"', b"r='XFD2'")
        return name, data

    with pytest.raises(FormFileTooLarge) as refused:
        measure_archive(repacked(workbook([HEAD, ["张三", 1]]), hide), LIMITS)
    assert refused.value.facts["what"] == "columns"


def test_macros_and_binary_sheets_are_refused(workbook: Workbook, columns: Columns) -> None:
    def binary(name: str, data: bytes) -> tuple[str, bytes]:
        return name, data.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.bin")

    with pytest.raises(FormFileUnknown):
        read(repacked(workbook([HEAD]), binary), columns)


def test_entities_are_refused_before_they_multiply(workbook: Workbook, columns: Columns) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'

    def laugh(name: str, data: bytes) -> tuple[str, bytes]:
        return name, data.replace(b"<worksheet", laughs) if name == SHEET else data

    with pytest.raises(FormFileBroken):
        read(repacked(workbook([HEAD]), laugh), columns)


def test_a_bomb_is_refused_by_its_unpacked_size(workbook: Workbook, columns: Columns) -> None:
    def swell(name: str, data: bytes) -> tuple[str, bytes]:
        return name, data + b" " * 5_000_000 if name == SHEET else data

    content = repacked(workbook([HEAD]), swell)
    assert len(content) < 20_000
    with pytest.raises(FormFileTooLarge) as refused:
        read(content, columns, limits=Limits(unpacked=4_000_000))
    assert refused.value.facts == {"what": "unpacked", "limit": 4_000_000}


def test_a_bomb_that_lies_about_its_size_is_refused(workbook: Workbook, columns: Columns) -> None:
    content = repacked(workbook([HEAD]), lambda name, data: (name, data + b" " * 5_000_000))
    lying = bytearray(content)
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 100)
    with pytest.raises(FormFileBroken):
        read(bytes(lying), columns)


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(file=100), "bytes"),
        (Limits(rows=2), "rows"),
        (Limits(columns=1), "columns"),
        (Limits(cells=5), "cells"),
    ],
)
def test_each_limit_is_kept(
    workbook: Workbook, columns: Columns, limits: Limits, what: str, tmp_path: Path
) -> None:
    content = workbook([HEAD, ["张三", "x"], ["李四", "y"]])
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(FormFileTooLarge) as refused:
            read(source, columns, limits=limits)
        assert refused.value.facts["what"] == what


def test_an_old_workbook_is_read(columns: Columns) -> None:
    content = old_book((1, 0, "姓名"), (1, 1, "身份证号"), (2, 0, "张三"), (2, 1, "x"))
    (line,) = read(content, columns).lines()
    assert (line.number, line.cells[:2]) == (3, ("张三", "x"))


def test_an_old_workbook_with_a_far_corner_is_refused() -> None:
    content = old_book((0, 0, "姓名"), (0, 1, "身份证号"), (65_535, 255, "x"))
    with pytest.raises(FormFileTooLarge):
        measure_compound(content, LIMITS)


def test_an_open_document_is_read(columns: Columns) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
    empty += 'table:number-columns-repeated="16384"/></table:table-row>'
    row = f"<table:table-row>{cell('张三')}{cell('x')}</table:table-row>"
    (line,) = read(open_document(ODS_HEAD + row + empty), columns).lines()
    assert (line.number, line.cells[:2]) == (2, ("张三", "x"))


@pytest.mark.parametrize(
    "bomb",
    [
        f'<table:table-row table:number-rows-repeated="1000000">{cell("x", 200)}</table:table-row>',
        f"<table:table-row>{cell('x', 10_000_000)}</table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_an_open_document_that_repeats_without_end_is_refused(bomb: str) -> None:
    with pytest.raises(FormFileTooLarge):
        measure_archive(open_document(ODS_HEAD + bomb), LIMITS)


def test_an_open_document_with_a_password_is_refused(columns: Columns) -> None:
    def lock(name: str, data: bytes) -> tuple[str, bytes]:
        if name == "content.xml":
            return name, b"\x01\x02 scrambled"
        return name, data.replace(b"/></manifest:manifest>", b"><manifest:encryption-data/>")

    with pytest.raises(FormFileEncrypted):
        read(repacked(open_document(ODS_HEAD), lock), columns)
