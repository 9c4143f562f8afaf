"""Each bad file is refused by name, in the reader's language, and nothing of it is kept."""

import asyncio
import os
import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.corpus.files import (
    ADMITTED,
    FAULTY,
    NUMBER,
    OTHER,
    UNREADABLE,
    WIDE,
    identity_of,
    long_workbook,
    person,
    titled,
    workbook,
)

from zhibu.accounts.principals import system_caller
from zhibu.errors import Invalid
from zhibu.events.tables import LedgerEntry
from zhibu.events.verifying import verify
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.settings import Settings
from zhibu.testing.house import Institution, identity
from zhibu.testing.processes import start

ROWS = int(os.environ.get("TEST_ROWS", "100000"))
KEPT: tuple[Any, ...] = (Member, Affiliation, StagePeriod, LedgerEntry)


async def imported(institution: Institution, content: bytes | Path) -> ImportReport:
    house = institution.house
    return await import_workbook(
        house.platform,
        institution.tenant,
        system_caller(house.now.date(), "test", "committee_officer"),
        sheet_of(house.platform, "members"),
        content,
        now=house.now,
    )


async def kept(institution: Institution) -> list[int]:
    """How many rows there are of what an import writes."""
    tenant = institution.tenant.id
    async with institution.house.platform.homes.home(tenant).view(tenant) as session:
        asked = [select(func.count()).where(table.tenant_id == tenant) for table in KEPT]
        return [(await session.execute(each)).scalar_one() for each in asked]


async def admissions(institution: Institution) -> list[date]:
    tenant = institution.tenant.id
    async with institution.house.platform.homes.home(tenant).view(tenant) as session:
        found = select(Member.admitted_on).where(Member.tenant_id == tenant)
        return [*(await session.scalars(found))]


async def test_every_bad_file_is_refused_by_name_and_leaves_nothing(
    institution: Institution,
) -> None:
    texts, before = institution.house.platform.texts, await kept(institution)
    for name, (make, code) in UNREADABLE.items():
        with pytest.raises(Invalid) as refused:
            await imported(institution, make())
        assert refused.value.code == code, name
        said = {texts.error(refused.value, locale) for locale in ("zh-CN", "en")}
        assert len(said) == 2, name
        assert not any("…" in text for text in said), said
    for name, (make, faults) in FAULTY.items():
        report = await imported(institution, make())
        assert [(fault.row, fault.code) for fault in report.faults] == faults, name
        assert report.written is None, name
        assert report.returned is not None, name
        for fault in report.faults:
            said = {texts.filled("errors", fault.code, fault.facts, at) for at in ("zh-CN", "en")}
            assert len(said) == 2, name
            assert not any(NUMBER in text for text in said), name
    assert await kept(institution) == before


async def test_a_number_is_one_however_it_is_written(institution: Institution) -> None:
    report = await imported(institution, workbook([person(NUMBER)]))
    assert report.written is not None
    assert report.written.created == 1
    for text in (NUMBER[:-1] + "x", NUMBER.translate(WIDE), f"{NUMBER}\u200b"):
        again = await imported(institution, workbook([person(text)]))
        assert again.written is not None, again.findings
        assert (again.written.created, again.written.unchanged) == (0, 1), text


async def test_titles_formulas_and_both_calendars_of_excel_are_read(
    institution: Institution,
) -> None:
    assert (await imported(institution, titled())).written is not None

    def named(sheet: Any) -> None:
        sheet.write_formula(1, 0, '=CONCATENATE("李","某")', None, "李某")

    rows = [person(OTHER, "")]
    found = await imported(institution, workbook(rows, also=named, date_1904=True))
    assert found.written is not None, found.findings
    assert await admissions(institution) == [ADMITTED, ADMITTED]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_one_bad_row_among_very_many_keeps_all_out(
    institution: Institution, tmp_path: Path
) -> None:
    """`TEST_ROWS` asks it of a file of another length."""
    before = await kept(institution)
    born = date(1960, 1, 1).toordinal()
    numbers = [
        identity(number % 900, date.fromordinal(born + number // 900)) for number in range(ROWS)
    ]
    numbers[ROWS // 2] = NUMBER[:-1] + "0"
    file = tmp_path / "名册.xlsx"
    file.write_bytes(long_workbook(numbers))
    report = await imported(institution, file)
    assert (report.rows, report.good, report.written) == (ROWS, ROWS - 1, None)
    [fault] = report.faults
    assert (fault.row, fault.code) == (ROWS // 2 + 2, "core.identity_check_digit")
    assert await kept(institution) == before


# The command line, killed when it has written the members and is about to write the ledger.
KILLED = """
import os, signal
from sqlalchemy import Engine, event
from zhibu.cli import main

@event.listens_for(Engine, "before_cursor_execute")
def sent(connection, cursor, statement, *rest):
    if statement.lstrip().startswith("INSERT INTO core_ledger"):
        os.kill(os.getpid(), signal.SIGKILL)

main()
"""


async def test_an_import_that_is_killed_midway_leaves_nothing_and_is_done_once_when_repeated(
    institution: Institution, settings: Settings, tmp_path: Path
) -> None:
    before = await kept(institution)
    file = tmp_path / "名册.xlsx"
    file.write_bytes(workbook([person(identity(number)) for number in range(500, 540)]))
    code = institution.tenant.code
    command = ["import", "members", str(file), "--tenant", code, "--operator"]
    env = {**os.environ, "ZHIBU_DATA": str(settings.data), "ZHIBU_DATABASE": settings.database}
    if settings.owner_database:
        env["ZHIBU_OWNER_DATABASE"] = settings.owner_database
    with start(KILLED, command, env=env, heard=True) as killed:
        said = await asyncio.to_thread(killed.out.read)
        assert await asyncio.to_thread(killed.wait) == -signal.SIGKILL, said
    assert await kept(institution) == before
    first, second = [await imported(institution, file) for _ in range(2)]
    assert first.written is not None
    assert second.written is not None
    assert (first.written.created, second.written.created) == (40, 0)
    assert second.written.unchanged == 40
    members, affiliations, *_ = await kept(institution)
    assert (members, affiliations) == (before[0] + 40, before[1] + 40)
    home = institution.house.platform.homes.home(institution.tenant.id)
    verified = await verify(home, institution.tenant.id)
    assert verified.sound, verified


def test_the_numbers_of_the_corpus_end_as_they_are_said_to() -> None:
    assert NUMBER[-1] == OTHER[-1] == "X"
    assert identity_of(NUMBER.translate(WIDE)).upper().replace("Ｘ", "X") == NUMBER
