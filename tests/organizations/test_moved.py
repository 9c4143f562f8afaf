"""What goes along when a unit is moved, and what stays where it happened."""

from sqlalchemy import text

from zhibu.figures import keeping
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.service import Correction
from zhibu.organizations import service as organizations
from zhibu.testing.house import Institution

LEDGER = "{ ledger(first: 100) { nodes { event facts } } }"


async def corrections(institution: Institution, login: str) -> set[str]:
    """The reasons of the corrections that this account sees in the ledger."""
    answer = await institution.ask(login, LEDGER)
    nodes = answer["data"]["ledger"]["nodes"]
    return {node["facts"]["reason"] for node in nodes if node["event"] == "members.corrected"}


async def test_an_entry_stays_with_those_above_it_when_it_happened(
    institution: Institution,
) -> None:
    units, today = institution.units, institution.house.now.date()
    person = await institution.member("branch")
    async with institution.operator() as act:
        await members.correct(act, person.id, Correction(nation="回族"), reason="此前")
    async with institution.operator() as act:
        await organizations.move(
            act, units["general"].id, parent_id=units["rival"].id, on=today, reason="调整"
        )
    async with institution.operator() as act:
        await members.correct(act, person.id, Correction(nation="汉族"), reason="此后")
    assert await corrections(institution, "officer") == {"此前"}
    assert await corrections(institution, "rival") == {"此后"}
    assert await corrections(institution, "district") == {"此前", "此后"}


async def test_members_figures_and_rights_go_along_with_the_unit(institution: Institution) -> None:
    units, today = institution.units, institution.house.now.date()
    person = await institution.member("branch")
    async with institution.operator() as act:
        await organizations.move(
            act, units["general"].id, parent_id=units["rival"].id, on=today, reason="调整"
        )
    query = """query ($id: ID!, $unit: ID!) {
      member(id: $id) { name } organizationFigures(organization: $unit) { members } }"""
    asked = {"id": global_id("Member", person.id)}
    for login, unit, sees in (
        ("officer", "committee", None),
        ("rival", "rival", {"name": person.name}),
        ("secretary", "branch", {"name": person.name}),
    ):
        answer = await institution.ask(login, query, {**asked, "unit": institution.id(unit)})
        assert answer["data"]["member"] == sees, login
        if login != "secretary":
            assert answer["data"]["organizationFigures"]["members"] == int(sees is not None)
    async with institution.operator() as act:
        figures = institution.house.platform.figures
        assert await keeping.differences(act.session, act.tenant_id, figures) == []
        moved = units["rival"].path
        for table in ("core_organization", "core_member", "core_figure", "core_attachment"):
            left = text(f"SELECT count(*) FROM {table} WHERE path LIKE :old")
            old = {"old": f"{units['general'].path}%"}
            assert (await act.session.execute(left, old)).scalar_one() == 0, table
        there = text("SELECT path FROM core_member")
        [path] = (await act.session.execute(there)).scalars()
        assert path.startswith(moved)
