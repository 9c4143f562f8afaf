"""The words education is recorded in: forms, modes, states, grounds, and what catalogues add."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

Word = Mapping[str, Any]


class Form(StrEnum):
    """How something was studied (S0-02, S2-03)."""

    CONCENTRATED = "concentrated"
    ORGANIZATION_LIFE = "organization_life"
    ONLINE = "online"
    SELF_STUDY = "self_study"
    PARTY_LECTURE = "party_lecture"
    REPORT_MEETING = "report_meeting"
    SEMINAR = "seminar"


class Mode(StrEnum):
    """Whether studied together, in organization life, on line, or alone (S0-02, S2-03)."""

    COLLECTIVE = "collective"
    ORGANIZATION_LIFE = "organization_life"
    ONLINE = "online"
    SELF_STUDY = "self_study"


_MODES = {
    Form.ORGANIZATION_LIFE: Mode.ORGANIZATION_LIFE,
    Form.ONLINE: Mode.ONLINE,
    Form.SELF_STUDY: Mode.SELF_STUDY,
}

# Study of a unit together, which those who lead it are to join (S2-05).
COLLECTIVE = frozenset({Form.CONCENTRATED, Form.PARTY_LECTURE, Form.REPORT_MEETING, Form.SEMINAR})

# Giving one of these once a year is what S2-04 asks of leading cadres.
LECTURES = frozenset({Form.PARTY_LECTURE, Form.REPORT_MEETING})

# Secretaries and committee members: the hours for posts (S2-06) are theirs.
POSTS_WITH_HOURS = frozenset(
    {
        "secretary",
        "deputy_secretary",
        "organization_member",
        "publicity_member",
        "discipline_member",
        "committee_member",
    }
)


class SessionState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    ENROLLED = "enrolled"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"


class CreditState(StrEnum):
    """A credit counts only when verified; a superseded or void one stays readable."""

    PENDING = "pending"
    VERIFIED = "verified"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
    VOID = "void"


class Origin(StrEnum):
    """Where a credit came from."""

    SESSION = "session"
    CLAIM = "claim"
    RECORD = "record"
    IMPORT = "import"


class ExemptionGround(StrEnum):
    """Who need not be held to the hours (《党员教育管理工作条例》第二十三条)."""

    ELDERLY = "elderly"
    ILL = "ill"


class JoinedMidyear(StrEnum):
    """What a member admitted within the year is held to."""

    FULL = "full"
    PRO_RATA = "pro_rata"
    EXEMPT = "exempt"


def mode_of(form: str, channel: str | None, channels: Iterable[Word]) -> Mode:
    """How something was studied: a Party lecture through a channel on line was studied on line."""
    if any(word["code"] == channel and word.get("online") is True for word in channels):
        return Mode.ONLINE
    return _MODES.get(Form(form), Mode.COLLECTIVE)


def label_of(words: Iterable[Word], code: str | None, language: str = "zh") -> str | None:
    """What a code is called; the code itself where the catalogue has dropped it."""
    if code is None:
        return None
    return next((str(word[language]) for word in words if word["code"] == code), code)


def code_of(words: Iterable[Word], label: str) -> str | None:
    """The code of what is called so; None where the catalogue has no such word."""
    return next((str(word["code"]) for word in words if word["zh"] == label), None)


def form_of(word: Word) -> str:
    """The form that a word of the catalogue of forms stands for: its own, or the one it refines."""
    return str(word.get("form") or word["code"])


def kinds_of(words: Sequence[Word], form: str) -> list[str]:
    """The institution's own kinds of a form, by code."""
    return [word["code"] for word in words if word.get("form") and form_of(word) == form]
