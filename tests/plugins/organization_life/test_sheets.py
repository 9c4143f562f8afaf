"""The workbooks: what they refuse, what they write, and that twice changes nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhibu.forms.checking import check_rows
from zhibu.forms.reading import read as read_form
from zhibu.forms.writing import write as write_form
from zhibu.identifiers import global_id
from zhibu.importing import ImportReport, import_workbook
from zhibu.members.rules import MemberKind
from zhibu_organization_life.rules.catalogues import Kind, Presence
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.sheets import ATTENDANCE, ENGAGEMENTS, MEETINGS

DAY = date(2026, 6, 10)


def meeting(**changes: Any) -> dict[str, Any]:
    return {
        "code": "M1",
        "organization": "BRANCH",
        "kind": Kind.THEME_DAY,
        "title": "主题党日",
        "held_on": DAY,
        "begins": "09:30",
        "place": "会议室",
        "contents": "集中学习、志愿服务",
        "lecturer": None,
        "hours": None,
        "late_reason": None,
        **changes,
    }


def place(life: Any, person: Any, **changes: Any) -> dict[str, Any]:
    return {
        "code": "M1",
        "identity_number": life.numbers[person.id],
        "name": person.name,
        "presence": Presence.PRESENT,
        "reason": None,
        **changes,
    }


async def imported(life: Any, sheet: Any, *rows: Any, by: str = "officer") -> ImportReport:
    """The report of importing these rows as this account."""
    platform, house = life.at.house.platform, life.at.house
    signed = await platform.credentials.authenticate(life.at.credentials[by], house.now)
    content = write_form(rows, sheet.columns, sheet.title)
    return await import_workbook(
        platform, signed.tenant, signed.caller, sheet, content, now=house.now
    )


def faults(report: ImportReport) -> list[tuple[str | None, str]]:
    return [(each.column, each.code.split(".")[-1]) for each in report.faults]


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.written is not None, report.faults
    return report.written.created, report.written.updated, report.written.unchanged


async def test_what_is_wrong_with_meetings_is_listed(life: Any) -> None:
    report = await imported(
        life,
        MEETINGS,
        meeting(organization="NOWHERE"),
        meeting(code="M2", organization="FAR"),
        meeting(code="M3", contents="聚餐"),
        meeting(code="M4", held_on=date(2026, 1, 1)),
        meeting(code="M5", kind=Kind.LECTURE, contents=None),
        meeting(code="M6", held_on=date(1999, 1, 1), late_reason="旧档案"),
        meeting(code="M7", begins="早上"),
    )
    assert faults(report) == [
        ("党组织代码", "unit_unknown"),
        ("党组织代码", "unit_unknown"),
        ("活动内容", "content_unknown"),
        ("补录原因", "late_reason_missing"),
        ("讲课人", "lecturer_missing"),
        ("日期", "unit_not_standing"),
        ("开始时间", "begins_invalid"),
    ]
    assert report.written is None


async def test_meetings_are_entered_once(life: Any) -> None:
    rows = meeting(), meeting(code="M2", held_on=date(2026, 1, 9), late_reason="补录旧台账")
    assert counts(await imported(life, MEETINGS, *rows)) == (2, 0, 0)
    assert counts(await imported(life, MEETINGS, *rows)) == (0, 0, 2)
    differs = await imported(life, MEETINGS, meeting(title="别的"))
    assert faults(differs) == [("会议编号", "recorded_differs")]
    assert await life.differences() == []


async def test_what_is_wrong_with_attendance_is_listed(life: Any) -> None:
    stranger, elsewhere = await life.member("far"), await life.member("other")
    await imported(life, MEETINGS, meeting())
    report = await imported(
        life,
        ATTENDANCE,
        place(life, life.me, code="M9"),
        place(life, life.peer, name="别人"),
        place(life, stranger),
        place(life, elsewhere),
    )
    assert faults(report) == [
        ("会议编号", "meeting_unknown"),
        ("姓名", "name_differs"),
        ("公民身份号码", "member_unknown"),
        ("公民身份号码", "member_elsewhere"),
    ]
    leave = place(life, life.me, presence=Presence.ON_LEAVE, reason="出差")
    clerk = await imported(life, ATTENDANCE, leave, by="recorder")
    assert faults(clerk) == [("出勤情况", "leave_not_approved")]


async def test_attendance_is_marked_once_and_gives_hours(life: Any) -> None:
    await imported(life, MEETINGS, meeting(hours=Decimal(2)))
    rows = (
        place(life, life.me),
        place(life, life.peer, presence=Presence.ON_LEAVE, reason="出差"),
    )
    assert counts(await imported(life, ATTENDANCE, *rows)) == (2, 0, 0)
    assert counts(await imported(life, ATTENDANCE, *rows)) == (0, 0, 2)
    right = place(life, life.me, presence=Presence.ABSENT)
    assert faults(await imported(life, ATTENDANCE, right)) == [
        ("说明", "correction_reason_missing")
    ]
    other = place(life, life.peer, presence=Presence.PRESENT, reason="当天销假")
    assert faults(await imported(life, ATTENDANCE, right, other)) == [
        ("说明", "correction_reason_missing")
    ]
    assert counts(await imported(life, ATTENDANCE, {**right, "reason": "误登"})) == (0, 1, 0)
    assert (await life.ledger("attendance_corrected"))[-1]["reason"] == "误登"
    assert await life.differences() == []


async def test_what_is_exported_is_imported_again_as_it_is(life: Any) -> None:
    await imported(life, MEETINGS, meeting())
    await imported(life, ATTENDANCE, place(life, life.me))
    platform, tenant = life.at.house.platform, life.at.tenant
    signed = await platform.credentials.authenticate(
        life.at.credentials["officer"], life.at.house.now
    )
    unit = global_id("Organization", life.at.units["branch"].id)
    for sheet in (MEETINGS, ATTENDANCE):
        assert sheet.read is not None
        async with platform.act(tenant, signed.caller) as act:
            rows = [*await sheet.read(act, {"organization": unit, "year": 2026, "purpose": "检查"})]
        assert len(rows) == 1
        form = read_form(write_form(rows, sheet.columns, sheet.title), sheet.columns)
        assert check_rows(form, on=date(2026, 6, 15), key=sheet.key).errors == []
    assert len(await life.ledger("exported")) == 2


def link(life: Any, person: Any, **changes: Any) -> dict[str, Any]:
    return {
        "identity_number": life.numbers[person.id],
        "name": person.name,
        "kind": Engaged.LINK_MASSES,
        "title": "职工老李",
        "details": "每月走访",
        "since": date(2026, 3, 1),
        "until": None,
        "hours": None,
        "result": None,
        "fulfilled_on": None,
        "late_reason": None,
        **changes,
    }


async def test_what_is_wrong_with_a_register_is_listed(life: Any) -> None:
    far = await life.member("far")
    report = await imported(
        life,
        ENGAGEMENTS,
        link(life, far),
        link(life, life.me, name="某某"),
        link(life, life.me, title="老王", hours=Decimal(2)),
        link(life, life.peer, kind=Engaged.LETTER, title="责任书"),
        link(life, life.peer, kind=Engaged.LETTER, title="又一份责任书"),
        link(life, life.peer, since=date(2000, 1, 1)),
        link(life, life.peer, result="已脱贫", fulfilled_on=date(2026, 2, 1)),
    )
    assert faults(report) == [
        ("公民身份号码", "member_unknown"),
        ("姓名", "name_differs"),
        ("时长（小时）", "service_hours_invalid"),
        ("开始日期", "letter_of_year"),
        ("开始日期", "no_member_then"),
        ("完成日期", "dates_reversed"),
    ]
    report = await imported(life, ENGAGEMENTS, link(life, life.me), by="rival")
    assert faults(report) == [("公民身份号码", "member_unknown")]


@pytest.mark.clause("S2-22", "S2-25")
async def test_letters_and_links_are_taken_from_a_workbook_once_with_what_came_of_them(
    life: Any,
) -> None:
    letter = link(life, life.peer, kind=Engaged.LETTER, title="2026 年度责任书")
    rows = [link(life, life.me), letter]
    assert counts(await imported(life, ENGAGEMENTS, *rows)) == (2, 0, 0)
    assert counts(await imported(life, ENGAGEMENTS, *rows)) == (0, 0, 2)
    done = {**letter, "result": "全部完成", "fulfilled_on": date(2026, 6, 1)}
    assert counts(await imported(life, ENGAGEMENTS, rows[0], done)) == (0, 1, 1)
    assert faults(await imported(life, ENGAGEMENTS, {**rows[0], "details": "改"})) == [
        ("名称或对象", "engagement_differs")
    ]
    assert faults(await imported(life, ENGAGEMENTS, {**done, "result": "没有完成"})) == [
        ("名称或对象", "engagement_differs")
    ]
    service = link(life, life.me, kind=Engaged.VOLUNTEER, title="清扫", hours=Decimal("2.5"))
    late = {**service, "late_reason": "补录"}
    assert faults(await imported(life, ENGAGEMENTS, service)) == [
        ("补录原因", "late_reason_missing")
    ]
    assert counts(await imported(life, ENGAGEMENTS, late)) == (1, 0, 0)
    async with life.at.by("officer") as act:
        assert ENGAGEMENTS.read is not None
        out = [*await ENGAGEMENTS.read(act, {"year": 2026})]
    assert counts(await imported(life, ENGAGEMENTS, *out)) == (0, 0, 3)
    assert len(await life.ledger("engaged")) == 3
    assert len(await life.ledger("engagement_fulfilled")) == 1


@pytest.mark.clause("S4-02")
async def test_a_workbook_puts_nobody_into_two_classes_nor_into_one_that_is_not_listed(
    life: Any,
) -> None:
    def placed(who: Any, title: str) -> dict[str, Any]:
        return link(life, who, kind=Engaged.MEMBER_CLASS, title=title)

    retired = await life.member(kind=MemberKind.RETIRED)
    report = await imported(
        life,
        ENGAGEMENTS,
        placed(life.me, "窗口党员"),
        placed(life.me, "机关党员"),
        placed(life.peer, "模范党员"),
        placed(retired, "机关党员"),
    )
    assert faults(report) == [
        ("开始日期", "class_held"),
        ("名称或对象", "word_not_listed"),
        ("公民身份号码", "managed_otherwise"),
    ]
    rows = [placed(life.me, "窗口党员"), placed(life.peer, "新党员")]
    assert counts(await imported(life, ENGAGEMENTS, *rows)) == (2, 0, 0)
    assert counts(await imported(life, ENGAGEMENTS, *rows)) == (0, 0, 2)
