"""Who goes away: recorded, put right, told, voided."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Refused, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of, stages_on
from zhibu.organizations.public import organization_of, organizations_by_code
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.errors import HostUnknown
from zhibu_flow_members.public import (
    CASE_CHANGED,
    CASE_VOIDED,
    ENDED,
    TOLD,
    WENT,
)
from zhibu_flow_members.rules import cases as rules
from zhibu_flow_members.rules.values import (
    Bounds,
    Case,
    Host,
    Terms,
    Told,
    Verification,
    verification,
)
from zhibu_flow_members.service.amounts import bounds_at, limit
from zhibu_flow_members.service.closing import close
from zhibu_flow_members.service.contacts import Reach, sealed
from zhibu_flow_members.service.events import SUBJECT, say
from zhibu_flow_members.service.loading import case_of
from zhibu_flow_members.service.notes import next_due, settle
from zhibu_flow_members.store import cases as store

STAGES = ("full", "probationary")


async def record(
    act: Act,
    member_id: UUID,
    terms: Terms,
    *,
    host_code: str | None = None,
    reach: Reach | None = None,
    told: Told | None = None,
    late_reason: str | None = None,
) -> UUID:
    """Record that a member goes away, with the talk before it where there was one."""
    member = await member_of(act, member_id)
    act.require(actions.RECORD, member.path, member.id, seen_by=actions.READ)
    host = await host_of(act, host_code, terms.since)
    terms = replace(terms, host_id=host.id if host else None)
    bounds = bounds_at(act, member.path, terms.since)
    found = [
        *rules.recording_refusals(
            terms,
            home=member.organization_id,
            stays=await store.stays(act.session, act.tenant_id, member.id),
            member_then=await _member_then(act, member.id, terms.since),
            host=host,
            late_reason=late_reason,
            today=act.today,
            bounds=bounds,
        )
    ]
    if told is not None:
        found += _telling(act, told, member.path, terms.since, again=False)
    refuse(found)
    id = new_id()
    row = {
        "id": id,
        "member_id": member.id,
        **_columns(terms, bounds),
        "once": store.once(terms.since, act.today),
        "sealed": sealed(act, id, reach),
        "late_reason": (late_reason or "").strip() or None,
        **(_told(told) if told else {}),
        **next_due(act, member.path, terms.since, None, None),
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    case = await case_of(act, id)
    say(act, WENT, case, on=terms.since, paper=case.terms.paper, until=terms.until)
    if told is not None:
        say(act, TOLD, case, on=told.on, reason=told.late_reason)
    return id


async def change(
    act: Act,
    id: UUID,
    wanted: dict[str, Any],
    *,
    reason: str,
    host_code: str | None = None,
    reach: Reach | None = None,
    version: int | None = None,
) -> None:
    """Put right what is recorded; `wanted` names the terms that are to differ."""
    known = await case_of(act, id)
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    member = await member_of(act, known.member_id)
    terms = replace(known.terms, **wanted)
    bounds = bounds_at(act, known.path, terms.since)
    host = await host_of(act, host_code, terms.since)
    if host_code is not None:
        terms = replace(terms, host_id=host.id if host else None)
    refuse(
        rules.change_refusals(
            known,
            terms,
            home=member.organization_id,
            member_then=await _member_then(act, member.id, terms.since),
            host=host,
            reason=reason,
            version=version,
            contact=reach is not None,
            stays=await store.stays(act.session, act.tenant_id, member.id, besides=id)
            if (terms.since, terms.until) != (known.terms.since, known.terms.until)
            else [],
            today=act.today,
            bounds=bounds,
        )
    )
    values = _columns(terms, bounds)
    if reach is not None:
        values["sealed"] = sealed(act, id, reach)
    if terms.host_id != known.terms.host_id:
        values |= _rehosted(known, terms)
    if terms.since != known.terms.since:
        values["once"] = store.once(terms.since, act.today)
    await store.change(act.session, act.tenant_id, id, **values)
    if terms.since != known.terms.since:
        moved = replace(known, terms=terms)
        kept = {"touched_on": known.touched_on, "reported_on": known.reported_on}
        await settle(act, moved, **kept)
    before = "；".join(
        str(value)
        for name, value in asdict(known.terms).items()
        if value is not None and value != getattr(terms, name) and name != "host_id"
    )
    say(act, CASE_CHANGED, known, terms, before=before or None, reason=reason.strip())


async def tell(act: Act, id: UUID, told: Told, *, reason: str | None = None) -> None:
    """Record what a member was told before he went, or, late and with the reason, after."""
    known = await case_of(act, id)
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    again = known.told_on is not None
    found = [*rules.standing(known)]
    since = known.terms.since
    refuse([*found, *_telling(act, told, known.path, since, again=again, reason=reason)])
    await store.change(act.session, act.tenant_id, id, **_told(told))
    say(act, TOLD, known, on=told.on, reason=told.late_reason or reason)


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void a case that was recorded by mistake; it stays readable.

    Whoever recorded it takes it back for some days, whatever he may do now.
    """
    known = await case_of(act, id)
    among = (WENT, TOLD, CASE_CHANGED, ENDED)
    slip = Slip(subject=(SUBJECT, id), happened=(WENT,), among=among)
    await slips.require(
        act, actions.RECORD, known.path, known.member_id, slip, seen_by=actions.READ
    )
    refuse(rules.voiding_refusals(known, reason))
    values = {"voided_on": act.today, "void_reason": reason.strip(), "once": None}
    await store.change(act.session, act.tenant_id, id, **values)
    await close(act, known, act.today, "外出登记作废")
    say(act, CASE_VOIDED, known, on=known.terms.since, reason=reason.strip())


