"""A settlement from its proposal to the matter that carries it out; what is refused on the way."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.settling import TOLD, Condition, Course, Line, contradictions


class Settled(StrEnum):
    """Where a settlement stands; what was withdrawn stays readable and holds no more."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    WITHDRAWN = "withdrawn"


class Matter(StrEnum):
    """By what a settlement is carried out, as the schema calls it."""

    TRANSFER = "TransfersCase"
    MEMBERSHIP = "TransfersMembership"
    STAY = "FlowMembersCase"
    DISPOSITION = "DisciplineCase"
    REFERRAL = "DisciplineReferral"


class Body(StrEnum):
    """Who proposes: the branch committee, or the branch meeting where there is none (S3C-16)."""

    COMMITTEE = "committee"
    MEETING = "meeting"


# What carries each course out; the others are carried out by being approved.
CARRIED_BY: Mapping[Course, Matter] = {
    Course.TRANSFER: Matter.TRANSFER,
    Course.REISSUE: Matter.TRANSFER,
    Course.PROOF: Matter.TRANSFER,
    Course.STOP: Matter.MEMBERSHIP,
    Course.CARD: Matter.STAY,
    Course.RETENTION: Matter.MEMBERSHIP,
    Course.CORRECTION: Matter.DISPOSITION,
    Course.PERSUASION: Matter.DISPOSITION,
    Course.GIVEN_UP: Matter.DISPOSITION,
    Course.WITHDRAWAL: Matter.DISPOSITION,
    Course.CANCELLATION: Matter.DISPOSITION,
    Course.NON_RECOGNITION: Matter.DISPOSITION,
    Course.REFERRAL: Matter.REFERRAL,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A checked member as his records have him, to be settled."""

    sheet_id: UUID
    audited_id: UUID
    campaign_id: UUID
    organization_id: UUID
    member_id: UUID
    path: str
    plan: str
    campaign_state: State
    completed: bool
    unreceipted: bool
    stage: str
    search: Outcome | None
    lost_since: date | None
    settled: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """A settlement as the branch proposes it."""

    course: Course
    told: Collection[Condition]
    met_on: date
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """A settlement as it is kept."""

    id: UUID
    audited_id: UUID
    organization_id: UUID
    member_id: UUID
    path: str
    course: Course
    state: Settled
    proposed_by: UUID | None
    version: int


def told_refusals(told: Collection[Condition]) -> Iterator[Invalid]:
    """Only what people can tell is told, and nothing against itself."""
    if odd := sorted(set(told) - TOLD):
        yield errors.ConditionsUnfit(path=("conditions",), conditions=odd)
    for one, other in contradictions(told):
        yield errors.ConditionsContradict(path=("conditions",), one=one, other=other)


def settling_refusals(
    case: Case, given: Given, lost: bool, proposed: Sequence[Line], *, today: date
) -> Iterator[Invalid | Conflict]:
    """What speaks against a settlement, all of it: nothing is concluded without its evidence."""
    if case.campaign_state is not State.OPEN:
        yield errors.StateUnfit(path=("sheet",), state=case.campaign_state)
    if case.settled:
        yield errors.SettledAlready(path=("sheet",))
    if not case.completed:
        yield errors.NotCompleted(path=("sheet",))
    if lost and case.search in (None, Outcome.SEARCHING):
        yield errors.SearchGoesOn(path=("sheet",))
    yield from told_refusals(given.told)
    if given.met_on > today:
        yield errors.DayUnfit(path=("met_on",), on=given.met_on, since=date.min, today=today)
    if (given.reason or "").strip():
        return
    if not proposed:
        yield errors.ReasonMissing(path=("reason",))
    elif proposed[0].course is not given.course:
        yield errors.OtherwiseUnsaid(path=("reason",), course=proposed[0].course)


def approving_refusals(
    known: Settlement, *, overdue: int, by: UUID | None, version: int | None
) -> Iterator[Conflict]:
    """Somebody else approves; whoever comes back under management has made his dues up (S3C-15)."""
    yield from standing_refusals(known, Settled.PROPOSED, version=version)
    if known.proposed_by is not None and known.proposed_by == by:
        yield errors.OwnWork(path=("settlement",))
    if known.course is Course.MANAGED and overdue:
        yield errors.DuesOpen(path=("settlement",), months=overdue)


def carrying_refusals(
    known: Settlement, about: Collection[str] | None, *, version: int | None
) -> Iterator[Invalid | Conflict]:
    """The matter is this member's and of the kind that the settlement comes to.

    `about` are the courses that it carries out; None where there is no such matter of the member.
    """
    yield from standing_refusals(known, Settled.APPROVED, Settled.CARRIED_OUT, version=version)
    if known.course not in CARRIED_BY:
        yield errors.CarriedByItself(path=("matter",), course=known.course)
    elif about is None or known.course not in about:
        yield errors.MatterUnfit(path=("matter",), course=known.course)


def withdrawing_refusals(
    known: Settlement, *, reason: str, version: int | None
) -> Iterator[Invalid | Conflict]:
    """A settlement is taken back with a reason."""
    allowed = (Settled.PROPOSED, Settled.APPROVED, Settled.CARRIED_OUT)
    yield from standing_refusals(known, *allowed, version=version)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def standing_refusals(
    known: Settlement, *allowed: Settled, version: int | None
) -> Iterator[Conflict]:
    """That it stands where this may be done, and nobody changed it since it was read."""
    if known.state not in allowed:
        yield errors.SettlementStands(path=("settlement",), state=known.state)
    if version is not None and version != known.version:
        yield errors.VersionStale(path=("version",), version=known.version)
