"""Asking that a form with people on it be given out, and approving it."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions, errors
from zhibu_audit_campaign.public import (
    RELEASE_APPROVED,
    RELEASE_ASKED,
    RELEASE_REFUSED,
    RELEASE_WITHDRAWN,
)
from zhibu_audit_campaign.rules import releasing as rules
from zhibu_audit_campaign.rules.forms import form_refusals
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.rules.releasing import Release, Released
from zhibu_audit_campaign.service.events import RELEASE, said
from zhibu_audit_campaign.service.forms.giving import chosen
from zhibu_audit_campaign.store import releases as store


async def ask(act: Act, audited_id: UUID, code: str, *, purpose: str) -> UUID:
    """Ask that a form be given out for a purpose, on one day; somebody else approves."""
    place, _, form, line = await chosen(act, audited_id, code)
    by = act.caller.account_id
    refuse(
        [
            *([errors.AskerMissing(path=("audited",))] if by is None else []),
            *form_refusals(line, Level(place.level), purpose),
        ]
    )
    id = new_id()
    values = {
        "id": id,
        "campaign_id": place.campaign_id,
        "audited_id": audited_id,
        "organization_id": place.organization_id,
        "form": form.code,
        "purpose": purpose.strip(),
        "state": Released.WAITING,
        "asked_on": act.today,
        "asked_by": by,
    }
    await store.add(act.session, act.tenant_id, values)
    said(act, RELEASE_ASKED, (RELEASE, id), place.path, form=form.title, purpose=purpose.strip())
    return id


async def approve(act: Act, id: UUID) -> None:
    """Let a form be given out, on one day."""
    await _decide(act, id, Released.APPROVED)


async def refuse_one(act: Act, id: UUID, *, reason: str) -> None:
    """Let a form not be given out, with a reason."""
    await _decide(act, id, Released.REFUSED, reason)


async def withdraw(act: Act, id: UUID, *, reason: str) -> None:
    """Take back what was not given out yet: whoever asked, or whoever may approve."""
    known = await _release(act, id)
    if known.asked_by is None or known.asked_by != act.caller.account_id:
        act.require(actions.RELEASE, known.path)
    refuse(rules.withdrawing_refusals(known, reason))
    values = {"state": Released.WITHDRAWN, "reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, RELEASE_WITHDRAWN, (RELEASE, id), known.path, reason=reason.strip())


async def _decide(act: Act, id: UUID, state: Released, reason: str = "") -> None:
    known = await _release(act, id)
    act.require(actions.RELEASE, known.path)
    by, approves = act.caller.account_id, state is Released.APPROVED
    refuse(rules.deciding_refusals(known, approves=approves, reason=reason, by=by))
    values = {
        "state": state,
        "decided_on": act.today,
        "decided_by": by,
        "reason": reason.strip() or None,
    }
    await store.change(act.session, act.tenant_id, id, values)
    name = RELEASE_APPROVED if approves else RELEASE_REFUSED
    said(act, name, (RELEASE, id), known.path, reason=reason.strip() or None)


async def _release(act: Act, id: UUID) -> Release:
    found = await store.release(act.session, act.tenant_id, id)
    if found is None or not act.may(actions.READ, found.path):
        raise NotFound()
    return found
