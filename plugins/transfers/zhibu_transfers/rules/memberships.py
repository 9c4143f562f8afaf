"""A membership stopped, and restored: what speaks against asking for it (EM 24)."""

from collections.abc import Iterator
from datetime import date

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_transfers import errors
from zhibu_transfers.rules.matters import (
    Membership,
    Person,
    Restoring,
    StopGround,
    Stopping,
    Terms,
)


def stopping_refusals(
    wanted: Stopping, person: Person, terms: Terms, *, today: date
) -> Iterator[Invalid | Conflict]:
    """What speaks against proposing a stop, all of it."""
    if not wanted.reason.strip():
        yield errors.ReasonMissing(path=("reason",))
    if wanted.since > today:
        yield errors.ReceiptInFuture(path=("since",), on=wanted.since, today=today)
    yield from _person_refusals(person, terms)
    if wanted.ground is StopGround.LOST:
        yield from _search_refusals(wanted, terms, today=today)
    elif not (wanted.place or "").strip():
        yield errors.PlaceMissing(path=("place",))
    if wanted.ground is StopGround.ABROAD:
        yield from _abroad_refusals(wanted, terms, today=today)


def restoring_refusals(
    person: Person,
    terms: Restoring,
    *,
    reason: str,
    dues_settled: bool,
    requested: bool,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """It is asked for in writing while the years last, and dues are made up."""
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))
    if not requested:
        yield errors.RequestMissing(path=("documents",))
    if person.asked:
        yield errors.MatterUnderWay(path=("member",), name=person.name)
    if person.stopped_on is None:
        yield errors.NotStopped(path=("member",), name=person.name, stage=person.stage)
        return
    until = add_months(person.stopped_on, 12 * terms.years)
    if today > until:
        yield errors.RestoredTooLate(
            path=("member",), basis=terms.basis, on=person.stopped_on, until=until
        )
    if terms.dues and not dues_settled:
        yield errors.DuesOpen(path=("dues_settled",), basis=terms.dues_basis)


def custody_refusals(
    matter: Membership, *, stopped: bool, on: date, note: str, today: date
) -> Iterator[Invalid | Conflict]:
    """Relationship and file of who settled abroad are handed over once, after the stop (A-28)."""
    if matter.ground != StopGround.SETTLED or not stopped:
        yield errors.CustodyUnfit(path=("membership",), name=matter.name)
    elif matter.custody_on is not None:
        yield errors.CustodyRecorded(path=("membership",), on=matter.custody_on)
    if on > today:
        yield errors.ReceiptInFuture(path=("on",), on=on, today=today)
    elif matter.effective_on is not None and on < matter.effective_on:
        yield errors.ReceiptTooEarly(path=("on",), on=on, earliest=matter.effective_on)
    if not note.strip():
        yield errors.ReasonMissing(path=("note",))


def late_refusals(
    on: date, *, today: date, days: int, basis: Basis | None, reason: str | None
) -> Iterator[Invalid]:
    """Who enters something long after its day says why."""
    if (today - on).days > days and not (reason or "").strip():
        yield errors.LateReasonMissing(path=("late_reason",), basis=basis, on=on, days=days)


def _person_refusals(person: Person, terms: Terms) -> Iterator[Conflict]:
    if person.stage not in ("full", "probationary"):
        yield errors.NotAMember(path=("member",), name=person.name)
    elif person.stage == "probationary" and not terms.probationary:
        yield errors.ProbationaryNotStopped(
            path=("member",), basis=terms.probationary_basis, name=person.name
        )
    if person.transferring:
        yield errors.AlreadyOpen(path=("member",), name=person.name)
    if person.asked:
        yield errors.MatterUnderWay(path=("member",), name=person.name)


def _abroad_refusals(wanted: Stopping, terms: Terms, *, today: date) -> Iterator[Invalid]:
    if wanted.purpose is None:
        yield errors.PurposeMissing(path=("purpose",))
    elif wanted.purpose not in terms.purposes:
        yield errors.PurposeNotCounted(
            path=("purpose",), basis=terms.purposes_basis, purpose=wanted.purpose
        )
    if not terms.abroad.over(wanted.since, today):
        yield errors.AbroadTooShort(
            path=("since",),
            basis=terms.abroad.basis,
            since=wanted.since,
            years=terms.abroad.months // 12,
        )


def _search_refusals(wanted: Stopping, terms: Terms, *, today: date) -> Iterator[Invalid]:
    if not terms.lost.over(wanted.since, today):
        yield errors.SilenceTooShort(
            path=("since",), basis=terms.lost.basis, since=wanted.since, months=terms.lost.months
        )
    tries = len({(each.on, each.means) for each in wanted.searches})
    if tries < terms.tries:
        yield errors.SearchTooShort(
            path=("searches",), basis=terms.search_basis, tries=tries, least=terms.tries
        )
    means = len({each.means for each in wanted.searches})
    if means < terms.means:
        yield errors.SearchTooNarrow(
            path=("searches",), basis=terms.search_basis, means=means, least=terms.means
        )
    for place, each in enumerate(wanted.searches):
        if not each.course.strip() or not each.responsible.strip():
            yield errors.SearchIncomplete(path=("searches", str(place)), number=place + 1)
        if not wanted.since <= each.on <= today:
            yield errors.SearchDayUnfit(
                path=("searches", str(place), "on"), on=each.on, since=wanted.since, today=today
            )
