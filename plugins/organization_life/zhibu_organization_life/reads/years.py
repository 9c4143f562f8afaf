"""A year of organization life: kept figures of a unit, and the places of a member."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    and_,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)

from zhibu.calendar import checked_year
from zhibu.figures.tables import KeptFigure
from zhibu.members.tables import Member
from zhibu.organizations.reads import below
from zhibu_organization_life.reads.engagements import ENGAGEMENT
from zhibu_organization_life.reads.rows import ATTENDANCE, MEETING
from zhibu_organization_life.rules.catalogues import Kind, Presence, State
from zhibu_organization_life.rules.listed import MANAGED

READ, OWN = "organization_life:meeting:read", "organization_life."
REGISTER_READ = "organization_life:register:read"


class OfOrganization:
    """`organization { organizationLife(year) }`: what is kept of that year, here and below."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization, self.env = row, env
        self.year = _year(args)

    def total(self, figure: str) -> ColumnElement[int]:
        kept = KeptFigure.__table__.alias()
        return (
            select(cast(func.coalesce(func.sum(kept.c.value), 0), BigInteger))
            .where(
                kept.c.name == literal(f"{OWN}{figure}.") + cast(self.year, Text()),
                self._here(kept),
            )
            .correlate(self.organization)
            .scalar_subquery()
        )

    def months(self) -> ColumnElement[str]:
        """Every month and kind with a meeting and how many units held one, as one text."""
        kept = KeptFigure.__table__.alias()
        year = cast(self.year, Text())
        of_year = or_(
            *(
                kept.c.name.between(
                    literal(f"{OWN}{kind.value}.") + year + "01",
                    literal(f"{OWN}{kind.value}.") + year + "12",
                )
                for kind in Kind
            )
        )
        cells = (
            select(kept.c.name, cast(func.sum(kept.c.value), BigInteger).label("held"))
            .where(of_year, kept.c.value > 0, self._here(kept))
            .group_by(kept.c.name)
            .correlate(self.organization)
            .subquery()
        )
        text = func.substr(cells.c.name, len(OWN) + 1) + "=" + cast(cells.c.held, Text())
        return select(func.aggregate_strings(text, " ")).scalar_subquery()

    def listed(self) -> ColumnElement[str]:
        """Each class and role, and how many have it, as one text: today, or at the year's end."""
        taken, member = ENGAGEMENT.alias(), Member.__table__.alias()
        each = (
            select(taken.c.kind, taken.c.title, cast(func.count(), BigInteger).label("members"))
            .select_from(taken)
            .join(
                member,
                and_(member.c.tenant_id == taken.c.tenant_id, member.c.id == taken.c.member_id),
            )
            .where(
                or_(
                    *(
                        and_(taken.c.kind == kind.value, member.c.kind == managed)
                        for kind, managed in MANAGED.items()
                    )
                ),
                taken.c.voided_on.is_(None),
                extract("year", taken.c.since) <= self.year,
                self._after(taken.c.until),
                self._after(member.c.left_on),
                below(member.c.path, self.organization.c.path),
                self.env.may(REGISTER_READ, member.c.path, member.c.id),
            )
            .group_by(taken.c.kind, taken.c.title)
            .correlate(self.organization)
            .subquery()
        )
        text = each.c.kind + "\t" + each.c.title + "\t" + cast(each.c.members, Text())
        return select(func.aggregate_strings(text, "\n")).scalar_subquery()

    def _after(self, day: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a day, where there is one, comes after the year, or after today within it."""
        year = extract("year", day)
        within = and_(year == self.year, day > self.env.today)
        return or_(day.is_(None), year > self.year, within)

    def _here(self, kept: Any) -> ColumnElement[bool]:
        return and_(below(kept.c.path, self.organization.c.path), self.env.may(READ, kept.c.path))


class OfMember:
    """`member { organizationLife(year) }`: the member's places at what was held that year."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.year = _year(args)

    def places(
        self,
        *states: Presence,
        expected: bool | None = None,
        committee: bool | None = None,
    ) -> ColumnElement[int]:
        """How many places; those at committee meetings and at the branch's life apart, if asked."""
        meeting = MEETING.alias()
        place, found = self._places(func.count(), meeting)
        if committee is not None:
            at_committee = meeting.c.kind == Kind.COMMITTEE_MEETING
            found = found.where(at_committee if committee else ~at_committee)
        if states:
            found = found.where(place.c.state.in_(states))
        if expected is not None:
            found = found.where(place.c.expected.is_(expected))
        count: ColumnElement[int] = found.scalar_subquery()
        return count

    def last(self) -> ColumnElement[Any]:
        meeting = MEETING.alias()
        place, found = self._places(func.max(meeting.c.held_on), meeting)
        day: ColumnElement[Any] = found.where(place.c.state == Presence.PRESENT).scalar_subquery()
        return day

    def place(self, target: Any) -> ColumnElement[bool]:
        """Whether a row is a place of the member at what was held that year."""
        meeting = MEETING.alias()
        held = select(meeting.c.id).where(self._held(meeting))
        return and_(target.c.member_id == self.member.c.id, target.c.meeting_id.in_(held))

    def _places(self, value: Any, meeting: Any = None) -> tuple[Any, Any]:
        meeting = MEETING.alias() if meeting is None else meeting
        place = ATTENDANCE.alias()
        found = (
            select(value)
            .select_from(place)
            .join(
                meeting,
                and_(
                    meeting.c.tenant_id == place.c.tenant_id,
                    meeting.c.id == place.c.meeting_id,
                ),
            )
            .where(place.c.member_id == self.member.c.id, self._held(meeting))
            .correlate(self.member)
        )
        return place, found

    def _held(self, meeting: Any) -> ColumnElement[bool]:
        return and_(meeting.c.state == State.HELD, extract("year", meeting.c.held_on) == self.year)


def _year(args: Any) -> ColumnElement[int]:
    year: ColumnElement[int] = args.bind("year", convert=checked_year, type_=Integer())
    return year
