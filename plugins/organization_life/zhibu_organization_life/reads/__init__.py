"""How the fields of organization life are read: SQL expressions over the rows of a request."""

from zhibu.accounts.reads import name_of
from zhibu.members.reads import members_inside, path_of_member
from zhibu.organizations.reads import path_of_organization
from zhibu_organization_life.reads.appraisals import (
    APPRAISAL,
    BALLOT,
    REMARK,
    RESULT,
    STATEMENT,
    decided,
    grade_of,
    member_ids,
    name_of_member,
    path_of_appraisal,
    published,
)
from zhibu_organization_life.reads.care import (
    RELIEF,
    SURVEY,
    of_members_inside,
    unsurveyed,
)
from zhibu_organization_life.reads.dual import joined, leaders, led
from zhibu_organization_life.reads.engagements import (
    ENGAGEMENT,
    born_in,
    by_birthday,
    service_hours,
    within_year,
    without,
)
from zhibu_organization_life.reads.matters import MATTER
from zhibu_organization_life.reads.rows import (
    ACCOMMODATION,
    ATTENDANCE,
    MEETING,
    MINUTES,
    at_meeting_inside,
    held_inside,
    marked,
    path_of_meeting,
)
from zhibu_organization_life.reads.talks import TALK, untalked
from zhibu_organization_life.reads.years import OfMember, OfOrganization

__all__ = [
    "ACCOMMODATION",
    "APPRAISAL",
    "ATTENDANCE",
    "BALLOT",
    "ENGAGEMENT",
    "MATTER",
    "MEETING",
    "MINUTES",
    "RELIEF",
    "REMARK",
    "RESULT",
    "STATEMENT",
    "SURVEY",
    "TALK",
    "OfMember",
    "OfOrganization",
    "at_meeting_inside",
    "born_in",
    "by_birthday",
    "decided",
    "grade_of",
    "held_inside",
    "joined",
    "leaders",
    "led",
    "marked",
    "member_ids",
    "members_inside",
    "name_of",
    "name_of_member",
    "of_members_inside",
    "path_of_appraisal",
    "path_of_meeting",
    "path_of_member",
    "path_of_organization",
    "published",
    "service_hours",
    "unsurveyed",
    "untalked",
    "within_year",
    "without",
]
