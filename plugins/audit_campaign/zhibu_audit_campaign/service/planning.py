"""Writing the plan of an organization in an audit, and reviewing it from the level above."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import PLAN_ACCEPTED, PLAN_RETURNED, PLANNED
from zhibu_audit_campaign.rules import planning as rules
from zhibu_audit_campaign.rules.planning import Plan, PlanStand
from zhibu_audit_campaign.rules.work import working_refusals
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.loading import above, belongs, preparing_for
from zhibu_audit_campaign.service.work import stale
from zhibu_audit_campaign.store import work as store

REVIEWED = ("plan_remark", "plan_reviewed_on", "plan_reviewed_by")


async def write(act: Act, id: UUID, given: Plan, *, version: int | None = None) -> None:
    """Write the plan of an organization, over the one that it had (S3A-05); it waits for review."""
    known = await preparing_for(act, id)
    refuse(
        [
            *working_refusals(known),
            *rules.plan_refusals(given, there=await belongs(act, known, given.responsible_id)),
            *stale(known, version),
        ]
    )
    values = {
        "content": given.content.strip(),
        "focus": given.focus.strip(),
        "method": given.method.strip(),
        "timetable": given.timetable.strip(),
        "responsible_id": given.responsible_id,
        "planned_on": act.today,
        "planned_by": act.caller.account_id,
        "plan_state": PlanStand.WAITING,
        **dict.fromkeys(REVIEWED),
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, PLANNED, (AUDITED, id), known.path)


async def review(
    act: Act, id: UUID, *, accepts: bool, remark: str, version: int | None = None
) -> None:
    """Accept a plan or return it with a reason, each by itself; decided otherwise in the same way
    (S3B-15).
    """
    known = await above(act, id, actions.VERIFY, beyond=actions.REVIEW)
    by = act.caller.account_id
    refuse(
        [
            *rules.plan_reviewing_refusals(known, accepts=accepts, remark=remark, by=by),
            *stale(known, version),
        ]
    )
    values = {
        "plan_state": PlanStand.ACCEPTED if accepts else PlanStand.RETURNED,
        "plan_remark": remark.strip() or None,
        "plan_reviewed_on": act.today,
        "plan_reviewed_by": by,
    }
    await store.change(act.session, act.tenant_id, id, values)
    name = PLAN_ACCEPTED if accepts else PLAN_RETURNED
    said(act, name, (AUDITED, id), known.path, reason=remark.strip() or None)
