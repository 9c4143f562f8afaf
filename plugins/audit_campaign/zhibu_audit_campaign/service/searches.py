"""Searching who is lost: the file, its steps, how it ends, and every look into it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions, errors
from zhibu_audit_campaign.public import (
    ENTRY_VOIDED,
    SEARCH_CONCLUDED,
    SEARCH_ENTRUSTED,
    SEARCH_LOGGED,
    SEARCH_OPENED,
    SEARCH_REOPENED,
    SEARCH_SEEN,
)
from zhibu_audit_campaign.rules import searching as rules
from zhibu_audit_campaign.rules.checking import Judged
from zhibu_audit_campaign.rules.searching import Conclusion, Entry, Least, Outcome, Search
from zhibu_audit_campaign.rules.work import (
    UNDER_WORK,
    Audited,
    searching_refusals,
    working_refusals,
)
from zhibu_audit_campaign.service.events import SEARCH, said
from zhibu_audit_campaign.service.loading import search_for, searches_there, sheet_for
from zhibu_audit_campaign.store import inquiring, sheets, verifying, work
from zhibu_audit_campaign.store import searches as store


async def open(act: Act, sheet_id: UUID, *, responsible_id: UUID, due_on: date | None) -> UUID:
    """Open the file of who is lost; somebody of the branch answers, by a day (S3C-07)."""
    sheet, known = await sheet_for(act, sheet_id, actions.FILL)
    lost = await _lost(act, sheet_id)
    refuse(
        [
            *working_refusals(known),
            *rules.opening_refusals(
                known=await store.is_open(act.session, act.tenant_id, sheet_id),
                labelled=lost,
                due_on=due_on,
                responsible=await searches_there(act, known, responsible_id),
                himself=responsible_id == sheet.member_id,
                today=act.today,
            ),
        ]
    )
    id = new_id()
    values = {
        "id": id,
        "sheet_id": sheet_id,
        "audited_id": known.id,
        "campaign_id": sheet.campaign_id,
        "organization_id": sheet.organization_id,
        "member_id": sheet.member_id,
        "responsible_id": responsible_id,
        "opened_on": act.today,
        "due_on": due_on,
        "outcome": Outcome.SEARCHING,
    }
    await store.open(act.session, act.tenant_id, values)
    said(act, SEARCH_OPENED, (SEARCH, id), known.path)
    return id


async def entrust(
    act: Act,
    id: UUID,
    *,
    responsible_id: UUID,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> None:
    """Let somebody else of the branch answer for a search, or by another day (S3C-07)."""
    search, known = await search_for(act, id, actions.FILL)
    refuse(
        [
            *await open_to(act, known),
            *rules.entrusting_refusals(
                search,
                due_on=due_on,
                responsible=await searches_there(act, known, responsible_id),
                himself=responsible_id == search.member_id,
                reason=reason,
                today=act.today,
            ),
            *_stale(search, version),
        ]
    )
    values = {"responsible_id": responsible_id, "due_on": due_on}
    await store.change(act.session, act.tenant_id, id, values)
    facts = {"due_on": due_on, "reason": reason.strip()}
    said(act, SEARCH_ENTRUSTED, (SEARCH, id), known.path, **facts)


async def log(act: Act, id: UUID, entry: Entry) -> None:
    """Record a step of a search: when, how, what came of it, who, by what evidence (S3A-44)."""
    search, known = await search_for(act, id, actions.FILL)
    worker = await searches_there(act, known, entry.by_id)
    refuse(
        [
            *await open_to(act, known),
            *_going_on(search),
            *rules.entry_refusals(
                entry, today=act.today, worker=worker, himself=entry.by_id == search.member_id
            ),
        ]
    )
    values = {
        "id": new_id(),
        "search_id": id,
        "happened_on": entry.on,
        "method": entry.method,
        "course": entry.course.strip(),
        "by_id": entry.by_id,
        "evidence": entry.evidence,
        "evidence_note": entry.evidence_note.strip(),
        "recorded_by": act.caller.account_id,
    }
    await store.add_entry(act.session, act.tenant_id, values)
    said(act, SEARCH_LOGGED, (SEARCH, id), known.path, on=entry.on, method=entry.method)


async def void_entry(act: Act, entry_id: UUID, *, reason: str) -> UUID:
    """Take a step back that was recorded by mistake; it stays readable. The search it is of."""
    found = await store.entry(act.session, act.tenant_id, entry_id)
    if found is None:
        raise NotFound()
    search, known = await search_for(act, found.search_id, actions.FILL)
    refuse(
        [
            *await open_to(act, known),
            *_going_on(search),
            *([errors.Voided(path=("search_entry",))] if found.voided_on is not None else []),
            *_reason(reason),
        ]
    )
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.void_entry(act.session, act.tenant_id, entry_id, values)
    said(act, ENTRY_VOIDED, (SEARCH, search.id), known.path, reason=reason.strip())
    return search.id


async def conclude(act: Act, id: UUID, given: Conclusion, *, version: int | None = None) -> None:
    """Say that somebody was found, or not; three things are clear by then (S3B-07)."""
    search, known = await search_for(act, id, actions.FILL)
    least = act.parameters.value("audit_campaign.least_methods", known.path, act.today)
    steps = await store.steps(act.session, act.tenant_id, id)
    refuse(
        [
            *await open_to(act, known),
            *_going_on(search),
            *rules.concluding_refusals(
                given,
                steps,
                lost=await _lost(act, search.sheet_id),
                least=Least(count=least.value or 0, basis=least.basis),
                today=act.today,
            ),
            *_stale(search, version),
        ]
    )
    values = {
        "outcome": given.outcome,
        "lost_since": given.lost_since,
        "circumstances": given.circumstances.strip(),
        "cause": given.cause.strip(),
        "conduct": (given.conduct or "").strip() or None,
        "concluded_on": act.today,
        "concluded_by": act.caller.account_id,
    }
    await store.change(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, SEARCH_CONCLUDED, (SEARCH, id), known.path, outcome=given.outcome)


async def reopen(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Go on searching: what was concluded was wrong, or something new is known."""
    search, known = await search_for(act, id, actions.FILL)
    over = search.outcome is not Outcome.SEARCHING
    refuse(
        [
            *await open_to(act, known),
            *([] if over else [errors.NotConcluded(path=("search",))]),
            *_reason(reason),
            *_stale(search, version),
        ]
    )
    values = {
        "outcome": Outcome.SEARCHING,
        **dict.fromkeys(("concluded_on", "concluded_by", "reviewed_on", "reviewed_by", "review")),
    }
    await store.change(act.session, act.tenant_id, id, values)
    await work.recount(act.session, act.tenant_id, known.id)
    said(act, SEARCH_REOPENED, (SEARCH, id), known.path, reason=reason.strip())


