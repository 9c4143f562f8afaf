"""Matters of a unit: recorded, answered, voided; what leaders report is opened to be read."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of, stages_on
from zhibu.organizations.public import organization_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu.storage.encryption import Place
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    MATTER_ANSWERED,
    MATTER_OPENED,
    MATTER_RECORDED,
    MATTER_VOIDED,
)
from zhibu_organization_life.rules import matters as rules
from zhibu_organization_life.rules.matters import REPORTS, Matter, Wanted
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.rows import told
from zhibu_organization_life.store import matters as store

SUBJECT = "OrganizationLifeMatter"


async def record(act: Act, wanted: Wanted) -> UUID:
    """Record what a unit did, heard or was reported; a report's words are sealed."""
    unit = await organization_of(act, wanted.organization_id)
    act.require(actions.MATTER, unit.path, seen_by=actions.MATTER_READ)
    member_then = False
    if wanted.member_id is not None:
        member = await member_of(act, wanted.member_id)
        stages = await stages_on(act, [member.id], min(wanted.happened_on, act.today))
        member_then = stages.get(member.id) in ("full", "probationary")
    name = "organization_life.late_after_days"
    refuse(
        rules.recording_refusals(
            wanted,
            recorder=act.caller.member_id,
            member_then=member_then,
            today=act.today,
            late_after=amounts.limit(act, name, wanted.happened_on, unit.path),
        )
    )
    id, title, words = new_id(), wanted.title.strip(), wanted.details.strip()
    secret = wanted.kind in REPORTS
    if secret:  # what a report is called may tell as much as the report
        title, words = "", f"{title}\n{words}"
    row = {
        "id": id,
        "organization_id": unit.id,
        "member_id": wanted.member_id,
        "kind": wanted.kind,
        "channel": wanted.channel,
        "title": title,
        "details": None if secret else words,
        "sealed": act.keyring.seal(_place(act, id), words) if secret else None,
        "happened_on": wanted.happened_on,
        "late_reason": (wanted.late_reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    known = Matter(
        id=id,
        path=unit.path,
        kind=wanted.kind,
        title=title,
        member_id=wanted.member_id,
        happened_on=wanted.happened_on,
        answered_on=None,
        voided_on=None,
        sealed=None,
    )
    _say(act, MATTER_RECORDED, known, on=wanted.happened_on)
    return id


async def answer(act: Act, id: UUID, on: date, words: str, *, reason: str | None = None) -> None:
    """Say what came of it."""
    known = await _known(act, id)
    act.require(actions.MATTER, known.path, seen_by=actions.MATTER_READ)
    refuse(
        rules.answering_refusals(
            known, on, words, teller=act.caller.member_id, reason=reason, today=act.today
        )
    )
    values = {"answered_on": on, "answer": words.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    _say(act, MATTER_ANSWERED, known, on=on, reason=reason)


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void what was recorded by mistake; it stays readable.

    Whoever recorded it takes it back for some days, whatever he may do now.
    """
    known = await _known(act, id)
    among = (MATTER_RECORDED, MATTER_ANSWERED)
    slip = Slip(subject=(SUBJECT, id), happened=(MATTER_RECORDED,), among=among)
    await slips.require(act, actions.MATTER, known.path, None, slip, seen_by=actions.MATTER_READ)
    refuse(rules.voiding_refusals(known, reason, voider=act.caller.member_id))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    _say(act, MATTER_VOIDED, known, on=known.happened_on, reason=reason.strip())


async def read(act: Act, id: UUID, *, reason: str) -> str | None:
    """What a leader reported, for whoever may open it; the leader sees who did."""
    known = await _known(act, id)
    act.require(actions.MATTER_OPEN, known.path, known.member_id, seen_by=actions.MATTER_READ)
    require_proof(act, Use.OPEN, known.path)
    refuse(rules.opening_refusals(known, reason))
    _say(act, MATTER_OPENED, known, on=known.happened_on, reason=reason.strip())
    return act.keyring.open(_place(act, id), known.sealed) if known.sealed else None


async def _known(act: Act, id: UUID) -> Matter:
    known = await store.matter(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    return known


def _say(act: Act, name: str, known: Matter, **facts: Any) -> None:
    act.record(
        Event(
            name=name,
            subject=(SUBJECT, known.id),
            path=known.path,
            member_id=known.member_id,
            facts=told({"kind": known.kind, "title": known.title or None, **facts}),
        )
    )


def _place(act: Act, id: UUID) -> Place:
    return Place(act.tenant_id, "organization_life_matter", "sealed", id)
