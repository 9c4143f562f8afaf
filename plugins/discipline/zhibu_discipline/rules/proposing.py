"""Putting a disposition to the branch: the member was heard, and is helped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors
from zhibu_discipline.rules.cases import Case, Step, step_refusals
from zhibu_discipline.rules.grounds import Ground, Kind


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """That the member was told facts and basis, what he said or why nothing, and who stood by him;
    when the committee was told the list (S3D-22); `breach`: whether discipline seems broken."""

    told_on: date | None
    account: str | None
    unheard: str | None
    defender: str | None
    notified_on: date | None
    breach: bool | None


@dataclass(frozen=True, kw_only=True)
class Help:
    """How a member is helped while he corrects himself (S0-26): until when, by whom, how."""

    months: int | None
    keeper_id: UUID | None
    measures: str | None


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What the parameters in force demand of a proposal."""

    most_months: int
    notice: bool


def proposing_refusals(
    case: Case,
    hearing: Hearing,
    help: Help,
    *,
    ground: Ground | None,
    documents: Sequence[str],
    demands: Demands,
    referred: bool,
    name: str,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """What speaks against putting a disposition to the branch committee, all of it.

    What breaks discipline was handed over first: a disposition does not take its place (S3D-27).
    """
    yield from step_refusals(case, Step.PROPOSE)
    if not (hearing.account or "").strip() and not (hearing.unheard or "").strip():
        yield errors.HearingMissing(path=("account",))
    if (hearing.account or "").strip() and hearing.told_on is None:
        yield errors.TellingMissing(path=("told_on",))
    for name, day in (("told_on", hearing.told_on), ("notified_on", hearing.notified_on)):
        if day is not None and not case.opened_on <= day <= today:
            yield errors.DayUnfit(path=(name,), on=day, since=case.opened_on, today=today)
    if demands.notice and hearing.notified_on is None:
        yield errors.NoticeMissing(path=("notified_on",))
    if hearing.breach is None:
        yield errors.BreachUnsaid(path=("breach",))
    elif hearing.breach and not referred:
        yield errors.ReferralMissing(path=("breach",), name=name)
    if ground is not None and (missing := {*ground.documents} - {*documents}):
        yield errors.DocumentsLacking(path=("documents",), documents=sorted(missing))
    if case.kind is Kind.CORRECTION:
        yield from _help_refusals(case, help, demands.most_months)


def _help_refusals(case: Case, help: Help, most: int) -> Iterator[Invalid | Conflict]:
    if help.months is None or not 1 <= help.months <= most:
        yield errors.MonthsUnfit(path=("months",), most=most)
    if help.keeper_id is None:
        yield errors.KeeperMissing(path=("keeper",))
    elif help.keeper_id == case.member_id:
        yield errors.KeeperUnfit(path=("keeper",))
    if not (help.measures or "").strip():
        yield errors.MeasuresMissing(path=("measures",))
