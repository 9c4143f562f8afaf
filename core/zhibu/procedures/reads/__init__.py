"""How the fields of procedures are read: SQL expressions over the rows of a request."""

from zhibu.accounts.reads import name_of
from zhibu.members.reads import path_of_member
from zhibu.procedures.reads.fields import (
    choice,
    current,
    definition,
    inside,
    kinds,
    member_name,
    named_as,
    titles,
    voted,
)
from zhibu.procedures.reads.rows import (
    DELEGATIONS,
    DOCUMENTS,
    LIMITS,
    NAMED,
    OBJECTIONS,
    OVERRIDES,
    PROCEDURES,
    SEATS,
    SITTINGS,
    STEPS,
    TALLIES,
)
from zhibu.procedures.reads.seeing import (
    concerning,
    limit_seen,
    of_visible,
    of_visible_sitting,
    path_of_procedure,
    path_of_sitting,
    visible,
)
from zhibu.procedures.reads.waiting import waiting

__all__ = [
    "DELEGATIONS",
    "DOCUMENTS",
    "LIMITS",
    "NAMED",
    "OBJECTIONS",
    "OVERRIDES",
    "PROCEDURES",
    "SEATS",
    "SITTINGS",
    "STEPS",
    "TALLIES",
    "choice",
    "concerning",
    "current",
    "definition",
    "inside",
    "kinds",
    "limit_seen",
    "member_name",
    "name_of",
    "named_as",
    "of_visible",
    "of_visible_sitting",
    "path_of_member",
    "path_of_procedure",
    "path_of_sitting",
    "titles",
    "visible",
    "voted",
    "waiting",
]
