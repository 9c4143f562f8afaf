"""Attendance: who was at a session, and the hours that follow from it (S2-05, S2-06).

The hours of a session are verified by its record: whoever recorded the attendance answers for it.
His own place waits for somebody else, and so does everybody's where the unit says so. Marking again
corrects: hours of whoever is no longer present are voided, changed ones replaced. A list of the
branch's own workbook and a mutation come through the same functions.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_education import actions
from zhibu_education.errors import ChangedMeanwhile, MarkedTwice, MemberElsewhere, NothingChosen
from zhibu_education.public import ATTENDANCE_RECORDED, CREDIT_VOIDED
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import CreditState, Origin, Presence, SessionState
from zhibu_education.rules.sessions import Mark
from zhibu_education.service import amounts
from zhibu_education.service.credits import membership
from zhibu_education.service.rows import Entry, credit_event, credit_row, event
from zhibu_education.service.standings import hold, refresh
from zhibu_education.store import credits as credit_store
from zhibu_education.store import people
from zhibu_education.store import sessions as store

Refusals = list[Invalid | Conflict]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One line of a list: this member, at this session, marked so."""

    session: rules.Session
    member: MemberFacts
    mark: Mark

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.session.id, self.member.id

    @property
    def day(self) -> tuple[UUID, date]:
        return self.member.id, self.session.held_on

    @property
    def hours(self) -> Decimal:
        """What is credited: nothing for whoever was not present."""
        if self.mark.presence is not Presence.PRESENT:
            return Decimal(0)
        return self.session.hours if self.mark.hours is None else self.mark.hours


async def attend(
    act: Act, session_id: UUID, marks: Sequence[Mark], *, version: int | None = None
) -> None:
    """Mark who attended a session; a planned one of the past becomes held.

    Raises `Refused` with every obstacle; then nothing is marked.
    """
    if not marks:
        raise NothingChosen(path=("marks",))
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None:
        raise NotFound()
    act.require(actions.ATTEND, session.path, seen_by=ORGANIZATION_READ)
    members = await members_by_id(act, {mark.member_id for mark in marks})
    refusals: Refusals = []
    if version is not None and version != session.version:
        refusals.append(ChangedMeanwhile(path=("version",), version=session.version))
    places: list[Place] = []
    inside = await belonging(act, [(session, member) for member in members.values()])
    for index, mark in enumerate(marks):
        at = ("marks", str(index))
        member = members.get(mark.member_id)
        if member is None or (session.id, member.id) not in inside:
            refusals.append(MemberElsewhere(path=at))
            continue
        if member.path.startswith(session.path):  # of whoever moved away, the host still decides
            act.require(actions.ATTEND, member.path, member.id)
        if any(place.member.id == member.id for place in places):
            refusals.append(MarkedTwice(path=at))
            continue
        places.append(Place(session=session, member=member, mark=mark))
    at_once = await judge(act, places)
    numbers = {mark.member_id: str(index) for index, mark in enumerate(marks)}
    for place, found in zip(places, at_once, strict=True):
        for refusal in found:
            refusal.path = ("marks", numbers[place.member.id], *refusal.path)
        refusals += found
    refuse(refusals)
    await write(act, places, Origin.SESSION)


async def belonging(
    act: Act, pairs: Collection[tuple[rules.Session, MemberFacts]]
) -> set[tuple[UUID, UUID]]:
    """Which of these members may be marked at which session, as session and member.

    Whoever the caller sees at or below its host, whoever belonged there on its day, and whoever is
    marked there already: a transfer takes nobody off the list of what he attended.
    """
    sessions = {session.id: session for session, _ in pairs}
    inside = {
        (session.id, member.id)
        for session, member in pairs
        if member.path.startswith(session.path) and act.may(MEMBER_READ, member.path, member.id)
    }
    elsewhere: dict[UUID, set[UUID]] = defaultdict(set)
    for session, member in pairs:
        if (session.id, member.id) not in inside:
            elsewhere[session.id].add(member.id)
    marked = await store.attendance(act.session, act.tenant_id, elsewhere)
    for id, members in elsewhere.items():
        then = await people.paths_on(act.session, act.tenant_id, members, sessions[id].held_on)
        inside |= {
            (id, member)
            for member in members
            if (id, member) in marked or then.get(member, "").startswith(sessions[id].path)
        }
    return inside


async def judge(act: Act, places: Sequence[Place]) -> list[Refusals]:
    """What speaks against each place, seen together with those before it and what is recorded.

    The members are held from here on, so that it stays true until the places are written.
    """
    await hold(act, {place.member.id for place in places})
    sessions = {place.session.id for place in places}
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, sessions)
    before = {place.key: given[place.key] for place in places if place.key in given}
    replaced = {place.key for place in places if _ends(place, before.get(place.key))}
    taken = await credit_store.hours_on_days(
        act.session,
        act.tenant_id,
        {place.member.id for place in places},
        {place.session.held_on for place in places}
        | {credit.earned_on for credit in before.values()},
    )
    day = defaultdict(Decimal, taken)
    for key in replaced:  # on whatever day a correction has put them
        day[before[key].member_id, before[key].earned_on] -= before[key].hours
    stay = before.keys() - replaced
    return [_judge(act, place, day, stays=place.key in stay) for place in places]


def _judge(
    act: Act, place: Place, day: defaultdict[tuple[UUID, date], Decimal], *, stays: bool
) -> Refusals:
    """`stays` says that the place gave these hours already, and they are counted in `day`."""
    found: Refusals = [*rules.mark_refusals(place.session, place.mark, today=act.today)]
    if not place.hours or stays:
        return found
    on = place.session.held_on
    limit = amounts.day_limit(act, on, place.member.path)
    found += credit_rules.membership_refusals(on, membership(place.member), ("member",))
    over = [
        *credit_rules.overfull(
            on, place.hours, same_day=day[place.day], day_limit=limit, path=("hours",)
        )
    ]
    if not over and not found:
        day[place.day] += place.hours
    return found + over


async def write(act: Act, places: Sequence[Place], origin: Origin) -> tuple[int, int]:
    """Mark these places, which were judged before; how many are new, and how many changed.

    A place that is marked so already is left alone.
    """
    sessions = {place.session.id for place in places}
    before = await store.attendance(act.session, act.tenant_id, sessions)
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, sessions)
    fresh = [place for place in places if not _stands(place, before.get(place.key))]
    await store.mark(act.session, act.tenant_id, [_row(place) for place in fresh])
    over = {
        place.session.id
        for place in fresh
        if place.session.state is SessionState.PLANNED and place.session.held_on <= act.today
    }
    await store.settle(act.session, act.tenant_id, over)
    await _credit(act, fresh, given, origin)
    years = {(place.member.id, place.session.held_on.year) for place in fresh}
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
    ended = [(place, given[place.key]) for place in places if _ends(place, given.get(place.key))]
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
        if place.hours and (place.key not in given or _ends(place, given[place.key]))
    ]
    await credit_store.add(
        act.session, act.tenant_id, [_credit_row(act, place, origin) for place in begun]
    )


def _ends(place: Place, credit: credit_rules.Credit | None) -> bool:
    return credit is not None and credit.hours != place.hours


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
