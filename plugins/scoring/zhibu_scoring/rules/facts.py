"""Facts that were decided elsewhere and move points: honours and punishments (S4-50, S4-61)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import NotAMember, NotYetHappened, ReasonMissing
from zhibu_scoring.errors.facts import (
    FactDocumentMissing,
    FactKnown,
    FactOfSibling,
    FactTitleMissing,
    FactVoid,
)


class FactKind(StrEnum):
    """What was decided. The values are the codes of the items that count it."""

    COMMENDED_WORKING_COMMITTEE = "commended_working_committee"
    COMMENDED_MUNICIPAL = "commended_municipal"
    COMMENDED_PROVINCIAL = "commended_provincial"
    COMMENDED_NATIONAL = "commended_national"
    WARNING = "warning"
    SERIOUS_WARNING = "serious_warning"
    REMOVED_FROM_POST = "removed_from_post"
    PROBATION = "probation"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """An honour or a punishment, as somebody wants it recorded."""

    member_id: UUID
    kind: FactKind
    title: str
    document: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A fact as it stands."""

    id: UUID
    fact: Fact
    recorded_by: UUID | None
    recorder_id: UUID | None
    voided: bool
    of_sibling: bool


def refusals(
    fact: Fact,
    known: Collection[KnownFact],
    *,
    admitted_on: date,
    left_on: date | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """A fact names its decision, happened to a member, and is recorded once."""
    day = fact.decided_on
    if not fact.title.strip():
        yield FactTitleMissing(path=("title",))
    if not fact.document.strip():
        yield FactDocumentMissing(path=("document",))
    if day > today:
        yield NotYetHappened(path=("decided_on",), on=day, today=today)
    if not fell_on(fact, admitted_on, left_on):
        yield NotAMember(path=("decided_on",), on=day)
    if is_known(fact, known):
        yield FactKnown(path=("document",), document=fact.document.strip(), on=day)


def fell_on(fact: Fact, admitted_on: date, left_on: date | None) -> bool:
    """Whether it was decided on a day on which he was a member."""
    return admitted_on <= fact.decided_on and (left_on is None or fact.decided_on < left_on)


def is_known(fact: Fact, known: Collection[KnownFact]) -> bool:
    """Whether the same decision is recorded already, and stands."""
    same = _decision(fact)
    return any(_decision(other.fact) == same for other in known if not other.voided)


def once(facts: Iterable[KnownFact]) -> list[KnownFact]:
    """What stands, each decision once: by hand, where somebody recorded what a sibling tells."""
    standing = [each for each in facts if not each.voided]
    first: dict[tuple[FactKind, date, str], KnownFact] = {}
    for each in sorted(standing, key=lambda each: each.of_sibling):
        first.setdefault(_decision(each.fact), each)
    return [each for each in standing if first[_decision(each.fact)] is each]


def voiding_refusals(known: KnownFact, reason: str) -> Iterator[Invalid | Conflict]:
    """Once, with a reason; what a sibling told is corrected there."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if known.voided:
        yield FactVoid(path=("fact",))
    elif known.of_sibling:
        yield FactOfSibling(path=("fact",))


def _decision(fact: Fact) -> tuple[FactKind, date, str]:
    return fact.kind, fact.decided_on, fact.document.strip()
