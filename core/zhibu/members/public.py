"""What the rest of the house may know of members, and ask of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import NotFound
from zhibu.members import sealing, store
from zhibu.members.rules import (
    Affiliation,
    Change,
    Departure,
    Gender,
    MemberKind,
    Person,
    Stage,
    StagePeriod,
    age_on,
)
from zhibu.members.showing import Shown
from zhibu.members.showing import shown as identity_numbers
from zhibu.organizations.public import Unit

ADMITTED = "members.admitted"
REGISTERED = "members.registered"
CORRECTED = "members.corrected"
TRANSFERRED = "members.transferred"
MADE_FULL = "members.made_full"
PROBATION_EXTENDED = "members.probation_extended"
STOPPED = "members.stopped"
RESTORED = "members.restored"
LEFT = "members.left"
UNDONE = "members.undone"
OPENED = "members.opened"
LOOKED_UP = "members.looked_up"
EXPORTED = "members.exported"
ERASED = "members.erased"

# Every event that changes what is recorded of a member.
ENTRIES = frozenset(
    {
        *(ADMITTED, REGISTERED, CORRECTED, TRANSFERRED, MADE_FULL, PROBATION_EXTENDED),
        *(STOPPED, RESTORED, LEFT, UNDONE),
    }
)

__all__ = [
    "ADMITTED",
    "CORRECTED",
    "ENTRIES",
    "ERASED",
    "EXPORTED",
    "LEFT",
    "LOOKED_UP",
    "MADE_FULL",
    "OPENED",
    "PROBATION_EXTENDED",
    "REGISTERED",
    "RESTORED",
    "STOPPED",
    "TRANSFERRED",
    "UNDONE",
    "Affiliation",
    "Change",
    "Departure",
    "Gender",
    "MemberFacts",
    "MemberKind",
    "Shown",
    "Stage",
    "StagePeriod",
    "age_on",
    "came_after",
    "carry",
    "identity_numbers",
    "living_ids",
    "member_by_identity",
    "member_of",
    "members_by_id",
    "members_of",
    "regroup",
    "stage_since",
    "stages_on",
]


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """A member, without anything sealed. `joined_on` is when the present affiliation began."""

    id: UUID
    name: str
    organization_id: UUID
    path: str
    group_id: UUID | None
    stage: Stage
    kind: MemberKind
    gender: Gender
    birth_date: date
    nation: str | None
    education: str | None
    admitted_on: date
    full_on: date | None
    joined_on: date | None
    departure: Departure | None
    left_on: date | None


async def member_of(act: Act, id: UUID, *, seen_by: Action | None = MEMBER_READ) -> MemberFacts:
    """The member. Raises `NotFound` when absent, or not to be seen by `seen_by`."""
    found = (await members_by_id(act, [id])).get(id)
    if found is None or (seen_by is not None and not act.may(seen_by, found.path, id)):
        raise NotFound()
    return found


async def members_by_id(act: Act, ids: Collection[UUID]) -> dict[UUID, MemberFacts]:
    """Those of these members that exist, whoever asks; in one statement."""
    found = await store.people(act.session, act.tenant_id, ids)
    return {id: _facts(*known) for id, known in found.items()}


async def members_of(act: Act, path: str, on: date) -> Sequence[MemberFacts]:
    """Who belonged to a branch at or below `path` on that day, in the order of the register.

    `organization_id` and `joined_on` are as they were on that day, everything else as it is now.
    """
    return [
        _facts(person, since, then)
        for person, then, since in await store.people_on(act.session, act.tenant_id, path, on)
    ]


async def stages_on(act: Act, ids: Collection[UUID], on: date) -> dict[UUID, Stage]:
    """The stage each of these memberships had on that day; who was no member then is left out."""
    return await store.stages_on(act.session, act.tenant_id, ids, on)


async def stage_since(act: Act, id: UUID) -> date:
    """From when the membership has had the stage it has."""
    periods = await store.stages_of(act.session, act.tenant_id, id)
    return periods[-1].since


async def member_by_identity(act: Act, numbers: Collection[str]) -> dict[str, MemberFacts]:
    """Who has which of these identity numbers, whoever asks; numbers nobody has are left out."""
    indexes = {sealing.index(act, number): number for number in numbers}
    found = await store.holders_of(act.session, act.tenant_id, indexes)
    known = await members_by_id(act, [person.id for person in found.values()])
    return {indexes[index]: known[person.id] for index, person in found.items()}


async def living_ids(act: Act, organization_id: UUID) -> set[UUID]:
    """The living members whose formal branch is this organization."""
    return set(await store.living_at(act.session, act.tenant_id, organization_id))


async def came_after(act: Act, organization_id: UUID, members: Collection[UUID], on: date) -> int:
    """How many of these members joined the organization only after that day."""
    if not members:
        return 0
    return await store.latest_arrival(act.session, act.tenant_id, organization_id, members, on)


async def carry(
    act: Act,
    members: Collection[UUID],
    into: Unit,
    on: date,
    reason: str,
    *,
    groups: Collection[UUID] | None = None,
) -> None:
    """Give all these members another formal branch; the caller has decided that it may be.

    A member keeps the Party group only if it is one of `groups`; None keeps every group.
    """
    await store.carry_members(
        act.session, act.tenant_id, members, into.id, into.path, on, reason, groups
    )


async def regroup(act: Act, group_id: UUID, into_id: UUID) -> None:
    """Members of one Party group belong to another one of the same branch from now on."""
    await store.regroup(act.session, act.tenant_id, group_id, into_id)


def _facts(person: Person, joined_on: date | None, then: UUID | None = None) -> MemberFacts:
    return MemberFacts(
        id=person.id,
        name=person.name,
        organization_id=then or person.organization_id,
        path=person.path,
        group_id=person.group_id,
        stage=person.stage,
        kind=person.kind,
        gender=person.gender,
        birth_date=person.birth_date,
        nation=person.nation,
        education=person.education,
        admitted_on=person.admitted_on,
        full_on=person.full_on,
        joined_on=joined_on,
        departure=person.departure,
        left_on=person.left_on,
    )
