"""Posts with terms: who may hold which, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.organizations import errors
from zhibu.organizations.rules.dates import Faults, founding_faults
from zhibu.organizations.rules.kinds import BRANCHES, Kind
from zhibu.organizations.rules.tree import Unit


class PostKind(StrEnum):
    """What somebody is in an organization."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    ORGANIZATION_MEMBER = "organization_member"
    PUBLICITY_MEMBER = "publicity_member"
    DISCIPLINE_MEMBER = "discipline_member"
    COMMITTEE_MEMBER = "committee_member"
    PARTY_GROUP_LEADER = "party_group_leader"
    RECORDER = "recorder"
    SUPERVISOR = "supervisor"
    LIAISON = "liaison"


# Seats of a committee besides the secretaries; a branch of few members has none of them (rule 36).
COMMITTEE = frozenset(
    {
        PostKind.ORGANIZATION_MEMBER,
        PostKind.PUBLICITY_MEMBER,
        PostKind.DISCIPLINE_MEMBER,
        PostKind.COMMITTEE_MEMBER,
    }
)
ELECTED = COMMITTEE | {PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY}
_APPOINTED = frozenset({PostKind.RECORDER, PostKind.SUPERVISOR, PostKind.LIAISON})

POSTS_AT: Mapping[Kind, frozenset[PostKind]] = MappingProxyType(
    {
        Kind.PARTY_GROUP: frozenset({PostKind.PARTY_GROUP_LEADER, *_APPOINTED}),
        **{kind: ELECTED | _APPOINTED for kind in Kind if kind is not Kind.PARTY_GROUP},
    }
)


@dataclass(frozen=True, kw_only=True)
class Post:
    """Somebody holds a post from `since` until before `until`; `term_ends_on` is when it is due."""

    id: UUID
    organization_id: UUID
    member_id: UUID
    kind: PostKind
    since: date
    term_ends_on: date | None
    until: date | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Holder:
    """What a post asks of its holder: the branch, the group, the stage and the beginning of the
    membership."""

    id: UUID
    name: str
    path: str
    group_id: UUID | None
    stage: str
    admitted_on: date


def appointment_faults(
    unit: Unit,
    holder: Holder,
    kind: PostKind,
    *,
    since: date,
    until: date | None,
    posts: Sequence[Post],
    secretaries: Mapping[UUID, str],
    full_members: int,
    committee_needs: Basis | None,
    needed: int,
) -> Faults:
    """Why the holder cannot have this post. `posts` are those of the unit, ended ones too.

    `secretaries` names their holders. `committee_needs` is the basis of the number of full members
    below which a branch has no committee (`needed`), or None where that is only a warning.
    """
    found: Faults = []
    if unit.ended_on is not None:
        found.append(
            errors.UnitEnded(path=("organization",), name=unit.name, ended_on=unit.ended_on)
        )
    if kind not in POSTS_AT[unit.kind]:
        found.append(errors.PostNotAtKind(path=("kind",), post=kind, kind=unit.kind))
    found += founding_faults(since, unit.founded_on, "since")
    found += holder_faults(unit, holder, kind)
    found += admission_faults(holder, since)
    found += _clash_faults(holder.id, kind, since, until, posts, secretaries)
    if committee_needs and too_small(unit.kind, kind, full_members, needed):
        found.append(
            errors.TooFewForCommittee(
                path=("kind",), basis=committee_needs, full=full_members, needed=needed
            )
        )
    return found


def too_small(unit: Kind, post: PostKind, full_members: int, needed: int) -> bool:
    """Whether a branch of so many full members has no such seat (rule 36)."""
    return unit in BRANCHES and post in COMMITTEE and full_members < needed


def correction_faults(
    post: Post,
    *,
    kind: PostKind,
    since: date,
    term_ends_on: date | None,
    until: date | None,
    unit: Unit,
    posts: Sequence[Post],
    secretaries: Mapping[UUID, str],
) -> Faults:
    """Why the post cannot have been so: the other posts of the unit stay as they are."""
    found = span_faults(since, term_ends_on, until)
    if since != post.since:
        found += founding_faults(since, unit.founded_on, "since")
    if kind not in POSTS_AT[unit.kind]:
        found.append(errors.PostNotAtKind(path=("kind",), post=kind, kind=unit.kind))
    others = [other for other in posts if other.id != post.id]
    return [*found, *_clash_faults(post.member_id, kind, since, until, others, secretaries)]


def end_faults(post: Post, on: date) -> Faults:
    if post.until is not None:
        return [errors.PostOver(path=("id",), until=post.until)]
    return span_faults(post.since, None, on)


def holder_faults(unit: Unit, holder: Holder, kind: PostKind) -> Faults:
    """Why the holder, as he is now, cannot have such a post of this unit."""
    if holder.stage == "left":
        return [errors.HolderLeft(path=("member",), name=holder.name)]
    found: Faults = []
    inside = (
        holder.group_id == unit.id
        if unit.kind is Kind.PARTY_GROUP
        else holder.path.startswith(unit.path)
    )
    if not inside:
        found.append(errors.HolderOutside(path=("member",), name=holder.name))
    if kind in ELECTED and holder.stage != "full":
        found.append(errors.HolderNotFull(path=("member",), name=holder.name))
    return found


def admission_faults(holder: Holder, since: date) -> Faults:
    """Nobody held a post before becoming a member."""
    if since >= holder.admitted_on:
        return []
    return [errors.HolderAdmittedLater(path=("since",), name=holder.name, since=holder.admitted_on)]


def span_faults(since: date, term_ends_on: date | None, until: date | None) -> Faults:
    """Why these dates do not follow each other."""
    return [
        errors.DatesReversed(path=(field,), since=since, until=day)
        for field, day in (("term_ends_on", term_ends_on), ("on", until))
        if day is not None and day < since
    ]


def term_end(since: date, years: int) -> date:
    """When a term of so many years is due."""
    return add_months(since, 12 * years)


def _clash_faults(
    member_id: UUID,
    kind: PostKind,
    since: date,
    until: date | None,
    posts: Sequence[Post],
    secretaries: Mapping[UUID, str],
) -> Faults:
    alike = [post for post in posts if post.kind is kind]
    at_once = [
        post
        for post in alike
        if (post.until is None or since < post.until) and (until is None or post.since < until)
    ]
    for post in alike:
        # One that ended on the day it began was held on no day, and yet began on this one.
        if post.member_id == member_id and (post in at_once or post.since == since):
            return [errors.PostHeld(path=("member",), since=post.since)]
    if kind is PostKind.SECRETARY and at_once:
        holder = secretaries.get(at_once[0].member_id, "—")
        return [errors.SecretaryInOffice(path=("kind",), holder=holder, since=at_once[0].since)]
    return []
