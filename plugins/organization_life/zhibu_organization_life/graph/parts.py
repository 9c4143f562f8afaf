"""What organization life adds to members and organizations: a year in numbers, and its calendar."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.reading import computed, expression, part, public, to_many
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.calendar import (
    OrganizationLifeMonth,
    OrganizationLifeRequirement,
    cells,
    requirements,
)
from zhibu_organization_life.graph.classes import OrganizationLifeClass, classes
from zhibu_organization_life.graph.enums import Grade
from zhibu_organization_life.graph.types import OrganizationLifeAttendance
from zhibu_organization_life.rules.catalogues import Presence

SHOWN = "shown with the part, which has its permission"


@public(SHOWN)
@strawberry.type(description="党组织年度组织生活。 An organization's life of a year.")
class OrganizationLifeOfUnit:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    expected: int = expression(
        lambda of, env: of.total("expected"),
        description="应到人次，含下级。 Places of those who should attend, here and below.",
    )
    attended: int = expression(
        lambda of, env: of.total("attended"),
        description="应到人员出席人次。 Places of them that were attended.",
    )
    on_leave: int = expression(
        lambda of, env: of.total("on_leave"), description="请假人次。 Places on leave."
    )
    absent: int = expression(
        lambda of, env: of.total("absent"), description="缺席人次。 Places missed."
    )
    calendar: list[OrganizationLifeMonth] = computed(
        cells,
        needs={"kept": lambda of, env: of.months()},
        description="台历：按月份和类型，含下级，只列有会议的。 The calendar, month by kind.",
    )
    classes: list[OrganizationLifeClass] = computed(
        classes,
        needs={"listed": lambda of, env: of.listed()},
        description="在职党员各类别和离退休党员各岗位的人数，含下级，按今天或年末。 "
        "How many members each class and role has, here and below.",
    )
    requirements: list[OrganizationLifeRequirement] = computed(
        requirements,
        needs={"year": lambda of, env: of.year, "path": lambda of, env: of.organization.c.path},
        description="各类会议的周期和依据，按年末适用的规定。 How often each kind is due, and why.",
    )


@public(SHOWN)
@strawberry.type(description="党员年度组织生活。 A member's organization life of a year.")
class OrganizationLifeOfMember:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    expected: int = expression(
        lambda of, env: of.places(expected=True), description="应到次数。 Meetings held to attend."
    )
    attended: int = expression(
        lambda of, env: of.places(Presence.PRESENT),
        description="出席次数，含不作要求和列席的。 Meetings attended.",
    )
    on_leave: int = expression(
        lambda of, env: of.places(Presence.ON_LEAVE), description="请假次数。 Times on leave."
    )
    absent: int = expression(
        lambda of, env: of.places(Presence.ABSENT), description="缺席次数。 Times absent."
    )
    unmarked: int = expression(
        lambda of, env: of.places(Presence.INVITED, expected=True),
        description="应到而未登记的次数。 Meetings held to attend, and not marked at.",
    )
    branch_expected: int = expression(
        lambda of, env: of.places(expected=True, committee=False),
        description="以普通党员身份应参加的次数。 Meetings of the branch's life to attend.",
    )
    branch_attended: int = expression(
        lambda of, env: of.places(Presence.PRESENT, committee=False),
        description="以普通党员身份参加的次数。 How many of them were attended.",
    )
    committee_expected: int = expression(
        lambda of, env: of.places(expected=True, committee=True),
        description="应参加的委员会会议次数。 Committee meetings to attend.",
    )
    committee_attended: int = expression(
        lambda of, env: of.places(Presence.PRESENT, committee=True),
        description="参加的委员会会议次数。 How many of them were attended.",
    )
    last_attended: date | None = expression(
        lambda of, env: of.last(), description="最近一次参加组织生活的日期。 The latest day."
    )
    service_hours: Decimal = expression(
        lambda of, env: reads.service_hours(of.member, of.year),
        description="本年度志愿服务时长（小时）。 Hours of volunteer service.",
    )
    grade: Grade | None = expression(
        lambda of, env: reads.grade_of(of.member, of.year),
        description="本年度民主评议已公布的等次。 The published grade of the year.",
    )
    places: list[OrganizationLifeAttendance] = to_many(
        lambda of, target: of.place(target),
        order_by=lambda target: target.c.id,
        limit=200,
        description="本年各次会议的出勤（最多 200 次）。 Every place of the year, 200 at most.",
    )


@strawberry.type
class LifeOfMember:
    @part(reads.OfMember, permission=actions.ATTENDANCE_READ)
    def organization_life(self, year: int) -> OrganizationLifeOfMember | None:
        """党员某年度的组织生活。 A member's organization life of a year."""


@strawberry.type
class LifeOfOrganization:
    @part(reads.OfOrganization, permission=actions.READ)
    def organization_life(self, year: int) -> OrganizationLifeOfUnit | None:
        """党组织及其下级某年度的组织生活。 A year's organization life, here and below."""
