"""Verifying a branch: the committee's three checks, three situations, and a report of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.checking import Checked, Result
from zhibu_audit_campaign.rules.plans import Level, Line
from zhibu_audit_campaign.rules.work import Audited, Stand, going_on


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the committee verified of one kind of members: how many, and what the plan asks."""

    code: str
    number: int
    destination: str | None = None
    state: str | None = None
    contact: str | None = None
    duration: str | None = None
    circumstances: str | None = None
    cause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a committee finds about a branch, with measures and first proposals (S3A-17)."""

    checks: Sequence[Checked]
    situations: Sequence[Situation]
    measures: str
    ways: str | None
    proposals: str


def standing_refusals(known: Audited, *, by: UUID | None) -> Iterator[Conflict]:
    """Somebody above looks at what was handed up, and nobody at his own."""
    yield from going_on(known)
    if known.state is not Stand.SUBMITTED:
        yield errors.NotHandedUp(path=("audited",), state=known.state)
    if known.submitted_by is not None and known.submitted_by == by:
        yield errors.OwnWork(path=("audited",))


def verifying_refusals(
    given: Verification,
    *,
    checks: Sequence[Line],
    situations: Sequence[Line],
    counts: Mapping[str, int],
) -> Iterator[Invalid | Conflict]:
    """What is missing from a verification, all at once. Numbers are those of the records: nothing
    is reported beyond the evidence (S3A-45).
    """
    said = [each.check for each in given.checks]
    if missing := [line.code for line in checks if line.code not in said]:
        yield errors.ChecksMissing(path=("checks",), checks=missing)
    known = {line.code for line in checks}
    if odd := sorted({code for code in said if code not in known or said.count(code) > 1}):
        yield errors.ChecksUnknown(path=("checks",), checks=odd)
    unsaid = [
        each.check
        for each in given.checks
        if each.result is not Result.IN_ORDER and not (each.note or "").strip()
    ]
    if unsaid:
        yield errors.ChecksUnexplained(path=("checks",), checks=unsaid)
    yield from _situation_refusals(given.situations, situations, counts)
    if not given.measures.strip():
        yield errors.Unsaid(path=("measures",))
    if counts.get("lost") and not (given.ways or "").strip():
        yield errors.Unsaid(path=("ways",))
    if not given.proposals.strip():
        yield errors.Unsaid(path=("proposals",))


def _situation_refusals(
    given: Sequence[Situation], lines: Sequence[Line], counts: Mapping[str, int]
) -> Iterator[Invalid | Conflict]:
    by_code = {each.code: each for each in given}
    if missing := [line.code for line in lines if line.code not in by_code]:
        yield errors.SituationsMissing(path=("situations",), situations=missing)
    known, said = {line.code for line in lines}, [each.code for each in given]
    if odd := sorted({code for code in said if code not in known or said.count(code) > 1}):
        yield errors.SituationsUnknown(path=("situations",), situations=odd)
    for line in lines:
        found = by_code.get(line.code)
        if found is None:
            continue
        count = counts.get(line.code, 0)
        if found.number != count:
            yield errors.NumberDiffers(
                path=("situations",), situation=line.code, number=found.number, count=count
            )
        asked = [name for name in line.data if name != "number"]
        if found.number and any(not (getattr(found, name) or "").strip() for name in asked):
            yield errors.SituationUnsaid(path=("situations",), situation=line.code)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a committee or a district hands up; the meeting that discussed it, and who signed."""

    content: str
    proposals: str
    chair_id: UUID | None
    minutes: str | None
    signer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Below:
    """How far it is below an organization: what is not accepted yet, searches that go on, files
    nobody reviewed, and whether there are branches of which it has drawn none to look at.
    """

    open: int
    searching: int
    unreviewed: int
    undrawn: bool


def reporting_refusals(
    known: Audited, given: Report, below: Below, *, chair: bool
) -> Iterator[Invalid | Conflict]:
    """A report goes up once all below was accepted, no search goes on, and a meeting discussed it
    (S3A-18); that of a district, once it has drawn branches (S3A-22).
    """
    if known.level is Level.BRANCH:
        yield errors.LevelUnfit(path=("audited",), level=Level.COMMITTEE)
    if below.open:
        yield errors.BelowOpen(path=("audited",), count=below.open)
    if below.searching:
        yield errors.SearchesOpen(path=("audited",), count=below.searching)
    for name in ("content", "proposals"):
        if not getattr(given, name).strip():
            yield errors.Unsaid(path=(name,))
    if known.level is Level.COMMITTEE:
        if not chair:
            yield errors.ChairUnfit(path=("chair",))
        if not (given.minutes or "").strip():
            yield errors.Unsaid(path=("minutes",))
    else:
        if below.undrawn:
            yield errors.DrawMissing(path=("audited",))
        if not (given.signer or "").strip():
            yield errors.Unsaid(path=("signer",))


def accepting_refusals(below: Below) -> Iterator[Conflict]:
    """A report is accepted while all below it is, once each file of who is lost was reviewed
    (S3A-21).
    """
    if below.open:
        yield errors.BelowOpen(path=("audited",), count=below.open)
    if below.searching:
        yield errors.SearchesOpen(path=("audited",), count=below.searching)
    if below.unreviewed:
        yield errors.FilesUnreviewed(path=("audited",), count=below.unreviewed)
