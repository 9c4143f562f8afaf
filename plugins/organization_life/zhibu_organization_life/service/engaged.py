"""What members took on in a year, and what they are, for whoever reckons with it or prints it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.members.public import MemberFacts
from zhibu_organization_life import actions
from zhibu_organization_life.rules.engagements import Engaged, Engagement
from zhibu_organization_life.rules.listed import MANAGED
from zhibu_organization_life.store import engagements as store


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A class of a member in service, or a role of a retired one."""

    member_id: UUID
    kind: Engaged
    title: str
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Work assigned to a member: when it was done or ended, or today while it goes on. Of what goes
    on nobody says that it is not done.
    """

    title: str
    on: date
    done: bool


async def engaged_of(act: Act, member: MemberFacts, year: int) -> set[Engaged]:
    """The kinds of what a member had taken on in a year; none where organization life is off.

    The caller has authorised the act.
    """
    if not act.switches.enabled(actions.REGISTER_READ.plugin, member.path):
        return set()
    first, last = year_of(year)
    return await store.kinds_of(act.session, act.tenant_id, member.id, first, last)


async def listed_of(act: Act, members: Sequence[MemberFacts]) -> list[Listed]:
    """Every class and role of these members that the caller may see, by the day it began."""
    seen: Collection[UUID] = {
        member.id
        for member in members
        if act.switches.enabled(actions.REGISTER_READ.plugin, member.path)
        and act.may(actions.REGISTER_READ, member.path, member.id)
    }
    if not seen:
        return []
    found = await store.of_members(act.session, act.tenant_id, seen)
    rows = [
        Listed(
            member_id=each.member_id,
            kind=each.kind,
            title=each.terms.title,
            since=each.terms.since,
            until=each.terms.until,
        )
        for each in found
        if each.kind in MANAGED
    ]
    return sorted(rows, key=lambda each: (each.since, each.title))


async def duties_of(act: Act, member: MemberFacts, *, since: date) -> list[Duty]:
    """Work assigned to a member that goes on, or was done or ended since a day; none where
    organization life is off. The caller has authorised the act.
    """
    if not act.switches.enabled(actions.REGISTER_READ.plugin, member.path):
        return []
    found = await store.of_members(act.session, act.tenant_id, [member.id])
    duties = [
        _duty(each, act.today)
        for each in found
        if each.kind is Engaged.ASSIGNED_DUTY and each.terms.since <= act.today
    ]
    return [each for each in duties if each.on >= since]


def _duty(known: Engagement, today: date) -> Duty:
    until = known.terms.until
    ended = until if until is not None and until <= today else None
    return Duty(
        title=known.terms.title,
        on=known.fulfilled_on or ended or today,
        done=known.fulfilled_on is not None or ended is None,
    )
