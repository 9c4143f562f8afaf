"""The sample institutions as their files say, read without the product or the generator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "institutions"
SIZES = {
    "service-centre": 320,
    "organs-committee": 650,
    "university": 900,
    "education-bureau": 700,
    "municipal-organs": 430,
}
ANCHOR = date(2026, 11, 21)
Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    """The data rows by heading without asterisk, dates read; the heading is the third row."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    headings = [str(cell).rstrip("*") for cell in sheet[2]]
    rows = [
        {
            heading: day(cell) if heading.endswith("日期") else cell
            for heading, cell in zip(headings, row, strict=True)
        }
        for row in sheet[3:]
        if not str(row[0]).startswith(("合计", "填表人"))
    ]
    return rows


def day(cell: object) -> date | None:
    """A date in any of the spellings of the workbooks; None for an empty cell."""
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, cell.day)
    if not cell:
        return None
    parts = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?", str(cell))
    assert parts, f"no date: {cell!r}"
    return date(*map(int, parts.groups()))


@dataclass
class Institution:
    """One institution's files. `parents` maps an organization's code to that of its parent."""

    code: str
    organizations: list[Row]
    members: list[Row]
    posts: list[Row]
    training: list[Row]
    attendance: list[Row]
    credits: list[Row]
    tenant: Row
    rules: Row
    education: Row
    units: dict[str, Row] = field(init=False)
    people: dict[str, Row] = field(init=False)
    sessions: dict[str, Row] = field(init=False)

    def __post_init__(self) -> None:
        self.units = {row["党组织代码"]: row for row in self.organizations}
        self.people = {row["公民身份号码"]: row for row in self.members}
        self.sessions = {row["班次编号"]: row for row in self.training}

    def upwards(self, unit: str) -> Iterator[str]:
        """The unit and everything above it, by code."""
        while unit:
            yield unit
            unit = self.units[unit]["上级党组织代码"]

    def is_inside(self, person: Row, unit: str) -> bool:
        return unit in self.upwards(person["所在党支部代码"])

    def has_education(self, unit: str) -> bool:
        switches = {s["organization"]: s["enabled"] for s in self.tenant["plugins"]}
        return next(switches[code] for code in self.upwards(unit) if code in switches)


def institution_of(code: str) -> Institution:
    folder = FOLDER / code

    def settings(name: str) -> Row:
        loaded: Row = yaml.safe_load((folder / name).read_text("utf-8"))
        return loaded

    return Institution(
        code,
        *(
            rows_of(folder / f"{name}.xlsx")
            for name in ("organizations", "members", "posts", "training", "attendance", "credits")
        ),
        settings("tenant.yaml"),
        settings("rules.yaml"),
        settings("education.yaml"),
    )


@pytest.fixture(scope="session", params=SIZES)
def institution(request: pytest.FixtureRequest) -> Institution:
    return institution_of(request.param)


@pytest.fixture(scope="session")
def institutions() -> list[Institution]:
    return [institution_of(code) for code in SIZES]


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def sizes() -> dict[str, int]:
    return SIZES


@pytest.fixture(scope="session")
def anchor() -> date:
    """The day on which the samples stand."""
    return ANCHOR
