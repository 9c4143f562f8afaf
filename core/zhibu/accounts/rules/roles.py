"""Who holds which role where and when, and which roles nobody holds together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.accounts.errors import (
    AccountDisabled,
    AdministratorsExclude,
    AssignmentEnded,
    AssignmentOverlaps,
    DatesReversed,
    OrganizationEnded,
    ReasonMissing,
    RoleByPost,
    RoleUnknown,
    SelfAssignment,
)
from zhibu.errors import Conflict, Invalid

MEMBER = "member"

_LEVELS: Mapping[str, str] = {
    "branch": "branch",
    "joint_branch": "branch",
    "temporary_branch": "branch",
    "floating_branch": "branch",
    "general_branch": "general_branch",
    "party_committee": "committee",
    "working_committee": "committee",
    "party_group": "group",
}
# The same post means another role at each level; a deputy stands in for the secretary.
_BY_POST: Mapping[tuple[str, str], str] = {
    ("secretary", "branch"): "branch_secretary",
    ("secretary", "general_branch"): "general_branch_secretary",
    ("secretary", "committee"): "committee_secretary",
    ("deputy_secretary", "branch"): "branch_secretary",
    ("deputy_secretary", "general_branch"): "general_branch_secretary",
    ("deputy_secretary", "committee"): "committee_secretary",
    ("organization_member", "branch"): "branch_committee_member",
    ("publicity_member", "branch"): "branch_committee_member",
    ("discipline_member", "branch"): "branch_committee_member",
    ("committee_member", "branch"): "branch_committee_member",
    ("recorder", "branch"): "recorder",
    ("party_group_leader", "group"): "party_group_leader",
}


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A role of an account at an organization, from `since` until before `until`."""

    id: UUID
    account_id: UUID
    role: str
    organization_id: UUID
    path: str
    since: date
    until: date | None
    reason: str | None = None
    granted_by: UUID | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def ended(self, on: date) -> bool:
        """Whether it gives nothing that day nor later."""
        return self.until is not None and self.until <= on


@dataclass(frozen=True, kw_only=True)
class Place:
    """An organization as far as roles care."""

    id: UUID
    path: str
    name: str
    kind: str
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post of the member behind an account, and the organization it is at."""

    kind: str
    organization_kind: str
    path: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A role that somebody wants to give."""

    account_id: UUID
    account_login: str
    account_disabled: bool
    role: str
    place: Place
    since: date
    until: date | None
    reason: str | None


def overlap(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    """Whether two half-open periods share a day; None never ends, and one may hold no day."""
    if since == until or other == other_until:
        return False
    return (other_until is None or since < other_until) and (until is None or other < until)


def faults_of(
    wish: Wish,
    held: Iterable[Holding],
    *,
    granter: UUID | None,
    roles: Mapping[str, Collection[str]],
    exclusive: Iterable[Collection[str]],
) -> list[Invalid | Conflict]:
    """Every reason against the wish, all at once.

    `held` are all assignments of the account, past and future ones too; `roles` holds every role
    with all it inherits; of each set in `exclusive` an account holds one at a time.
    """
    groups = [frozenset(group) for group in exclusive]
    found: list[Invalid | Conflict] = []
    if wish.role == MEMBER:
        found.append(RoleByPost(path=("role",), role=wish.role))
    elif wish.role not in roles:
        found.append(RoleUnknown(path=("role",), role=wish.role))
    if wish.until is not None and wish.until <= wish.since:
        found.append(DatesReversed(path=("until",), since=wish.since, until=wish.until))
    if not (wish.reason or "").strip():
        found.append(ReasonMissing(path=("reason",)))
    if wish.account_disabled:
        found.append(AccountDisabled(path=("account",), login=wish.account_login))
    if wish.account_id == granter:
        found.append(SelfAssignment(path=("account",)))
    if wish.place.ended_on is not None:
        found.append(
            OrganizationEnded(
                path=("organization",), name=wish.place.name, ended_on=wish.place.ended_on
            )
        )
    for holding in held:
        if not overlap(wish.since, wish.until, holding.since, holding.until):
            continue
        if holding.role == wish.role and holding.organization_id == wish.place.id:
            found.append(
                AssignmentOverlaps(
                    path=("since",), role=wish.role, since=holding.since, until=holding.until
                )
            )
        elif _exclude(_all_of(wish.role, roles), _all_of(holding.role, roles), groups):
            found.append(AdministratorsExclude(path=("role",), role=wish.role, held=holding.role))
    return found


def ended(holding: Holding, until: date) -> date:
    """The day from which the role gives nothing: `until`, or its beginning if it never began.

    Raises `AssignmentEnded` when it would live longer than it was given for.
    """
    if holding.until is not None and until >= holding.until:
        raise AssignmentEnded(path=("until",), until=holding.until)
    return max(until, holding.since)


def roles_by_posts(posts: Iterable[HeldPost], on: date) -> set[tuple[str, str]]:
    """`(role, path)` for every post held that day."""
    held = (post for post in posts if post.holds(on))
    roles = ((_BY_POST.get((p.kind, _LEVELS.get(p.organization_kind, ""))), p.path) for p in held)
    return {(role, path) for role, path in roles if role is not None}


def posts_giving(roles: Collection[str]) -> frozenset[tuple[str, str]]:
    """The posts, each with the kind of organization it is at, that give one of these roles."""
    return frozenset(
        (post, kind)
        for (post, level), role in _BY_POST.items()
        for kind, at in _LEVELS.items()
        if role in roles and at == level
    )


def effective(
    held: Iterable[Holding], posts: Iterable[HeldPost], member_path: str | None, on: date
) -> frozenset[tuple[str, str]]:
    """Every `(role, path)` that counts that day: given, by post, and by being a member."""
    found = {(holding.role, holding.path) for holding in held if holding.holds(on)}
    found |= roles_by_posts(posts, on)
    if member_path is not None:
        found.add((MEMBER, member_path))
    return frozenset(found)


def _all_of(role: str, roles: Mapping[str, Collection[str]]) -> frozenset[str]:
    return frozenset({role, *roles.get(role, ())})


def _exclude(one: frozenset[str], other: frozenset[str], groups: Iterable[frozenset[str]]) -> bool:
    return any(
        group & one and group & other and (group & one) != (group & other) for group in groups
    )
