"""Analyses that a plan asks for on its way (S3B-17, S3C-34)."""

from collections.abc import Collection, Iterator

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.plans import Level, Line, Part, Plan
from zhibu_audit_campaign.rules.work import Audited, going_on


def analyses(plan: Plan, level: Level) -> dict[str, Line]:
    """The reports of a level that sum up a stage of the plan, by code."""
    return {line.code: line for line in plan.of(Part.REPORT) if line.needs and line.level is level}


def writing_refusals(
    known: Audited, report: str, text: str, *, asked: Collection[str]
) -> Iterator[Conflict | Invalid]:
    """One that the plan asks for of this level, with what is to be said of its figures."""
    yield from going_on(known)
    if report not in asked:
        yield errors.AnalysisUnknown(path=("report",), report=report)
    if not text.strip():
        yield errors.Unsaid(path=("text",))
