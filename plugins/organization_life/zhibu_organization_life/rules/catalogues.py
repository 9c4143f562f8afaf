"""The closed lists of organization life, and which unit holds which kind of meeting."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What kind of meeting it is: the three meetings and one lecture, and the two besides."""

    BRANCH_MEETING = "branch_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    GROUP_MEETING = "group_meeting"
    LECTURE = "lecture"
    THEME_DAY = "theme_day"
    LIFE_MEETING = "life_meeting"


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """How a member is marked at a meeting."""

    INVITED = "invited"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"


class Leave(StrEnum):
    """What became of the leave that a member asked for."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class Via(StrEnum):
    """How a mark came about."""

    LIST = "list"
    IMPORT = "import"
    CODE = "code"


class Ground(StrEnum):
    """Why a member takes part flexibly."""

    ELDERLY = "elderly"
    ILL = "ill"
    DISABLED = "disabled"
    ABROAD = "abroad"


_BRANCHES = frozenset({"branch", "joint_branch", "temporary_branch", "floating_branch"})
_LIVING = _BRANCHES | {"general_branch"}

# By the kinds of units of the core's tree (支部工作条例 11 to 16).
HELD_AT: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.BRANCH_MEETING: _LIVING,
        Kind.COMMITTEE_MEETING: _LIVING | {"party_committee", "working_committee"},
        Kind.GROUP_MEETING: frozenset({"party_group"}),
        Kind.LECTURE: _LIVING | {"party_group"},
        Kind.THEME_DAY: _LIVING | {"party_group"},
        Kind.LIFE_MEETING: _LIVING | {"party_group"},
    }
)

# Who owes a kind by its frequency: a branch, whatever its general branch holds besides. A temporary
# branch has no formal members, and may hold meetings without owing them.
_OWING = _BRANCHES - {"temporary_branch"}
OWED_BY: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(Kind, _OWING),
        Kind.GROUP_MEETING: frozenset({"party_group"}),
    }
)

# Who lives a dual organization life (S0-07, S2-12): whoever has one of these seats in such a body.
LEADING = frozenset({"general_branch", "party_committee", "working_committee"})

# Who appraises its members, once a year.
APPRAISING = _OWING

# The seats that make a committee, beside its secretaries (rule 36).
SEATS = frozenset(
    {"organization_member", "publicity_member", "discipline_member", "committee_member"}
)
POSTS = SEATS | {"secretary", "deputy_secretary"}
