"""The words education is recorded in: forms, states, grounds."""

from enum import StrEnum


class Form(StrEnum):
    """How something was studied (S0-02, S2-03)."""

    CONCENTRATED = "concentrated"
    ORGANIZATION_LIFE = "organization_life"
    ONLINE = "online"
    SELF_STUDY = "self_study"
    PARTY_LECTURE = "party_lecture"
    REPORT_MEETING = "report_meeting"
    SEMINAR = "seminar"


# Giving one of these once a year is what S2-04 asks of leading cadres.
LECTURES = frozenset({Form.PARTY_LECTURE, Form.REPORT_MEETING})

# Whoever holds one of these leads: the hours for posts (S2-06) and the yearly lecture are theirs.
LEADING_POSTS = frozenset(
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
