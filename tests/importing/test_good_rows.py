"""Every workbook that can be taken in: all that is wrong at once, and the good rows if wanted."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from zhibu.accounts.principals import system_caller
from zhibu.forms import words
from zhibu.forms.checking import Mode
from zhibu.forms.writing import write
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.members.rules import Gender, MemberKind, Stage
from zhibu.organizations.rules import Kind, PostKind
from zhibu.testing.house import Institution
from zhibu.testing.register import identity
from zhibu_dues.rules.standards import Income
from zhibu_dues.service import bases
from zhibu_dues.tables import DuesBase
from zhibu_education.rules.catalogues import Form, Presence
from zhibu_organization_life.rules.catalogues import Kind as MeetingKind
from zhibu_organization_life.rules.catalogues import Presence as MeetingPresence
from zhibu_organization_life.rules.engagements import Engaged

DAY = date(2026, 6, 10)
UNREADABLE = "？" * 999
HOLDER = identity(700)
SOUND: dict[str, dict[str, Any]] = {
    "organizations": {
        "code": "NEW",
        "name": "新设支部",
        "parent": "GENERAL",
        "kind": Kind.BRANCH,
        "founded_on": DAY,
    },
    "posts": {
        "organization": "BRANCH",
        "identity_number": HOLDER,
        "name": "任职人",
        "kind": PostKind.RECORDER,
        "since": DAY,
        "term_ends_on": date(2029, 6, 10),
    },
    "members": {
        "name": "名册所载",
        "gender": Gender.MALE if int(identity(701)[16]) % 2 else Gender.FEMALE,
        "identity_number": identity(701),
        "branch": "BRANCH",
        "kind": MemberKind.IN_SERVICE,
        "stage": Stage.FULL,
        "admitted_on": date(2010, 7, 1),
        "full_on": date(2011, 7, 1),
    },
    "education_training": {
        "code": "S1",
        "title": "党课",
        "organization": "BRANCH",
        "held_on": DAY,
        "hours": Decimal(2),
        "form": Form.PARTY_LECTURE,
        "topic": "党的宗旨教育",
    },
    "education_attendance": {
        "code": "S1",
        "identity_number": HOLDER,
        "name": "任职人",
        "presence": Presence.PRESENT,
    },
    "education_credits": {
        "identity_number": HOLDER,
        "name": "任职人",
        "earned_on": DAY,
        "title": "网络课程",
        "hours": Decimal(3),
        "form": Form.ONLINE,
        "topic": "政治理论教育",
    },
    "organization_life_meetings": {
        "code": "H1",
        "organization": "BRANCH",
        "kind": MeetingKind.THEME_DAY,
        "title": "六月主题党日",
        "held_on": DAY,
        "contents": "集中学习",
    },
    "organization_life_presence": {
        "code": "H1",
        "identity_number": HOLDER,
        "name": "任职人",
        "presence": MeetingPresence.PRESENT,
    },
    "organization_life_engagements": {
        "identity_number": HOLDER,
        "name": "任职人",
        "kind": Engaged.PLEDGE,
        "title": "带头办好窗口服务",
        "since": DAY,
    },
    "dues_bases": {
        "identity_number": HOLDER,
        "name": "任职人",
        "year": 2026,
        "from_month": 1,
        "income": Income.WAGE,
        "base_fen": Decimal(4000),
    },
    "dues_payments": {
        "identity_number": HOLDER,
        "name": "任职人",
        "first_month": date(2026, 6, 1),
        "paid_on": DAY,
        "fen": Decimal(40),
    },
}
LISTED = {
    "dues_payments": "dues_bases",
    "education_attendance": "education_training",
    "organization_life_presence": "organization_life_meetings",
}


async def imported(
    institution: Institution,
    name: str,
    rows: list[dict[str, Any]],
    mode: Mode = Mode.GOOD_ROWS,
    by: str = "committee_officer",
) -> ImportReport:
    house = institution.house
    sheet = sheet_of(house.platform, name)
    every = dict.fromkeys(column.key for column in sheet.columns)
    return await import_workbook(
        house.platform,
        institution.tenant,
        system_caller(house.now.date(), "test", by),
        sheet,
        write([{**every, **row} for row in rows], sheet.columns, sheet.title),
        mode=mode,
        now=house.now,
    )


async def confirmed(institution: Institution) -> None:
    """Let somebody else confirm the bases of dues that a workbook declared."""
    async with institution.by("secretary") as act:
        waiting = await act.session.scalars(select(DuesBase.id))
        if found := [*waiting]:
            await bases.confirm(act, found)


def explained(report: ImportReport) -> list[str]:
    """What stands beside each row of the workbook that is given back."""
    assert report.returned
    rows = CalamineWorkbook.from_filelike(BytesIO(report.returned)).get_sheet_by_index(0)
    table = [list(row) for row in rows.to_python()]
    heading = next(place for place, row in enumerate(table) if words.FAULTS_HEADING in row)
    column = table[heading].index(words.FAULTS_HEADING)
    return [str(row[column]) for row in table[heading + 1 :]]


@pytest.mark.parametrize("name", SOUND)
async def test_good_rows_are_taken_from_among_rows_of_which_each_has_another_cell_unreadable(
    institution: Institution, name: str
) -> None:
    await institution.member("branch", name="任职人", identity_number=HOLDER)
    if held := LISTED.get(name):
        await imported(institution, held, [SOUND[held]])
        await confirmed(institution)
    sheet = sheet_of(institution.house.platform, name)
    faulty = [
        {**SOUND[name], column.key: None if column.required else UNREADABLE}
        for column in sheet.columns
    ]
    report = await imported(institution, name, [SOUND[name], *faulty])
    assert report.written is not None
    assert (report.written.created, report.rows, report.good) == (1, len(faulty) + 1, 1)
    sound, *wrong = explained(report)
    assert sound == ""
    assert all(wrong)
    again = await imported(institution, name, [SOUND[name]], Mode.ALL_OR_NOTHING)
    assert again.written is not None
    assert again.written.unchanged == 1


async def test_every_workbook_that_can_be_taken_in_is_asked_about(
    institution: Institution,
) -> None:
    sheets = institution.house.platform.sheets.values()
    assert {sheet.name for sheet in sheets if sheet.write} == set(SOUND)


async def test_nothing_is_founded_below_what_is_refused(institution: Institution) -> None:
    """An operator's rows would otherwise stand at the top, beside the institution itself."""
    new = SOUND["organizations"]
    rows = [
        {**new, "code": "C", "parent": "B", "kind": Kind.PARTY_GROUP, "name": "第一党小组"},
        {**new, "code": "B", "parent": "A", "name": "下级支部"},
        {**new, "code": "A", "kind": Kind.GENERAL_BRANCH, "name": None},
        {**new, "code": "X", "parent": "RIVAL", "name": "另一支部"},
    ]
    report = await imported(institution, "organizations", rows)
    found = [(fault.row, fault.code) for fault in report.faults]
    first = report.faults[0].row or 0
    assert found == [
        (first, "core.parent_refused"),
        (first + 1, "core.parent_refused"),
        (first + 2, "core.cell_required"),
    ]
    assert report.written is not None
    assert report.written.created == 1
