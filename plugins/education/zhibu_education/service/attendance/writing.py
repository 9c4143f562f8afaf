"""Writing marks, and the hours that follow from them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts
from zhibu_education.public import ATTENDANCE_RECORDED, ATTENDANCE_STRUCK, CREDIT_VOIDED
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules.catalogues import CreditState, Origin, SessionState
from zhibu_education.rules.sessions import Session
from zhibu_education.service import amounts
from zhibu_education.service.attendance.places import Place, ends, left_waiting
from zhibu_education.service.rows import Entry, credit_event, credit_row, event
from zhibu_education.service.standings import hold, refresh
from zhibu_education.store import credits as credit_store
from zhibu_education.store import sessions as store


async def write(act: Act, places: Sequence[Place], origin: Origin) -> tuple[int, int]:
    """Mark these places, which were judged before; how many are new, and how many changed.

    A place that is marked so already is left alone.
    """
    sessions = {place.session.id for place in places}
    before = await store.attendance(act.session, act.tenant_id, sessions)
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, sessions)
    fresh = [place for place in places if not _stands(place, before.get(place.key))]
    years = await left_waiting(act, fresh)
    await store.mark(act.session, act.tenant_id, [_row(place) for place in fresh])
    over = {
        place.session.id
        for place in fresh
        if place.session.state is SessionState.PLANNED and place.session.held_on <= act.today
    }
    await store.settle(act.session, act.tenant_id, over)
    await _credit(act, fresh, given, origin)
    years |= {(place.member.id, place.session.held_on.year) for place in fresh}
    years |= {
        (place.member.id, given[place.key].earned_on.year) for place in fresh if place.key in given
    }
    await refresh(act, years, held=True)
    for place in fresh:
        act.record(_marked(place))
    act.touch(*{place.session.organization_id for place in fresh})
    changed = sum(place.key in before for place in fresh)
    return len(fresh) - changed, changed


async def _credit(
    act: Act,
    places: Sequence[Place],
    given: Mapping[tuple[UUID, UUID], credit_rules.Credit],
    origin: Origin,
) -> None:
    """End the credits that no longer hold and begin those that do now."""
    ended = [(place, given[place.key]) for place in places if ends(place, given.get(place.key))]
    await credit_store.decide(
        act.session,
        act.tenant_id,
        [credit.id for _, credit in ended],
        state=CreditState.VOID,
        by=act.caller.account_id,
        at=act.now,
        decision="更正出勤",
    )
    for place, credit in ended:
        act.record(credit_event(CREDIT_VOIDED, credit.id, place.member, hours=credit.hours))
    begun = [
        place
        for place in places
        if place.hours and (place.key not in given or ends(place, given[place.key]))
    ]
    await credit_store.add(
        act.session, act.tenant_id, [_credit_row(act, place, origin) for place in begun]
    )


async def struck(act: Act, session: Session, member: MemberFacts, reason: str) -> None:
    """Take a member off a list, with the hours that followed from it."""
    await hold(act, [member.id])  # before the hours are read: they may be corrected this moment
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, [session.id])
    credit = given.get((session.id, member.id))
    years = {(member.id, session.held_on.year)}
    if credit is not None:
        await credit_store.decide(
            act.session,
            act.tenant_id,
            [credit.id],
            state=CreditState.VOID,
            by=act.caller.account_id,
            at=act.now,
            decision=reason,
        )
        years.add((member.id, credit.earned_on.year))
        said = credit_event(CREDIT_VOIDED, credit.id, member, hours=credit.hours, reason=reason)
        act.record(said)
    await store.unmark(act.session, act.tenant_id, session.id, member.id)
    await refresh(act, years, held=True)
    about = ("EducationSession", session.id)
    facts = {"title": session.title, "on": session.held_on, "reason": reason}
    act.record(event(ATTENDANCE_STRUCK, about, member.path, member.id, **facts))
    act.touch(session.organization_id)


def _stands(place: Place, marked: store.Marked | None) -> bool:
    return marked is not None and (marked.presence, marked.hours) == (
        place.mark.presence,
        place.mark.hours,
    )


def _credit_row(act: Act, place: Place, origin: Origin) -> dict[str, object]:
    session = place.session
    forms = amounts.forms_counted(act, session.held_on, place.member.path)
    own = place.member.id == act.caller.member_id
    waits = own or amounts.attendance_waits(act, session.held_on, session.path)
    return credit_row(
        act,
        new_id(),
        place.member.id,
        Entry(
            earned_on=session.held_on,
            hours=place.hours,
            form=session.form,
            kind=session.kind,
            topic=session.topic,
            title=session.title,
            channel=session.channel,
        ),
        origin,
        credit_rules.counted(session.form, place.hours, forms),
        state=CreditState.PENDING if waits else CreditState.VERIFIED,
        session=session.id,
        withdrawn=(session.withdrawn_on, session.withdrawn_reason)
        if session.withdrawn_on
        else None,
    )


def _row(place: Place) -> dict[str, object]:
    return {
        "id": new_id(),
        "session_id": place.session.id,
        "member_id": place.member.id,
        "state": place.mark.presence,
        "hours": place.mark.hours,
        "reason": place.mark.reason,
    }


def _marked(place: Place) -> Event:
    return event(
        ATTENDANCE_RECORDED,
        ("EducationSession", place.session.id),
        place.member.path,
        place.member.id,
        title=place.session.title,
        on=place.session.held_on,
        hours=place.hours,
        presence=place.mark.presence,
        reason=place.mark.reason,
    )
