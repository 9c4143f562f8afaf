"""Talks: heart-to-heart (S0-10), reminders (S0-23), criticism (S0-24), admonition (S2-20)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    DatesReversed,
    DimensionMissing,
    LateReasonMissing,
    NoMemberThen,
    NotYetDone,
    OwnTalk,
    ReasonMissing,
    ResultMissing,
    TalkerUnknown,
    TalkGroundElsewhere,
    TalkNotFailed,
    TalkUnsaid,
    TalkVoid,
)
from zhibu_organization_life.rules.meetings import Limit


class TalkKind(StrEnum):
    """What kind of talk it is."""

    HEART = "heart"
    REMINDER = "reminder"
    CRITICISM = "criticism"
    ADMONITION = "admonition"


class TalkGround(StrEnum):
    """What gave rise to it."""

    ROUTINE = "routine"
    SIGNS = "signs"
    FEEDBACK = "feedback"
    ABSENCE = "absence"
    DUES = "dues"
    NO_CONTACT = "no_contact"
    OTHER = "other"


class Dimension(StrEnum):
    """In what a member is supervised (S0-22)."""

    POLITICAL_DISCIPLINE = "political_discipline"
    LAW_AND_MORALS = "law_and_morals"
    ORGANIZATION_LIFE = "organization_life"
    DUTIES = "duties"
    TIES_WITH_MASSES = "ties_with_masses"
    EXEMPLARY_ROLE = "exemplary_role"


# What may give rise to which: early signs to a reminder, minor failings to criticism.
GROUNDS: Mapping[TalkKind, frozenset[TalkGround]] = MappingProxyType(
    {
        TalkKind.HEART: frozenset(TalkGround),
        TalkKind.REMINDER: frozenset({TalkGround.SIGNS, TalkGround.FEEDBACK}),
        TalkKind.CRITICISM: frozenset(
            {TalkGround.ABSENCE, TalkGround.DUES, TalkGround.NO_CONTACT, TalkGround.OTHER}
        ),
        TalkKind.ADMONITION: frozenset({TalkGround.SIGNS, TalkGround.FEEDBACK, TalkGround.OTHER}),
    }
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A talk as somebody wants it recorded. The words are sealed once they are."""

    member_id: UUID
    talker_id: UUID
    kind: TalkKind
    ground: TalkGround
    talked_on: date
    why: str
    said: str
    agreed: str | None = None
    dimension: Dimension | None = None
    follow_up_on: date | None = None
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A recorded talk, without its words. `path` is that of the branch where it is kept."""

    id: UUID
    member_id: UUID
    path: str
    kind: TalkKind
    talked_on: date
    follow_up_on: date | None
    followed_on: date | None
    improved: bool | None
    handled_on: date | None
    voided_on: date | None
    sealed: bytes
    followed: bytes | None


def recording_refusals(
    wanted: Wanted,
    *,
    recorder: UUID | None,
    member_then: bool,
    talker_known: bool,
    today: date,
    late_after: Limit,
) -> Iterator[Invalid | Conflict]:
    """Somebody talked with somebody else, for a reason, and said something; others record it."""
    if wanted.member_id in (recorder, wanted.talker_id):
        yield OwnTalk(path=("member",))
    if not talker_known:
        yield TalkerUnknown(path=("talker",))
    if not member_then:
        yield NoMemberThen(path=("on",), on=wanted.talked_on)
    if wanted.ground not in GROUNDS[wanted.kind]:
        yield TalkGroundElsewhere(path=("ground",), kind=wanted.kind, ground=wanted.ground)
    if wanted.dimension is None and wanted.kind is not TalkKind.HEART:
        yield DimensionMissing(path=("dimension",))
    for argument in ("why", "said"):
        if not getattr(wanted, argument).strip():
            yield TalkUnsaid(path=(argument,))
    if wanted.talked_on > today:
        yield NotYetDone(path=("on",), on=wanted.talked_on, today=today)
    if wanted.follow_up_on is not None and wanted.follow_up_on <= wanted.talked_on:
        yield DatesReversed(
            path=("follow_up_on",), since=wanted.talked_on, until=wanted.follow_up_on
        )
    late = (today - wanted.talked_on).days > late_after.value
    if late and not (wanted.late_reason or "").strip():
        days, basis = late_after.value, late_after.basis
        yield LateReasonMissing(path=("late_reason",), basis=basis, on=wanted.talked_on, days=days)


def following_refusals(
    talk: Talk, on: date, result: str, *, teller: UUID | None, reason: str | None, today: date
) -> Iterator[Invalid | Conflict]:
    """What came of a talk is told by somebody else; told again, it says why."""
    yield from _standing(talk)
    if talk.member_id == teller:
        yield OwnTalk(path=("talk",))
    if not result.strip():
        yield TalkUnsaid(path=("result",))
    if on > today:
        yield NotYetDone(path=("on",), on=on, today=today)
    if on < talk.talked_on:
        yield DatesReversed(path=("on",), since=talk.talked_on, until=on)
    if talk.followed_on is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def handling_refusals(
    talk: Talk,
    on: date,
    decision: str,
    *,
    teller: UUID | None,
    reason: str | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """What is done where a talk brought no improvement (S2-13); said anew, it says why."""
    yield from _standing(talk)
    if talk.member_id == teller:
        yield OwnTalk(path=("talk",))
    if talk.followed_on is None or talk.improved is not False:
        yield TalkNotFailed(path=("talk",))
    elif on < talk.followed_on:
        yield DatesReversed(path=("on",), since=talk.followed_on, until=on)
    if not decision.strip():
        yield ResultMissing(path=("decision",))
    if on > today:
        yield NotYetDone(path=("on",), on=on, today=today)
    if talk.handled_on is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def voiding_refusals(
    talk: Talk, reason: str, *, voider: UUID | None
) -> Iterator[Invalid | Conflict]:
    """A talk recorded by mistake is voided with a reason, not by whom it was with."""
    yield from _standing(talk)
    if talk.member_id == voider:
        yield OwnTalk(path=("talk",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def opening_refusals(reason: str) -> Iterator[Invalid]:
    """Whoever opens what was said gives a reason, which the member sees."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def _standing(talk: Talk) -> Iterator[Conflict]:
    if talk.voided_on is not None:
        yield TalkVoid(path=("talk",), on=talk.voided_on)
