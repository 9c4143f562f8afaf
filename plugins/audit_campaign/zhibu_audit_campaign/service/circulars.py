"""Circulars on poor work, issued by the level above and replied to below."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import CIRCULAR_REPLIED, CIRCULAR_WITHDRAWN, CIRCULATED
from zhibu_audit_campaign.rules import circulars as rules
from zhibu_audit_campaign.rules.circulars import Circular
from zhibu_audit_campaign.service.events import CIRCULAR, said
from zhibu_audit_campaign.service.loading import above
from zhibu_audit_campaign.store import circulars as store


async def issue(act: Act, audited_id: UUID, *, text: str, document: str | None = None) -> UUID:
    """Circulate what is poor about the work of an organization in an audit (S3A-39)."""
    known = await above(act, audited_id, actions.VERIFY)
    refuse(rules.issuing_refusals(known, text))
    id = new_id()
    values = {
        "id": id,
        "campaign_id": known.campaign_id,
        "audited_id": audited_id,
        "organization_id": known.organization_id,
        "text": text.strip(),
        "document": (document or "").strip() or None,
        "issued_on": act.today,
        "issued_by": act.caller.account_id,
    }
    await store.add(act.session, act.tenant_id, values)
    said(act, CIRCULATED, (CIRCULAR, id), known.path)
    return id


async def reply(act: Act, id: UUID, *, text: str) -> None:
    """Say what is done about it; nobody replies to his own circular."""
    known = await _circular(act, id)
    act.require(actions.ASK, known.path)
    by = act.caller.account_id
    refuse(rules.replying_refusals(known, text, by=by))
    values = {"reply": text.strip(), "replied_on": act.today, "replied_by": by}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, CIRCULAR_REPLIED, (CIRCULAR, id), known.path)


async def withdraw(act: Act, id: UUID, *, reason: str) -> None:
    """Take a circular back that nobody has replied to; it stays readable."""
    known = await _circular(act, id)
    await above(act, known.audited_id, actions.VERIFY)
    refuse(rules.withdrawing_refusals(known, reason))
    values = {"withdrawn_on": act.today, "withdraw_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, CIRCULAR_WITHDRAWN, (CIRCULAR, id), known.path, reason=reason.strip())


async def _circular(act: Act, id: UUID) -> Circular:
    found = await store.circular(act.session, act.tenant_id, id)
    if found is None or not act.may(actions.READ, found.path):
        raise NotFound()
    return found
