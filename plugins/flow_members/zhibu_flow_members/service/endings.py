"""How it ends that somebody is away, and how an ending that was a slip is taken back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import refuse
from zhibu.members.public import Change, Departure
from zhibu.members.service import Entered
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import ENDED, RESUMED
from zhibu_flow_members.rules import cases as rules
from zhibu_flow_members.rules.stays import in_the_way
from zhibu_flow_members.rules.values import Case, Ending
from zhibu_flow_members.service.between.home import tell_host, tell_hosts
from zhibu_flow_members.service.closing import close, reopen
from zhibu_flow_members.service.events import SUBJECT, say
from zhibu_flow_members.service.loading import case_of
from zhibu_flow_members.store import cases as store


async def end(act: Act, id: UUID, on: date, ending: Ending, *, note: str | None = None) -> None:
    """Whoever was away came back, was transferred, or went on elsewhere."""
    known = await case_of(act, id)
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    stays = await store.stays(act.session, act.tenant_id, known.member_id, besides=id)
    refuse(rules.ending_refusals(known, on, ending, stays=stays, today=act.today))
    await _end(act, known, on, ending, note)


async def resume(act: Act, id: UUID, *, reason: str) -> None:
    """Take back an ending that was a slip: he is away still."""
    known = await case_of(act, id)
    slip = Slip(subject=(SUBJECT, id), happened=(ENDED,), among=(ENDED, RESUMED))
    await slips.require(
        act, actions.RECORD, known.path, known.member_id, slip, seen_by=actions.READ
    )
    stays = await store.stays(act.session, act.tenant_id, known.member_id, besides=id)
    refuse(rules.resuming_refusals(known, reason, stays=stays, today=act.today))
    await _resume(act, known, reason.strip())


async def transferred(act: Act, events: Sequence[Event]) -> None:
    """Whoever is transferred to the organization that takes him in belongs there: he is not away.

    Transferred to another branch he is away still, from there, and a host elsewhere is told so.
    """
    days = {
        (event.member_id, UUID(event.facts["to"])): date.fromisoformat(event.facts["on"])
        for event in events
        if event.member_id is not None
    }
    members = {member for member, _ in days}
    away = await store.unended(act.session, act.tenant_id, members)
    for known in away:
        on = days.get((known.member_id, known.terms.host_id or known.id))
        if on is not None:
            await _end(act, known, max(on, known.terms.since), Ending.TRANSFERRED, None)
    await tell_hosts(act, away)


async def left(act: Act, events: Sequence[Event]) -> None:
    """Whoever is no member any more, or is one of another institution now, is not away."""
    days = {
        event.member_id: (date.fromisoformat(event.facts["on"]), event.facts.get("departure"))
        for event in events
        if event.member_id is not None
    }
    for known in await store.unended(act.session, act.tenant_id, days.keys()):
        on, departure = days[known.member_id]
        moved = departure == Departure.TRANSFERRED_OUT
        ending = Ending.TRANSFERRED if moved else Ending.LEFT
        await _end(act, known, max(on, known.terms.since), ending, None)


async def undone(act: Act, events: Sequence[Event]) -> None:
    """A transfer was a slip: whom it brought back is away again, unless he went anew since."""
    session, tenant_id = act.session, act.tenant_id
    for event in events:
        if event.member_id is None:
            continue
        if event.facts["what"] == Entered.STAGE and event.facts["change"] == Change.LEFT:
            await _unleft(act, event, event.member_id)
        if event.facts["what"] != Entered.AFFILIATION:
            continue
        host, on = UUID(event.facts["from"]), date.fromisoformat(event.facts["on"])
        for known in await store.transferred_to(session, tenant_id, event.member_id, host):
            stays = await store.stays(session, tenant_id, known.member_id, besides=known.id)
            terms = known.terms
            anew = in_the_way(terms.since, terms.until, stays, today=act.today)
            if known.ended_on == max(on, terms.since) and anew is None:
                await _resume(act, known, event.facts["reason"])


async def _unleft(act: Act, event: Event, member_id: UUID) -> None:
    """That he left was a slip: the stay that ended with it goes on, unless he went anew since."""
    session, tenant_id = act.session, act.tenant_id
    on = date.fromisoformat(event.facts["on"])
    for known in await store.ended_by_leaving(session, tenant_id, member_id):
        stays = await store.stays(session, tenant_id, known.member_id, besides=known.id)
        anew = in_the_way(known.terms.since, known.terms.until, stays, today=act.today)
        if known.ended_on == max(on, known.terms.since) and anew is None:
            await _resume(act, known, event.facts["reason"])


async def _end(act: Act, known: Case, on: date, ending: Ending, note: str | None) -> None:
    values = {"ended_on": on, "ending": ending, "end_note": (note or "").strip() or None}
    await store.change(act.session, act.tenant_id, known.id, **values, once=None)
    await close(act, known, on, "外出结束")
    if known.peer is not None:
        await tell_host(act, known.id)
    say(act, ENDED, known, on=on, ending=ending)


async def _resume(act: Act, known: Case, reason: str) -> None:
    values = dict.fromkeys(("ended_on", "ending", "end_note"))
    once = store.once(known.terms.since, act.today)
    await store.change(act.session, act.tenant_id, known.id, **values, once=once)
    await reopen(act, known)
    if known.peer is not None:
        await tell_host(act, known.id)
    say(act, RESUMED, known, on=known.ended_on, reason=reason)
