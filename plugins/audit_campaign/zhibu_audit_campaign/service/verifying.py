"""The level above: verifying branches, reports, reviews, and returning what is not right."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import (
    PostKind,
    holders_between,
)
from zhibu_audit_campaign import actions, errors
from zhibu_audit_campaign.public import (
    ACCEPTED,
    DECISION_WITHDRAWN,
    REPORT_WITHDRAWN,
    REPORTED,
    RETURNED,
    SEARCH_REVIEWED,
)
from zhibu_audit_campaign.rules import verifying as rules
from zhibu_audit_campaign.rules.plans import Level, Part
from zhibu_audit_campaign.rules.searching import reviewing_refusals
from zhibu_audit_campaign.rules.verifying import Report, Verification
from zhibu_audit_campaign.rules.work import (
    Audited,
    Stand,
    going_on,
    left_refusals,
    submitting_refusals,
    withdrawing_refusals,
    working_refusals,
)
from zhibu_audit_campaign.service.events import AUDITED, SEARCH, said
from zhibu_audit_campaign.service.loading import above, audited_for, search_for
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.service.work import stale
from zhibu_audit_campaign.store import campaigns, searches, work
from zhibu_audit_campaign.store import verifying as store


async def verify(act: Act, id: UUID, given: Verification, *, version: int | None = None) -> None:
    """Accept the results of a branch, with what was verified and the report on it (S3A-17)."""
    known = await above(act, id, actions.VERIFY)
    campaign = await campaigns.campaign(act.session, act.tenant_id, known.campaign_id)
    assert campaign is not None
    plan = plan_copied(act, campaign, known.path)
    counts = await store.counts(act.session, act.tenant_id, id)
    branch = known.level is Level.BRANCH
    refuse(
        [
            *rules.standing_refusals(known, by=act.caller.account_id),
            *([] if branch else [errors.LevelUnfit(path=("audited",), level=Level.BRANCH)]),
            *rules.verifying_refusals(
                given,
                checks=[line for line in plan.of(Part.CHECK) if line.level is Level.COMMITTEE],
                situations=plan.of(Part.VERIFICATION),
                counts=counts,
            ),
            *stale(known, version),
        ]
    )
    values = {
        "accepted": True,
        "measures": given.measures.strip(),
        "ways": (given.ways or "").strip() or None,
        "proposals": given.proposals.strip(),
    }
    checks = [
        {"code": each.check, "result": each.result, "note": (each.note or "").strip() or None}
        for each in given.checks
    ]
    await _decide(act, known, values, checks=checks, situations=given.situations)


async def review(act: Act, id: UUID, *, remark: str, version: int | None = None) -> None:
    """Accept the report of a committee or a district, its files having been reviewed (S3A-21)."""
    known = await above(act, id, actions.REVIEW)
    below = await store.below(act.session, act.tenant_id, known)
    branch = known.level is Level.BRANCH
    refuse(
        [
            *rules.standing_refusals(known, by=act.caller.account_id),
            *([errors.LevelUnfit(path=("audited",), level=Level.COMMITTEE)] if branch else []),
            *rules.accepting_refusals(below),
            *([] if remark.strip() else [errors.Unsaid(path=("remark",))]),
            *stale(known, version),
        ]
    )
    await _decide(act, known, {"accepted": True, "measures": remark.strip()})


async def give_back(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Return results or a report for correction, with a reason."""
    known = await work.audited(act.session, act.tenant_id, id)
    branch = known is not None and known.level is Level.BRANCH
    known = await above(act, id, actions.VERIFY if branch else actions.REVIEW)
    refuse(
        [
            *rules.standing_refusals(known, by=act.caller.account_id),
            *_reason(reason),
            *stale(known, version),
        ]
    )
    await _decide(act, known, {"accepted": False, "reason": reason.strip()})


async def take_back(act: Act, id: UUID, *, reason: str) -> None:
    """Take a decision back, while nothing was built on it above; it waits to be decided anew."""
    known = await work.audited(act.session, act.tenant_id, id)
    branch = known is not None and known.level is Level.BRANCH
    known = await above(act, id, actions.VERIFY if branch else actions.REVIEW)
    decision = await store.last_decision(act.session, act.tenant_id, id)
    built = await store.reported_above(act.session, act.tenant_id, known)
    decided = known.state in (Stand.ACCEPTED, Stand.RETURNED) and decision is not None
    undone = await _undone(act, known) if known.state is Stand.RETURNED else []
    refuse(
        [
            *going_on(known),
            *undone,
            *([] if decided else [errors.NotHandedUp(path=("audited",), state=known.state)]),
            *([errors.HandedUp(path=("audited",), state=Stand.SUBMITTED)] if built else []),
            *_reason(reason),
        ]
    )
    assert decision is not None
    values = {"withdrawn_on": act.today, "withdraw_reason": reason.strip()}
    await store.withdraw(act.session, act.tenant_id, decision.id, values)
    await work.change(act.session, act.tenant_id, id, {"state": Stand.SUBMITTED})
    said(act, DECISION_WITHDRAWN, (AUDITED, id), known.path, reason=reason.strip())


