"""What every use case about a member loads and asks first."""

from collections.abc import Collection, Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.members import store
from zhibu.members.errors import ChangedMeanwhile
from zhibu.members.rules import Affiliation, Group, Home, Person
from zhibu.organizations.public import FORMAL_HOMES, Kind, Unit, organization_of


async def person_for(
    act: Act, id: UUID, action: Action | None, *, version: int | None = None
) -> Person:
    """The member, if the caller may do this to it. Raises `ChangedMeanwhile`, `NotFound`.

    `action=None` asks nobody: whoever calls has been asked for what he does.
    """
    person = await store.person(act.session, act.tenant_id, id, hold=True)
    if person is None:
        raise NotFound()
    if action is not None:
        act.require(action, person.path, id, seen_by=MEMBER_READ)
    if version is not None and version != person.version:
        raise ChangedMeanwhile(path=("version",), version=version, current=person.version)
    return person


async def branch_for(act: Act, id: UUID, action: Action | None) -> Unit:
    """The branch, held where it is, if the caller may do this there; None asks nobody."""
    seen_by = None if action is None else ORGANIZATION_READ
    unit = await organization_of(act, id, seen_by=seen_by, hold=True)
    if action is not None:
        act.require(action, unit.path)
    return unit


async def group_of(act: Act, id: UUID | None) -> Group | None:
    """The Party group as the rules see it."""
    if id is None:
        return None
    unit = await organization_of(act, id)
    return group(unit)


def home(unit: Unit) -> Home:
    """The organization as the rules of membership see it."""
    return Home(
        id=unit.id,
        name=unit.name,
        path=unit.path,
        kind=unit.kind,
        formal=unit.kind in FORMAL_HOMES,
        ended=unit.ended_on is not None,
        founded_on=unit.founded_on,
    )


async def first_home(act: Act, joined: Sequence[Affiliation]) -> Home:
    """The branch of the first of these affiliations; nobody is asked."""
    return home(await organization_of(act, joined[0].organization_id, seen_by=None))


def group(unit: Unit) -> Group:
    return Group(
        id=unit.id,
        name=unit.name,
        branch_id=unit.parent_id,
        is_group=unit.kind is Kind.PARTY_GROUP,
        living=unit.ended_on is None,
    )


def present(*groups: UUID | None) -> Collection[UUID]:
    """The organizations whose figures change: those that are named."""
    return {id for id in groups if id is not None}
