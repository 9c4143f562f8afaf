"""The dated numbers that decide about posts: how large a branch, how long a term."""

from dataclasses import dataclass
from datetime import date

from zhibu.act import Act
from zhibu.basis import Basis
from zhibu.organizations.rules import BRANCHES, ELECTED, Kind, PostKind, Unit, term_end

_TERMS = {
    **dict.fromkeys(BRANCHES, "core.branch_term"),
    Kind.GENERAL_BRANCH: "core.general_branch_term",
    Kind.PARTY_COMMITTEE: "core.committee_term",
    Kind.WORKING_COMMITTEE: "core.committee_term",
}


@dataclass(frozen=True, kw_only=True)
class CommitteeSize:
    """How many full members a branch needs to have a committee, and whether fewer are refused."""

    members: int
    refused: bool
    basis: Basis


def committee(act: Act, path: str, on: date) -> CommitteeSize:
    needed = act.parameters.value("core.committee_members_needed", on=on, path=path)
    refused = act.parameters.value("core.small_branch_committee", on=on, path=path)
    return CommitteeSize(
        members=needed.value, refused=refused.value == "refuse", basis=needed.basis
    )


def term_ends_on(act: Act, unit: Unit, kind: PostKind, since: date) -> date | None:
    """When the term of an elected post is due; other posts have none unless one is given."""
    if kind not in ELECTED or unit.kind not in _TERMS:
        return None
    years = act.parameters.value(_TERMS[unit.kind], on=since, path=unit.path)
    return term_end(since, years.value)
