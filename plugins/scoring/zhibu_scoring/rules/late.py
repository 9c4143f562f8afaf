"""What records came to say of a decided year: listed, and for people to decide about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import ReasonMissing
from zhibu_scoring.errors.late import LateFactOpen, LateFactSettled, OwnLateFact

# What the late facts of vetoes say instead of the code of an item of the scheme.
VETO_ITEM = "veto"


class Settlement(StrEnum):
    """Why a late fact waits no longer."""

    GONE = "gone"
    PROPOSED = "proposed"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class LateFact:
    """Points that a record speaks of, or, of an entry (`reverses`), no longer speaks of."""

    year_id: UUID
    member_id: UUID
    year: int
    source: str
    item: str
    name: str
    points: Decimal
    happened_on: date
    description: str
    reverses: UUID | None = None

    @property
    def key(self) -> tuple[UUID, UUID, str]:
        return self.year_id, self.member_id, self.source


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A late fact as it is kept."""

    id: UUID
    fact: LateFact
    settlement: Settlement | None


@dataclass(kw_only=True)
class Changes:
    """What is new, what waits again, and what waits no longer and why."""

    new: list[LateFact] = field(default_factory=list)
    again: list[Noted] = field(default_factory=list)
    settled: dict[Settlement, list[Noted]] = field(default_factory=dict)


def changes(
    wanted: Collection[LateFact], known: Sequence[Noted], opened: Collection[UUID]
) -> Changes:
    """What makes the list agree with the records; `opened` are members whose year is open again.

    What somebody left as it is stays left while the record says the same.
    """
    made, by_key = Changes(), {each.key: each for each in wanted}
    for each in known:
        here = by_key.pop(each.fact.key, None)
        if here is None and each.settlement is None:
            how = Settlement.PROPOSED if each.fact.member_id in opened else Settlement.GONE
            made.settled.setdefault(how, []).append(each)
        elif here is not None and each.settlement in (Settlement.GONE, Settlement.PROPOSED):
            made.again.append(each)
    made.new.extend(by_key.values())
    return made


def leaving_refusals(found: Noted, *, by: UUID | None, reason: str) -> Iterator[Invalid | Conflict]:
    """Somebody else leaves it as it is, once, and says why."""
    if found.settlement is not None:
        yield LateFactSettled(path=("late_fact",), settlement=found.settlement)
    yield from _refusals(found, by, reason)


def reopening_refusals(
    found: Noted, *, by: UUID | None, reason: str
) -> Iterator[Invalid | Conflict]:
    """What was left as it is waits again, with a reason."""
    if found.settlement is None:
        yield LateFactOpen(path=("late_fact",))
    elif found.settlement is not Settlement.LEFT:
        yield LateFactSettled(path=("late_fact",), settlement=found.settlement)
    yield from _refusals(found, by, reason)


def _refusals(found: Noted, by: UUID | None, reason: str) -> Iterator[Invalid | Conflict]:
    if by is not None and by == found.fact.member_id:
        yield OwnLateFact(path=("late_fact",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
