"""The list of an audit, and the register beside it."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import Change, Departure, MemberKind, Step
from zhibu.members.service import Entry
from zhibu.testing.house import identity

BESIDE = """query ($c: ID!, $o: ID!) {
  auditCampaignReconciliation(campaign: $c, organization: $o) { listed left moved staged }
  auditCampaignNewcomers(campaign: $c, organization: $o, first: 9) { nodes { id } } }"""
TAKING_PART = """query ($c: ID!, $o: ID!) {
  auditCampaignAudited(campaign: $c, organization: $o, first: 50) {
    nodes { level expected organization { code } campaign { title } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { ... on AuditCampaign { state sheets } } }"


def people(found: list[dict[str, Any]]) -> set[str]:
    return {each["name"] for each in found}


async def left(audit: Any, who: Any, on: str) -> None:
    async with audit.at.operator() as act:
        step = Step(
            change=Change.LEFT,
            on=date.fromisoformat(on),
            departure=Departure.DECEASED,
            decision="讣告",
            decided_on=date.fromisoformat(on),
        )
        await members.change_stage(act, who.id, step)


async def moved(audit: Any, who: Any, to: str, on: str) -> None:
    async with audit.at.operator() as act:
        unit = audit.at.units[to].id
        day = date.fromisoformat(on)
        await members.transfer(act, who.id, organization_id=unit, on=day, reason="调动")


async def lettered(audit: Any, who: Any) -> str:
    """A transfer out with its letter, and no receipt."""
    opening = """mutation ($input: TransfersOpenInput!) { transfersOpen(input: $input) {
      case { id } userErrors { code } } }"""
    given = {"kind": "OUT", "reason": "residence", "member": audit.id(who)}
    given |= {"elsewhere": "中共海河市河东区委组织部", "address": "海河市河东区一号"}
    made = await audit.asked("secretary", opening, input=given)
    case = str(made["transfersOpen"]["case"]["id"])
    issuing = """mutation ($input: TransfersLetterIssueInput!) {
      transfersLetterIssue(input: $input) { userErrors { code } } }"""
    given = {"case": case, "route": "NATION", "paidTo": "2026-06-01"}
    done = await audit.asked("officer", issuing, input=given)
    assert done["transfersLetterIssue"]["userErrors"] == []
    return case


@pytest.mark.clause("S3B-01", "S3C-01")
async def test_on_the_list_is_who_belonged_there_that_day_and_not_who_does_now(audit: Any) -> None:
    gone, new = await audit.at.member("branch"), await audit.at.member("other")
    await left(audit, gone, "2026-06-01")
    await moved(audit, audit.peer, "far", "2026-06-10")
    await moved(audit, new, "branch", "2026-06-12")
    id = await audit.opened("committee", "officer", asOf="2026-05-31")
    found = await audit.listed("officer", id, "committee")
    assert people(found) == {each.name for each in (audit.me, audit.peer, gone, new)}
    there = {each["name"]: each["change"] for each in found}
    assert there == {
        audit.me.name: None,
        audit.peer.name: "MOVED",
        gone.name: "LEFT",
        new.name: "MOVED",
    }
    id = await audit.opened("committee", "officer", planKind="CITY")
    assert people(await audit.listed("officer", id, "committee")) == {audit.me.name, new.name}


@pytest.mark.clause("S3D-01", "S3B-01")
async def test_probationary_members_are_on_the_list_if_the_plan_says_so(audit: Any) -> None:
    async with audit.at.operator() as act:
        entry = Entry(
            organization_id=audit.at.units["branch"].id,
            name="预备一",
            identity_number=identity(901),
            kind=MemberKind.IN_SERVICE,
            admitted_on=date(2026, 1, 7),
        )
        new = await members.admit(act, entry, decision="支部大会决议")
    with_them = await audit.opened(planKind="EDUCATION")
    without = await audit.opened(planKind="CITY")
    assert new.name in people(await audit.listed("officer", with_them, "branch"))
    assert new.name not in people(await audit.listed("officer", without, "branch"))


@pytest.mark.clause("S3B-01")
async def test_whose_letter_went_out_and_no_receipt_came_is_marked(audit: Any) -> None:
    await lettered(audit, audit.me)
    id = await audit.opened()
    found = await audit.listed("officer", id, "committee", ground="UNRECEIPTED")
    assert people(found) == {audit.me.name}
    earlier = await audit.opened(planKind="CITY", asOf="2026-06-14")
    assert await audit.listed("officer", earlier, "committee", ground="UNRECEIPTED") == []


@pytest.mark.clause("S3B-01")
async def test_where_transfers_are_off_nobody_is_said_to_lack_a_receipt(audit: Any) -> None:
    await lettered(audit, audit.me)
    await audit.at.switch("transfers", False, "branch")
    id = await audit.opened()
    assert await audit.listed("officer", id, "committee", ground="UNRECEIPTED") == []


async def test_every_organization_takes_part_on_its_level(audit: Any) -> None:
    id = await audit.opened()
    document = TAKING_PART
    found = await audit.asked("district", document, c=id, o=audit.at.id("district"))
    levels = {
        each["organization"]["code"]: (each["level"], each["expected"])
        for each in found["auditCampaignAudited"]["nodes"]
    }
    codes = {name: audit.at.units[name].code for name in audit.at.units}
    assert levels[codes["district"]] == ("DISTRICT", 0)
    assert levels[codes["committee"]] == ("COMMITTEE", 0)
    assert levels[codes["branch"]] == ("BRANCH", 2)
    assert levels[codes["far"]] == ("BRANCH", 1)
    assert codes["group"] not in levels
    assert codes["root"] not in levels


@pytest.mark.clause("S3A-41")
async def test_every_change_since_is_shown_beside_the_list(audit: Any) -> None:
    id = await audit.opened()
    await audit.at.later(days=3)
    await left(audit, audit.me, "2026-06-17")
    await moved(audit, audit.peer, "far", "2026-06-17")
    new = await audit.at.member("other")
    found = await audit.asked("district", BESIDE, c=id, o=audit.at.id("district"))
    told = {"listed": 3, "left": 1, "moved": 1, "staged": 0}
    assert found["auditCampaignReconciliation"] == told
    assert found["auditCampaignNewcomers"]["nodes"] == [{"id": global_id("Member", new.id)}]
    changed = await audit.listed("officer", id, "committee", changed=True)
    assert {each["name"]: each["change"] for each in changed} == {
        audit.me.name: "LEFT",
        audit.peer.name: "MOVED",
    }
    own = await audit.asked("secretary", BESIDE, c=id, o=audit.at.id("district"))
    assert own["auditCampaignReconciliation"]["listed"] == 2, "no more than one's own branch"


async def test_a_long_list_is_made_by_a_job_and_made_once(audit: Any) -> None:
    await audit.set("at_once", 1)
    id = await audit.opened()
    shown = await audit.asked("district", NODE, id=id)
    assert shown["node"] == {"state": "PREPARING", "sheets": 0}
    assert await audit.listed("officer", id, "committee") == []
    await audit.at.house.platform.jobs.run_waiting()
    shown = await audit.asked("district", NODE, id=id)
    assert shown["node"] == {"state": "OPEN", "sheets": 3}
    assert len(await audit.listed("officer", id, "committee")) == 2


async def test_an_audit_that_was_called_off_meanwhile_gets_no_list(audit: Any) -> None:
    await audit.set("at_once", 1)
    id = await audit.opened()
    await audit.done("district", "Cancel", {"campaign": id, "reason": "误启动"})
    await audit.at.house.platform.jobs.run_waiting()
    shown = await audit.asked("district", NODE, id=id)
    assert shown["node"] == {"state": "CANCELLED", "sheets": 0}
