"""How the fields of organization life are read: SQL expressions over the rows of a request."""

from zhibu.accounts.reads import name_of
from zhibu.members.reads import members_inside, path_of_member
from zhibu.organizations.reads import path_of_organization
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
from zhibu_organization_life.reads.years import OfMember, OfOrganization

__all__ = [
    "ACCOMMODATION",
    "ATTENDANCE",
    "MEETING",
    "MINUTES",
    "OfMember",
    "OfOrganization",
    "at_meeting_inside",
    "held_inside",
    "marked",
    "members_inside",
    "name_of",
    "path_of_meeting",
    "path_of_member",
    "path_of_organization",
]
