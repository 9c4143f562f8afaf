"""Plans of organizations in an audit, which the level above reviews one by one (S3B-15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.work import Audited, going_on


class PlanStand(StrEnum):
    """Where the plan of an organization stands; written anew, it waits again."""

    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How an organization goes about it: what, on what above all, how, and when (S3A-05)."""

    content: str
    focus: str
    method: str
    timetable: str
    responsible_id: UUID


def plan_refusals(plan: Plan, *, there: bool) -> Iterator[Invalid]:
    """A plan says everything, and who answers for it is one of the organization."""
    for name in ("content", "focus", "method", "timetable"):
        if not getattr(plan, name).strip():
            yield errors.Unsaid(path=(name,))
    if not there:
        yield errors.NotOfBranch(path=("responsible",))


def plan_reviewing_refusals(
    known: Audited, *, accepts: bool, remark: str, by: UUID | None
) -> Iterator[Invalid | Conflict]:
    """A plan that was written is reviewed by somebody else, and returned with a reason."""
    yield from going_on(known)
    if not known.planned:
        yield errors.PlanMissing(path=("audited",))
    elif known.planned_by is not None and known.planned_by == by:
        yield errors.OwnWork(path=("audited",))
    if not accepts and not remark.strip():
        yield errors.ReasonMissing(path=("remark",))
