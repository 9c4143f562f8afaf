"""Who goes away: what may be recorded, put right, told, ended and voided."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    AlreadyAway,
    CaseEnded,
    CaseGoesOn,
    CaseVoid,
    ChangedMeanwhile,
    DatesReversed,
    EndsWithMembership,
    HostIsHome,
    HostTakesNobody,
    HostTwice,
    LateReasonMissing,
    NoMemberThen,
    NothingChanged,
    NotYet,
    PaperDiffers,
    PlaceMissing,
    ReasonMissing,
    RequirementsMissing,
    ToldAfterLeaving,
    WishMissing,
)
from zhibu_flow_members.rules.papers import Paper, papers_of, takes_wish
from zhibu_flow_members.rules.stays import Stay, in_the_way
from zhibu_flow_members.rules.values import TAKING, Bounds, Case, Ending, Host, Terms, Told


def paper_for(terms: Terms, bounds: Bounds) -> Paper:
    """The paper that is chosen; the one that the rules name first where none is."""
    return terms.paper or _fitting(terms, bounds)[0]


def floating_from(terms: Terms, bounds: Bounds) -> date:
    """From when on he is a floating member by the definition of 2024 (rule 25)."""
    return add_months(terms.since, bounds.floating.value)


def recording_refusals(
    terms: Terms,
    *,
    home: UUID,
    stays: Collection[Stay],
    member_then: bool,
    host: Host | None,
    late_reason: str | None,
    today: date,
    bounds: Bounds,
) -> Iterator[Invalid | Conflict]:
    """Everything against it; `stays` are the others of the same member."""
    yield from _room(terms, stays, "member", today)
    yield from terms_refusals(terms, home=home, member_then=member_then, host=host, bounds=bounds)
    late = (today - terms.since).days > bounds.late_after.value
    if late and not (late_reason or "").strip():
        days, basis = bounds.late_after.value, bounds.late_after.basis
        yield LateReasonMissing(path=("late_reason",), basis=basis, on=terms.since, days=days)


def terms_refusals(
    terms: Terms, *, home: UUID, member_then: bool, host: Host | None, bounds: Bounds
) -> Iterator[Invalid | Conflict]:
    """A place, days in order, a host that takes members in, and the paper that the rules give."""
    if not terms.place.strip():
        yield PlaceMissing(path=("place",))
    if not member_then:
        yield NoMemberThen(path=("since",), on=terms.since)
    if terms.until is not None and terms.until <= terms.since:
        yield DatesReversed(path=("until",), since=terms.since, until=terms.until)
    if host is not None and host.id == home:
        yield HostIsHome(path=("host",))
    if host is not None and host.kind not in TAKING:
        yield HostTakesNobody(path=("host",), kind=host.kind)
    wish = takes_wish(terms.certainty, terms.since, terms.until, long=bounds.long)
    if bounds.wish.value and wish and not terms.by_wish:
        yield WishMissing(path=("by_wish",), basis=bounds.wish.basis)
    fitting, reason = _fitting(terms, bounds), (terms.paper_reason or "").strip()
    if terms.paper is not None and terms.paper not in fitting and not reason:
        given = {"paper": terms.paper, "suggested": fitting[0]}
        yield PaperDiffers(path=("paper",), basis=bounds.long.basis, **given)


def change_refusals(
    known: Case,
    terms: Terms,
    *,
    home: UUID,
    member_then: bool,
    host: Host | None,
    reason: str,
    version: int | None,
    contact: bool,
    stays: Collection[Stay],
    today: date,
    bounds: Bounds,
) -> Iterator[Invalid | Conflict]:
    """What is recorded is put right with a reason; who reported in had left before."""
    if version is not None and version != known.version:
        yield ChangedMeanwhile(path=("version",), version=known.version)
    yield from standing(known)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if terms == known.terms and not contact:
        yield NothingChanged(path=("case",))
    if terms.host_id is not None and known.peer is not None:
        yield HostTwice(path=("host",))
    yield from _room(terms, stays, "since", today)
    arrived = known.arrived_on if terms.host_id == known.terms.host_id else None
    if arrived is not None and arrived < terms.since:
        yield DatesReversed(path=("since",), since=terms.since, until=arrived)
    yield from terms_refusals(terms, home=home, member_then=member_then, host=host, bounds=bounds)


def telling_refusals(
    told: Told, *, since: date, again: bool, reason: str | None, today: date, basis: Basis
) -> Iterator[Invalid | Conflict]:
    """Before he goes he is told what is required and how to reach the branch (S1-28)."""
    for argument in ("requirements", "contact"):
        if not getattr(told, argument).strip():
            yield RequirementsMissing(path=(argument,), basis=basis)
    if told.on > today:
        yield NotYet(path=("on",), on=told.on, today=today)
    if told.on > since and not (told.late_reason or "").strip():
        yield ToldAfterLeaving(path=("late_reason",), basis=basis, on=told.on, since=since)
    if again and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def ending_refusals(
    known: Case, on: date, ending: Ending, *, stays: Collection[Stay], today: date
) -> Iterator[Invalid | Conflict]:
    """Whoever is away comes back, is transferred, or goes on elsewhere, before he goes anew."""
    yield from standing(known)
    if ending is Ending.LEFT:
        yield EndsWithMembership(path=("ending",))
    if on > today:
        yield NotYet(path=("on",), on=on, today=today)
    if on < known.terms.since:
        yield DatesReversed(path=("on",), since=known.terms.since, until=on)
    for stay in stays:
        if known.terms.since < stay.since < on:
            yield AlreadyAway(path=("on",), since=stay.since, place=stay.place)


def resuming_refusals(
    known: Case, reason: str, *, stays: Collection[Stay], today: date
) -> Iterator[Invalid | Conflict]:
    """An ending that was a slip is taken back, unless he has gone away anew since."""
    if known.voided_on is not None:
        yield CaseVoid(path=("case",), on=known.voided_on)
    elif known.ended_on is None:
        yield CaseGoesOn(path=("case",))
    else:
        yield from _room(known.terms, stays, "case", today)
    if known.host_path == known.path:
        yield HostIsHome(path=("case",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def voiding_refusals(known: Case, reason: str) -> Iterator[Invalid | Conflict]:
    """What was recorded by mistake is voided with a reason."""
    if known.voided_on is not None:
        yield CaseVoid(path=("case",), on=known.voided_on)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def standing(known: Case) -> Iterator[Conflict]:
    """Nothing more is recorded of what is void or over."""
    if known.voided_on is not None:
        yield CaseVoid(path=("case",), on=known.voided_on)
    elif known.ended_on is not None:
        yield CaseEnded(path=("case",), on=known.ended_on)


def _room(terms: Terms, stays: Collection[Stay], argument: str, today: date) -> Iterator[Conflict]:
    stay = in_the_way(terms.since, terms.until, stays, today=today)
    if stay is not None:
        yield AlreadyAway(path=(argument,), since=stay.since, place=stay.place)


def _fitting(terms: Terms, bounds: Bounds) -> tuple[Paper, ...]:
    return papers_of(
        terms.certainty,
        terms.since,
        terms.until,
        untransferable=bool((terms.untransferred or "").strip()),
        long=bounds.long,
    )
