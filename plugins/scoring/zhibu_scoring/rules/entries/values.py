"""Entries as they are declared and as they stand, and who acts on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu_scoring.rules.schemes import Part


class State(StrEnum):
    """Where an entry stands. Only what is approved counts."""

    DECLARED = "declared"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something a member did, as somebody declares it."""

    member_id: UUID
    item: str
    happened_on: date
    description: str
    material: str | None = None
    witnesses: tuple[str, ...] = ()
    late_reason: str | None = None

    @property
    def year(self) -> int:
        return self.happened_on.year

    @property
    def named(self) -> list[str]:
        """The witnesses, each once however it is spaced, in the order they were given."""
        return [*dict.fromkeys(name for each in self.witnesses if (name := " ".join(each.split())))]


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An entry as it stands; `reverses` is the entry whose points it takes back.

    `source` names the record that proposed it, or proposed that it be taken back; `source_says` is
    what that record says now, where it is worded otherwise than the entry.
    """

    id: UUID
    entry: Entry
    part: Part
    name: str
    points: Decimal
    state: State
    declared_by: UUID | None
    declarer_id: UUID | None
    reverses: UUID | None
    source: str | None = None
    source_says: str | None = None
    number: int = 0
    basis: str = ""

    @property
    def live(self) -> bool:
        return self.state in (State.DECLARED, State.APPROVED)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number that decides, and who says so."""

    value: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom an entry is about: since when and until before when a member, and what else decides."""

    name: str
    admitted_on: date
    left_on: date | None
    exempt: bool
    recorder: bool
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts: the account, whose it is, and whether he decides at the member's branch."""

    account_id: UUID | None
    member_id: UUID | None
    decides: bool
