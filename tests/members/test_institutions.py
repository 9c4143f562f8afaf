"""The sample institutions come in through the workbooks that a real one would bring."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from sqlalchemy import func, insert, select

from zhibu.contributions import Sheet
from zhibu.forms.checking import Checked, Mode
from zhibu.forms.checking import check as checked
from zhibu.forms.reading import read
from zhibu.forms.rows import Written
from zhibu.members.sheets import MEMBERS
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.sheets import ORGANIZATIONS, POSTS
from zhibu.organizations.tables import Organization
from zhibu.storage.homes import Homes
from zhibu.tenants.tables import Profile
from zhibu.testing.register import Register, empty

INSTITUTIONS = Path(__file__).parents[2] / "institutions"
SHEETS = {"organizations": ORGANIZATIONS, "members": MEMBERS, "posts": POSTS}


@pytest.fixture
async def unfounded(homes: Homes, tenant_id: UUID, tmp_path: Path) -> Register:
    """An institution on its first day, after the anchor date of the samples."""
    register = empty(homes, tenant_id, tmp_path, datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    async with homes.home(tenant_id).act(tenant_id) as session:
        await session.execute(insert(Profile).values(tenant_id=tenant_id, code="x", name="x"))
    return register


async def imported(register: Register, file: Path, sheet: Sheet) -> tuple[Checked, Written | None]:
    reading = read(file, sheet.columns)
    async with register.act("committee_secretary", path="1.") as act:
        found = await checked(
            reading,
            on=act.today,
            key=sheet.key,
            row_check=sheet.check_row,
            batch_check=partial(sheet.check, act) if sheet.check else None,
        )
        rows = found.to_write(Mode.ALL_OR_NOTHING)
        assert sheet.write
        return found, await sheet.write(act, rows) if rows else None


@pytest.mark.parametrize(
    "name",
    ["service-centre", "organs-committee", "university", "education-bureau", "municipal-organs"],
)
async def test_a_sample_institution_comes_in_and_comes_in_again_unchanged(
    unfounded: Register, name: str
) -> None:
    rows: dict[str, int] = {}
    for part, sheet in SHEETS.items():
        found, written = await imported(unfounded, INSTITUTIONS / name / f"{part}.xlsx", sheet)
        assert not found.errors, found.errors[:5]
        assert written
        assert written.created == found.rows > 0
        rows[part] = written.created
    for part, sheet in SHEETS.items():
        _, written = await imported(unfounded, INSTITUTIONS / name / f"{part}.xlsx", sheet)
        assert written == Written(unchanged=rows[part])
    async with unfounded.act(path="1.") as act:
        members = await act.session.scalar(select(func.count()).select_from(Member))
        homes = await act.session.scalar(
            select(func.count(func.distinct(Affiliation.member_id)))
            .join(Organization, Organization.id == Affiliation.organization_id)
            .where(Affiliation.until.is_(None), Organization.ended_on.is_(None))
        )
        assert members == homes == rows["members"]


async def test_every_fault_of_a_roster_is_listed_by_row_and_column(unfounded: Register) -> None:
    expected = yaml.safe_load((INSTITUTIONS / "faulty/expected.yaml").read_text("utf-8"))
    folder = INSTITUTIONS / expected["of"]
    await imported(unfounded, folder / "organizations.xlsx", ORGANIZATIONS)
    found, written = await imported(unfounded, INSTITUTIONS / "faulty/members.xlsx", MEMBERS)
    assert written is None
    told = Counter((fault.row, fault.column, fault.severity.value) for fault in found.faults)
    wanted = Counter(
        (fault["row"], fault["column"], fault["severity"])
        for fault in expected["members.xlsx"]["faults"]
    )
    assert told == wanted
    assert [row.number for row in found.good if row.number not in _warned(found)] == (
        expected["members.xlsx"]["good_rows"]
    )
    async with unfounded.act(path="1.") as act:
        assert not await act.session.scalar(select(func.count()).select_from(Member))


def _warned(found: Checked) -> set[int | None]:
    return {fault.row for fault in found.warnings}
