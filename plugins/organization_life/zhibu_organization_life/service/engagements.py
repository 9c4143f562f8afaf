"""What members take on: recorded, put right, fulfilled, voided."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of, stages_on
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    ENGAGED,
    ENGAGEMENT_CHANGED,
    ENGAGEMENT_FULFILLED,
    ENGAGEMENT_VOIDED,
)
from zhibu_organization_life.rules import engagements as rules
from zhibu_organization_life.rules import listed
from zhibu_organization_life.rules.engagements import Bounds, Engaged, Engagement, Terms
from zhibu_organization_life.rules.listed import Words
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import engagements as store

SUBJECT = "OrganizationLifeEngagement"
LISTS = {Engaged.MEMBER_CLASS: "member_classes", Engaged.RETIRED_ROLE: "retired_roles"}
CHANGES = (ENGAGED, ENGAGEMENT_CHANGED, ENGAGEMENT_FULFILLED)


async def engage(
    act: Act, member_id: UUID, kind: Engaged, terms: Terms, *, late_reason: str | None = None
) -> UUID:
    """Record what a member takes on, oneself or through the branch."""
    member = await member_of(act, member_id)
    act.require(actions.REGISTER, member.path, member.id)
    once = rules.once_of(kind, terms)
    refuse(
        [
            *rules.recording_refusals(
                kind,
                terms,
                member_id=member.id,
                recorder=act.caller.member_id,
                member_then=await _member_then(act, member.id, terms.since),
                letter=await store.taken(act.session, act.tenant_id, member.id, once),
                kept_letter=await _kept_letter(act, member.id, kind, terms.since),
                late_reason=late_reason,
                today=act.today,
                bounds=bounds_at(act, member, terms.since),
            ),
            *await _listed(act, member, kind, terms),
        ]
    )
    row = taken_on(act, member, kind, terms, late_reason)
    await add(act, [row], {member.id: member})
    return UUID(str(row["id"]))


def taken_on(
    act: Act, member: MemberFacts, kind: Engaged, terms: Terms, late_reason: str | None
) -> dict[str, Any]:
    """The row of something that nothing speaks against."""
    return {
        "id": new_id(),
        "member_id": member.id,
        "kind": kind,
        **_columns(terms),
        "once": rules.once_of(kind, terms),
        "result": None,
        "fulfilled_on": None,
        "late_reason": (late_reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
        "version": 1,
    }


async def add(
    act: Act, rows: Sequence[dict[str, Any]], members: Mapping[UUID, MemberFacts]
) -> None:
    """Write rows, each with its line in the ledger."""
    if not rows:
        return
    await store.add(act.session, act.tenant_id, *rows)
    for row in rows:
        member, kind, title = members[row["member_id"]], row["kind"], row["title"]
        facts = {"kind": kind, "title": title, "on": row["since"], "hours": row["hours"]}
        about = SUBJECT, row["id"], member.path, member.id
        act.record(about_member(ENGAGED, *about, **facts))
        if row["fulfilled_on"] is not None:
            facts = {"kind": kind, "title": title, "on": row["fulfilled_on"]}
            act.record(about_member(ENGAGEMENT_FULFILLED, *about, **facts))


async def change(
    act: Act, id: UUID, wanted: dict[str, Any], *, reason: str, version: int | None = None
) -> None:
    """Put right what is recorded; `wanted` names the terms that are to differ."""
    known, member = await _known(act, id)
    act.require(actions.REGISTER, member.path, member.id)
    terms = replace(known.terms, **wanted)
    once = rules.once_of(known.kind, terms)
    refuse(
        [
            *rules.change_refusals(
                known,
                terms,
                changer=act.caller.member_id,
                version=version,
                reason=reason,
                letter=await store.taken(act.session, act.tenant_id, member.id, once),
                member_then=await _member_then(act, member.id, terms.since),
                today=act.today,
                bounds=bounds_at(act, member, terms.since),
            ),
            *await _listed(act, member, known.kind, terms, known=id),
        ]
    )
    await store.change(act.session, act.tenant_id, id, **_columns(terms), once=once)
    before = "；".join(
        str(value)
        for name, value in asdict(known.terms).items()
        if value is not None and value != getattr(terms, name) and name != "details"
    )
    facts = {"kind": known.kind, "title": terms.title, "before": before, "reason": reason.strip()}
    act.record(about_member(ENGAGEMENT_CHANGED, SUBJECT, id, member.path, member.id, **facts))


async def fulfil(act: Act, id: UUID, on: date, result: str, *, reason: str | None = None) -> None:
    """Say what came of what a member took on."""
    known, member = await _known(act, id)
    act.require(actions.REGISTER, member.path, member.id)
    refuse(
        rules.fulfilling_refusals(
            known, on, result, teller=act.caller.member_id, reason=reason, today=act.today
        )
    )
    values = {"fulfilled_on": on, "result": result.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    facts = {"kind": known.kind, "title": known.terms.title, "on": on, "reason": reason}
    act.record(about_member(ENGAGEMENT_FULFILLED, SUBJECT, id, member.path, member.id, **facts))


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void what was recorded by mistake; it stays readable.

    Whoever recorded it takes it back for some days, whatever he may do now.
    """
    known, member = await _known(act, id)
    slip = Slip(subject=(SUBJECT, id), happened=(ENGAGED,), among=CHANGES)
    await slips.require(
        act, actions.REGISTER, member.path, member.id, slip, seen_by=actions.REGISTER_READ
    )
    refuse(rules.voiding_refusals(known, reason, voider=act.caller.member_id))
    values = {"voided_on": act.today, "void_reason": reason.strip(), "once": None}
    await store.change(act.session, act.tenant_id, id, **values)
    facts = {"kind": known.kind, "title": known.terms.title, "reason": reason.strip()}
    act.record(about_member(ENGAGEMENT_VOIDED, SUBJECT, id, member.path, member.id, **facts))


