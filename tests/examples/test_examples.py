"""Every example runs as it stands, against a server in a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from zhibu.identifiers import global_id
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.databases import fresh_sqlite
from zhibu.testing.house import PASSWORD, running
from zhibu.testing.register import identity
from zhibu.testing.serving import served

EXAMPLES = Path(__file__).parents[2] / "examples"
OPEN = """
mutation ($input: EducationYearOpenInput!) {
  educationYearOpen(input: $input) { members userErrors { code message } }
}
"""
NOW = datetime.now(UTC)


@dataclass
class Small:
    """A small installation that is served at `url`."""

    url: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)

    def run(self, example: str, *arguments: str, login: str = "secretary", **env: str) -> str:
        """What the example prints. Fails when it ends with an error."""
        command = [str(EXAMPLES / example), *arguments]
        if example.endswith(".py"):
            command = [sys.executable, *command]
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "ZHIBU_URL": self.url,
            "ZHIBU_TENANT": "yunling",
            "ZHIBU_LOGIN": login,
            "ZHIBU_PASSWORD": PASSWORD,
            **env,
        }
        done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


async def furnish(settings: Settings, plugins: Plugins) -> Small:
    small = Small()
    async with running(settings, plugins) as house:
        house.now = NOW
        institution = await house.found()
        for name in ("王甲", "王乙", "王丙"):
            person = await institution.member("branch", name=name)
            small.members.append(global_id("Member", person.id))
        await institution.account("chief", "committee_secretary", "committee")
        year = {"organization": institution.id("committee"), "year": NOW.year}
        opened = await institution.ask("officer", OPEN, {"input": year})
        assert opened["data"]["educationYearOpen"]["members"] == 3, opened
        small.ids = {unit: institution.id(unit) for unit in institution.units}
    return small


@pytest.fixture(scope="module")
def small(
    migrated_sqlite: Settings, installed_plugins: Plugins, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("examples")
    with fresh_sqlite(migrated_sqlite, folder) as settings:
        found = asyncio.run(furnish(settings, installed_plugins))
        with served(settings) as found.url:
            yield found


def test_signing_in_and_asking_who_will_miss_the_hours_in_shell(small: Small) -> None:
    token = small.run("sign_in.sh").strip()
    assert len(token) > 20
    said = small.run("behind.sh", str(NOW.year), ZHIBU_TOKEN=token)
    page = json.loads(said.splitlines()[0])["data"]["educationBehind"]
    assert page["totalCount"] == 3
    assert {node["name"] for node in page["nodes"]} == {"王甲", "王乙", "王丙"}
    for node in page["nodes"]:
        assert "32" in node["education"]["basis"]
        assert node["education"]["reason"]


def test_paging_through_the_members(small: Small) -> None:
    lines = small.run("members.py", login="municipal").splitlines()
    assert {json.loads(line)["name"] for line in lines} >= {"王甲", "王乙", "王丙"}


def test_recording_a_credit_once_and_having_it_verified(small: Small) -> None:
    day = NOW.date().isoformat()
    told = small.run(
        *("credit.py", small.members[0], day, "2.5", "secretary", PASSWORD), login="recorder"
    )
    assert "recorded" in told
    assert "2.5 PENDING" in told
    assert "verified 1" in told


def test_overriding_a_parameter_and_taking_it_back(small: Small) -> None:
    name, since = "education.hours_required", f"{NOW.year}-01-01"
    told = small.run(
        *("parameter.py", small.ids["committee"], name, "40", since), login="chief"
    ).splitlines()
    assert "32" in told[0]
    assert "40" in told[1]
    assert told[2].removeprefix("after") == told[0].removeprefix("before")


def test_importing_a_workbook_as_a_job(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    content = BytesIO()
    heading = ("姓名", "性别", "公民身份号码", "所在党支部代码")
    heading += ("人员类别", "党员类别", "入党日期", "转正日期")
    number = identity(990)
    sex = "男" if int(number[16]) % 2 else "女"
    good = ("赵甲", sex, number, "BRANCH", "在职", "正式党员", "2015-07-01", "2016-07-01")
    bad = ("赵乙", sex, "11010119900307123X", "BRANCH", "在职", "正式党员", "2015-07-01", "")
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate((heading, good, bad)):
            page.write_row(line, 0, row)
    file.write_bytes(content.getvalue())
    told = small.run("import_members.py", str(file), small.ids["branch"], login="officer")
    assert "3\t公民身份号码" in told
    assert "2 rows, 1 good" in told
    assert (tmp_path / "faults-roster.xlsx").exists()


def test_a_refused_sign_in_prints_no_token(small: Small) -> None:
    assert small.run("sign_in.sh", ZHIBU_PASSWORD="错误的密码").strip() == ""


def test_every_example_is_run_here_and_listed() -> None:
    own = Path(__file__).read_text("utf-8")
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    for file in EXAMPLES.iterdir():
        if file.suffix in (".py", ".sh"):
            assert file.name in listed
            assert f'"{file.name}"' in own or file.name == "zhibu_client.py"
