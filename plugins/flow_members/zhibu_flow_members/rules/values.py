"""What a case is made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu_flow_members.rules.papers import Certainty, Long, Paper


class Ground(StrEnum):
    """What was changed, so that somebody is away (rule 25), or why he travels."""

    UNIT = "unit"
    LABOUR = "labour"
    STUDY = "study"
    RESIDENCE = "residence"
    OTHER = "other"


class Ending(StrEnum):
    """How it ends that somebody is away."""

    RETURNED = "returned"
    TRANSFERRED = "transferred"
    MOVED_ON = "moved_on"


# Where members live an organization life.
TAKING = frozenset({"branch", "joint_branch", "temporary_branch", "floating_branch"})


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number that decides, and who says so."""

    value: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What of it may be put right. `host_id` is the organization here that takes him in."""

    ground: Ground
    place: str
    certainty: Certainty
    since: date
    unit: str | None = None
    host_id: UUID | None = None
    until: date | None = None
    untransferred: str | None = None
    by_wish: bool = False
    paper: Paper | None = None
    paper_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Host:
    """The organization that is named as the one that takes him in."""

    id: UUID
    path: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What holds at the member's branch on the day he goes."""

    long: Long
    late_after: Limit
    wish: Limit
    floating: Limit
    verify_within: Limit


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody away, as it is recorded. `path` is his branch's, `host_path` that of the host."""

    id: UUID
    member_id: UUID
    path: str
    host_path: str | None
    terms: Terms
    told_on: date | None
    verified_on: date | None
    verified_by: UUID | None
    filed_on: date | None
    ended_on: date | None
    voided_on: date | None
    version: int
    sealed: bytes | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """The talk before somebody goes: what is required, and how the branch is reached (S1-28)."""

    on: date
    requirements: str
    contact: str
    late_reason: str | None = None
