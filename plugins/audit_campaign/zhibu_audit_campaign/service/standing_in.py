"""Handing up in the place of a branch that was merged or emptied after the list was made."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.organizations.public import organization_of
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import SUBMITTED_IN_PLACE
from zhibu_audit_campaign.rules import work as rules
from zhibu_audit_campaign.rules.work import Stand
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.loading import above, remaining
from zhibu_audit_campaign.service.work import stale
from zhibu_audit_campaign.store import work as store


async def submit(
    act: Act, id: UUID, *, successor_id: UUID | None, reason: str, version: int | None = None
) -> None:
    """Hand up, from the level above, what a branch no longer can; nobody on its list is left out.

    Somebody else there verifies it: nobody decides on what he handed up.
    """
    known = await above(act, id, actions.VERIFY)
    if successor_id is not None:
        await organization_of(act, successor_id)
    left = await store.left(act.session, act.tenant_id, known)
    living = await remaining(act, known)
    refuse(
        [
            *rules.in_place_refusals(
                known, left, living=len(living), successor=successor_id, reason=reason
            ),
            *stale(known, version),
        ]
    )
    values = {
        "state": Stand.SUBMITTED,
        "submitted_on": act.today,
        "submitted_by": act.caller.account_id,
        "successor_id": successor_id,
        "end_reason": reason.strip(),
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SUBMITTED_IN_PLACE, (AUDITED, id), known.path, reason=reason.strip())
