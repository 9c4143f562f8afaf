"""What acts of audits begin with: who takes part, and whether the caller may."""

from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound
from zhibu.members.public import living_ids, members_by_id
from zhibu.organizations.public import approver_of, organizations_above
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.rules.checking import Sheet
from zhibu_audit_campaign.rules.plans import Level
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


async def above(act: Act, id: UUID, action: Action, *, beyond: Action | None = None) -> Audited:
    """What an organization handed up, for who may decide on it: at the level above it, that is the
    committee that approves its members, and for all others the organization right above. Of those,
    who may do what is `beyond`, where that is another thing.
    """
    known = await audited_for(act, id, actions.READ)
    if known.level is Level.BRANCH:
        found = await approver_of(act, known.path)
        path = found.path if found is not None else known.path
    else:
        higher = await organizations_above(act, known.path)
        path = higher[min(1, len(higher) - 1)].path
        action = beyond or action
    act.require(action, path)
    return known


async def remaining(act: Act, known: Audited) -> set[UUID]:
    """Who is in a branch still and may do its work: living members, but for those who are lost."""
    living = await living_ids(act, known.organization_id)
    return living - await searches.lost(act.session, act.tenant_id, known) if living else living


async def searches_there(act: Act, known: Audited, member_id: UUID) -> bool:
    """Whether somebody may search for a branch: a member of it; where nobody is left in it but who
    is lost, one below the committee that approves its members (S3D-10).
    """
    if member_id in await living_ids(act, known.organization_id):
        return True
    if await remaining(act, known):
        return False
    committee = await approver_of(act, known.path)
    return committee is not None and await _below(act, committee.path, member_id)


async def preparing_for(act: Act, id: UUID) -> Audited:
    """An organization in an audit whose work the caller may prepare: of a branch whoever fills in,
    of a committee or a district whoever reports.
    """
    known = await audited_for(act, id, actions.READ)
    act.require(actions.FILL if known.level is Level.BRANCH else actions.REPORT, known.path)
    return known


async def belongs(act: Act, known: Audited, member_id: UUID) -> bool:
    """Whether somebody is a living member of the branch, or of one below the committee."""
    if known.level is Level.BRANCH:
        return member_id in await living_ids(act, known.organization_id)
    return await _below(act, known.path, member_id)


async def _below(act: Act, path: str, member_id: UUID) -> bool:
    found = (await members_by_id(act, [member_id])).get(member_id)
    return found is not None and found.left_on is None and found.path.startswith(path)
