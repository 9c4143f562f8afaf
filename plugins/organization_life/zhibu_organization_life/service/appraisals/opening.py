"""Opening an appraisal at an organization-life meeting, and cancelling it."""

from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year, year_of
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    APPRAISAL_CANCELLED,
    APPRAISAL_OPENED,
    APPRAISAL_VOTED,
    REMARKED,
    SELF_APPRAISED,
    VOTES_COUNTED,
)
from zhibu_organization_life.rules import appraisals as rules
from zhibu_organization_life.rules.appraisals import Appraisal, Stand
from zhibu_organization_life.rules.meetings import Limit, Meeting
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.appraisals.rolls import SUBJECT, found, roll, say
from zhibu_organization_life.service.meetings import meeting_for
from zhibu_organization_life.store import appraisals as store

GRACE = "organization_life.appraisal_grace_months"
AFTER = (APPRAISAL_OPENED, SELF_APPRAISED, REMARKED, APPRAISAL_VOTED, VOTES_COUNTED)


async def open_at(act: Act, meeting_id: UUID, year: int) -> UUID:
    """Open the appraisal of a year at a meeting: whoever belongs to the branch is on its list."""
    meeting = await meeting_for(act, meeting_id, actions.APPRAISE)
    unit = meeting.organization_id
    others = await store.stands_of(act.session, act.tenant_id, unit, checked_year(year))
    grace = grace_of(act, meeting, year)
    refuse(rules.opening_refusals(meeting, year, grace=grace, others=others))
    appraisal = Appraisal(id=new_id(), year=year, stand=Stand.OPEN, meeting=meeting)
    await store.add(
        act.session,
        act.tenant_id,
        {
            "id": appraisal.id,
            "organization_id": unit,
            "year": year,
            "round": len(others) + 1,
            "meeting_id": meeting.id,
            "state": Stand.OPEN,
            "recorded_by": act.caller.account_id,
            "recorded_at": act.now,
        },
    )
    await roll(act, appraisal)
    say(act, APPRAISAL_OPENED, appraisal)
    return appraisal.id


async def cancel(act: Act, id: UUID, *, reason: str) -> None:
    """Cancel an appraisal that was opened by mistake; what was said in it stays readable.

    Whoever opened it takes it back for some days, whatever he may do now.
    """
    appraisal = await found(act, id)
    slip = Slip(subject=(SUBJECT, id), happened=(APPRAISAL_OPENED,), among=AFTER)
    await slips.require(
        act, actions.APPRAISE, appraisal.path, None, slip, seen_by=actions.APPRAISAL_READ
    )
    refuse(rules.cancelling_refusals(appraisal, reason))
    await store.change(act.session, act.tenant_id, id, state=Stand.CANCELLED)
    await store.erase(act.session, act.tenant_id, id)
    say(act, APPRAISAL_CANCELLED, appraisal, reason=reason.strip())


def grace_of(act: Act, meeting: Meeting, year: int) -> Limit:
    """How many months after the year its appraisal is still held."""
    return amounts.limit(act, GRACE, year_of(year)[1], meeting.path)
