"""Completing a sheet, reopening it, and deciding what is an issue."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions, errors
from zhibu_audit_campaign.public import COMPLETED, JUDGED, LABELLED, REOPENED
from zhibu_audit_campaign.rules.checking import Filling, Judged, completing_refusals
from zhibu_audit_campaign.rules.plans import Level, Part
from zhibu_audit_campaign.rules.work import working_refusals
from zhibu_audit_campaign.service.events import SHEET, said
from zhibu_audit_campaign.service.loading import sheet_for
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.service.suggesting import labels_of
from zhibu_audit_campaign.store import campaigns, searches, work
from zhibu_audit_campaign.store import sheets as store


async def complete(act: Act, id: UUID, filling: Filling) -> None:
    """Complete a sheet: every check of the plan, with evidence, and no suggestion undecided."""
    sheet, known = await sheet_for(act, id, actions.FILL)
    campaign = await campaigns.campaign(act.session, act.tenant_id, sheet.campaign_id)
    assert campaign is not None
    plan = plan_copied(act, campaign, known.path)
    checks = [line for line in plan.of(Part.CHECK) if line.level is Level.BRANCH]
    suggested = await store.suggested(act.session, act.tenant_id, id)
    refuse(
        [
            *working_refusals(known),
            *([errors.Completed(path=("sheet",))] if sheet.completed else []),
            *completing_refusals(filling, checks, suggested=suggested, today=act.today),
        ]
    )
    values = {
        "evidence": filling.evidence,
        "evidence_note": filling.evidence_note.strip(),
        "contacted_on": filling.contacted_on,
        "note": (filling.note or "").strip() or None,
        "completed_on": act.today,
        "completed_by": act.caller.account_id,
    }
    await store.complete(act.session, act.tenant_id, id, values, filling.checks)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, COMPLETED, (SHEET, id), known.path)


async def reopen(act: Act, id: UUID, *, reason: str) -> None:
    """Open a sheet again that was completed by mistake; what it says stays until it is written."""
    sheet, known = await sheet_for(act, id, actions.FILL)
    refuse(
        [
            *working_refusals(known),
            *([] if sheet.completed else [errors.NotCompleted(path=("sheet",))]),
            *_reason(reason),
        ]
    )
    values = {"completed_on": None, "completed_by": None}
    await store.change(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, REOPENED, (SHEET, id), known.path, reason=reason.strip())


async def label(act: Act, id: UUID, code: str, *, note: str) -> UUID:
    """Give a member a label of the plan that no rule suggested; it is confirmed by whoever does."""
    sheet, known = await sheet_for(act, id, actions.FILL)
    labels = await labels_of(act, known)
    line = labels.get(code)
    if line is not None and line.sensitive and not act.may(actions.READ_RESTRICTED, known.path):
        line = None
    before = await store.issue_of(act.session, act.tenant_id, id, code)
    refuse(
        [
            *working_refusals(known),
            *([errors.Completed(path=("sheet",))] if sheet.completed else []),
            *([errors.LabelUnknown(path=("label",), label=code)] if line is None else []),
            *([errors.LabelKnown(path=("label",), label=code)] if line and before else []),
            *([] if note.strip() else [errors.Unsaid(path=("note",))]),
        ]
    )
    assert line is not None
    issue = new_id()
    values = {
        "id": issue,
        "sheet_id": id,
        "campaign_id": sheet.campaign_id,
        "organization_id": sheet.organization_id,
        "member_id": sheet.member_id,
        "label": code,
        "restricted": line.sensitive,
        "clause": line.clause,
        "state": Judged.CONFIRMED,
        "note": note.strip(),
        **_decided(act),
    }
    await store.add_issue(act.session, act.tenant_id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    facts = {} if line.sensitive else {"label": code}
    said(act, LABELLED, (SHEET, id), known.path, **facts)
    return issue


async def judge(act: Act, id: UUID, *, confirms: bool, note: str) -> None:
    """Confirm an issue or dismiss it, with a reason; decided otherwise later in the same way."""
    found = await store.issue(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    sheet, known = await sheet_for(act, found.sheet_id, actions.FILL)
    if found.restricted and not act.may(actions.READ_RESTRICTED, known.path):
        raise NotFound()
    state = Judged.CONFIRMED if confirms else Judged.DISMISSED
    dismissed = found.label == "lost" and not confirms
    vain = dismissed and await searches.in_vain(act.session, act.tenant_id, sheet.id)
    refuse(
        [
            *working_refusals(known),
            *([errors.Completed(path=("issue",))] if sheet.completed else []),
            *([errors.JudgedSo(path=("issue",))] if found.state == state else []),
            *([errors.SearchDecides(path=("issue",))] if vain else []),
            *_reason(note, "note"),
        ]
    )
    values = {"state": state, "note": note.strip(), **_decided(act)}
    await store.change_issue(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    facts = {} if found.restricted else {"label": found.label}
    said(act, JUDGED, (SHEET, sheet.id), known.path, state=state, **facts)


def _decided(act: Act) -> dict[str, Any]:
    return {"decided_on": act.today, "decided_by": act.caller.account_id}


def _reason(reason: str, argument: str = "reason") -> list[Invalid | Conflict]:
    return [] if reason.strip() else [errors.ReasonMissing(path=(argument,))]
