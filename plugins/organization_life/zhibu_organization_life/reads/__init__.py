"""How the fields of organization life are read: SQL expressions over the rows of a request."""

from zhibu_organization_life.reads.rows import (
    ACCOMMODATION,
    ATTENDANCE,
    MEETING,
    MINUTES,
    at_meeting_inside,
    belongs_inside,
    held_inside,
    marked,
    name_of,
    path_of_host,
    path_of_meeting,
    path_of_member,
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
    "belongs_inside",
    "held_inside",
    "marked",
    "name_of",
    "path_of_host",
    "path_of_meeting",
    "path_of_member",
]
