"""What a branch prepares in an audit, and handing its results up."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import members_by_id
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import NotOfBranch, ReasonMissing, Unsaid, VersionStale, Voided
from zhibu_audit_campaign.public import (
    SUBMISSION_WITHDRAWN,
    SUBMITTED,
    TRAINED,
    TRAINING_VOIDED,
    WORKER_ADDED,
    WORKER_ENDED,
)
from zhibu_audit_campaign.rules import work as rules
from zhibu_audit_campaign.rules.work import Audited, Stand
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.loading import above, audited_for, belongs, preparing_for
from zhibu_audit_campaign.store import work as store


async def add_worker(
    act: Act, id: UUID, member_id: UUID, *, duty: str, contact: str | None = None
) -> UUID:
    """Put a member into the work group of a branch, or of a level above it (S3A-06, S3B-27).

    How he is reached goes up with the list of the group (S3A-33).
    """
    known = await preparing_for(act, id)
    members = await members_by_id(act, [member_id])
    there = await belongs(act, known, member_id)
    refuse(
        [
            *rules.working_refusals(known),
            *([] if there else [NotOfBranch(path=("member",))]),
            *([] if duty.strip() else [Unsaid(path=("duty",))]),
        ]
    )
    worker = new_id()
    values = {
        "id": worker,
        "audited_id": id,
        "organization_id": known.organization_id,
        "member_id": member_id,
        "duty": duty.strip(),
        "contact": (contact or "").strip() or None,
        "since": act.today,
    }
    await store.add_worker(act.session, act.tenant_id, values, members[member_id].name)
    said(act, WORKER_ADDED, (AUDITED, id), known.path)
    return worker


async def end_worker(act: Act, worker_id: UUID, *, reason: str) -> None:
    """Take somebody out of the work group, with a reason; how he is reached is not kept."""
    found = await store.worker(act.session, act.tenant_id, worker_id)
    known = await _of(act, found)
    refuse(_ending(known, found, reason, "worker"))
    values = {"until": act.today, "reason": reason.strip(), "contact": None}
    await store.end_worker(act.session, act.tenant_id, worker_id, values)
    said(act, WORKER_ENDED, (AUDITED, known.id), known.path, reason=reason.strip())


async def train(act: Act, id: UUID, on: date, *, topics: str, people: int) -> UUID:
    """Record that the work group was trained, on what, and how many came (S3A-08)."""
    known = await preparing_for(act, id)
    refuse(
        [
            *rules.working_refusals(known),
            *rules.day_refusals(on, today=act.today, argument="on"),
            *([] if topics.strip() else [Unsaid(path=("topics",))]),
            *([] if people > 0 else [Unsaid(path=("people",))]),
        ]
    )
    training = new_id()
    values = {
        "id": training,
        "audited_id": id,
        "organization_id": known.organization_id,
        "held_on": on,
        "topics": topics.strip(),
        "people": people,
        "recorded_by": act.caller.account_id,
    }
    await store.add_training(act.session, act.tenant_id, values)
    said(act, TRAINED, (AUDITED, id), known.path, on=on)
    return training


async def void_training(act: Act, training_id: UUID, *, reason: str) -> None:
    """Take a training back that was recorded by mistake."""
    found = await store.training(act.session, act.tenant_id, training_id)
    known = await _of(act, found)
    refuse(_ending(known, found, reason, "training"))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.void_training(act.session, act.tenant_id, training_id, values)
    said(act, TRAINING_VOIDED, (AUDITED, known.id), known.path, reason=reason.strip())


async def submit(act: Act, id: UUID, *, version: int | None = None) -> None:
    """Hand the results of a branch up to its committee; nobody may be left out (S3A-35)."""
    known = await audited_for(act, id, actions.SUBMIT)
    left = await store.left(act.session, act.tenant_id, known)
    refuse([*rules.submitting_refusals(known, left), *stale(known, version)])
    by = act.caller.account_id
    values = {"state": Stand.SUBMITTED, "submitted_on": act.today, "submitted_by": by}
    values |= dict.fromkeys(("successor_id", "end_reason"))
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SUBMITTED, (AUDITED, id), known.path)


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take results back that nobody has looked at yet, with a reason; what was handed up in the
    place of a branch, the level above that did.
    """
    known = await audited_for(act, id, actions.READ)
    if known.in_place:
        known = await above(act, id, actions.VERIFY)
    else:
        act.require(actions.SUBMIT, known.path)
    refuse([*rules.withdrawing_refusals(known, reason=reason), *stale(known, version)])
    cleared = ("submitted_on", "submitted_by", "successor_id", "end_reason")
    values = {"state": Stand.WORKING, **dict.fromkeys(cleared)}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SUBMISSION_WITHDRAWN, (AUDITED, id), known.path, reason=reason.strip())


def stale(known: Audited, version: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if version is None or version == known.version:
        return []
    return [VersionStale(path=("version",), version=known.version)]


async def _of(act: Act, found: Any | None) -> Audited:
    if found is None:
        raise NotFound()
    return await preparing_for(act, found.audited_id)


def _ending(known: Audited, found: Any, reason: str, argument: str) -> list[Any]:
    return [
        *rules.working_refusals(known),
        *([Voided(path=(argument,))] if found.ended is not None else []),
        *([] if reason.strip() else [ReasonMissing(path=("reason",))]),
    ]
