"""Who comes from elsewhere: verified by the host and taken into the files above (S1-12)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    AlreadyFiled,
    AlreadyVerified,
    DatesReversed,
    NotFiled,
    NotVerified,
    NotYet,
    OwnVerification,
    ReasonMissing,
)
from zhibu_flow_members.rules.cases import standing
from zhibu_flow_members.rules.values import Case


def verifying_refusals(
    case: Case, arrived_on: date, *, verifier: UUID | None, today: date
) -> Iterator[Invalid | Conflict]:
    """The host verifies the paper of whoever reports in; nobody verifies himself."""
    yield from standing(case)
    if case.verified_on is not None:
        yield AlreadyVerified(path=("case",), on=case.verified_on)
    if case.member_id == verifier:
        yield OwnVerification(path=("case",))
    if arrived_on > today:
        yield NotYet(path=("arrived_on",), on=arrived_on, today=today)
    if arrived_on < case.terms.since:
        yield DatesReversed(path=("arrived_on",), since=case.terms.since, until=arrived_on)


def filing_refusals(
    case: Case, *, filer: UUID | None, filer_member: UUID | None
) -> Iterator[Invalid | Conflict]:
    """Somebody else than who verified takes it into the files of the level above."""
    yield from standing(case)
    if case.verified_on is None:
        yield NotVerified(path=("case",))
    if case.filed_on is not None:
        yield AlreadyFiled(path=("case",), on=case.filed_on)
    verified = case.verified_by is not None and case.verified_by == filer
    if verified or case.member_id == filer_member:
        yield OwnVerification(path=("case",))


def withdrawing_refusals(case: Case, reason: str) -> Iterator[Invalid | Conflict]:
    """A verification that was a slip is taken back while it is not in the files."""
    yield from standing(case)
    if case.verified_on is None:
        yield NotVerified(path=("case",))
    if case.filed_on is not None:
        yield AlreadyFiled(path=("case",), on=case.filed_on)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def unfiling_refusals(case: Case, reason: str) -> Iterator[Invalid | Conflict]:
    """What was taken into the files by mistake is taken out with a reason."""
    yield from standing(case)
    if case.filed_on is None:
        yield NotFiled(path=("case",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
