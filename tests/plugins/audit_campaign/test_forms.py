"""Forms 1 to 7 and the registers: made from the records, for whom the plan says, on record."""

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests.plugins.audit_campaign.test_settling import checked, settling

from zhibu.act import Caller
from zhibu.errors import Forbidden, NotFound, PluginDisabled
from zhibu.events.tables import LedgerEntry
from zhibu.exporting import export_workbook
from zhibu.importing import sheet_of
from zhibu_audit_campaign.rules.plans import Part
from zhibu_audit_campaign.service.forms.declared import FORMS
from zhibu_audit_campaign.service.plans import PARAMETERS, plan_at

PAGE = """query ($a: ID!, $f: String!, $p: String!) {
  auditCampaignFormPage(audited: $a, form: $f, purpose: $p) }"""
BELOW = ("basics", "roster", "floating_roster")
UPWARD = ("floating_summary", "found", "not_found", "summary")


@pytest.fixture(autouse=True)
async def unapproved(audit: Any) -> None:
    """Forms are given out without approval here; `test_releases.py` has it on."""
    await audit.set("export_approved", False)


async def printed(
    audit: Any, login: str, audited: str, form: str, purpose: str = "归档"
) -> tuple[str | None, str | None]:
    """The page, or the code of the error in its place."""
    answer = await audit.at.ask(login, PAGE, {"a": audited, "f": form, "p": purpose})
    if "errors" in answer:
        extensions = answer["errors"][0]["extensions"]
        return None, extensions.get("error") or extensions["code"]
    return answer["data"]["auditCampaignFormPage"], None


async def test_every_form_of_every_plan_is_declared(audit: Any) -> None:
    async with audit.at.operator() as act:
        for kind in PARAMETERS:
            plan = plan_at(act, kind, audit.at.units["root"].path, act.today)
            assert {line.code for line in plan.of(Part.FORM)} <= set(FORMS)


@pytest.mark.clause("S3A-35", "S3A-36", "S3A-09", "S3A-03", "A-11")
async def test_forms_one_to_three_stay_below_and_four_to_seven_go_up(audit: Any) -> None:
    campaign, sheet = await checked(audit, conduct="表现良好")
    await audit.done("secretary", "Settle", settling(audit, sheet, "TRANSFER", "ELSEWHERE"))
    branch = await audit.audited(campaign)
    for form in (*BELOW, *UPWARD):
        page, error = await printed(audit, "secretary", branch, form)
        assert error is None, form
        assert page is not None
        assert FORMS[form].title in page
    page, _ = await printed(audit, "secretary", branch, "basics")
    assert page is not None
    assert audit.me.name in page
    assert "党费收缴：正常" in page
    assert "失联党员" in page
    page, _ = await printed(audit, "secretary", branch, "found")
    assert page is not None
    for said in (audit.me.name, "外出后无音讯", "表现良好", "直接联系、亲属、户籍", "转接组织关系"):
        assert said in page
    committee = await audit.audited(campaign, "committee", "officer")
    district = await audit.audited(campaign, "district", "district")
    for form in BELOW:
        assert (await printed(audit, "officer", committee, form))[1] is None
        for place in (branch, committee, district):
            assert (await printed(audit, "district", place, form))[1] == "not_found"
    for form in UPWARD:
        assert (await printed(audit, "district", district, form))[1] is None


