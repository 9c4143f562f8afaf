"""Checking one member: each of the plan's checks, what was seen, and what it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.plans import Line


class Result(StrEnum):
    """What a check comes to."""

    IN_ORDER = "in_order"
    ISSUE = "issue"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """From being on a list to a person: seen, heard, on video; or by a document (S3B-25)."""

    SEEN = "seen"
    HEARD = "heard"
    VIDEO = "video"
    DOCUMENT = "document"


IN_PERSON = frozenset({Evidence.SEEN, Evidence.HEARD, Evidence.VIDEO})


class Judged(StrEnum):
    """What became of an issue: raised by a rule, and confirmed or dismissed by a person."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What one check came to; an issue and what is unknown are explained."""

    check: str
    result: Result
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A sheet as somebody completes it."""

    checks: Sequence[Checked]
    evidence: Evidence
    evidence_note: str
    contacted_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet as it is kept."""

    id: UUID
    audited_id: UUID
    campaign_id: UUID
    member_id: UUID
    organization_id: UUID
    completed: bool


def completing_refusals(
    filling: Filling, checks: Sequence[Line], *, suggested: int, today: date
) -> Iterator[Invalid | Conflict]:
    """Nothing is left out, nothing is said without what it rests on (S3A-45), all at once."""
    known, said = [line.code for line in checks], [each.check for each in filling.checks]
    if missing := [code for code in known if code not in said]:
        yield errors.ChecksMissing(path=("checks",), checks=missing)
    odd = {code for code in said if code not in known or said.count(code) > 1}
    if odd:
        yield errors.ChecksUnknown(path=("checks",), checks=sorted(odd))
    unsaid = [
        each.check
        for each in filling.checks
        if each.result is not Result.IN_ORDER and not (each.note or "").strip()
    ]
    if unsaid:
        yield errors.ChecksUnexplained(path=("checks",), checks=unsaid)
    if not filling.evidence_note.strip():
        yield errors.EvidenceMissing(path=("evidence_note",))
    if filling.contacted_on is not None and filling.contacted_on > today:
        yield errors.DayUnfit(
            path=("contacted_on",), on=filling.contacted_on, since=date.min, today=today
        )
    if suggested:
        yield errors.SuggestionsOpen(path=("sheet",), count=suggested)
