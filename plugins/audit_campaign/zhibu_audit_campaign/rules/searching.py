"""Searching who is lost: one file for each, every step in it, and three things clear."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.checking import IN_PERSON, Evidence


class Method(StrEnum):
    """By what way somebody is searched (S3B-06, S3C-08, S3D-09, S3A-19)."""

    DIRECT = "direct"
    PERSONAL_TIES = "personal_ties"
    RELATIVES = "relatives"
    DEPARTMENTS = "departments"
    SOCIAL_NETWORKS = "social_networks"
    HOUSEHOLD = "household"
    SOCIAL_SECURITY = "social_security"
    LAW_ENFORCEMENT = "law_enforcement"
    VISIT = "visit"


class Outcome(StrEnum):
    """How a search stands."""

    SEARCHING = "searching"
    FOUND = "found"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search as it is kept."""

    id: UUID
    audited_id: UUID
    member_id: UUID
    organization_id: UUID
    path: str
    sheet_id: UUID
    opened_on: date
    outcome: Outcome
    reviewed: bool
    concluded_by: UUID | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A step of a search: when, by what way, how it went, who did it, by what evidence."""

    on: date
    method: Method
    course: str
    by_id: UUID
    evidence: Evidence
    evidence_note: str


@dataclass(frozen=True)
class Steps:
    """By what ways somebody was searched so far, and on what that rests."""

    methods: Collection[Method]
    evidence: Collection[Evidence]


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """How a search ends. Since when, in what circumstances and why are not left blank (S3B-07)."""

    outcome: Outcome
    lost_since: date | None
    circumstances: str
    cause: str
    conduct: str | None = None


@dataclass(frozen=True, kw_only=True)
class Least:
    """In how many ways somebody is searched before he is not to be found, and who says so."""

    count: int
    basis: Basis


def opening_refusals(
    *,
    known: bool,
    labelled: bool,
    due_on: date | None,
    responsible: bool,
    himself: bool,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """One file for each person who is confirmed to be lost; somebody answers, by a day (S3C-07)."""
    if known:
        yield errors.SearchOpen(path=("sheet",))
    elif not labelled:
        yield errors.NotLost(path=("sheet",))
    yield from _trust_refusals(due_on, responsible=responsible, himself=himself, today=today)


def entrusting_refusals(
    known: Search, *, due_on: date, responsible: bool, himself: bool, reason: str, today: date
) -> Iterator[Invalid | Conflict]:
    """While it goes on: somebody of the branch, not himself, by a day to come (S3C-07)."""
    if known.outcome is not Outcome.SEARCHING:
        yield errors.Concluded(path=("search",))
    yield from _trust_refusals(due_on, responsible=responsible, himself=himself, today=today)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def _trust_refusals(
    due_on: date | None, *, responsible: bool, himself: bool, today: date
) -> Iterator[Invalid]:
    if due_on is None or due_on < today:
        yield errors.LimitMissing(path=("due_on",))
    if not responsible:
        yield errors.NotOfBranch(path=("responsible",))
    if himself:
        yield errors.OwnSearch(path=("responsible",))


def entry_refusals(
    entry: Entry, *, today: date, worker: bool, himself: bool
) -> Iterator[Invalid | Conflict]:
    """A step has happened, is described, and rests on something (S3A-44)."""
    if entry.on > today:
        yield errors.DayUnfit(path=("on",), on=entry.on, since=date.min, today=today)
    if not entry.course.strip():
        yield errors.Unsaid(path=("course",))
    if not entry.evidence_note.strip():
        yield errors.EvidenceMissing(path=("evidence_note",))
    if not worker:
        yield errors.NotOfBranch(path=("by",))
    if himself:
        yield errors.OwnSearch(path=("by",))


def reviewing_refusals(
    known: Search, remark: str, *, by: UUID | None
) -> Iterator[Invalid | Conflict]:
    """A file is reviewed once, when the search is over, and by somebody else (S3A-21)."""
    if known.outcome is Outcome.SEARCHING or known.reviewed:
        yield errors.NotReviewable(path=("search",))
    if known.concluded_by is not None and known.concluded_by == by:
        yield errors.OwnWork(path=("search",))
    if not remark.strip():
        yield errors.Unsaid(path=("remark",))


def concluding_refusals(
    given: Conclusion, steps: Steps, *, lost: bool, least: Least, today: date
) -> Iterator[Invalid | Conflict]:
    """Nothing is concluded without its evidence, or while one of the three is not clear; whoever is
    found was seen, heard, or on video (S3B-25), and whoever is not found is `lost` by his sheet.
    """
    if given.outcome is Outcome.SEARCHING:
        yield errors.OutcomeMissing(path=("outcome",))
    if given.lost_since is None:
        yield errors.NotClear(path=("lost_since",))
    elif given.lost_since > today:
        yield errors.DayUnfit(
            path=("lost_since",), on=given.lost_since, since=date.min, today=today
        )
    for name in ("circumstances", "cause"):
        if not getattr(given, name).strip():
            yield errors.NotClear(path=(name,))
    tried = len(set(steps.methods))
    if not tried:
        yield errors.EntriesMissing(path=("search",))
    elif given.outcome is Outcome.NOT_FOUND and tried < least.count:
        yield errors.MethodsFew(path=("search",), basis=least.basis, count=tried, least=least.count)
    if given.outcome is Outcome.NOT_FOUND and not lost:
        yield errors.NotLost(path=("search",))
    if tried and given.outcome is Outcome.FOUND and not IN_PERSON & set(steps.evidence):
        yield errors.NobodySeen(path=("search",))
