"""Rosters with one of each fault, and the list of what an import should say about them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from making.columns import MEMBERS
from making.identity import check_digit
from making.sheets import Cell, Sheet, write

HEADINGS = tuple(heading for heading, _ in MEMBERS)
WIDTHS = tuple(width for _, width in MEMBERS)
PLACE = {heading.rstrip("*"): number for number, heading in enumerate(HEADINGS)}
FIRST_ROW = 4


@dataclass(frozen=True)
class Case:
    """What is wrong in one row: the cells that differ from a good row, and the finding."""

    fault: str
    column: str
    says: str
    cells: dict[str, Cell]
    severity: str = "error"


def number(sequence: int, birth: str = "19850312", area: str = "539999") -> str:
    first = f"{area}{birth}{sequence:03d}"
    return first + check_digit(first)


def wrong_check(sequence: int) -> str:
    right = number(sequence)
    return right[:17] + ("1" if right[17] != "1" else "2")


CASES = (
    Case(
        "identity_digits_lost",
        "公民身份号码",
        "数字格式的身份证号，后三位已丢失",
        {"公民身份号码": float(number(101))},
    ),
    Case("identity_check_digit", "公民身份号码", "校验码不对", {"公民身份号码": wrong_check(103)}),
    Case("identity_length", "公民身份号码", "只有 17 位", {"公民身份号码": number(105)[:17]}),
    Case("identity_obsolete", "公民身份号码", "15 位旧号码", {"公民身份号码": "539999850312107"}),
    Case(
        "identity_birth_date",
        "公民身份号码",
        "号码中的出生日期不存在",
        {"公民身份号码": number(109, "19850230"), "出生日期": None},
    ),
    Case(
        "identity_province",
        "公民身份号码",
        "省级代码不存在",
        {"公民身份号码": number(111, area="999999")},
    ),
    Case("identity_repeated", "公民身份号码", "与第 4 行重复", {"公民身份号码": number(501)}),
    Case("branch_unknown", "所在党支部代码", "没有这个党组织", {"所在党支部代码": "FW9999"}),
    Case("branch_not_a_home", "所在党支部代码", "党总支不能编入党员", {"所在党支部代码": "FW01"}),
    Case(
        "branch_temporary",
        "所在党支部代码",
        "临时党支部不接正式组织关系",
        {"所在党支部代码": "FW07"},
    ),
    Case("group_elsewhere", "党小组代码", "党小组不属于该支部", {"党小组代码": "FW0201Z1"}),
    Case("date_impossible", "入党日期", "日期不存在", {"入党日期": "2008-02-30"}),
    Case("date_incomplete", "入党日期", "只有年份", {"入党日期": "2008年"}),
    Case("date_in_future", "入党日期", "日期在将来", {"入党日期": "2031-07-01", "转正日期": None}),
    Case("dates_reversed", "转正日期", "转正早于入党", {"转正日期": "2007-06-12"}),
    Case("under_age", "入党日期", "入党时未满 18 周岁", {"入党日期": "2001-06-12"}),
    Case("name_missing", "姓名", "必填项为空", {"姓名": None}),
    Case("gender_unknown", "性别", "只能填男或女", {"性别": "先生"}),
    Case("kind_unknown", "人员类别", "不在可选范围", {"人员类别": "临时工"}),
    Case("stage_unknown", "党员类别", "不在可选范围", {"党员类别": "积极分子"}),
    Case(
        "probationary_with_full_date", "转正日期", "预备党员尚无转正日期", {"党员类别": "预备党员"}
    ),
    Case("phone_invalid", "手机号", "号码位数不对", {"手机号": "1540000123"}),
    Case("birth_date_differs", "出生日期", "与身份证号不一致", {"出生日期": "1985-03-13"}),
    Case("gender_differs", "性别", "与身份证号不一致，请核对", {"性别": "女"}, severity="warning"),
)


def write_all(folder: Path, anchor: date) -> None:
    """Two rosters and `expected.yaml`, which lists their findings by row and column."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[list[Cell]] = [_good(501)]
    found: list[dict[str, Any]] = []
    for position, case in enumerate(CASES, 1):
        row = _good(601 + 2 * position)
        for column, cell in case.cells.items():
            row[PLACE[column]] = cell
        rows.append(row)
        found.append(
            {
                "row": FIRST_ROW + position,
                "column": case.column,
                "fault": case.fault,
                "severity": case.severity,
                "says": case.says,
            }
        )
    rows.append(_good(801))
    note = "示例：本表每行各有一处错误，首行和末行无误"
    title = "党员名册（错误示例）"
    write(folder, Sheet("members.xlsx", title, note, HEADINGS, WIDTHS, rows, 0), anchor)
    left_out = PLACE["所在党支部代码"]
    write(
        folder,
        Sheet(
            "members-without-branch.xlsx",
            title,
            "示例：缺少必需的一列",
            _without(HEADINGS, left_out),
            _without(WIDTHS, left_out),
            [_without(tuple(rows[0]), left_out)],
            0,
        ),
        anchor,
    )
    expected = {
        "of": "service-centre",
        "members.xlsx": {"good_rows": [FIRST_ROW, FIRST_ROW + len(rows) - 1], "faults": found},
        "members-without-branch.xlsx": {
            "faults": [
                {
                    "row": 3,
                    "column": "所在党支部代码",
                    "fault": "heading_missing",
                    "severity": "error",
                    "says": "缺少必需的列",
                }
            ]
        },
    }
    text = yaml.safe_dump(expected, allow_unicode=True, sort_keys=False, width=100)
    (folder / "expected.yaml").write_text(
        f"# What an import must say about the rosters beside this file; rows as Excel shows them.\n"
        f"# Made by institutions/generate.py.\n{text}",
        "utf-8",
        newline="\n",
    )


def _good(sequence: int) -> list[Cell]:
    return [
        "示例",
        "男",
        "汉族",
        number(sequence),
        "1985-03-12",
        "大学本科",
        "15400001234",
        "FW0202",
        "FW0202Z1",
        "在职",
        "正式党员",
        "2008-06-12",
        "2009-06-12",
        "2010-01-05",
        None,
    ]


def _without(values: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return values[:place] + values[place + 1 :]
