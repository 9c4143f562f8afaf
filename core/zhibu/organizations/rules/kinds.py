"""The kinds of organizations and what may stand below what: data, not code."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What an organization is; the values are those stored and shown to clients."""

    MUNICIPAL_DEPARTMENT = "municipal_department"
    DISTRICT_DEPARTMENT = "district_department"
    WORKING_COMMITTEE = "working_committee"
    PARTY_COMMITTEE = "party_committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    PARTY_GROUP = "party_group"
    JOINT_BRANCH = "joint_branch"
    TEMPORARY_BRANCH = "temporary_branch"
    FLOATING_BRANCH = "floating_branch"


BRANCHES = frozenset({Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH, Kind.FLOATING_BRANCH})

# A temporary branch is set up where the members' relationships are *not* transferred (BR 5), so it
# is nobody's formal home.
FORMAL_HOMES = BRANCHES - {Kind.TEMPORARY_BRANCH}

# Which ones do is the attribute `approves_probationary`, not the depth in the tree (S3C-05).
MAY_APPROVE = frozenset(
    {
        Kind.MUNICIPAL_DEPARTMENT,
        Kind.DISTRICT_DEPARTMENT,
        Kind.WORKING_COMMITTEE,
        Kind.PARTY_COMMITTEE,
        Kind.GENERAL_BRANCH,
    }
)

_GRASS_ROOTS = BRANCHES | {Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH}

ALLOWED_BELOW: Mapping[Kind | None, frozenset[Kind]] = MappingProxyType(
    {
        None: frozenset(Kind) - {Kind.PARTY_GROUP, Kind.TEMPORARY_BRANCH},
        Kind.MUNICIPAL_DEPARTMENT: _GRASS_ROOTS
        | {Kind.DISTRICT_DEPARTMENT, Kind.WORKING_COMMITTEE},
        Kind.DISTRICT_DEPARTMENT: _GRASS_ROOTS | {Kind.WORKING_COMMITTEE},
        Kind.WORKING_COMMITTEE: _GRASS_ROOTS,
        Kind.PARTY_COMMITTEE: _GRASS_ROOTS,
        Kind.GENERAL_BRANCH: BRANCHES,
        Kind.BRANCH: frozenset({Kind.PARTY_GROUP}),
        Kind.JOINT_BRANCH: frozenset({Kind.PARTY_GROUP}),
        Kind.FLOATING_BRANCH: frozenset({Kind.PARTY_GROUP}),
        Kind.TEMPORARY_BRANCH: frozenset({Kind.PARTY_GROUP}),
        Kind.PARTY_GROUP: frozenset(),
    }
)
