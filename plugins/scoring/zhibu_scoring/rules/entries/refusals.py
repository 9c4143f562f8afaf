"""What speaks against declaring, deciding, withdrawing and reversing (S4-17, S4-18, S4-28)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import (
    AlreadyDeclared,
    AlreadyReversed,
    CountedAlready,
    DescriptionMissing,
    EntrySettled,
    EvidenceMissing,
    Exempt,
    ItemUnknown,
    LateReasonMissing,
    MaterialMissing,
    NotAMember,
    NotApproved,
    NotDeclaredByYou,
    NotYetHappened,
    OwnDecision,
    OwnWitness,
    ReasonMissing,
    RecorderKeptByOthers,
    ReversalFinal,
)
from zhibu_scoring.errors.facts import ProposedFromSource
from zhibu_scoring.errors.years import YearClosed
from zhibu_scoring.rules.entries.values import By, Entry, Limit, Recorded, State, Subject
from zhibu_scoring.rules.schemes import Part, Scheme


def declaring_refusals(
    entry: Entry,
    *,
    scheme: Scheme,
    subject: Subject,
    by: By,
    known: Collection[Recorded],
    today: date,
    witnesses: Limit,
    late: Limit,
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a declaration."""
    item = scheme.items.get(entry.item)
    part = None if item is None else item.part
    if part in (None, Part.BASE):
        yield ItemUnknown(path=("item",), basis=scheme.basis, item=entry.item, year=entry.year)
    yield from _day_refusals(entry, subject, today=today, late=late)
    yield from _evidence_refusals(entry, part, subject, witnesses)
    if not entry.description.strip():
        yield DescriptionMissing(path=("description",))
    if subject.closed:
        yield YearClosed(path=("happened_on",), year=entry.year)
    if subject.exempt:
        yield Exempt(path=("member",), year=entry.year)
    own_plus = part is Part.PLUS and by.member_id == entry.member_id
    if subject.recorder and not by.decides and not own_plus:
        yield RecorderKeptByOthers(path=("member",))
    if _stands(entry, known):
        yield AlreadyDeclared(path=("description",), on=entry.happened_on)


def deciding_refusals(
    found: Recorded,
    *,
    by: By,
    exempt: bool,
    path: str,
    approve: bool,
    closed: bool = False,
    reason: str = "",
) -> Iterator[Invalid | Conflict]:
    """Nobody decides about himself or about what he declared; a refusal says why."""
    if found.state is not State.DECLARED:
        yield EntrySettled(path=(path,), state=found.state)
    if _own(found, by):
        yield OwnDecision(path=(path,))
    if approve and closed:
        yield YearClosed(path=(path,), year=found.entry.year)
    if approve and exempt and found.reverses is None:
        yield Exempt(path=(path,), year=found.entry.year)
    if not approve and not reason.strip():
        yield ReasonMissing(path=("reason",))


def counted_refusals(
    chosen: Collection[Recorded], known: Collection[Recorded], *, path: str
) -> Iterator[Conflict]:
    """What somebody declared and what a record says of the same day are one (S4-54 to S4-56)."""
    taken_back = {other.reverses for other in known if other.state is State.APPROVED}
    counting = [each for each in known if each.state is State.APPROVED]
    like: dict[tuple[UUID, str, date], list[Recorded]] = defaultdict(list)
    for each in (*counting, *chosen):
        if each.reverses is None and each.id not in taken_back:
            like[_what(each)].append(each)
    for each in chosen:
        for other in like[_what(each)] if each.reverses is None else ():
            if (each.source is None) != (other.source is None):
                yield CountedAlready(
                    path=(path,),
                    name=each.name,
                    on=each.entry.happened_on,
                    words=other.entry.description,
                )


def _what(found: Recorded) -> tuple[UUID, str, date]:
    """Of whom an entry says what, of which day."""
    return found.entry.member_id, found.entry.item, found.entry.happened_on


def withdrawing_refusals(found: Recorded, *, by: By, reason: str) -> Iterator[Invalid | Conflict]:
    """Whoever declared it takes it back while nobody decided."""
    if found.state is not State.DECLARED:
        yield EntrySettled(path=("entry",), state=found.state)
    if found.source is not None:
        yield ProposedFromSource(path=("entry",))
    elif by.account_id is None or found.declared_by != by.account_id:
        yield NotDeclaredByYou(path=("entry",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def reversing_refusals(
    found: Recorded,
    known: Collection[Recorded],
    *,
    by: By,
    recorder: bool,
    closed: bool,
    reason: str,
) -> Iterator[Invalid | Conflict]:
    """An approved entry is reversed once; a reversal never."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if found.reverses is not None:
        yield ReversalFinal(path=("entry",))
    elif found.state is not State.APPROVED:
        yield NotApproved(path=("entry",), state=found.state)
    if closed:
        yield YearClosed(path=("entry",), year=found.entry.year)
    if any(other.live and other.reverses == found.id for other in known):
        yield AlreadyReversed(path=("entry",))
    if recorder and not by.decides and by.member_id != found.entry.member_id:
        yield RecorderKeptByOthers(path=("entry",))


def _own(found: Recorded, by: By) -> bool:
    declared = by.account_id is not None and found.declared_by == by.account_id
    about = by.member_id is not None and by.member_id in (found.entry.member_id, found.declarer_id)
    return declared or about


def _day_refusals(
    entry: Entry, subject: Subject, *, today: date, late: Limit
) -> Iterator[Invalid | Conflict]:
    day = entry.happened_on
    if day > today:
        yield NotYetHappened(path=("happened_on",), on=day, today=today)
    elif (today - day).days > late.value and not (entry.late_reason or "").strip():
        yield LateReasonMissing(path=("late_reason",), basis=late.basis, days=late.value)
    if day < subject.admitted_on or (subject.left_on is not None and day >= subject.left_on):
        yield NotAMember(path=("happened_on",), on=day)


def _evidence_refusals(
    entry: Entry, part: Part | None, subject: Subject, witnesses: Limit
) -> Iterator[Invalid | Conflict]:
    material = bool((entry.material or "").strip())
    names = set(entry.named)
    if subject.name in names:
        yield OwnWitness(path=("witnesses",), name=subject.name)
    if part is Part.VETO and not material:
        yield MaterialMissing(path=("material",))
    elif not material and len(names - {subject.name}) < witnesses.value:
        yield EvidenceMissing(path=("material",), basis=witnesses.basis, least=witnesses.value)


def _stands(entry: Entry, known: Collection[Recorded]) -> bool:
    """Whether its like waits or counts already; what was reversed may be declared anew."""
    reversed_ids = {other.reverses for other in known if other.state is State.APPROVED}
    return any(
        other.live
        and other.reverses is None
        and other.id not in reversed_ids
        and _same(entry, other.entry)
        for other in known
    )


def _same(one: Entry, other: Entry) -> bool:
    return (one.item, one.happened_on, one.description.strip()) == (
        other.item,
        other.happened_on,
        other.description.strip(),
    )
