"""A canary: an identity number and a phone number that were entered stand in no file in clear."""

import logging
import os
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.canary.shapes import told

from zhibu.cli.backup.taking import pack
from zhibu.forms.identity import check_digit
from zhibu.forms.writing import write
from zhibu.jobs.running import Runner
from zhibu.jobs.sweeping import SWEEP
from zhibu.members.sheets import MEMBERS
from zhibu.settings import Settings
from zhibu.testing.databases import Server
from zhibu.testing.filled import Filled, filled
from zhibu.testing.house import House

NUMBER = "11010119900307731" + check_digit("11010119900307731")
OTHER = "11010119900307733" + check_digit("11010119900307733")
PHONE = "13918273645"


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where whatever is logged, at the most talkative level, and temporary files go."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    handler = logging.FileHandler(folder / "log", encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield folder
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


async def test_no_file_holds_an_identity_number_or_a_phone_in_clear(
    house: House, settings: Settings, aside: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made = await filled(house, "yunling")
    await entered(made)
    for text in (NUMBER, PHONE):
        await made.ask(
            f'{{ members(first: 1, filter: {{search: "{text}"}}) {{ nodes {{ id }} }} }}'
        )
        await made.ask(f'query {{ member(id: "{text}") {{ nothing }} }}')
    house.now += timedelta(hours=25)  # until then results wait to be fetched
    for file in settings.data.rglob("*"):
        os.utime(file, (0, 0))  # the files were not written on the day of the test's clock
    await swept(house)
    out = tmp_path / "backup.tar.gz"
    looked_into = [settings.data, aside, out]
    if settings.database == "sqlite":
        pack(settings, out, dumps=lambda folder: None)
    else:
        server: Server = request.getfixturevalue("postgres_server")
        server.run("CHECKPOINT")
        looked_into[-1] = server.folder / "data"
    assert (aside / "log").stat().st_size > 1_000
    assert len(list(settings.data.glob("*/??/*"))) == 2, "the workbooks are still there"
    assert told(looked_into, NUMBER, OTHER, PHONE) == []


async def entered(made: Filled) -> None:
    """Enter the numbers by every way there is: a workbook, a bad one, corrections, a lookup."""
    institution = made.institution
    rows = [person(NUMBER), person(OTHER, admitted_on="1890-07-01")]
    for chosen in (rows[:1], rows):
        await hand_in(made, chosen)
    where = {"organization": institution.id("branch"), "kind": "IN_SERVICE"}
    given = {**where, "name": "金丝雀", "identityNumber": OTHER, "admittedOn": "2026-06-01"}
    answer = await made.do("memberAdmit", {**given, "decision": "决议"}, "member { id }")
    member = answer["data"]["memberAdmit"]["member"]["id"]
    corrected = {"member": member, "phone": PHONE, "reason": "核对"}
    assert "errors" not in await made.do("memberCorrect", corrected)
    opened = {"member": member, "field": "IDENTITY_NUMBER", "reason": "核对"}
    assert NUMBER[:6] in str(await made.do("memberOpen", opened, "value"))
    looked_up = {"identityNumber": NUMBER, "reason": "核对"}
    assert "errors" not in await made.do("memberByIdentity", looked_up)
    twice = {**given, "identityNumber": NUMBER, "decision": "决议"}
    await made.do("memberAdmit", twice)
    taken = {"kind": "members", "organization": institution.id("branch"), "purpose": "核对"}
    await made.do("exportStart", taken, login="secretary")
    await institution.house.platform.jobs.run_waiting()


async def swept(house: House) -> None:
    """A night goes by."""
    worker = Runner(house.platform, [], [SWEEP])
    await worker.tick()
    assert await worker.run_waiting() == 1


def person(number: str, **changes: Any) -> dict[str, Any]:
    values = dict.fromkeys(column.key for column in MEMBERS.columns)
    return {
        **values,
        "name": "金丝雀",
        "gender": "male",
        "identity_number": number,
        "phone": PHONE,
        "branch": "BRANCH",
        "kind": "in_service",
        "stage": "full",
        "admitted_on": "2010-07-01",
        "full_on": "2011-07-01",
        **changes,
    }


async def hand_in(made: Filled, rows: list[dict[str, Any]]) -> None:
    """Import a workbook of these rows."""
    institution = made.institution
    content = write(rows, MEMBERS.columns, "members")
    sent = await institution.house.client.post(
        "/files",
        content=content,
        params={"organization": institution.id("root"), "name": "roster.xlsx"},
        headers={"authorization": f"Bearer {institution.credentials['almighty']}"},
    )
    input = {"kind": "members", "file": sent.json()["id"], "goodRows": False, "dryRun": False}
    answer = await made.do("importStart", input, "job { id }")
    assert "errors" not in answer, answer
    await institution.house.platform.jobs.run_waiting()


@pytest.mark.parametrize("where", ["plain", "log", "base64", "UTF-16", "packed", "packed within"])
def test_a_number_that_was_left_somewhere_is_found(tmp_path: Path, where: str) -> None:
    file = tmp_path / "somewhere"
    if where.startswith("packed"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/sheet1.xml", f"<c>{NUMBER}</c>")
        if where == "packed within":
            file.write_bytes(bytes(95) + file.read_bytes() + bytes(28))
    else:
        content = {
            "plain": NUMBER.encode(),
            "log": f"could not find '{NUMBER}'".encode(),
            "base64": b64encode(f"x{NUMBER}".encode()),
            "UTF-16": NUMBER.encode("utf-16"),
        }
        file.write_bytes(b"before " + content[where] + b" after")
    assert told([tmp_path], NUMBER, PHONE)
    assert told([tmp_path], OTHER, PHONE) == []
