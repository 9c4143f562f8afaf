"""Minutes: written after the meeting, and amended so that every version stays to be read."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu_organization_life import actions
from zhibu_organization_life.public import MINUTES_AMENDED, MINUTES_WRITTEN
from zhibu_organization_life.rules import minutes as rules
from zhibu_organization_life.service.meetings import meeting_for
from zhibu_organization_life.service.rows import said
from zhibu_organization_life.store import minutes as store


async def write(
    act: Act, meeting_id: UUID, text: str, *, read: int | None = None, reason: str | None = None
) -> None:
    """Write the minutes of a meeting, or amend them with a reason; `read` is the version read."""
    meeting = await meeting_for(act, meeting_id, actions.MINUTE)
    found = await store.latest(act.session, act.tenant_id, [meeting_id])
    before = found.get(meeting_id)
    number = before.number if before else 0
    refuse(
        rules.refusals(
            meeting,
            text,
            before=before.text if before else None,
            number=number,
            read=read,
            reason=reason,
        )
    )
    row = {
        "id": new_id(),
        "meeting_id": meeting_id,
        "number": number + 1,
        "text": text.strip(),
        "reason": reason,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    happened = MINUTES_AMENDED if before else MINUTES_WRITTEN
    act.record(said(happened, meeting, number=number + 1, reason=reason))