@pytest.mark.clause("S3A-33")
async def test_who_is_in_work_groups_and_how_he_is_reached_goes_up_to_the_district(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    branch = await audit.audited(campaign)
    await audit.prepared(branch)
    told = {"audited": branch, "member": audit.id(audit.me), "duty": "联系家属"}
    told |= {"contact": "短号 6012"}
    made = await audit.done("secretary", "WorkerAdd", told, "worker { contact }")
    assert made["worker"] == {"contact": "短号 6012"}
    district = await audit.audited(campaign, "district", "district")
    page, error = await printed(audit, "district", district, "groups")
    assert error is None
    assert page is not None
    for said in (audit.me.name, audit.peer.name, "联系家属", "短号 6012", "核对台账"):
        assert said in page
    assert (await printed(audit, "far_secretary", branch, "groups"))[1] == "not_found"
    group = """query ($a: ID!) { auditCampaignWorkers(audited: $a, first: 9) {
      nodes { id duty contact } } }"""
    for login, contact in (("officer", "短号 6012"), ("district", None)):
        found = await audit.asked(login, group, a=branch)
        [one] = [
            each for each in found["auditCampaignWorkers"]["nodes"] if each["duty"] == "联系家属"
        ]
        assert one["contact"] == contact, login
    ending = {"worker": one["id"], "reason": "调离"}
    ended = await audit.done("secretary", "WorkerEnd", ending, "worker { contact }")
    assert ended["worker"] == {"contact": None}


@pytest.mark.clause("S3A-48", "S3B-30", "S3C-44", "S3D-37")
async def test_a_form_is_printed_for_a_purpose_by_whom_it_is_for_and_kept_in_the_ledger(
    audit: Any,
) -> None:
    campaign, _ = await checked(audit)
    branch = await audit.audited(campaign)
    for login in ("far_secretary", "other_secretary", "rival"):
        for form in ("basics", "found", "no_such"):
            assert (await printed(audit, login, branch, form))[1] == "not_found", login
    wrong = [
        (await printed(audit, "secretary", branch, form, purpose))[1]
        for form, purpose in (("basics", " "), ("lost_summary", "归档"))
    ]
    assert wrong == ["audit_campaign.purpose_missing", "audit_campaign.form_unknown"]
    page, _ = await printed(audit, "officer", branch, "not_found", "向区委组织部报送")
    assert page is not None
    assert "2026-06-15 12:00 · 向区委组织部报送" in page
    async with audit.at.operator() as act:
        facts = await act.session.scalars(
            select(LedgerEntry.facts).where(
                LedgerEntry.tenant_id == act.tenant_id,
                LedgerEntry.event == "audit_campaign.form_printed",
            )
        )
        [only] = facts
    assert only["purpose"] == "向区委组织部报送"
    assert only["form"] == "经查找仍然无法取得联系党员登记表"


@pytest.mark.clause("S3A-48")
async def test_nobody_takes_forms_out_who_takes_no_part(audit: Any) -> None:
    """Another committee, another institution, and everybody where the plugin is off."""
    await checked(audit)
    given = {"organization": audit.at.id("committee"), "purpose": "报送"}
    other = await audit.at.house.found("qinghe", "清河市直机关")
    sheets = [
        sheet_of(audit.at.house.platform, f"audit_campaign_{form}") for form in (*BELOW, *UPWARD)
    ]
    for sheet in sheets:
        assert sheet.read is not None
        for act_of in (audit.at.by("rival"), other.by("officer")):
            async with act_of as act:
                with pytest.raises((Forbidden, NotFound)):
                    await sheet.read(act, given)
        async with audit.at.by("officer") as act:
            await sheet.read(act, given)
    await audit.at.switch("audit_campaign", False)
    for sheet in sheets:
        assert sheet.read is not None
        async with audit.at.by("officer") as act:
            with pytest.raises(PluginDisabled):
                await sheet.read(act, given)


@pytest.mark.clause("S3A-36")
async def test_a_district_exports_no_form_that_stays_below(audit: Any) -> None:
    await checked(audit)
    house = audit.at.house
    async with audit.at.by("district") as act:
        caller: Caller = act.caller
    with pytest.raises(NotFound):
        await export_workbook(
            house.platform,
            audit.at.tenant,
            caller,
            sheet_of(house.platform, "audit_campaign_roster"),
            organization_id=audit.at.units["committee"].id,
            purpose="报送",
        )


@pytest.mark.clause("S3A-36", "S3A-45")
async def test_a_workbook_has_the_same_lines_and_its_last_is_their_sum(audit: Any) -> None:
    await checked(audit)
    house = audit.at.house
    async with audit.at.by("officer") as act:
        caller: Caller = act.caller
    for form, rows in (("summary", 3), ("basics", 2), ("found", 1)):
        exported = await export_workbook(
            house.platform,
            audit.at.tenant,
            caller,
            sheet_of(house.platform, f"audit_campaign_{form}"),
            organization_id=audit.at.units["committee"].id,
            purpose="报送",
        )
        assert exported.rows == rows
        lines = CalamineWorkbook.from_filelike(BytesIO(exported.content)).get_sheet_by_index(0)
        table = lines.to_python()
        assert table[1] == [column.title for column in FORMS[form].columns]
        if form == "summary":
            *parts, total = table[2:]
            assert total[0] == "合计"
            for place in range(1, len(total)):
                assert total[place] == sum(float(part[place] or 0) for part in parts)
