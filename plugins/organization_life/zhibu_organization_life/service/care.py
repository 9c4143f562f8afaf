"""Finding out how members live, opening it, and relief that was paid (S4-06, S4-07)."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of, stages_on
from zhibu.storage.encryption import Place
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    RELIEF_PAID,
    RELIEF_VOIDED,
    SURVEY_OPENED,
    SURVEY_VOIDED,
    SURVEYED,
)
from zhibu_organization_life.rules import care as rules
from zhibu_organization_life.rules.care import FACTS, Asked, Known, Paid, Surveyed
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import care as store

SURVEY, RELIEF = "OrganizationLifeSurvey", "OrganizationLifeRelief"


@dataclass(frozen=True, kw_only=True)
class Living:
    """How a member lives; nothing once it was erased."""

    family: str | None = None
    health: str | None = None
    wishes: str | None = None


async def survey(act: Act, wanted: Surveyed) -> UUID:
    """Record how a member lives; what was found out is sealed, that it was is not."""
    member = await member_of(act, wanted.member_id)
    act.require(actions.CARE, member.path, seen_by=actions.CARE_READ)
    late = amounts.limit(act, "organization_life.late_after_days", wanted.surveyed_on, member.path)
    refuse(
        rules.surveying_refusals(
            wanted,
            recorder=act.caller.member_id,
            member_then=await _member_then(act, member, wanted.surveyed_on),
            today=act.today,
            late_after=late,
        )
    )
    id = new_id()
    found = {name: getattr(wanted, name).strip() for name in FACTS}
    row = {
        "id": id,
        "organization_id": member.organization_id,
        "member_id": member.id,
        "surveyed_on": wanted.surveyed_on,
        "hardship": wanted.hardship,
        "sealed": act.keyring.seal(_place(act, id), json.dumps(found)),
        "late_reason": (wanted.late_reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add_survey(act.session, act.tenant_id, row)
    act.record(about_member(SURVEYED, SURVEY, id, member.path, member.id, on=wanted.surveyed_on))
    return id


async def read(act: Act, id: UUID, *, reason: str) -> Living:
    """What was found out, for whoever may open it; the member sees who did, and may himself."""
    known = _there(await store.survey(act.session, act.tenant_id, id))
    act.require(actions.CARE_OPEN, known.path, known.member_id, seen_by=actions.CARE_READ)
    require_proof(act, Use.OPEN, known.path)
    refuse(rules.opening_refusals(reason))
    _say(act, SURVEY_OPENED, SURVEY, known, reason=reason.strip())
    if not known.sealed:
        return Living()
    return Living(**json.loads(act.keyring.open(_place(act, id), known.sealed)))


async def void_survey(act: Act, id: UUID, *, reason: str) -> None:
    """Void a survey that was recorded by mistake; it stays readable."""
    known = _there(await store.survey(act.session, act.tenant_id, id))
    act.require(actions.CARE, known.path, seen_by=actions.CARE_READ)
    by = act.caller.member_id
    refuse(rules.voiding_refusals(known, reason, voider=by, path="survey"))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.void_survey(act.session, act.tenant_id, id, **values)
    _say(act, SURVEY_VOIDED, SURVEY, known, reason=reason.strip())


async def pay(act: Act, wanted: Paid) -> UUID:
    """Record relief that was paid to a member whom a survey found in hardship."""
    member = await member_of(act, wanted.member_id)
    act.require(actions.CARE, member.path, seen_by=actions.CARE_READ)
    year = wanted.paid_on.year
    first, last = year_of(year - 1)[0], wanted.paid_on
    asked = act.parameters.value("organization_life.relief_takes_survey", member.path, last)
    refuse(
        rules.paying_refusals(
            wanted,
            recorder=act.caller.member_id,
            member_then=await _member_then(act, member, wanted.paid_on),
            hardship=await store.hardship(act.session, act.tenant_id, member.id, first, last),
            survey=Asked(yes=bool(asked.value), basis=asked.basis),
            today=act.today,
        )
    )
    id = new_id()
    row = {
        "id": id,
        "organization_id": member.organization_id,
        "member_id": member.id,
        "paid_on": wanted.paid_on,
        "fen": wanted.fen,
        "fund": wanted.fund,
        "receipt": wanted.receipt.strip(),
        "note": (wanted.note or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add_relief(act.session, act.tenant_id, row)
    facts: dict[str, Any] = {"on": wanted.paid_on, "fen": wanted.fen, "fund": wanted.fund}
    act.record(about_member(RELIEF_PAID, RELIEF, id, member.path, member.id, **facts))
    return id


async def void_relief(act: Act, id: UUID, *, reason: str) -> None:
    """Void relief that was recorded by mistake; it stays readable."""
    known = _there(await store.relief(act.session, act.tenant_id, id))
    act.require(actions.CARE, known.path, seen_by=actions.CARE_READ)
    by = act.caller.member_id
    refuse(rules.voiding_refusals(known, reason, voider=by, path="relief"))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.void_relief(act.session, act.tenant_id, id, **values)
    _say(act, RELIEF_VOIDED, RELIEF, known, reason=reason.strip())


def _there(known: Known | None) -> Known:
    if known is None:
        raise NotFound()
    return known


async def _member_then(act: Act, member: MemberFacts, on: date) -> bool:
    stages = await stages_on(act, [member.id], min(on, act.today))
    return stages.get(member.id) in ("full", "probationary", "stopped")


def _say(act: Act, name: str, kind: str, known: Known, **facts: Any) -> None:
    told = {"on": known.on, **facts}
    act.record(about_member(name, kind, known.id, known.path, known.member_id, **told))


def _place(act: Act, id: UUID) -> Place:
    return Place(act.tenant_id, "organization_life_survey", "sealed", id)
