"""Committees and districts plan, form groups and train too; the level above reviews each plan."""

from datetime import date
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind

SHOWN = """query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { planState planRemark
  plannedBy planReviewedBy } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, kinds: ["audit_campaign.plan_review"],
  dueTo: "2026-12-31", first: 20) { nodes { dueOn subject } } }"""


async def due(audit: Any) -> list[tuple[str, str]]:
    found = await audit.asked("district", DUE, o=audit.at.id("committee"))
    return [(each["dueOn"], each["subject"]) for each in found["dueItems"]["nodes"]]


@pytest.mark.clause("S3B-15")
async def test_the_plan_of_a_committee_is_reviewed_by_the_district_by_its_day(audit: Any) -> None:
    campaign = await audit.opened(planKind="DISTRICT")
    id = await audit.audited(campaign, "committee", "officer")
    review = {"audited": id, "accepts": False, "remark": " "}
    assert await due(audit) == [("2026-08-20", id)]
    assert await audit.refused("rival", "PlanReview", review) == ["NOT_FOUND"]
    assert await audit.refused("officer", "PlanReview", review) == ["FORBIDDEN"]
    refused = await audit.refused("district", "PlanReview", review)
    assert refused == ["plan_missing", "reason_missing"]
    assert await audit.refused("secretary", "PlanWrite", audit.plan(id)) == ["NOT_FOUND"]
    far = audit.plan(id, responsible=audit.id(audit.far))
    assert await audit.refused("officer", "PlanWrite", far) == ["not_of_branch"]
    await audit.done("officer", "PlanWrite", audit.plan(id))
    await audit.done("district", "PlanReview", {**review, "remark": "未写明重点"})
    found = (await audit.asked("officer", SHOWN, id=id))["node"]
    assert (found["planState"], found["planRemark"]) == ("RETURNED", "未写明重点")
    assert await due(audit) == [("2026-08-20", id)]
    await audit.done("officer", "PlanWrite", audit.plan(id))
    assert (await audit.asked("officer", SHOWN, id=id))["node"]["planState"] == "WAITING"
    await audit.done("district", "PlanReview", {"audited": id, "accepts": True})
    assert await due(audit) == []


async def test_the_plan_of_a_branch_is_reviewed_by_its_committee_and_not_by_who_wrote_it(
    audit: Any,
) -> None:
    id = await audit.audited(await audit.opened(planKind="DISTRICT"))
    await audit.done("officer", "PlanWrite", audit.plan(id))
    review = {"audited": id, "accepts": True}
    assert await audit.refused("secretary", "PlanReview", review) == ["FORBIDDEN"]
    assert await audit.refused("officer", "PlanReview", review) == ["own_work"]
    await audit.done("secretary", "PlanWrite", audit.plan(id))
    await audit.done("officer", "PlanReview", review)


@pytest.mark.clause("S3B-27", "S3B-14", "S3D-36")
async def test_each_level_has_a_group_with_somebody_in_it_and_is_trained(audit: Any) -> None:
    campaign = await audit.opened(planKind="DISTRICT")
    for at, by in (("committee", "officer"), ("district", "district")):
        id = await audit.audited(campaign, at, by)
        worker = {"audited": id, "member": audit.id(audit.peer), "duty": "组织科专人"}
        assert await audit.refused("secretary", "WorkerAdd", worker) == ["NOT_FOUND"]
        await audit.done(by, "WorkerAdd", worker)
        training = {"audited": id, "on": audit.today, "people": 7}
        topics = "书记和党务干部：事实、证据、定性、程序"
        await audit.done(by, "TrainingRecord", {**training, "topics": topics})


@pytest.mark.clause("S3A-07")
async def test_who_answers_first_or_directly_is_whoever_is_secretary_today(audit: Any) -> None:
    campaign = await audit.opened()
    document = (
        """query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { secretary } } }"""
    )
    for at, who in (("committee", audit.peer), ("branch", audit.me)):
        async with audit.at.operator() as act:
            unit, since = audit.at.units[at].id, date(2026, 6, 1)
            await organizations.appoint(
                act, organization_id=unit, member_id=who.id, kind=PostKind.SECRETARY, since=since
            )
        id = await audit.audited(campaign, at, "officer")
        assert (await audit.asked("officer", document, id=id))["node"] == {"secretary": who.name}
