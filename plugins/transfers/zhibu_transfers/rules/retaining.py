"""A relationship retained while somebody is abroad (S3D-20): asked for, followed, ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_transfers import errors
from zhibu_transfers.rules.matters import (
    Channel,
    Matter,
    Membership,
    Person,
    Retaining,
    Retention,
    Span,
    Standing,
)

LIVING = ("full", "probationary")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Contact with who is abroad, as somebody wants it noted."""

    on: date
    channel: Channel
    text: str


@dataclass(frozen=True, kw_only=True)
class Noted:
    """Contact as it is kept."""

    id: UUID
    membership_id: UUID
    on: date
    voided_on: date | None


def retaining_refusals(
    wanted: Retaining, person: Person, terms: Retention, *, requested: bool, today: date
) -> Iterator[Invalid | Conflict]:
    """A living member, one stay at a time, a purpose that counts, and his own application."""
    if not wanted.reason.strip():
        yield errors.ReasonMissing(path=("reason",))
    if not wanted.place.strip():
        yield errors.PlaceMissing(path=("place",))
    if wanted.purpose not in terms.purposes:
        yield errors.PurposeNotRetained(
            path=("purpose",), basis=terms.purposes_basis, purpose=wanted.purpose
        )
    if wanted.until is not None and wanted.until <= wanted.since:
        yield errors.StayReversed(path=("until",), since=wanted.since, until=wanted.until)
    if wanted.applied_on is not None and wanted.applied_on > today:
        yield errors.ReceiptInFuture(path=("applied_on",), on=wanted.applied_on, today=today)
    if terms.written and not requested and wanted.applied_on is None:
        yield errors.ApplicationMissing(path=("applied_on",), basis=terms.written_basis)
    if person.stage not in LIVING:
        yield errors.NotAMember(path=("member",), name=person.name)
    if person.transferring:
        yield errors.AlreadyOpen(path=("member",), name=person.name)
    if person.asked:
        yield errors.MatterUnderWay(path=("member",), name=person.name)
    if person.retained:
        yield errors.AlreadyRetained(path=("member",), name=person.name)


def standing(matter: Membership, stage: str) -> Iterator[Conflict]:
    """Only what was granted, of a member who is still one and not back, is followed."""
    granted = matter.matter is Matter.RETAIN and matter.standing is Standing.GRANTED
    if not granted or stage not in LIVING:
        yield errors.NotRetained(path=("membership",), name=matter.name)
    elif matter.returned_on is not None:
        yield errors.AlreadyReturned(path=("membership",), on=matter.returned_on)


def prolonging_refusals(
    matter: Membership, until: date, reason: str
) -> Iterator[Invalid | Conflict]:
    """He stays longer, or less long, than was expected, and it is said why."""
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))
    if matter.since is not None and until <= matter.since:
        yield errors.StayReversed(path=("until",), since=matter.since, until=until)
    if until == matter.until:
        yield errors.UntilUnchanged(path=("until",), until=until)


def returning_refusals(matter: Membership, on: date, *, today: date) -> Iterator[Invalid]:
    """He is back on a day that is not ahead, nor before he went."""
    if on > today:
        yield errors.ReceiptInFuture(path=("on",), on=on, today=today)
    if matter.since is not None and on < matter.since:
        yield errors.StayReversed(path=("on",), since=matter.since, until=on)


def leaving_again_refusals(
    matter: Membership, reason: str, *, retained: bool
) -> Iterator[Invalid | Conflict]:
    """A return that was entered by mistake is taken back with a reason, unless another stay began
    since."""
    if matter.returned_on is None:
        yield errors.NotReturned(path=("membership",), name=matter.name)
    elif retained:
        yield errors.AlreadyRetained(path=("membership",), name=matter.name)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def contact_refusals(
    matter: Membership, contact: Contact, *, own: bool, today: date
) -> Iterator[Invalid | Conflict]:
    """Somebody else of the branch had it, while he was abroad, and says what was said."""
    if not contact.text.strip():
        yield errors.ContactTextMissing(path=("text",))
    if own:
        yield errors.OwnContact(path=("membership",))
    since = matter.since or contact.on
    if not since <= contact.on <= today:
        yield errors.ContactDayUnfit(path=("on",), on=contact.on, since=since, today=today)


def voiding_refusals(contact: Noted, reason: str) -> Iterator[Invalid | Conflict]:
    """Contact that was noted by mistake is void, once, with a reason."""
    if contact.voided_on is not None:
        yield errors.ContactVoid(path=("contact",), on=contact.voided_on)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def contact_by(beginning: date, contacts: Iterable[date], months: int) -> date:
    """By when he is asked after: so many months after the last contact, or the beginning."""
    return add_months(max([beginning, *contacts]), months)


def stop_suggested_on(
    since: date, purpose: str, *, purposes: frozenset[str], abroad: Span
) -> date | None:
    """From when on stopping is suggested: the years abroad are over (S0-17); never for a purpose
    that they are not about."""
    if purpose not in purposes:
        return None
    end = add_months(since, abroad.months)
    return end if abroad.inclusive or end == date.max else end + timedelta(days=1)
