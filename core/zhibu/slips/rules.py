"""Which entry a slip is, and how long it may be taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict
from zhibu.slips.errors import EntryNotLast, TakenBackTooLate


@dataclass(frozen=True, kw_only=True)
class Slip:
    """An entry that is to be taken back: the latest event `happened` about `subject`.

    `facts` are those by which the event is known to be the one that is meant. `among` are all
    events that change the same record: the entry must be the last of them.
    """

    subject: tuple[str, UUID]
    happened: Collection[str]
    among: Collection[str]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Made:
    """An event as the ledger keeps it: who made it, and on which day."""

    event: str
    account_id: UUID | None
    on: date
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The days in which an entry may be taken back, and who says so."""

    days: int
    basis: Basis


def entry(slip: Slip, made: Sequence[Made]) -> Made | None:
    """The entry that the slip is, of what was made of the record, the latest first."""
    found = next((each for each in made if each.event in slip.happened), None)
    meant = found and all(found.facts.get(name) == fact for name, fact in slip.facts.items())
    return found if meant else None


def faults(
    slip: Slip, made: Sequence[Made], *, today: date, limit: Limit, path: tuple[str, ...]
) -> Iterator[Conflict]:
    """Why the entry is not taken back any more."""
    found = entry(slip, made)
    if found is None or found is not made[0]:
        yield EntryNotLast(path=path)
    elif (today - found.on).days > limit.days:
        yield TakenBackTooLate(path=path, basis=limit.basis, on=found.on, days=limit.days)