async def host_of(act: Act, code: str | None, on: date) -> Host | None:
    """The organization with this code, held: who is named as host does not end meanwhile.

    Raises `HostUnknown` where none stands: names are public.
    """
    wanted = (code or "").strip()
    if not wanted:
        return None
    named = (await organizations_by_code(act, [wanted])).get(wanted)
    unit = await organization_of(act, named.id, seen_by=None, hold=True) if named else None
    if unit is None or unit.ended_on is not None:
        raise Refused([HostUnknown(path=("host",), host=wanted)])
    return Host(id=unit.id, path=unit.path, kind=unit.kind)


async def _member_then(act: Act, member_id: UUID, on: date) -> bool:
    """Whether somebody was a member on a day, or is today where the day lies ahead."""
    stages = await stages_on(act, [member_id], min(on, act.today))
    return stages.get(member_id) in STAGES


def _rehosted(known: Case, terms: Terms) -> dict[str, Any]:
    """Another organization verifies anew; what the former one verified is kept for its return."""
    kept: dict[str, Any] = dict(known.hosted)
    if known.verified_on is not None:
        said = {name: value for name, value in asdict(known.verification).items() if value}
        kept[str(known.terms.host_id)] = {name: str(value) for name, value in said.items()}
    found = verification(kept.pop(str(terms.host_id), {}))
    if found.arrived_on is not None and found.arrived_on < terms.since:
        found = Verification()
    return {**asdict(found), "hosted": kept or None}


def _telling(
    act: Act, told: Told, path: str, since: date, *, again: bool, reason: str | None = None
) -> list[Any]:
    basis = limit(act, "flow_members.talk_escalation", path, since).basis
    return [
        *rules.telling_refusals(
            told, since=since, again=again, reason=reason, today=act.today, basis=basis
        )
    ]


def _told(told: Told) -> dict[str, Any]:
    return {
        "told_on": told.on,
        "requirements": told.requirements.strip(),
        "contact": told.contact.strip(),
        "told_late_reason": (told.late_reason or "").strip() or None,
    }


def _columns(terms: Terms, bounds: Bounds) -> dict[str, Any]:
    return {
        **asdict(terms),
        "place": terms.place.strip(),
        "paper": rules.paper_for(terms, bounds),
        "floating_from": rules.floating_from(terms, bounds),
        "verify_by": terms.since + timedelta(days=bounds.verify_within.value),
    }
