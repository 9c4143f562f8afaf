"""Publishing grades, and withdrawing what was published too early."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    APPRAISAL_PUBLISHED,
    APPRAISAL_WITHDRAWN,
    APPRAISED,
)
from zhibu_organization_life.rules import appraisals as rules
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.service.appraisals.rolls import appraisal_for, say
from zhibu_organization_life.store import appraisals as store


async def publish(act: Act, id: UUID) -> None:
    """Publish the grades of everybody: each learns his own, the branch all of them."""
    appraisal = await appraisal_for(act, id, actions.PUBLISH)
    roll = await store.roll_of(act.session, act.tenant_id, id)
    refuse(rules.publishing_refusals(appraisal, roll.values()))
    values = {"state": Stand.PUBLISHED, "published_on": act.today}
    await store.change(act.session, act.tenant_id, id, **values)
    say(act, APPRAISAL_PUBLISHED, appraisal, rows=sum(each.graded for each in roll.values()))
    for each in roll.values():
        if each.graded:
            facts = {"grade": each.grade, "ground": each.ground, "reason": each.reason}
            say(act, APPRAISED, appraisal, each.member_id, **facts)
    act.touch(appraisal.meeting.organization_id)


async def withdraw(act: Act, id: UUID, *, reason: str) -> None:
    """Withdraw what was published; grades stay and are published again."""
    appraisal = await appraisal_for(act, id, actions.PUBLISH)
    refuse(rules.withdrawing_refusals(appraisal, reason))
    await store.change(act.session, act.tenant_id, id, state=Stand.COUNTED, published_on=None)
    say(act, APPRAISAL_WITHDRAWN, appraisal, reason=reason.strip())
    act.touch(appraisal.meeting.organization_id)
