"""Who belongs to a body that votes, and by which profile it decides."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import members_of, stages_on
from zhibu.organizations.public import holders_on, path_on
from zhibu.procedures import store
from zhibu.procedures.rules.definition import Body, Step
from zhibu.procedures.rules.entitlement import Belonging, Seat, seats
from zhibu.procedures.rules.quorum import Of, Profile
from zhibu.procedures.rules.values import Entry, Proposal


async def seats_on(act: Act, step: Step, at: Entry | Proposal, on: date) -> Sequence[Seat]:
    """Everybody of the body on that day, with or without a vote."""
    where = (at.organization_id, at.path)
    return await _seats(act, *where, on, body=step.body, profile=step.profile)


async def voters_on(
    act: Act, organization_id: UUID, path: str, on: date, *, body: Body, profile: str
) -> set[UUID]:
    """Who of a body has a vote and should attend that day, whoever asks.

    `profile` names what kind of meeting it is, as definitions of procedures do.
    """
    found = await _seats(act, organization_id, path, on, body=body, profile=profile)
    return {seat.member_id for seat in found if seat.entitled}


async def _seats(
    act: Act, organization_id: UUID, path: str, on: date, *, body: Body, profile: str | None
) -> Sequence[Seat]:
    members = [] if body is Body.MEMBERS else [*await holders_on(act, organization_id, on)]
    if body is Body.COMMITTEE_OR_MEMBERS:
        least = act.parameters.whole("core.least_committee", path, on) or 0
        members = members if len(members) >= least else []
    if body is not Body.COMMITTEE and not members:
        there = await path_on(act, organization_id, on) or path
        members = [member.id for member in await members_of(act, there, on)]
    stages = await stages_on(act, members, on)
    limits = await store.limits(act.session, act.tenant_id, members, on)
    exclusions = act.parameters.choices(f"{profile}_exclusions", path, on)
    belonging = [Belonging(member_id=id, stage=stages[id]) for id in members if id in stages]
    return seats(belonging, limits, on=on, exclusions=exclusions)


def profile_of(act: Act, name: str, path: str, on: date) -> Profile:
    """The quorum and the majority that held there that day."""
    present = act.parameters.value(f"{name}_present", path, on)
    yes = act.parameters.value(f"{name}_yes", path, on)
    whole = act.parameters.value(f"{name}_yes_of", path, on)
    return Profile(
        name=name,
        present=Fraction(present.value),
        present_basis=present.basis,
        yes=Fraction(yes.value),
        yes_of=Of(whole.value),
        yes_basis=yes.basis,
    )


def written_counts(act: Act, name: str, path: str, on: date) -> bool:
    """Whether opinions sent in by those absent are counted."""
    return act.parameters.yes(f"{name}_written", path, on)
