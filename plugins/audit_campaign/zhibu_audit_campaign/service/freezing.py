"""Making the list of an audit, at once or as a job."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.jobs.work import Task, Work
from zhibu.members.public import Stage
from zhibu.organizations.public import organization_of, path_on
from zhibu_audit_campaign.errors import NobodyToCheck
from zhibu_audit_campaign.public import FROZEN
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.plans import Plan, Scope
from zhibu_audit_campaign.service.events import CAMPAIGN, said
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.store import campaigns
from zhibu_audit_campaign.store import freezing as store
from zhibu_transfers.asking import unreceipted


def stages_of(plan: Plan) -> frozenset[str]:
    """Of which stages the members are that a plan checks: those who are probationary by plan."""
    probationary = {Stage.PROBATIONARY} if Scope.PROBATIONARY in plan.scope else set()
    return frozenset({Stage.FULL, Stage.STOPPED} | probationary)


async def is_large(act: Act, plan: Plan, then: str, path: str, on: date) -> bool:
    """Whether the list is made by a job. Raises `NobodyToCheck` where it would be empty."""
    count = await store.members(act.session, act.tenant_id, then, on, stages_of(plan))
    refuse([] if count else [NobodyToCheck(path=("organization",), on=on)])
    most = act.parameters.whole("audit_campaign.at_once", path, act.today) or 0
    return count > most


async def freeze(act: Act, id: UUID) -> int:
    """Make the list of an audit that has none yet; how many are on it. Done again, nothing."""
    known = await campaigns.campaign(act.session, act.tenant_id, id, hold=True)
    if known is None:
        raise NotFound()
    if known.state is not State.PREPARING:
        return 0
    unit = await organization_of(act, known.organization_id)
    plan = plan_copied(act, known, unit.path)
    then = await path_on(act, unit.id, known.as_of)
    assert then is not None
    session, tenant = act.session, act.tenant_id
    missing = await unreceipted(act, unit.path, known.as_of)
    stages = stages_of(plan)
    count = await store.list_members(session, tenant, id, then, known.as_of, stages)
    if missing and Scope.UNRECEIPTED in plan.scope:
        await store.mark_unreceipted(session, tenant, id, missing)
    await store.list_units(session, tenant, id, then, known.as_of)
    await campaigns.change(session, tenant, id, {"state": State.OPEN, "sheets": count})
    facts = {"plan": known.plan, "title": known.title, "sheets": count, "on": known.as_of}
    said(act, FROZEN, (CAMPAIGN, id), unit.path, **facts)
    return count


async def _freeze(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        count = await freeze(act, UUID(task.arguments["campaign"]))
    return {"sheets": count}


FREEZE = Work(kind="audit_campaign.freeze", run=_freeze, retries=2, long=True)
