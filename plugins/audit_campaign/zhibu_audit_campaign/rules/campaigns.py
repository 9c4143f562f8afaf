"""An audit from its opening to its end: what is refused, and what is only warned of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.plans import Level, Part, Plan, PlanKind


class State(StrEnum):
    """Where an audit stands; `preparing` while its list is being made."""

    PREPARING = "preparing"
    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Ground(StrEnum):
    """Why somebody is in the list: belongs there, or was transferred out without a receipt."""

    FORMAL = "formal"
    UNRECEIPTED = "unreceipted"


class Change(StrEnum):
    """What became of somebody in the register since the list was made (S3A-41)."""

    LEFT = "left"
    MOVED = "moved"
    STAGE = "stage"


class WarningKind(StrEnum):
    """What of the dates is odd, and allowed: A-13 and A-14."""

    INVERTED = "inverted"
    OVERLAPPING = "overlapping"
    LONGER = "longer"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage with its days, both included."""

    code: str
    level: Level
    zh: str
    en: str
    clause: str
    since: date
    until: date
    needs: str | None = None
    hands_up: bool = False
    reviews_plans: bool = False


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The days of a stage as somebody enters them."""

    code: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An audit as somebody wants it opened; the list is made `as_of` a day."""

    plan: PlanKind
    title: str
    as_of: date
    dates: Sequence[Dates]
    document: str | None = None


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """An audit as it is kept; `lines` are those of its plan when it was opened."""

    id: UUID
    organization_id: UUID
    plan: PlanKind
    title: str
    state: State
    as_of: date
    opened_on: date
    version: int
    lines: Sequence[Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class Warned:
    """An odd thing about dates: of which stage, beside which other, and by how many days."""

    kind: WarningKind
    stage: str
    other: str | None = None
    days: int = 0


def opening_refusals(
    opening: Opening, plan: Plan, *, there: bool, going_on: str | None, today: date
) -> Iterator[Invalid | Conflict]:
    """What speaks against opening an audit, all of it. `going_on` is the title of another one."""
    if not opening.title.strip():
        yield errors.TitleMissing(path=("title",))
    if opening.as_of > today:
        yield errors.AsOfUnfit(path=("as_of",), on=opening.as_of, today=today)
    elif not there:
        yield errors.NotThere(path=("as_of",), on=opening.as_of)
    yield from alone_refusals(going_on)
    yield from _dates_refusals(opening.dates, [line.code for line in plan.of(Part.STAGE)])


def alone_refusals(going_on: str | None) -> Iterator[Conflict]:
    """One audit by a plan at a time in an organization."""
    if going_on is not None:
        yield errors.AlreadyOpen(path=("plan",), title=going_on)


def _dates_refusals(given: Sequence[Dates], known: Collection[str]) -> Iterator[Invalid]:
    said = {each.code for each in given}
    if missing := [code for code in known if code not in said]:
        yield errors.StagesMissing(path=("stages",), stages=missing)
    if unknown := sorted(said - set(known)):
        yield errors.StagesUnknown(path=("stages",), stages=unknown)
    yield from reversed_refusals(given)


def reversed_refusals(given: Sequence[Dates]) -> Iterator[Invalid]:
    """Stages that end before they begin: the only order of dates that is refused."""
    for each in given:
        if each.until < each.since:
            yield errors.StageReversed(
                path=("stages",), stage=each.code, since=each.since, until=each.until
            )


def stage_refusals(given: Dates, known: Sequence[Stage]) -> Iterator[Invalid]:
    """One stage of an audit gets other days."""
    if given.code not in {stage.code for stage in known}:
        yield errors.StagesUnknown(path=("stage",), stages=[given.code])
    yield from reversed_refusals([given])


def stages(plan: Plan, dates: Sequence[Dates]) -> list[Stage]:
    """The stages of a plan with the days that were entered, in the plan's order."""
    entered = {each.code: each for each in dates}
    return [
        Stage(
            code=line.code,
            level=line.level or Level.BRANCH,
            zh=line.zh,
            en=line.en,
            clause=line.clause,
            since=entered[line.code].since,
            until=entered[line.code].until,
            needs=line.needs,
            hands_up=line.hands_up,
            reviews_plans=line.reviews_plans,
        )
        for line in plan.of(Part.STAGE)
    ]


def warnings(found: Sequence[Stage]) -> Iterator[Warned]:
    """What is odd about the days: deadlines that are inverted (A-13), stages of one level that
    overlap, and steps that together last longer than the whole (A-14)."""
    known = {stage.code: stage for stage in found}
    for stage in found:
        before = known.get(stage.needs or "")
        if before is not None and stage.until < before.until:
            days = (before.until - stage.until).days
            yield Warned(kind=WarningKind.INVERTED, stage=stage.code, other=before.code, days=days)
    for level in Level:
        of_level = sorted((s for s in found if s.level is level), key=lambda s: (s.since, s.until))
        for one, next_one in pairwise(of_level):
            if next_one.since <= one.until:
                days = (min(one.until, next_one.until) - next_one.since).days + 1
                yield Warned(
                    kind=WarningKind.OVERLAPPING, stage=next_one.code, other=one.code, days=days
                )
    if found:
        steps = sum((stage.until - stage.since + timedelta(days=1)).days for stage in found)
        whole = (max(s.until for s in found) - min(s.since for s in found)).days + 1
        if steps > whole:
            yield Warned(kind=WarningKind.LONGER, stage=found[0].code, days=steps - whole)


def state_refusals(known: Campaign, *allowed: State) -> Iterator[Conflict]:
    """That the audit stands where this may be done."""
    if known.state not in allowed:
        yield errors.StateUnfit(path=("campaign",), state=known.state)


def changing_refusals(
    known: Campaign, *allowed: State, reason: str | None, version: int | None
) -> Iterator[Invalid | Conflict]:
    """What is changed later is changed with a reason, and by who has seen how it stands."""
    yield from state_refusals(known, *allowed)
    if not (reason or "").strip():
        yield errors.ReasonMissing(path=("reason",))
    if version is not None and version != known.version:
        yield errors.VersionStale(path=("version",), version=known.version)
