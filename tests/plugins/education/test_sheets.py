"""The three workbooks: what they refuse, what they write, and that twice changes nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhibu.errors import Refused
from zhibu.forms.checking import check_rows
from zhibu.forms.reading import read as read_form
from zhibu.forms.writing import write as write_form
from zhibu.identifiers import global_id
from zhibu.importing import ImportReport, import_workbook
from zhibu.members import service as members
from zhibu.testing.register import counted
from zhibu_education.rules.catalogues import Form, Presence
from zhibu_education.service import credits, verifying
from zhibu_education.service.rows import Entry
from zhibu_education.sheets import ATTENDANCE, CREDITS, HOURS, TRAINING

DAY = date(2026, 6, 10)
"""A Wednesday before the day of the tests."""


def session(**changes: Any) -> dict[str, Any]:
    return {
        "code": "S1",
        "title": "党课",
        "organization": "BRANCH",
        "held_on": DAY,
        "hours": Decimal(2),
        "form": Form.PARTY_LECTURE,
        "topic": "党的宗旨教育",
        "teacher": None,
        "place": "会议室",
        "channel": None,
        "kind": None,
        **changes,
    }


def place(education: Any, person: Any, **changes: Any) -> dict[str, Any]:
    return {
        "code": "S1",
        "identity_number": education.numbers[person.id],
        "name": person.name,
        "presence": Presence.PRESENT,
        "hours": None,
        **changes,
    }


def credit(education: Any, person: Any, **changes: Any) -> dict[str, Any]:
    return {
        "identity_number": education.numbers[person.id],
        "name": person.name,
        "earned_on": DAY,
        "title": "网络课程",
        "hours": Decimal(3),
        "form": Form.ONLINE,
        "topic": "政治理论教育",
        "channel": "学习强国",
        "kind": None,
        "evidence": "截图",
        **changes,
    }


async def imported(
    education: Any, sheet: Any, *rows: dict[str, Any], by: str = "officer"
) -> ImportReport:
    """The report of importing these rows as this account."""
    platform, house = education.at.house.platform, education.at.house
    signed = await platform.credentials.authenticate(education.at.credentials[by], house.now)
    content = write_form(rows, sheet.columns, sheet.title)
    return await import_workbook(
        platform, signed.tenant, signed.caller, sheet, content, now=house.now
    )


def faults(report: ImportReport) -> list[tuple[int | None, str | None, str]]:
    return [
        (fault.row, fault.column, fault.code.removeprefix("education.")) for fault in report.faults
    ]


async def test_what_is_wrong_with_sessions_is_listed_by_row_and_column(education: Any) -> None:
    report = await imported(
        education,
        TRAINING,
        session(),
        session(code="S2", organization="NOWHERE"),
        session(code="S3", organization="FAR"),
        session(code="S4", topic="占星"),
        session(code="S5", hours=Decimal("8.5")),
        session(code="S6", held_on=date(2026, 6, 16)),
    )
    first = report.faults[0].row or 0
    assert [((row or 0) - first, column, code) for row, column, code in faults(report)] == [
        (0, "主办党组织代码", "unit_unknown"),
        (1, "主办党组织代码", "unit_unknown"),
        (2, "主题", "word_unknown"),
        (3, "学时", "day_overfull"),
        (4, "日期", "core.cell_date_future"),
    ]
    assert report.written is None


async def test_sessions_are_entered_once_and_amended_where_it_does_no_harm(education: Any) -> None:
    first = await imported(education, TRAINING, session(), session(code="S2", title="报告会"))
    assert first.written is not None
    assert first.written.created == 2
    again = await imported(education, TRAINING, session(), session(code="S2", title="报告会"))
    assert again.written is not None
    assert (again.written.created, again.written.updated, again.written.unchanged) == (0, 0, 2)
    amended = await imported(education, TRAINING, session(place="礼堂"))
    assert amended.written is not None
    assert amended.written.updated == 1
    refused = await imported(education, TRAINING, session(hours=Decimal(3)))
    assert [code for _, _, code in faults(refused)] == ["recorded_differs"]
    assert await education.differences() == []


async def test_the_one_member_of_that_name_gave_the_lecture(education: Any) -> None:
    await imported(education, TRAINING, session(teacher=education.me.name))
    answer = await education.read(
        "officer",
        "query ($id: ID!) { member(id: $id) { education(year: 2026) { lecturesGiven } } }",
        id=education.id(education.me),
    )
    assert answer["data"]["member"]["education"]["lecturesGiven"] == 1


async def test_what_is_wrong_with_attendance_is_listed(education: Any) -> None:
    stranger = await education.member("far")
    elsewhere = await education.member("other")
    absent = await education.member()
    await imported(education, TRAINING, session(), session(code="S2", hours=Decimal(7)))
    report = await imported(
        education,
        ATTENDANCE,
        place(education, education.me),
        place(education, education.me, code="S2"),
        place(education, education.peer, code="S9"),
        place(education, education.peer, name="别人"),
        place(education, stranger),
        place(education, elsewhere),
        place(education, absent, presence=Presence.ABSENT, hours=Decimal(1)),
    )
    assert [(column, code) for _, column, code in faults(report)] == [
        ("学时", "day_overfull"),
        ("班次编号", "session_unknown"),
        ("姓名", "name_differs"),
        ("公民身份号码", "member_unknown"),
        ("公民身份号码", "member_elsewhere"),
        ("学时", "hours_of_absent"),
    ]
    assert report.written is None


async def test_where_the_list_verifies_attendance_of_the_branch_counts_at_once(
    education: Any,
) -> None:
    await education.override("attendance_verified_by_other", False)
    await imported(education, TRAINING, session())
    rows = (
        place(education, education.me),
        place(education, education.peer, presence=Presence.ON_LEAVE),
    )
    first = await imported(education, ATTENDANCE, *rows)
    assert first.written is not None
    assert first.written.created == 2
    assert (await education.standing(education.me))["verified"] == "2"
    again = await imported(education, ATTENDANCE, *rows)
    assert again.written is not None
    assert again.written.unchanged == 2
    changed = await imported(
        education,
        ATTENDANCE,
        place(education, education.me, hours=Decimal("1.5")),
        place(education, education.peer),
    )
    assert changed.written is not None
    assert changed.written.updated == 2
    assert (await education.standing(education.me))["verified"] == "1.5"
    assert (await education.standing(education.peer))["verified"] == "2"
    assert await education.differences() == []


async def moved(education: Any, person: Any, on: date) -> None:
    async with education.at.operator() as act:
        unit = education.at.units["far"].id
        await members.transfer(act, person.id, organization_id=unit, on=on, reason="调动")


async def test_a_list_takes_whoever_belonged_there_on_the_day_as_the_act_does(
    education: Any,
) -> None:
    """The secretary sees neither of those who moved; whom the meeting concerns he marks still."""
    before, after = await education.member(), await education.member()
    await imported(education, TRAINING, session(), by="secretary")
    await moved(education, before, DAY)
    await moved(education, after, date(2026, 6, 11))
    gone, there = place(education, before), place(education, after)
    refused = await imported(education, ATTENDANCE, gone, there, by="secretary")
    assert [(column, code) for _, column, code in faults(refused)] == [
        ("公民身份号码", "member_unknown")
    ]
    taken = await imported(education, ATTENDANCE, there, by="secretary")
    assert taken.written is not None
    assert taken.written.created == 1
    assert (await education.standing(after, "municipal"))["pending"] == "2"
    again = await imported(education, ATTENDANCE, there, by="secretary")
    assert again.written is not None
    assert again.written.unchanged == 1
    assert await education.differences() == []


async def test_what_one_imports_waits_for_somebody_else(education: Any) -> None:
    await imported(education, TRAINING, session(), by="secretary")
    rows = place(education, education.me), place(education, education.peer)
    await imported(education, ATTENDANCE, *rows, by="secretary")
    (credit,) = await education.credits(education.me)
    assert credit["state"] == "PENDING"
    given = {"credits": [credit["id"]]}
    assert await education.refused("secretary", "educationCreditVerify", given) == [
        "education.own_claim"
    ]
    await education.verify(credit["id"], by="officer")
    assert (await education.standing(education.me))["verified"] == "2"


async def test_what_the_operator_imports_the_operator_does_not_verify(education: Any) -> None:
    given = {"earned_on": DAY, "hours": Decimal(2), "form": Form.ONLINE, "topic": "purpose"}
    async with education.at.operator() as act:
        credit = await credits.record(act, education.me.id, Entry(title="网课", **given))
    async with education.at.operator() as act:
        with pytest.raises(Refused) as refused:
            await verifying.verify(act, [credit])
    assert [type(each).__name__ for each in refused.value.errors] == ["OwnClaim"]


async def test_where_the_list_verifies_ones_own_place_in_ones_own_import_waits(
    education: Any,
) -> None:
    await education.override("attendance_verified_by_other", False)
    boss = await education.member()
    await education.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    await imported(education, TRAINING, session(), by="boss")
    await imported(
        education, ATTENDANCE, place(education, boss), place(education, education.me), by="boss"
    )
    assert (await education.standing(boss))["pending"] == "2"
    assert (await education.standing(education.me))["verified"] == "2"


async def test_what_is_wrong_with_credits_is_listed(education: Any) -> None:
    report = await imported(
        education,
        CREDITS,
        credit(education, education.me, hours=Decimal(5)),
        credit(education, education.me, hours=Decimal(4), title="另一门"),
        credit(education, education.peer, topic="占星"),
        credit(education, education.peer, title="旧事", earned_on=date(2009, 1, 5)),
        credit(education, education.peer, title="甲", name="别人"),
    )
    assert [(column, code) for _, column, code in faults(report)] == [
        ("学时", "day_overfull"),
        ("主题", "word_unknown"),
        ("日期", "credit_before_admission"),
        ("姓名", "name_differs"),
    ]
    assert report.written is None


async def test_imported_credits_wait_and_are_written_once(education: Any) -> None:
    rows = (
        credit(education, education.me),
        credit(education, education.peer, hours=Decimal("2.5")),
    )
    first = await imported(education, CREDITS, *rows)
    assert first.written is not None
    assert first.written.created == 2
    standing = await education.standing(education.me)
    assert (standing["verified"], standing["pending"]) == ("0", "3")
    again = await imported(education, CREDITS, *rows)
    assert again.written is not None
    assert again.written.unchanged == 2
    other = await imported(education, CREDITS, credit(education, education.me, hours=Decimal(4)))
    assert [code for _, _, code in faults(other)] == ["recorded_differs"]
    answer = await education.read(
        "officer",
        """query ($o: ID!) { educationCredits(organization: $o, year: 2026, first: 9) {
            nodes { id origin state } } }""",
        o=education.at.id("root"),
    )
    nodes = answer["data"]["educationCredits"]["nodes"]
    assert {(node["origin"], node["state"]) for node in nodes} == {("IMPORT", "PENDING")}
    ids = [node["id"] for node in nodes]
    assert await education.refused("officer", "educationCreditVerify", {"credits": ids}) == [
        "education.own_claim",
        "education.own_claim",
    ]
    await education.verify(*ids)
    assert await education.differences() == []


async def test_a_corrected_credit_is_not_imported_again(education: Any) -> None:
    await imported(education, CREDITS, credit(education, education.me))
    answer = await education.read(
        "officer",
        """query ($o: ID!) {
            educationCredits(organization: $o, year: 2026, first: 9) { nodes { id } } }""",
        o=education.at.id("root"),
    )
    (node,) = answer["data"]["educationCredits"]["nodes"]
    given = {"credit": node["id"], "reason": "误录"}
    await education.done("secretary", "educationCreditVoid", given, "credit { id }")
    again = await imported(education, CREDITS, credit(education, education.me))
    assert again.written is not None
    assert again.written.unchanged == 1
    assert (await education.standing(education.me))["pending"] == "0"


@pytest.mark.parametrize("sheet", [TRAINING, ATTENDANCE, CREDITS], ids=lambda sheet: sheet.name)
async def test_what_is_exported_can_be_imported_and_changes_nothing(
    education: Any, sheet: Any
) -> None:
    await imported(education, TRAINING, session())
    await imported(education, ATTENDANCE, place(education, education.me))
    await imported(education, CREDITS, credit(education, education.peer))
    filters = {"organization": global_id("Organization", education.at.units["root"].id)}
    async with education.at.operator("committee_officer") as act:
        rows = [*await sheet.read(act, filters)]
    assert len(rows) == 1
    content = write_form(rows, sheet.columns, sheet.title)
    house = education.at.house
    platform = house.platform
    signed = await platform.credentials.authenticate(education.at.credentials["officer"], house.now)
    report = await import_workbook(
        platform, signed.tenant, signed.caller, sheet, content, now=house.now
    )
    if sheet is TRAINING:  # the others need whole identity numbers, which not everybody may open
        assert report.written is not None
        assert report.written.unchanged == 1


async def test_more_rows_take_no_more_statements(education: Any) -> None:
    people = [await education.member() for _ in range(5)]
    await imported(education, TRAINING, session(), session(code="S2"))
    few = await statements(education, [place(education, person) for person in people[:1]])
    more = await statements(education, [place(education, person, code="S2") for person in people])
    assert few == more
    await imported(education, TRAINING, session(code="S3"), session(code="S4"))
    for person in people:
        await moved(education, person, date(2026, 6, 12))
    one = await statements(education, [place(education, people[0], code="S3")])
    all_of_two = [place(education, who, code=code) for who in people[1:] for code in ("S3", "S4")]
    assert await statements(education, all_of_two) == one


async def statements(education: Any, rows: list[dict[str, Any]]) -> int:
    """How many it takes to check and write this attendance."""
    content = write_form(rows, ATTENDANCE.columns, ATTENDANCE.title)
    good = check_rows(read_form(content, ATTENDANCE.columns), on=date(2026, 6, 15)).good
    assert ATTENDANCE.check is not None
    assert ATTENDANCE.write is not None
    async with education.at.by("officer") as act, counted(act) as sent:
        assert await ATTENDANCE.check(act, good) == []
        await ATTENDANCE.write(act, good)
        return len(sent)


@pytest.mark.clause("S2-02", "S2-03")
async def test_words_of_a_workbook_are_those_of_the_catalogues(education: Any) -> None:
    report = await imported(
        education,
        TRAINING,
        session(channel="电视"),
        session(code="S2", kind="现场教学"),
        session(code="S3", kind="党课"),
    )
    assert [(column, code) for _, column, code in faults(report)] == [
        ("渠道", "word_unknown"),
        ("具体形式", "word_unknown"),
        ("具体形式", "word_unknown"),
    ]
    report = await imported(
        education, CREDITS, credit(education, education.me, channel="电视", kind="自学")
    )
    assert [(column, code) for _, column, code in faults(report)] == [("渠道", "word_unknown")]
    report = await imported(education, TRAINING, session(channel="党校", topic="党史"))
    assert report.written is not None
    assert report.written.created == 1


@pytest.mark.clause("S2-06")
async def test_where_members_stand_is_given_out_by_branch(education: Any) -> None:
    await education.verify(await education.claim())
    await education.member("far")
    platform, house = education.at.house.platform, education.at.house
    for login, expected in (("officer", ["0", "4"]), ("me", ["4"]), ("rival", ["0"])):
        signed = await platform.credentials.authenticate(education.at.credentials[login], house.now)
        async with platform.act(signed.tenant, signed.caller, now=house.now) as act:
            assert HOURS.read is not None
            rows = list(await HOURS.read(act, {"year": 2026}))
        assert sorted(str(row["verified"]) for row in rows) == expected, login
        assert all(row["required"] == 32 and row["ground"] == "member" for row in rows)
