"""Recording that a branch recommended whoever records, or supervises (S4-27, S4-28)."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu.procedures.public import Body, voters_on
from zhibu_scoring import actions
from zhibu_scoring.public import RECOMMENDATION_WITHDRAWN, RECOMMENDED
from zhibu_scoring.rules import recorders as rules
from zhibu_scoring.rules.recorders import Duties, Duty, Recommendation, Seat
from zhibu_scoring.service.years.entering import PROFILE
from zhibu_scoring.service.years.rolls import assessing
from zhibu_scoring.store import recorders as store
from zhibu_scoring.store import years

KIND = "ScoringRecommendation"


async def recommend(act: Act, wanted: Recommendation) -> UUID:
    """Say that the branch recommended the holder of this post, by how many, and when."""
    where = await store.unit_of_post(act.session, act.tenant_id, wanted.post_id)
    if where is None:
        raise NotFound()
    unit = await organization_of(act, where)
    act.require(actions.RECOMMEND, unit.path)
    assessing(unit)
    await years.hold(act.session, act.tenant_id, unit.id)
    seats = await store.seats_of(act.session, act.tenant_id, unit.id)
    seat = next(each for each in seats if each.id == wanted.post_id)
    member = await member_of(act, seat.member_id, seen_by=None)
    known = await store.standing(act.session, act.tenant_id, unit.id)
    over = seat.until is not None and seat.until <= act.today
    refuse(
        rules.recommending_refusals(
            seat,
            wanted,
            seats=seats,
            belongs=over or member.organization_id == unit.id,
            members=await store.members_of(act.session, act.tenant_id, unit.id),
            known=next((each for each in known if each.post_id == seat.id), None),
            duties=await duties(act, unit, seat.since, wanted.held_on),
            today=act.today,
        )
    )
    id = new_id()
    values = {
        "id": id,
        **vars(wanted),
        "document": (wanted.document or "").strip() or None,
        "roll_reason": (wanted.roll_reason or "").strip() or None,
        "organization_id": unit.id,
        "member_id": seat.member_id,
        "entered_by": act.caller.account_id,
        "entered_on": act.today,
    }
    await store.add(act.session, act.tenant_id, values)
    facts = {"on": wanted.held_on, "in_favour": wanted.in_favour, "present": wanted.present}
    _said(act, RECOMMENDED, unit, id, seat, **facts)
    return id


async def withdraw(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take back what was recorded by mistake; the post stays."""
    first = await store.recommendation(act.session, act.tenant_id, id)
    if first is None:
        raise NotFound()
    unit = await organization_of(act, first.organization_id, seen_by=None)
    act.require(actions.RECOMMEND, unit.path, seen_by=actions.YEAR_READ)
    await years.hold(act.session, act.tenant_id, unit.id)
    found = await store.recommendation(act.session, act.tenant_id, id) or first
    refuse(rules.withdrawing_refusals(found, reason))
    await store.withdraw(
        act.session,
        act.tenant_id,
        id,
        withdrawn_by=act.caller.account_id,
        withdrawn_on=act.today,
        withdrawn_reason=reason.strip(),
    )
    seats = await store.seats_of(act.session, act.tenant_id, unit.id)
    seat = next(each for each in seats if each.id == found.post_id)
    _said(act, RECOMMENDATION_WITHDRAWN, unit, id, seat, on=found.held_on, reason=reason.strip())
    return id


async def keepers(act: Act, unit: Unit, on: date) -> list[str]:
    """Who records and who supervises on a day, and by which recommendation, in words."""
    seats = await store.seats_of(act.session, act.tenant_id, unit.id)
    known = await store.standing(act.session, act.tenant_id, unit.id)
    held = {each.post_id: each.held_on for each in known}
    titles = {Duty.RECORDER: "考核记录员", Duty.SUPERVISOR: "考核监督员"}
    found = []
    for duty, title in titles.items():
        for seat in seats:
            if seat.kind != duty or seat.since > on or (seat.until and seat.until <= on):
                continue
            day = held.get(seat.id)
            how = f"{day.isoformat()} 民主推荐" if day else "未登记民主推荐"
            found.append(f"{title}：{seat.name}（{how}）")
    return found


async def duties(act: Act, unit: Unit, on: date, held_on: date) -> Duties:
    """What a branch is held to, on a day, and who was to come to a meeting held on another."""
    path = unit.path
    secretary = act.parameters.value("scoring.secretary_may_record", path, on)
    supervised = act.parameters.value("scoring.supervised_from", path, on)
    voters = await voters_on(act, unit.id, path, held_on, body=Body.MEMBERS, profile=PROFILE)
    return Duties(
        entitled=len(voters),
        entitled_basis=act.parameters.value(f"{PROFILE}_present", path, held_on).basis,
        secretary_may=bool(secretary.value),
        secretary_basis=secretary.basis,
        supervised_from=supervised.value,
        supervisor_basis=supervised.basis,
    )


def _said(act: Act, name: str, unit: Unit, id: UUID, seat: Seat, **facts: Any) -> None:
    told = {"organization": unit.name, "kind": seat.kind, "since": seat.since, **facts}
    act.record(
        Event(
            name=name,
            subject=(KIND, id),
            path=unit.path,
            member_id=seat.member_id,
            facts={k: v.isoformat() if isinstance(v, date) else v for k, v in told.items()},
        )
    )
