"""Stages of a membership (CC 7, DV): from probation to full membership, and how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu.identifiers import new_id
from zhibu.members import errors
from zhibu.members.rules.values import Change, Departure, Stage, StagePeriod

Faults = list[Invalid | Conflict]

_FROM: dict[Change, frozenset[Stage]] = {
    Change.MADE_FULL: frozenset({Stage.PROBATIONARY}),
    Change.EXTENDED: frozenset({Stage.PROBATIONARY}),
    Change.STOPPED: frozenset({Stage.PROBATIONARY, Stage.FULL}),
    Change.RESTORED: frozenset({Stage.STOPPED, Stage.LEFT}),
    Change.LEFT: frozenset({Stage.PROBATIONARY, Stage.FULL, Stage.STOPPED}),
}

# Who is on probation is not expelled or removed: the probationary membership is cancelled.
_DEPARTURES: dict[Stage, frozenset[Departure]] = {
    Stage.PROBATIONARY: frozenset(
        {
            Departure.DECEASED,
            Departure.WITHDREW,
            Departure.TREATED_AS_GIVEN_UP,
            Departure.PROBATIONARY_CANCELLED,
            Departure.TRANSFERRED_OUT,
            Departure.NOT_RECOGNIZED,
        }
    ),
    Stage.FULL: frozenset(Departure)
    - {Departure.PROBATIONARY_CANCELLED, Departure.ENTERED_BY_MISTAKE},
}
# Nobody comes back from these: the dead, and whoever never was a member.
_FINAL = frozenset({Departure.DECEASED, Departure.ENTERED_BY_MISTAKE})


@dataclass(frozen=True, kw_only=True)
class Probation:
    """How long a probation lasts and may be extended, in months, and what document says so."""

    months: int
    least_extension: int
    most_extension: int
    basis: Basis | None = None
    extension_basis: Basis | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A change of stage on `on`, with its decision. `months` extend, `departure` ends."""

    change: Change
    on: date
    decision: str
    decided_on: date
    departure: Departure | None = None
    months: int | None = None


def step_faults(
    periods: Sequence[StagePeriod], step: Step, *, today: date, probation: Probation
) -> Faults:
    """Why the step cannot be taken. `periods` are the member's, in order."""
    last = periods[-1]
    found: Faults = [
        errors.NotYetHappened(path=(field,), on=day, today=today)
        for field, day in (("on", step.on), ("decided_on", step.decided_on))
        if day > today
    ]
    found += decision_faults(step.decision)
    if step.on < last.since:
        found.append(errors.DatesOutOfOrder(path=("on",), earlier=last.since, later=step.on))
    elif step.on == last.since:
        found.append(errors.DayTaken(path=("on",), on=step.on))
    if last.stage not in _FROM.get(step.change, frozenset()):
        found.append(
            errors.StageNotPossible(path=("change",), change=step.change, stage=last.stage)
        )
        return found
    if step.change is Change.MADE_FULL and last.ends_on and step.on < last.ends_on:
        found.append(
            errors.ProbationNotOver(path=("on",), basis=probation.basis, ends_on=last.ends_on)
        )
    if step.change is Change.EXTENDED:
        found += _extension_faults(periods, step.months, probation)
    if step.change is Change.RESTORED and last.departure in _FINAL:
        found.append(errors.CannotReturn(path=("change",), departure=last.departure))
    if step.change is Change.LEFT:
        found += _departure_faults(step.departure, active_stage(periods).stage)
    return found


def reason_faults(reason: str) -> Faults:
    """What changes the register without a decision says why."""
    return [] if reason.strip() else [errors.ChangeReasonMissing(path=("reason",))]


def decision_faults(decision: str) -> Faults:
    """A change of stage names the decision behind it."""
    return [] if decision.strip() else [errors.DecisionMissing(path=("decision",))]


def stepped(periods: Sequence[StagePeriod], step: Step) -> list[StagePeriod]:
    """The history with the step taken; ask `step_faults` first."""
    last, before = periods[-1], active_stage(periods)
    stage, ends_on = {
        Change.MADE_FULL: (Stage.FULL, None),
        Change.EXTENDED: (
            Stage.PROBATIONARY,
            add_months(last.ends_on or step.on, step.months or 0),
        ),
        Change.STOPPED: (Stage.STOPPED, None),
        Change.RESTORED: (before.stage, before.ends_on),
        Change.LEFT: (Stage.LEFT, None),
    }[step.change]
    new = StagePeriod(
        id=new_id(),
        member_id=last.member_id,
        stage=stage,
        change=step.change,
        since=step.on,
        until=None,
        ends_on=ends_on,
        departure=step.departure if step.change is Change.LEFT else None,
        decision=step.decision,
        decided_on=step.decided_on,
    )
    return [*periods[:-1], replace(last, until=step.on), new]


def unstepped(periods: Sequence[StagePeriod]) -> list[StagePeriod]:
    """The history without its last step. Raises `NothingToUndo` for the entry itself."""
    if len(periods) < 2 or periods[-1].change in {Change.ADMITTED, Change.REGISTERED}:
        raise errors.NothingToUndo(path=("what",))
    return [*periods[:-2], replace(periods[-2], until=None)]


def unbegun(periods: Sequence[StagePeriod]) -> list[StagePeriod]:
    """The history of somebody who was entered by mistake: never a member, from the first day on."""
    mistaken = Departure.ENTERED_BY_MISTAKE
    first = replace(periods[0], stage=Stage.LEFT, departure=mistaken, until=None, ends_on=None)
    return [first]


def active_stage(periods: Sequence[StagePeriod]) -> StagePeriod:
    """The last period in which the person was a full or a probationary member."""
    return next(p for p in reversed(periods) if p.stage in {Stage.FULL, Stage.PROBATIONARY})


def _extension_faults(
    periods: Sequence[StagePeriod], months: int | None, probation: Probation
) -> Faults:
    basis = probation.extension_basis
    if any(period.change is Change.EXTENDED for period in periods):
        return [errors.ProbationExtended(path=("change",), basis=basis)]
    if months is None:
        return [errors.ExtensionMissing(path=("months",))]
    least, most = probation.least_extension, probation.most_extension
    if not least <= months <= most:
        return [
            errors.ExtensionOutOfRange(
                path=("months",), basis=basis, months=months, least=least, most=most
            )
        ]
    return []


def _departure_faults(departure: Departure | None, stage: Stage) -> Faults:
    if departure is None:
        return [errors.DepartureMissing(path=("departure",))]
    if departure not in _DEPARTURES[stage]:
        return [errors.DepartureNotForStage(path=("departure",), departure=departure, stage=stage)]
    return []