async def look(act: Act, id: UUID) -> tuple[Any, Sequence[Any], Sequence[Any]]:
    """What a file says, its steps and its inquiries. Whoever looks stands in the ledger."""
    _, known = await search_for(act, id, actions.SEARCH_READ)
    found = await store.file(act.session, act.tenant_id, id)
    steps = await store.entries(act.session, act.tenant_id, id)
    asked = await inquiring.inquiries(act.session, act.tenant_id, id)
    said(act, SEARCH_SEEN, (SEARCH, id), known.path)
    return found, steps, asked


async def _lost(act: Act, sheet_id: UUID) -> bool:
    """Whether it is confirmed that the member of a sheet is lost."""
    issue = await sheets.issue_of(act.session, act.tenant_id, sheet_id, "lost")
    return issue is not None and issue.state == Judged.CONFIRMED


async def open_to(act: Act, known: Audited) -> list[Conflict]:
    """That its searches go on: the audit does, and nobody above has reported."""
    handed_up = known.state not in UNDER_WORK
    reported = handed_up and await verifying.reported_above(act.session, act.tenant_id, known)
    return [*searching_refusals(known, reported=reported)]


def _going_on(search: Search) -> list[Conflict]:
    over = search.outcome is not Outcome.SEARCHING
    return [errors.Concluded(path=("search",))] if over else []


def _stale(search: Search, version: int | None) -> list[Conflict]:
    if version is None or version == search.version:
        return []
    return [errors.VersionStale(path=("version",), version=search.version)]


def _reason(reason: str) -> list[Invalid | Conflict]:
    return [] if reason.strip() else [errors.ReasonMissing(path=("reason",))]
