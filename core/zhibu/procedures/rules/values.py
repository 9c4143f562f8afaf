"""The values that procedures are made of: what is proposed, where it stands, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Result(StrEnum):
    """How a step ended."""

    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    WITHDRAWN = "withdrawn"
    OVERRIDDEN = "overridden"
    UPHELD = "upheld"
    UNDONE = "undone"


class Part(StrEnum):
    """As what a proposal names a member."""

    CANDIDATE = "candidate"
    DELEGATE = "delegate"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody wants decided. `particulars` is for whoever owns the procedure.

    What stands in `sealed` (an identity number, a phone) is encrypted and in no list or event.
    """

    name: str
    title: str
    statement: str
    subject_kind: str
    subject_id: UUID
    organization_id: UUID
    path: str
    member_id: UUID | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[tuple[str, UUID], ...] = ()
    named: tuple[tuple[Part, UUID], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was decided, for whoever carries it out. `decision` says so in words.

    `withdrawn`: whoever proposed it took it back, and nobody decided anything.
    """

    procedure_id: UUID
    name: str
    approved: bool
    overridden: bool
    subject_kind: str
    subject_id: UUID
    member_id: UUID | None
    organization_id: UUID
    path: str
    particulars: Mapping[str, Any]
    sealed: Mapping[str, str]
    decided_on: date
    decision: str
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Case:
    """A procedure under way, or over. `step` is where it stands, or goes back to."""

    id: UUID
    name: str
    title: str
    statement: str
    subject_kind: str
    subject_id: UUID
    member_id: UUID | None
    organization_id: UUID
    path: str
    restricted: bool
    single: UUID | None
    definition: Mapping[str, Any]
    since: date
    document: str
    article: str
    particulars: Mapping[str, Any]
    sealed: bytes | None
    state: str
    step: str | None
    overridden: bool
    proposed_by: UUID | None
    proposer_id: UUID | None
    proposed_at: datetime
    proposed_on: date
    ended_on: date | None
    objection_until: date | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One time that a procedure was at a step."""

    id: UUID
    procedure_id: UUID
    number: int
    code: str
    by: str
    action: str
    separate: bool
    organization_id: UUID
    path: str
    started_on: date
    due_on: date | None
    due_by: str | None = None
    done_at: datetime | None = None
    done_on: date | None = None
    result: str | None = None
    reason: str | None = None
    superior: str | None = None
    decided_by: UUID | None = None
    decider_id: UUID | None = None
    on_behalf_of: UUID | None = None
    delegation_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, and for whom: an account, the member behind it, or the account it stands in for."""

    account_id: UUID | None
    member_id: UUID | None
    on_behalf_of: UUID | None = None
    principal_id: UUID | None = None
    delegation_id: UUID | None = None
