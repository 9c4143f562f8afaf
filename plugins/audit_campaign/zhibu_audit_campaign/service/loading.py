"""What acts of audits begin with: who takes part, and whether the caller may."""

from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.rules.checking import Sheet
from zhibu_audit_campaign.rules.searching import Search
from zhibu_audit_campaign.rules.work import Audited
from zhibu_audit_campaign.store import searches, sheets, work


async def audited_for(
    act: Act, id: UUID, action: Action, *, seen_by: Action = actions.READ
) -> Audited:
    """An organization in an audit where the caller may do this, held."""
    known = await work.audited(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    act.require(action, known.path, seen_by=seen_by)
    return known


async def sheet_for(act: Act, id: UUID, action: Action) -> tuple[Sheet, Audited]:
    """A sheet that the caller sees, where he may do this; its organization is held."""
    found = await sheets.sheet(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    known = await audited_for(act, found.audited_id, action, seen_by=actions.SHEET_READ)
    return found, known


async def search_for(act: Act, id: UUID, action: Action) -> tuple[Search, Audited]:
    """A search that the caller sees, where he may do this; it is held.

    One that he does not see takes as many statements as one that there is not.
    """
    found = await searches.search(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    act.require(action, found.path, seen_by=actions.SEARCH_READ)
    known = await audited_for(act, found.audited_id, action, seen_by=actions.SEARCH_READ)
    return found, known
