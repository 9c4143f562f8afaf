"""What records of siblings propose: each source once, and no more than it says (S4-54 to S4-56)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhibu.calendar import year_of
from zhibu_scoring.rules.entries import Recorded, State
from zhibu_scoring.rules.facts import KnownFact

ABSENCE, LEAVE, DUES_LATE = "absence", "leave", "dues_late"
MEETING, MONTH, FACT = "OrganizationLifeMeeting", "DuesMonth", "ScoringFact"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How a member was marked at a meeting that he was to attend."""

    meeting_id: UUID
    title: str
    on: date
    absent: bool
    on_leave: bool


@dataclass(frozen=True, kw_only=True)
class Late:
    """A month whose dues came after their day, or have not come yet."""

    month: date
    due_on: date
    payment_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Points that a record proposes. `source` names the record once for the member's year."""

    source: str
    kind: str
    id: UUID | None
    item: str
    happened_on: date
    description: str
    material: str
    declared_by: UUID | None = None
    declarer_id: UUID | None = None

    @property
    def said(self) -> str:
        """What the record says, in one line."""
        return f"{self.description}（{self.material}）"


@dataclass(kw_only=True)
class Steps:
    """What makes the entries agree with their sources."""

    propose: list[Proposal] = field(default_factory=list)
    withdraw: list[Recorded] = field(default_factory=list)
    reverse: list[Recorded] = field(default_factory=list)
    reword: list[tuple[Recorded, str | None]] = field(default_factory=list)


def of_attendance(marks: Iterable[Mark], free: int) -> Iterator[Proposal]:
    """Each absence without leave, and each leave after the first `free` of the year (A-21)."""
    leaves = 0
    for mark in sorted(marks, key=lambda mark: (mark.on, mark.meeting_id)):
        leaves += mark.on_leave
        if mark.absent:
            yield _of_meeting(mark, ABSENCE, f"未请假缺席“{mark.title}”")
        elif mark.on_leave and leaves > free:
            yield _of_meeting(mark, LEAVE, f"请假缺席“{mark.title}”，为本年度第 {leaves} 次")


def of_dues(months: Iterable[Late]) -> Iterator[Proposal]:
    """Each month of dues that did not come in time, from the day after its day."""
    for late in months:
        said = f"{late.month.year}年{late.month.month}月"
        yield Proposal(
            source=f"{MONTH}/{late.month:%Y-%m}",
            kind=MONTH if late.payment_id is None else "DuesPayment",
            id=late.payment_id,
            item=DUES_LATE,
            happened_on=min(late.due_on, year_of(late.month.year)[1]),
            description=f"{said}党费未按时交纳",
            material=f"党费交纳记录：{said}，应于{late.due_on.month}月{late.due_on.day}日前交纳",
        )


def of_facts(facts: Iterable[KnownFact]) -> Iterator[Proposal]:
    """Each honour and each punishment that stands."""
    for known in facts:
        if not known.voided:
            yield Proposal(
                source=f"{FACT}/{known.id.hex}",
                kind=FACT,
                id=known.id,
                item=known.fact.kind.value,
                happened_on=known.fact.decided_on,
                description=known.fact.title,
                material=known.fact.document,
                declared_by=known.recorded_by,
                declarer_id=known.recorder_id,
            )


def steps(wanted: Iterable[Proposal], known: Sequence[Recorded]) -> Steps:
    """What is to be done so that every source has its points, once, and no other source has any.

    What the branch refused or reversed itself stays as the branch left it, while its record says
    the same. What counts already is never touched: a reversal is proposed, and waits like anything.
    A record that is worded otherwise now moves no points: its entries are told what it says.
    """
    made, by_source = Steps(), {each.source: each for each in wanted}
    reversals = {each.reverses: each for each in known if each.reverses is not None and each.live}
    answered = {each.reverses for each in known if each.state is State.REFUSED and each.source}
    kept = defaultdict(list)
    for each in known:
        if each.source is not None and each.reverses is None:
            kept[each.source].append(each)
    for source, entries in kept.items():
        proposal = by_source.get(source)
        settled = [e for e in entries if proposal is not None and _agrees(e, proposal)]
        for entry in entries:
            if entry not in settled and entry.id not in answered:
                _undo(entry, reversals.get(entry.id), made)
        if proposal is not None:
            made.reword += _reworded(settled, proposal)
            if not _stands(settled, reversals, made):
                made.propose.append(proposal)
    made.propose.extend(each for source, each in by_source.items() if source not in kept)
    return made


def _undo(entry: Recorded, reversal: Recorded | None, made: Steps) -> None:
    if entry.state is State.DECLARED:
        made.withdraw.append(entry)
    elif entry.state is State.APPROVED and reversal is None:
        made.reverse.append(entry)


def _stands(entries: Sequence[Recorded], reversals: Mapping[UUID, Recorded], made: Steps) -> bool:
    """Whether one of these says what the source says; its own reversal that waits is withdrawn."""
    for entry in entries:
        reversal = reversals.get(entry.id)
        if entry.state in (State.DECLARED, State.REFUSED):
            return True
        if entry.state is State.APPROVED:
            by_itself = reversal is not None and reversal.source is not None
            if reversal is not None and by_itself and reversal.state is State.DECLARED:
                made.withdraw.append(reversal)
                return True
            if not by_itself:
                return True
    return False


def _reworded(
    entries: Sequence[Recorded], proposal: Proposal
) -> Iterator[tuple[Recorded, str | None]]:
    """Entries whose record is worded otherwise than is known of it, with what it says now."""
    for each in entries:
        first = (each.entry.description, each.entry.material)
        now = None if first == (proposal.description, proposal.material) else proposal.said
        if each.state is not State.WITHDRAWN and each.source_says != now:
            yield each, now


def _agrees(entry: Recorded, proposal: Proposal) -> bool:
    return (entry.entry.item, entry.entry.happened_on) == (proposal.item, proposal.happened_on)


def _of_meeting(mark: Mark, item: str, description: str) -> Proposal:
    return Proposal(
        source=f"{MEETING}/{mark.meeting_id.hex}",
        kind=MEETING,
        id=mark.meeting_id,
        item=item,
        happened_on=mark.on,
        description=description,
        material=f"组织生活考勤记录：{mark.on.isoformat()}“{mark.title}”",
    )


def falling(
    proposals: Iterable[Proposal],
    *,
    items: Callable[[str], bool],
    admitted_on: date,
    left_on: date | None,
    year: int,
) -> list[Proposal]:
    """Those of a year that the scheme has an item for, on days on which he was a member."""
    return [
        each
        for each in proposals
        if items(each.item)
        and each.happened_on.year == year
        and admitted_on <= each.happened_on
        and (left_on is None or each.happened_on < left_on)
    ]
