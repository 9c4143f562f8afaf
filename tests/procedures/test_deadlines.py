"""Steps and answers fall due, are done when they are decided, and wait for their own readers."""

from typing import Any

from zhibu.plugins import Plugins
from zhibu.procedures.deadlines import DUES
from zhibu.testing.branch import Branch
from zhibu.testing.contract.deadlines import faults_of

ITEMS = """{ dueItems(first: 20, dueFrom: "2026-06-01", dueTo: "2026-12-31", kinds: %s) {
  nodes { kind dueOn startsOn title basis subject } } }"""
KINDS = '["core.procedure_step", "core.restricted_procedure_step", "core.procedure_answer"]'


async def items(branch: Branch, login: str) -> list[tuple[str, str]]:
    answer = await branch.institution.ask(login, ITEMS % KINDS)
    nodes = answer["data"]["dueItems"]["nodes"]
    return [(node["kind"], node["dueOn"]) for node in nodes]


def test_what_falls_due_is_declared_soundly(installed_plugins: Plugins) -> None:
    assert list(faults_of(DUES, installed_plugins)) == []


async def test_a_step_is_due_until_it_is_decided(branch: Branch, two_steps: dict[str, Any]) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    assert await items(branch, "secretary") == [("core.procedure_step", "2026-06-30")]
    assert await items(branch, "rival") == []
    await branch.decide("secretary", procedure)
    assert await items(branch, "secretary") == []


async def test_what_is_restricted_is_due_for_its_own_readers(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define({**two_steps, "restricted": True})
    await branch.propose("officer")
    assert await items(branch, "recorder") == []
    assert await items(branch, "officer") == [("core.restricted_procedure_step", "2026-06-30")]


async def test_an_objection_is_due_until_it_is_answered(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    await branch.define(noticed)
    procedure = await branch.propose(organization=None, member=branch.ids(0)[0])
    await branch.decide("officer", procedure)
    await branch.do("m0", "Object", procedure=procedure["id"], reason="情况不实")
    assert ("core.procedure_answer", "2026-07-15") in await items(branch, "district")
    [objection] = (await branch.shown(procedure["id"]))["objections"]
    given = {"objection": objection["id"], "upheld": False, "answer": "属实"}
    await branch.do("district", "ObjectionAnswer", **given)
    assert "core.procedure_answer" not in dict(await items(branch, "district"))
