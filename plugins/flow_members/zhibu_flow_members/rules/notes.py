"""What both sides note of somebody away: contact, education, reports, visits, what is amiss."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    CaseVoid,
    ConductMissing,
    CriticismMissing,
    EvaluationUnfounded,
    FaultMissing,
    FaultUnfounded,
    NoteElsewhere,
    NoteNotYet,
    NoteReasonMissing,
    NoteUnsaid,
    NoteVoid,
    NotYet,
    OwnNote,
    ReasonMissing,
)
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.values import Case, Limit


class NoteKind(StrEnum):
    """What is noted (S1-27, S1-29 to S1-32, S1-37 to S1-39, S1-14)."""

    CONTACT = "contact"
    MATERIAL = "material"
    EDUCATION = "education"
    REPORT = "report"
    VISIT_FAMILY = "visit_family"
    VISIT_RETURNED = "visit_returned"
    VISIT_INCOMING = "visit_incoming"
    LIFE = "life"
    DUES = "dues"
    TARGETS = "targets"
    COMMENDATION = "commendation"
    EVALUATION = "evaluation"
    CRITICISM = "criticism"
    HANDLING = "handling"


class Side(StrEnum):
    """Who notes it: the branch from which he went, or the one that takes him in."""

    HOME = "home"
    HOST = "host"


class Phase(StrEnum):
    """When it was, as seen from his stay (S1-27)."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Channel(StrEnum):
    """By what way (S1-29, S1-31)."""

    LETTER = "letter"
    PHONE = "phone"
    WEB = "web"
    VISIT = "visit"


class Fault(StrEnum):
    """What is amiss with who is away (S1-14)."""

    NO_CONTACT = "no_contact"
    NO_TRANSFER = "no_transfer"


class Conduct(StrEnum):
    """The grade of who is away, as at an appraisal (S1-32)."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASICALLY_QUALIFIED = "basically_qualified"
    UNQUALIFIED = "unqualified"


BY_HOST = frozenset(
    {
        *(NoteKind.CONTACT, NoteKind.EDUCATION, NoteKind.VISIT_INCOMING),
        *(NoteKind.LIFE, NoteKind.DUES),
    }
)
BY_HOME = frozenset(NoteKind) - {NoteKind.VISIT_INCOMING, NoteKind.LIFE, NoteKind.DUES}
# What shows that he is in contact with either side.
TOUCH = frozenset(
    {
        *(NoteKind.CONTACT, NoteKind.REPORT, NoteKind.VISIT_INCOMING),
        *(NoteKind.LIFE, NoteKind.DUES),
    }
)
WHEN = {
    NoteKind.REPORT: {Phase.DURING, Phase.AFTER},
    NoteKind.VISIT_FAMILY: {Phase.DURING},
    NoteKind.VISIT_RETURNED: {Phase.AFTER},
    NoteKind.VISIT_INCOMING: {Phase.DURING},
    NoteKind.LIFE: {Phase.DURING},
    NoteKind.DUES: {Phase.DURING},
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A note as somebody wants it recorded."""

    kind: NoteKind
    channel: Channel
    on: date
    text: str
    fault: Fault | None = None
    grade: Conduct | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note, as it is recorded. `path` is his branch's, `host_path` that of who noted it."""

    id: UUID
    case_id: UUID
    member_id: UUID
    path: str
    host_path: str | None
    kind: NoteKind
    side: Side
    on: date
    voided_on: date | None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is known of him for the day of which something is noted: before it, and in its year."""

    last_touch: date | None
    criticized: bool
    reported: bool
    card_reviewed: bool
    silent_after: Limit
    late_after: Limit
    basis: Basis


def phase_of(case: Case, on: date) -> Phase:
    """Whether a day lies before, within or after his stay."""
    if on < case.terms.since:
        return Phase.BEFORE
    return Phase.AFTER if case.ended_on is not None and on >= case.ended_on else Phase.DURING


def noting_refusals(
    case: Case, wanted: Wanted, side: Side, ground: Ground, *, noter: UUID | None, today: date
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a note."""
    if case.voided_on is not None:
        yield CaseVoid(path=("case",), on=case.voided_on)
    kind = wanted.kind
    if kind not in (BY_HOME if side is Side.HOME else BY_HOST):
        yield NoteElsewhere(path=("kind",), kind=kind)
    own = noter == case.member_id
    if own and kind is not NoteKind.REPORT:
        yield OwnNote(path=("case",))
    if not wanted.text.strip():
        yield NoteUnsaid(path=("text",))
    phase = phase_of(case, wanted.on)
    if wanted.on > today:
        yield NotYet(path=("on",), on=wanted.on, today=today)
    elif phase not in WHEN.get(kind, set(Phase)) or (side is Side.HOST and phase is Phase.AFTER):
        yield NoteNotYet(path=("on",), kind=kind, phase=phase)
    late = (today - wanted.on).days > ground.late_after.value
    for_him = kind is NoteKind.REPORT and not own
    if (late or for_him) and not (wanted.reason or "").strip():
        yield NoteReasonMissing(path=("reason",), basis=ground.late_after.basis)
    yield from _amiss(case, wanted, ground)
    yield from _evaluated(case, wanted, ground)


def voiding_refusals(
    note: Note, reason: str, *, voider: UUID | None
) -> Iterator[Invalid | Conflict]:
    """A note made by mistake is voided with a reason; the member voids only his own report."""
    yield from unvoided_refusals(note.voided_on, reason)
    if note.member_id == voider and note.kind is not NoteKind.REPORT:
        yield OwnNote(path=("note",))


def unvoided_refusals(voided_on: date | None, reason: str) -> Iterator[Invalid | Conflict]:
    """What is void is not voided again; what was a mistake is, with a reason."""
    if voided_on is not None:
        yield NoteVoid(path=("note",), on=voided_on)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def _amiss(case: Case, wanted: Wanted, ground: Ground) -> Iterator[Invalid]:
    """Criticism first, and handling only where it changed nothing; neither comes by itself."""
    criticism = wanted.kind is NoteKind.CRITICISM
    if criticism != (wanted.fault is not None):
        yield FaultMissing(path=("fault",), kind=wanted.kind)
    elif wanted.fault is not None:
        silent = add_months(ground.last_touch or case.terms.since, ground.silent_after.value)
        away = case.ended_on is None or wanted.on < case.ended_on
        founded = {
            Fault.NO_CONTACT: silent <= wanted.on,
            Fault.NO_TRANSFER: case.terms.paper is Paper.LETTER and away,
        }
        if not founded[wanted.fault]:
            yield FaultUnfounded(path=("fault",), basis=ground.basis, fault=wanted.fault)
    if wanted.kind is NoteKind.HANDLING and not ground.criticized:
        yield CriticismMissing(path=("kind",), basis=ground.basis)


def _evaluated(case: Case, wanted: Wanted, ground: Ground) -> Iterator[Invalid]:
    """An evaluation rests on the card and on reports, or says why it does without (S1-32)."""
    if (wanted.kind is NoteKind.EVALUATION) != (wanted.grade is not None):
        yield ConductMissing(path=("grade",), kind=wanted.kind)
    if wanted.kind is not NoteKind.EVALUATION or (wanted.reason or "").strip():
        return
    carded = case.terms.paper is not Paper.CARD or ground.card_reviewed
    if not (carded and ground.reported):
        yield EvaluationUnfounded(path=("reason",), year=wanted.on.year)
