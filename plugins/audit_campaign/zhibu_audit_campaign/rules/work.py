"""What a branch does in an audit before it hands its results up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.plans import Level


class Stand(StrEnum):
    """Where the work of an organization stands in an audit."""

    WORKING = "working"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


UNDER_WORK = (Stand.WORKING, Stand.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Audited:
    """An organization in an audit, as it is kept, with the audit it is in."""

    id: UUID
    campaign_id: UUID
    organization_id: UUID
    path: str
    level: Level
    state: Stand
    campaign_state: State
    as_of: date
    submitted_by: UUID | None
    planned: bool
    planned_by: UUID | None
    in_place: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class Left:
    """What is still to be done before a branch hands its results up."""

    workers: int
    trainings: int
    sheets: int
    suggestions: int
    unsearched: int


def working_refusals(known: Audited, *, level: Level | None = None) -> Iterator[Conflict]:
    """That the audit goes on, and the results were not handed up; and whose work it is."""
    if known.campaign_state is not State.OPEN:
        yield errors.StateUnfit(path=("audited",), state=known.campaign_state)
    elif known.state not in UNDER_WORK:
        yield errors.HandedUp(path=("audited",), state=known.state)
    if level is not None and known.level is not level:
        yield errors.LevelUnfit(path=("audited",), level=level)


def going_on(known: Audited) -> Iterator[Conflict]:
    """That the audit goes on; one that ended stays as it is."""
    if known.campaign_state is not State.OPEN:
        yield errors.StateUnfit(path=("audited",), state=known.campaign_state)


def searching_refusals(known: Audited, *, reported: bool) -> Iterator[Conflict]:
    """A search goes on after the branch handed its results up, until one above has reported."""
    yield from going_on(known)
    if reported:
        yield errors.HandedUp(path=("audited",), state=Stand.SUBMITTED)


def submitting_refusals(known: Audited, left: Left) -> Iterator[Conflict]:
    """What is missing before results are handed up, all of it (S3A-05 to S3A-09, S3A-41)."""
    yield from working_refusals(known, level=Level.BRANCH)
    if not known.planned:
        yield errors.PlanMissing(path=("audited",))
    if not left.workers:
        yield errors.WorkersMissing(path=("audited",))
    if not left.trainings:
        yield errors.TrainingMissing(path=("audited",))
    yield from left_refusals(left)


def left_refusals(left: Left) -> Iterator[Conflict]:
    """Nobody on the list is left out, whoever hands it up (S3A-41, S3A-44)."""
    if left.sheets:
        yield errors.SheetsOpen(path=("audited",), count=left.sheets)
    if left.suggestions:
        yield errors.SuggestionsOpen(path=("audited",), count=left.suggestions)
    if left.unsearched:
        yield errors.SearchesMissing(path=("audited",), count=left.unsearched)


def in_place_refusals(
    known: Audited, left: Left, *, living: int, successor: UUID | None, reason: str
) -> Iterator[Invalid | Conflict]:
    """The level above hands up in the place of a branch where nobody is any more, with a reason;
    it had no plan, group or training of its own to show.
    """
    yield from working_refusals(known, level=Level.BRANCH)
    if living:
        yield errors.BranchLives(path=("audited",), count=living)
    yield from left_refusals(left)
    if successor == known.organization_id:
        yield errors.OwnSuccessor(path=("successor",))
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def withdrawing_refusals(known: Audited, *, reason: str) -> Iterator[Invalid | Conflict]:
    """Results are taken back until somebody above has decided, with a reason."""
    yield from going_on(known)
    if known.state is not Stand.SUBMITTED:
        yield errors.NotHandedUp(path=("audited",), state=known.state)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def day_refusals(
    on: date, *, today: date, argument: str, since: date | None = None
) -> Iterator[Invalid]:
    """What is recorded has happened, and not before it could."""
    if on > today or (since is not None and on < since):
        yield errors.DayUnfit(path=(argument,), on=on, since=since or date.min, today=today)
