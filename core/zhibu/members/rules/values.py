"""What is recorded about a member, and the words for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class MemberKind(StrEnum):
    """How a member is managed (分类管理)."""

    IN_SERVICE = "in_service"
    RETIRED = "retired"
    STUDENT = "student"
    OTHER = "other"


class Stage(StrEnum):
    """Where a membership stands."""

    PROBATIONARY = "probationary"
    FULL = "full"
    STOPPED = "stopped"
    LEFT = "left"


class Change(StrEnum):
    """What brings a stage about. The first two only ever stand at the beginning."""

    ADMITTED = "admitted"
    REGISTERED = "registered"
    MADE_FULL = "made_full"
    EXTENDED = "extended"
    STOPPED = "stopped"
    RESTORED = "restored"
    LEFT = "left"


class Departure(StrEnum):
    """How a membership ends; a member is never deleted."""

    DECEASED = "deceased"
    EXPELLED = "expelled"
    REMOVED = "removed"
    PERSUADED_TO_WITHDRAW = "persuaded_to_withdraw"
    WITHDREW = "withdrew"
    TREATED_AS_GIVEN_UP = "treated_as_given_up"
    PROBATIONARY_CANCELLED = "probationary_cancelled"
    TRANSFERRED_OUT = "transferred_out"
    NOT_RECOGNIZED = "not_recognized"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member as the register shows it now: contact data masked.

    `organization_id` and `path` are the formal branch, or the last one when the member has left.
    """

    id: UUID
    organization_id: UUID
    group_id: UUID | None
    path: str
    name: str
    gender: Gender
    birth_date: date
    nation: str | None
    education: str | None
    kind: MemberKind
    stage: Stage
    admitted_on: date
    full_on: date | None
    departure: Departure | None
    left_on: date | None
    identity_masked: str
    phone_masked: str | None
    note: str | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Affiliation:
    """The formal branch from `since` until before `until` (None: still)."""

    id: UUID
    member_id: UUID
    organization_id: UUID
    since: date
    until: date | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class StagePeriod:
    """A stage from `since` until before `until`, what brought it about, and by which decision.

    `ends_on` is when a probation is due to end.
    """

    id: UUID
    member_id: UUID
    stage: Stage
    change: Change
    since: date
    until: date | None
    ends_on: date | None
    departure: Departure | None
    decision: str
    decided_on: date
