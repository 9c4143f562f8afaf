"""Asking other bodies about who is lost, and recording what they answer."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import INQUIRED, INQUIRY_ANSWERED, INQUIRY_VOIDED
from zhibu_audit_campaign.rules import inquiring as rules
from zhibu_audit_campaign.rules.inquiring import Asking, Inquiry
from zhibu_audit_campaign.rules.plans import Part
from zhibu_audit_campaign.rules.work import Audited, going_on
from zhibu_audit_campaign.service.events import INQUIRY, said
from zhibu_audit_campaign.service.loading import audited_for, search_for
from zhibu_audit_campaign.service.plans import plan_at, plan_copied
from zhibu_audit_campaign.service.searches import open_to
from zhibu_audit_campaign.store import campaigns, work
from zhibu_audit_campaign.store import inquiring as store


async def make(act: Act, search_id: UUID, given: Asking) -> UUID:
    """Ask a body of the plan about who is lost; whoever was found, about his conduct (S3A-19)."""
    search, known = await search_for(act, search_id, actions.INQUIRE)
    bodies = await _bodies(act, known)
    since = search.opened_on
    refuse(
        [
            *await open_to(act, known),
            *rules.asking_refusals(given, bodies, opened_on=since, today=act.today),
        ]
    )
    days = act.parameters.whole("audit_campaign.inquiry_days", known.path, given.on)
    id = new_id()
    values = {
        "id": id,
        "search_id": search_id,
        "audited_id": known.id,
        "campaign_id": known.campaign_id,
        "organization_id": search.organization_id,
        "member_id": search.member_id,
        "body": given.body,
        "text": given.text.strip(),
        "asked_on": given.on,
        "asked_by": act.caller.account_id,
        "due_on": rules.due(given.on, days),
    }
    await store.add(act.session, act.tenant_id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, INQUIRED, (INQUIRY, id), known.path, body=given.body, on=given.on)
    return id


async def answer(act: Act, id: UUID, text: str, *, on: date) -> None:
    """Record what a body answered, and on which day; it may come after somebody above reported."""
    found, known = await _inquiry(act, id)
    refuse(
        [
            *going_on(known),
            *rules.answering_refusals(found, text, on=on, today=act.today),
        ]
    )
    values = {"answer": text.strip(), "answered_on": on, "answered_by": act.caller.account_id}
    await store.change(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, INQUIRY_ANSWERED, (INQUIRY, id), known.path, body=found.body, on=on)


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Take back an inquiry that was entered by mistake; it stays readable."""
    found, known = await _inquiry(act, id)
    refuse([*going_on(known), *rules.voiding_refusals(found, reason)])
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, INQUIRY_VOIDED, (INQUIRY, id), known.path, body=found.body, reason=reason.strip())


async def _inquiry(act: Act, id: UUID) -> tuple[Inquiry, Audited]:
    """An inquiry that the caller sees, held. One that he does not see takes as many statements as
    one that there is not.
    """
    found = await store.inquiry(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    act.require(actions.INQUIRE, found.path, seen_by=actions.SEARCH_READ)
    known = await audited_for(act, found.audited_id, actions.INQUIRE, seen_by=actions.SEARCH_READ)
    return found, known


async def _bodies(act: Act, known: Audited) -> set[str]:
    """The bodies of the plan; one that was opened before plans named any has those in force."""
    campaign = await campaigns.campaign(act.session, act.tenant_id, known.campaign_id)
    assert campaign is not None
    lines = plan_copied(act, campaign, known.path).of(Part.BODY)
    if not lines:
        lines = plan_at(act, campaign.plan, known.path, act.today).of(Part.BODY)
    return {line.code for line in lines}
