"""What is decided about a membership, and the words for it (EM 24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months


class Matter(StrEnum):
    """What is decided about a membership."""

    STOP = "stop"
    RESTORE = "restore"
    RETAIN = "retain"


class Standing(StrEnum):
    """Where the matter stands. What was not granted was refused, or withdrawn."""

    ASKED = "asked"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"


class StopGround(StrEnum):
    """Why a membership is stopped: settled abroad, too long abroad, or out of contact."""

    SETTLED = "settled"
    ABROAD = "abroad"
    LOST = "lost"


class Purpose(StrEnum):
    """What somebody is abroad for (S3C-17)."""

    STUDY = "study"
    RESEARCH = "research"
    LABOUR = "labour"
    KIN = "kin"
    LECTURE = "lecture"
    OTHER = "other"


class Channel(StrEnum):
    """By what way somebody abroad was reached."""

    LETTER = "letter"
    PHONE = "phone"
    INTERNET = "internet"
    VISIT = "visit"


class SearchMeans(StrEnum):
    """How somebody out of contact was searched for."""

    DIRECT = "direct"
    KIN = "kin"
    AGENCIES = "agencies"
    ONLINE = "online"
    VISIT = "visit"


@dataclass(frozen=True, kw_only=True)
class Search:
    """One try to find a member: when, how, what came of it, and who is responsible."""

    on: date
    means: SearchMeans
    course: str
    responsible: str


@dataclass(frozen=True, kw_only=True)
class Stopping:
    """A stop as a branch proposes it. `since` is when the stay abroad, or the silence, began."""

    ground: StopGround
    since: date
    purpose: Purpose | None = None
    place: str | None = None
    searches: Sequence[Search] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Retaining:
    """A stay abroad from `since` on, for which the relationship is to be retained (S3D-20).

    On `applied_on` the member handed in an application on paper.
    """

    purpose: Purpose
    place: str
    since: date
    until: date | None = None
    applied_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whose membership it is. `transferring` and `asked` say what is under way."""

    name: str
    stage: str
    stopped_on: date | None = None
    transferring: bool = False
    asked: bool = False
    retained: bool = False


@dataclass(frozen=True, kw_only=True)
class Span:
    """So many calendar months, and whether the day on which they are over counts."""

    months: int
    inclusive: bool
    basis: Basis | None

    def over(self, since: date, today: date) -> bool:
        end = add_months(since, self.months)
        return end <= today if self.inclusive else end < today


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the rules in force say of stopping and restoring."""

    abroad: Span
    purposes: frozenset[str]
    purposes_basis: Basis | None
    lost: Span
    tries: int
    means: int
    search_basis: Basis | None
    probationary: bool
    probationary_basis: Basis | None


@dataclass(frozen=True, kw_only=True)
class Restoring:
    """The end of the years in which one may come back, and what it takes."""

    years: int
    basis: Basis | None
    dues: bool
    dues_basis: Basis | None


@dataclass(frozen=True, kw_only=True)
class Retention:
    """For which stays abroad a relationship is retained, and whether it is asked in writing."""

    purposes: frozenset[str]
    purposes_basis: Basis | None
    written: bool
    written_basis: Basis | None


@dataclass(frozen=True, kw_only=True)
class Membership:
    """A matter as it is kept."""

    id: UUID
    matter: Matter
    standing: Standing
    member_id: UUID
    name: str
    organization_id: UUID
    ground: str | None
    effective_on: date | None
    custody_on: date | None
    version: int
    filed_on: date | None
    since: date | None
    until: date | None
    purpose: str | None
    place: str | None
    returned_on: date | None
