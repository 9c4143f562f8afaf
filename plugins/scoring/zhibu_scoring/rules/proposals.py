"""What records of siblings propose: each source once, and no more than it says (S4-54 to S4-56)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.calendar import year_of
from zhibu_scoring.rules.facts import KnownFact, once

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
    """Each honour and each punishment that stands, once."""
    for known in once(facts):
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
    admitted_on: date,
    left_on: date | None,
    year: int,
) -> list[Proposal]:
    """Those of a year, on days on which he was a member."""
    return [
        each
        for each in proposals
        if each.happened_on.year == year
        and admitted_on <= each.happened_on
        and (left_on is None or each.happened_on < left_on)
    ]
