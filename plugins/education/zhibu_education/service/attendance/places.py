"""A place at a session, and whose it may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.members.public import MemberFacts
from zhibu_education import actions
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import Presence, SessionState
from zhibu_education.rules.sessions import Mark
from zhibu_education.store import people
from zhibu_education.store import sessions as store


@dataclass(frozen=True, kw_only=True)
class Place:
    """One line of a list: this member, at this session, marked so."""

    session: rules.Session
    member: MemberFacts
    mark: Mark

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.session.id, self.member.id

    @property
    def day(self) -> tuple[UUID, date]:
        return self.member.id, self.session.held_on

    @property
    def hours(self) -> Decimal:
        """What is credited: nothing for whoever was not present."""
        if self.mark.presence is not Presence.PRESENT:
            return Decimal(0)
        return self.session.hours if self.mark.hours is None else self.mark.hours


async def belonging(
    act: Act, pairs: Collection[tuple[rules.Session, MemberFacts]]
) -> set[tuple[UUID, UUID]]:
    """Which of these members may be marked at which session, as session and member.

    Whoever the caller sees at or below its host, whoever belonged there on its day, and whoever is
    marked there already: a transfer takes nobody off the list of what he attended.
    """
    inside = {
        (session.id, member.id)
        for session, member in pairs
        if member.path.startswith(session.path) and act.may(MEMBER_READ, member.path, member.id)
    }
    elsewhere = [
        (session, member.id) for session, member in pairs if (session.id, member.id) not in inside
    ]
    marked = await store.attendance(act.session, act.tenant_id, {at.id for at, _ in elsewhere})
    stays = await people.stays_of(act.session, act.tenant_id, {member for _, member in elsewhere})
    return inside | {
        (session.id, member)
        for session, member in elsewhere
        if (session.id, member) in marked
        or any(
            stay.path.startswith(session.path) and stay.lasted_on(session.held_on)
            for stay in stays.get(member, ())
        )
    }


def may_mark(act: Act, session: rules.Session, member: MemberFacts) -> bool:
    """Whether the caller, who may mark at the host, may mark this member of it.

    Of whoever has moved away from there since, the host still decides.
    """
    moved = not member.path.startswith(session.path)
    return moved or act.may(actions.ATTEND, member.path, member.id)


def ends(place: Place, credit: credit_rules.Credit | None) -> bool:
    """Whether the place takes back the hours that it gave before."""
    return credit is not None and credit.hours != place.hours


async def left_waiting(act: Act, places: Collection[Place]) -> set[tuple[UUID, int]]:
    """Whoever is enrolled in a session that becomes held by this, as member and year.

    What they were to gain by it is no longer planned, whether they are marked now or not.
    """
    settled = {
        place.session.id: place.session.held_on.year
        for place in places
        if place.session.state is SessionState.PLANNED and place.session.held_on <= act.today
    }
    if not settled:
        return set()
    marked = await store.attendance(act.session, act.tenant_id, settled)
    return {
        (member, settled[session])
        for (session, member), mark in marked.items()
        if mark.presence is Presence.ENROLLED
    }