async def _known(act: Act, id: UUID) -> tuple[Engagement, MemberFacts]:
    known = await store.engagement(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    return known, await member_of(act, known.member_id)


async def _member_then(act: Act, member_id: UUID, on: date) -> bool:
    """Whether somebody was a member on a day, or is today where the day lies ahead."""
    stages = await stages_on(act, [member_id], min(on, act.today))
    return stages.get(member_id) in ("full", "probationary")


async def _listed(
    act: Act, member: MemberFacts, kind: Engaged, terms: Terms, *, known: UUID | None = None
) -> list[Invalid | Conflict]:
    """What speaks against a class or a role; nothing against anything else."""
    if kind not in listed.MANAGED:
        return []
    return list(
        listed.refusals(
            kind,
            terms,
            words=words_at(act, member, kind, terms.since),
            held=await store.of_members(act.session, act.tenant_id, [member.id]),
            managed=member.kind if known is None else None,
            known=known,
        )
    )


async def _kept_letter(act: Act, member_id: UUID, kind: Engaged, on: date) -> bool:
    """Whether a letter of that year or the year before was fulfilled, where that matters."""
    if kind is not Engaged.EXEMPLAR:
        return False
    first, last = year_of(on.year - 1)[0], year_of(on.year)[1]
    kept = await store.letters_kept(act.session, act.tenant_id, [member_id], first, last)
    return bool(kept)


def _columns(terms: Terms) -> dict[str, Any]:
    return {**asdict(terms), "title": terms.title.strip()}


def words_at(act: Act, member: MemberFacts, kind: Engaged, on: date) -> Words:
    """The classes or roles in force at the member's branch on a day."""
    name = f"organization_life.{LISTS[kind]}"
    found = act.parameters.value(name, member.path, on)
    return Words(names=tuple(word["zh"] for word in found.value or ()), basis=found.basis)


def bounds_at(act: Act, member: MemberFacts, on: date) -> Bounds:
    name = "organization_life.service_hours_limit"
    """What holds at the member's branch on a day."""
    return Bounds(
        late_after=amounts.limit(act, "organization_life.late_after_days", on, member.path),
        hours_limit=amounts.limit(act, name, on, member.path),
        by_letter=amounts.limit(act, "organization_life.awards_take_letter", on, member.path),
    )
