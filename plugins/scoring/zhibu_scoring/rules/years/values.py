"""What a branch's year is, and what is decided about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu_scoring.rules.entries.values import Limit


class Stand(StrEnum):
    """Where a branch's year stands."""

    DRAWN_UP = "drawn_up"
    DECIDED = "decided"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    NOTICED = "noticed"
    CONCLUDED = "concluded"


class Body(StrEnum):
    """Who decides a branch's year (S4-30)."""

    BRANCH_MEETING = "branch_meeting"
    COMMITTEE = "committee"


class Outcome(StrEnum):
    """What became of an objection (S4-32)."""

    EXPLAINED = "explained"
    CORRECTED = "corrected"


OPEN = (Stand.DRAWN_UP, Stand.RETURNED)
APPROVED = (Stand.REVIEWED, Stand.NOTICED, Stand.CONCLUDED)
SETTLED = (Stand.DECIDED, Stand.REVIEWED, Stand.NOTICED, Stand.CONCLUDED)


@dataclass(frozen=True, kw_only=True)
class Year:
    """A branch's year as it stands; `reopened` once it was concluded and objected to on paper."""

    id: UUID
    organization_id: UUID
    year: int
    stand: Stand
    drawn_up_on: date
    held_on: date | None
    decided_by: UUID | None
    reviewed_on: date | None
    noticed_on: date | None
    notice_until: date | None
    noticed_late: bool
    reopened: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a meeting decided, as its minutes say it."""

    body: Body
    held_on: date
    entitled: int
    present: int
    in_favour: int
    minutes: str
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the level above found; without a day, it is of today."""

    approved: bool
    opinion: str
    on: date | None = None
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Share:
    """Part and whole that must be reached, and who says so."""

    part: int
    whole: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Deciders:
    """Who decides a branch's year on a day: whether it has a committee, whether the meeting may
    decide all the same, how many are entitled by the roll, and what takes how many of them."""

    committee: bool
    meeting_too: bool
    meeting_basis: Basis
    entitled: int
    quorum: Share
    majority: Share


@dataclass(frozen=True, kw_only=True)
class Entered:
    """When something was done, why it is recorded so late, and from when on that is asked."""

    on: date
    late_reason: str | None
    late: Limit
