"""Who goes away: recorded, put right, told, voided."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    CASE_CHANGED,
    CASE_VOIDED,
    ENDED,
    TOLD,
    WENT,
)
from zhibu_flow_members.rules import cases as rules
from zhibu_flow_members.rules.peers import Asked, asking_refusals
from zhibu_flow_members.rules.values import (
    Terms,
    Told,
)
from zhibu_flow_members.service import peers
from zhibu_flow_members.service.amounts import bounds_at
from zhibu_flow_members.service.between.home import tell_host
from zhibu_flow_members.service.closing import close
from zhibu_flow_members.service.contacts import Reach, sealed
from zhibu_flow_members.service.events import SUBJECT, say
from zhibu_flow_members.service.loading import case_of
from zhibu_flow_members.service.notes import next_due, settle
from zhibu_flow_members.service.terms import (
    columns,
    host_of,
    member_then,
    rehosted,
    telling,
    told_columns,
)
from zhibu_flow_members.store import cases as store


async def record(
    act: Act,
    member_id: UUID,
    terms: Terms,
    *,
    host_code: str | None = None,
    asked: Asked | None = None,
    reach: Reach | None = None,
    told: Told | None = None,
    late_reason: str | None = None,
) -> UUID:
    """Record that a member goes away, with the talk before it where there was one.

    `asked` is another institution of this platform that is to take him in.
    """
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
            member_then=await member_then(act, member.id, terms.since),
            host=host,
            late_reason=late_reason,
            today=act.today,
            bounds=bounds,
        ),
        *asking_refusals(asked, host=host is not None, own=act.tenant.code),
    ]
    if told is not None:
        found += telling(act, told, member.path, terms.since, again=False)
    refuse(found)
    id = new_id()
    row = {
        "id": id,
        "member_id": member.id,
        **columns(terms, bounds),
        "once": store.once(terms.since, act.today),
        "sealed": sealed(act, id, reach),
        "late_reason": (late_reason or "").strip() or None,
        **(told_columns(told) if told else {}),
        **next_due(act, member.path, terms.since, None, None),
        **(peers.columns(asked, 1) if asked else {}),
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    case = await case_of(act, id)
    say(act, WENT, case, on=terms.since, paper=case.terms.paper, until=terms.until)
    if told is not None:
        say(act, TOLD, case, on=told.on, reason=told.late_reason)
    if asked is not None:
        await peers.say_asked(act, case, asked)
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
            member_then=await member_then(act, member.id, terms.since),
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
    values = columns(terms, bounds)
    if reach is not None:
        values["sealed"] = sealed(act, id, reach)
    if terms.host_id != known.terms.host_id:
        values |= rehosted(known, terms)
    if terms.since != known.terms.since:
        values["once"] = store.once(terms.since, act.today)
    await store.change(act.session, act.tenant_id, id, **values)
    if terms.since != known.terms.since:
        moved = replace(known, terms=terms)
        kept = {"touched_on": known.touched_on, "reported_on": known.reported_on}
        await settle(act, moved, **kept)
    if known.peer is not None:
        await tell_host(act, id)
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
    refuse([*found, *telling(act, told, known.path, since, again=again, reason=reason)])
    await store.change(act.session, act.tenant_id, id, **told_columns(told))
    say(act, TOLD, known, on=told.on, reason=told.late_reason or reason)
    if known.peer is not None:
        await tell_host(act, id)


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
    if known.peer is not None:
        await tell_host(act, id)
    say(act, CASE_VOIDED, known, on=known.terms.since, reason=reason.strip())
