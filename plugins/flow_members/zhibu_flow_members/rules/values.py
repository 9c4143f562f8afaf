"""What a case is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
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
    LEFT = "left"


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
class Verification:
    """What the present host recorded of him, and who took it into the files above."""

    arrived_on: date | None = None
    verified_on: date | None = None
    verified_by: UUID | None = None
    host_note: str | None = None
    file_by: date | None = None
    filed_on: date | None = None
    filed_by: UUID | None = None


def verification(said: Mapping[str, str]) -> Verification:
    """A verification from what was kept of it."""
    known: dict[str, Any] = {}
    for key, text in said.items():
        by, on = key.endswith("_by") and key != "file_by", key != "host_note"
        known[key] = UUID(text) if by else date.fromisoformat(text) if on else text
    return Verification(**known)


class PeerState(StrEnum):
    """What the other institution has answered: nothing yet, that it takes him in, that it does not,
    that he left again; or that nobody was there to be told.
    """

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    LEFT = "left"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Another institution that was asked to take him in: its code, and that of the organization."""

    code: str
    unit: str | None
    state: PeerState


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody away, as it is recorded. `path` is his branch's, `host_path` that of the host.

    `hosted` keeps what former hosts verified, by their ids.
    """

    id: UUID
    member_id: UUID
    path: str
    host_path: str | None
    terms: Terms
    told_on: date | None
    verification: Verification
    hosted: Mapping[str, Mapping[str, str]]
    touched_on: date | None
    reported_on: date | None
    contact: str | None
    peer: Peer | None
    peer_offer: int
    ended_on: date | None
    ending: str | None
    voided_on: date | None
    version: int
    sealed: bytes | None

    @property
    def arrived_on(self) -> date | None:
        return self.verification.arrived_on

    @property
    def verified_on(self) -> date | None:
        return self.verification.verified_on

    @property
    def verified_by(self) -> UUID | None:
        return self.verification.verified_by

    @property
    def filed_on(self) -> date | None:
        return self.verification.filed_on


@dataclass(frozen=True, kw_only=True)
class Told:
    """The talk before somebody goes: what is required, and how the branch is reached (S1-28)."""

    on: date
    requirements: str
    contact: str
    late_reason: str | None = None
