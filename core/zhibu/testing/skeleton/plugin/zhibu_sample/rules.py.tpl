"""What may be recorded. Values in, decisions out: no clock, no database, no settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_sample.errors import (
    AlreadyRecorded,
    LateReasonMissing,
    NotYetHappened,
    ReasonMissing,
    TitleMissing,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened to a member, as somebody wants it recorded."""

    member_id: UUID
    happened_on: date
    title: str
    late_reason: str | None = None

    @property
    def key(self) -> tuple[UUID, date, str]:
        """What two records may not share."""
        return self.member_id, self.happened_on, self.title


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The days in which something may be entered without a reason, and who says so."""

    days: int
    basis: Basis


def refusals(
    entry: Entry, *, today: date, limit: Limit, known: bool
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against an entry; `known` says that its like is recorded already."""
    if not entry.title.strip():
        yield TitleMissing(path=("title",))
    if entry.happened_on > today:
        yield NotYetHappened(path=("happened_on",), on=entry.happened_on, today=today)
    elif (today - entry.happened_on).days > limit.days and not entry.late_reason:
        yield LateReasonMissing(path=("late_reason",), basis=limit.basis, days=limit.days)
    if known:
        yield AlreadyRecorded(path=("title",), title=entry.title, on=entry.happened_on)


def taking_back_refusals(reason: str) -> Iterator[Invalid | Conflict]:
    """What speaks against taking a record back."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
