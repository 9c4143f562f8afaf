"""Flexible arrangements for elderly and ill members, and who is abroad (S0-14, S2-14, S3D-20)."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu_organization_life import actions
from zhibu_organization_life.public import ACCOMMODATED, ACCOMMODATION_ENDED
from zhibu_organization_life.rules import accommodations as rules
from zhibu_organization_life.rules.accommodations import Wanted, Written
from zhibu_organization_life.service.following import reinvite
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import accommodations as store

SUBJECT = "OrganizationLifeAccommodation"


async def grant(act: Act, wanted: Wanted) -> UUID:
    """Hold a member to no meeting from a day on; he is invited as before."""
    member = await member_of(act, wanted.member_id)
    act.require(actions.EXCUSE, member.path, member.id)
    known = await store.of_member(act.session, act.tenant_id, member.id)
    found = act.parameters.value("organization_life.application_abroad", member.path, wanted.since)
    written = Written(needed=bool(found.value), basis=found.basis)
    granter = act.caller.member_id
    refuse(rules.refusals(wanted, known, written=written, granter=granter, today=act.today))
    id = new_id()
    row = {
        "id": id,
        "member_id": member.id,
        "ground": wanted.ground,
        "arrangement": wanted.arrangement.strip(),
        "since": wanted.since,
        "until": wanted.until,
        "applied_on": wanted.applied_on,
        "retained_id": None,
        "end_reason": None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    facts = {"ground": wanted.ground, "since": wanted.since, "until": wanted.until}
    act.record(about_member(ACCOMMODATED, SUBJECT, id, member.path, member.id, **facts))
    await reinvite(act, {member.id})
    return id


async def end(act: Act, id: UUID, until: date, *, reason: str) -> None:
    """End an arrangement: from that day on the member is held to meetings again."""
    known = await store.accommodation(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    member = await member_of(act, known.member_id)
    act.require(actions.EXCUSE, member.path, member.id)
    refuse(rules.ending_refusals(known, until, reason))
    await store.end(act.session, act.tenant_id, id, until, reason.strip())
    facts = {"until": until, "reason": reason.strip()}
    act.record(about_member(ACCOMMODATION_ENDED, SUBJECT, id, member.path, member.id, **facts))
    await reinvite(act, {member.id})