async def report(act: Act, id: UUID, given: Report, *, version: int | None = None) -> None:
    """Hand up the report of a committee or a district; its numbers are the sums of its branches."""
    known = await audited_for(act, id, actions.REPORT)
    below = await store.below(act.session, act.tenant_id, known)
    chairs = await _chairs(act, known)
    refuse(
        [
            *working_refusals(known),
            *rules.reporting_refusals(known, given, below, chair=given.chair_id in chairs),
            *stale(known, version),
        ]
    )
    values = {
        "id": new_id(),
        "audited_id": id,
        "organization_id": known.organization_id,
        "content": given.content.strip(),
        "proposals": given.proposals.strip(),
        "chair_id": given.chair_id,
        "minutes": (given.minutes or "").strip() or None,
        "signer": (given.signer or "").strip() or None,
    }
    await store.report(act.session, act.tenant_id, values)
    await store.sum_up(act.session, act.tenant_id, known)
    by = act.caller.account_id
    handed = {"state": Stand.SUBMITTED, "submitted_on": act.today, "submitted_by": by}
    await work.change(act.session, act.tenant_id, id, handed)
    said(act, REPORTED, (AUDITED, id), known.path)


async def take_report_back(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take a report back that nobody above has decided on."""
    known = await audited_for(act, id, actions.REPORT)
    branch = known.level is Level.BRANCH
    refuse(
        [
            *([errors.LevelUnfit(path=("audited",), level=Level.COMMITTEE)] if branch else []),
            *withdrawing_refusals(known, reason=reason),
            *stale(known, version),
        ]
    )
    values = {"state": Stand.WORKING, "submitted_on": None, "submitted_by": None}
    await work.change(act.session, act.tenant_id, id, values)
    said(act, REPORT_WITHDRAWN, (AUDITED, id), known.path, reason=reason.strip())


async def review_search(act: Act, id: UUID, *, remark: str) -> None:
    """Say that the file of who is lost was reviewed, and what is to be said of it (S3A-21)."""
    search, known = await search_for(act, id, actions.REVIEW)
    by = act.caller.account_id
    refuse([*going_on(known), *reviewing_refusals(search, remark, by=by)])
    values = {
        "reviewed_on": act.today,
        "reviewed_by": by,
        "review": remark.strip(),
    }
    await searches.change(act.session, act.tenant_id, id, values)
    said(act, SEARCH_REVIEWED, (SEARCH, id), known.path)


async def _chairs(act: Act, known: Audited) -> set[UUID]:
    """Who was the secretary of a committee since the day of the list, or its deputies where nobody
    was (S3A-18).
    """
    found: set[UUID] = set()
    for kind in (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY):
        found = found or await holders_between(
            act, known.organization_id, known.as_of, act.today, kind
        )
    return found


async def _undone(act: Act, known: Audited) -> list[Invalid | Conflict]:
    """What was opened again since it was returned: half of it is not handed up by taking back."""
    if known.level is Level.BRANCH:
        left = await work.left(act.session, act.tenant_id, known)
        return [*(left_refusals(left) if known.in_place else submitting_refusals(known, left))]
    below = await store.below(act.session, act.tenant_id, known)
    return [*rules.accepting_refusals(replace(below, unreviewed=0))]


async def _decide(act: Act, known: Audited, values: dict[str, Any], **verified: Any) -> None:
    accepted = values["accepted"]
    row = {
        "id": new_id(),
        "audited_id": known.id,
        "organization_id": known.organization_id,
        "decided_on": act.today,
        "decided_by": act.caller.account_id,
        **values,
    }
    await store.decide(act.session, act.tenant_id, row, **verified)
    state = Stand.ACCEPTED if accepted else Stand.RETURNED
    await work.change(act.session, act.tenant_id, known.id, {"state": state})
    name = ACCEPTED if accepted else RETURNED
    said(act, name, (AUDITED, known.id), known.path, reason=values.get("reason"))


def _reason(reason: str) -> list[Invalid | Conflict]:
    return [] if reason.strip() else [errors.ReasonMissing(path=("reason",))]
