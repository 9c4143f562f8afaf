"""The roster as a workbook: refused row by row, written part by part, given out by permission."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from zhibu.accounts.principals import system_caller
from zhibu.exporting import export_workbook
from zhibu.forms.checking import Mode
from zhibu.forms.identity import check_digit
from zhibu.forms.writing import write
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.members import service as members
from zhibu.members.rules import Change, Departure, Gender, MemberKind, Person, Stage, Step
from zhibu.members.sheets import MEMBERS
from zhibu.members.sheets.recorded import PART
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

Told = dict[str, Any]
WRITTEN = (
    "core_affiliation",
    "core_figure",
    "core_ledger",
    "core_member",
    "core_post",
    "education_",
)


def told(number: str, **changes: Any) -> Told:
    """A row of the roster about a full member of the branch since 2011."""
    row: Told = dict.fromkeys(column.key for column in MEMBERS.columns)
    return {
        **row,
        "name": "名册所载",
        "gender": (Gender.FEMALE, Gender.MALE)[int(number[16]) % 2],
        "identity_number": number,
        "branch": "BRANCH",
        "kind": MemberKind.IN_SERVICE,
        "stage": Stage.FULL,
        "admitted_on": date(2010, 7, 1),
        "full_on": date(2011, 7, 1),
        **changes,
    }


async def imported(
    institution: Institution,
    rows: list[Told],
    login: str | None = None,
    mode: Mode = Mode.ALL_OR_NOTHING,
) -> ImportReport:
    house = institution.house
    if login is None:
        caller = system_caller(house.now.date(), "test", "committee_officer")
    else:
        signed = await house.platform.credentials.authenticate(
            institution.credentials[login], house.now
        )
        caller = signed.caller
    return await import_workbook(
        house.platform,
        institution.tenant,
        caller,
        sheet_of(house.platform, "members"),
        write(rows, MEMBERS.columns, MEMBERS.title),
        mode=mode,
        now=house.now,
    )


def faults(report: ImportReport) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.column) for fault in report.faults]


async def counted(institution: Institution, table: str) -> int:
    tenant = institution.tenant.id
    async with institution.house.platform.homes.home(tenant).view(tenant) as session:
        found = await session.execute(text(f"SELECT count(*) FROM {table}"))
        return int(found.scalar_one())


async def numbered(institution: Institution, unit: str = "branch") -> tuple[Person, str]:
    """A recorded member and the identity number."""
    person = await institution.member(unit)
    return person, identity(int(person.name.removeprefix("测试")))


async def test_what_a_roster_says_otherwise_of_a_known_member_is_refused(
    institution: Institution,
) -> None:
    _, here = await numbered(institution)
    _, elsewhere = await numbered(institution, "other")
    gone, left = await numbered(institution)
    async with institution.operator() as act:
        step = Step(
            change=Change.LEFT,
            on=date(2026, 6, 1),
            decision="讣告",
            decided_on=date(2026, 6, 1),
            departure=Departure.DECEASED,
        )
        await members.change_stage(act, gone.id, step)
    before = [await counted(institution, table) for table in ("core_member", "core_ledger")]
    report = await imported(
        institution,
        [
            told(here, admitted_on=date(2009, 7, 1)),
            told(elsewhere),
            told(left),
            told(identity(905)),
        ],
    )
    assert faults(report) == [
        ("core.recorded_differs", "入党日期"),
        ("core.second_formal_branch", "所在党支部代码"),
        ("core.member_left", "公民身份号码"),
    ]
    assert report.written is None
    assert all("{" not in finding.text for finding in report.findings)
    after = [await counted(institution, table) for table in ("core_member", "core_ledger")]
    assert after == before


async def test_good_rows_are_written_without_the_others_if_one_wants_that(
    institution: Institution,
) -> None:
    _, elsewhere = await numbered(institution, "other")
    rows = [told(elsewhere), told(identity(905))]
    report = await imported(institution, rows, mode=Mode.GOOD_ROWS)
    assert report.written is not None
    assert (report.written.created, report.errors) == (1, 1)


async def test_whom_the_caller_may_not_see_a_roster_does_not_reveal(
    institution: Institution,
) -> None:
    _, hidden = await numbered(institution, "far")
    rows = [told(hidden), told(identity(905), branch="FAR"), told(identity(906), branch="NOWHERE")]
    report = await imported(institution, rows, login="secretary")
    assert faults(report) == [
        ("core.identity_taken", "公民身份号码"),
        ("core.organization_unknown", "所在党支部代码"),
        ("core.organization_unknown", "所在党支部代码"),
    ]


async def test_the_same_roster_again_changes_nobody(institution: Institution) -> None:
    rows = [told(identity(number), phone="15400000001") for number in (905, 906)]
    first = await imported(institution, rows)
    assert first.written is not None
    assert first.written.created == 2
    again = await imported(institution, rows)
    assert again.written is not None
    assert (again.written.created, again.written.updated, again.written.unchanged) == (0, 0, 2)
    rows[0]["phone"] = "15400000002"
    third = await imported(institution, rows)
    assert third.written is not None
    assert (third.written.updated, third.written.unchanged) == (1, 1)


async def exported(institution: Institution, login: str, unit: str | None = None) -> list[Told]:
    house = institution.house
    signed = await house.platform.credentials.authenticate(
        institution.credentials[login], house.now
    )
    found = await export_workbook(
        house.platform,
        institution.tenant,
        signed.caller,
        sheet_of(house.platform, "members"),
        organization_id=institution.units[unit].id if unit else None,
        purpose="年度核对",
        now=house.now,
    )
    lines = CalamineWorkbook.from_filelike(BytesIO(found.content)).get_sheet_by_index(0).to_python()
    titles = {column.title: column.key for column in MEMBERS.columns}
    top = next(n for n, line in enumerate(lines) if "姓名" in line)
    keys = [titles.get(str(cell)) for cell in lines[top]]
    read: list[Told] = [
        {key: cell for key, cell in zip(keys, line, strict=True) if key}
        for line in lines[top + 1 :]
    ]
    return [row for row in read if row["identity_number"] or row["branch"]]


async def test_numbers_leave_in_clear_only_where_they_may_be_opened(
    institution: Institution,
) -> None:
    _, here = await numbered(institution)
    _, beside = await numbered(institution, "other")
    _, away = await numbered(institution, "far")
    await institution.account("inspector", "discipline_inspection_officer", "root")

    async def seen(login: str, unit: str | None = None) -> set[str]:
        return {row["identity_number"] for row in await exported(institution, login, unit)}

    assert await seen("secretary") == {here}
    assert await seen("officer") == {here, beside}
    assert await seen("officer", "other") == {beside}
    assert await seen("rival") == {away}
    for login in ("recorder", "inspector"):
        assert await seen(login) == set(), login


async def test_who_takes_a_roster_stands_in_the_ledger(institution: Institution) -> None:
    await numbered(institution)
    await exported(institution, "secretary", "branch")
    query = "{ ledger(first: 10) { nodes { event by facts } } }"
    answer = await institution.ask("officer", query)
    events = {node["event"]: node for node in answer["data"]["ledger"]["nodes"]}
    for name in ("core.exported", "members.exported"):
        assert events[name]["by"] == "secretary"
        assert events[name]["facts"]["purpose"] == "年度核对"
    assert events["members.exported"]["facts"]["in_clear"] == 1


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement inside that an import sends; other work of the house goes on beside it."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if any(table in statement for table in WRITTEN):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def roster(first: int, count: int) -> list[Told]:
    rows = []
    for number in range(first, first + count):
        birth = date(1960, 1, 1) + timedelta(days=number)
        digits = f"149901{birth:%Y%m%d}{number % 1000:03d}"
        branch = ("BRANCH", "OTHER", "FAR")[number % 3]
        rows.append(told(digits + check_digit(digits), branch=branch, phone=f"154{number:08d}"))
    return rows


async def test_statements_do_not_grow_with_rows_beyond_their_parts(
    institution: Institution,
) -> None:
    """Standings are kept in parts of 1,000 members, the ledger in parts of 2,000 entries."""
    assert PART >= 3_000
    sent = {}
    for first, count in ((0, 300), (1_000, 3_000)):
        with statements() as found:
            report = await imported(institution, roster(first, count))
        assert report.written is not None
        assert report.written.created == count
        sent[count] = len(found)
    # Two more parts of standings, and one more of the ledger.
    assert sent[3_000] <= sent[300] + 2 * 9 + 1, sent
    with statements() as found:
        again = await imported(institution, roster(1_000, 3_000))
    assert again.written is not None
    assert again.written.unchanged == 3_000
    assert len(found) <= sent[300] + 8


async def test_everything_that_can_be_read_of_a_faulty_row_is_judged_in_the_same_round(
    institution: Institution,
) -> None:
    _, number = await numbered(institution)
    nowhere: Told = {"branch": "NOWHERE", "full_on": date(2009, 7, 1)}
    rows = [
        told(identity(812), identity_number="530102", **nowhere),
        told(number, phone="123", admitted_on=date(2009, 7, 1)),
        told(identity(811), **nowhere),
    ]
    report = await imported(institution, rows)
    assert report.written is None
    found = [{fault.code for fault in report.faults if fault.row == row} for row in (3, 4, 5)]
    wrong = {"core.organization_unknown", "core.dates_out_of_order"}
    assert found[0] == {"core.identity_format", *wrong}
    assert "core.recorded_differs" in found[1]
    assert len(found[1]) == 2
    assert found[2] == wrong
