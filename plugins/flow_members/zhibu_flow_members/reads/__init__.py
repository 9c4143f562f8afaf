"""How the fields of floating members are read: SQL expressions over the rows of a request."""

from zhibu.accounts.reads import name_of
from zhibu.members.reads import members_inside, path_of_member
from zhibu.organizations.reads import organizations_inside, path_of_organization
from zhibu_flow_members.reads.cases import (
    CASE,
    OfMember,
    OfOrganization,
    away_now,
    floating,
    home_of,
    name_of_member,
    path_of_host,
)
from zhibu_flow_members.reads.guests import (
    GUEST,
    GUEST_NOTE,
    guests_inside,
    path_of_guest,
    path_of_note,
)
from zhibu_flow_members.reads.notes import (
    CARD,
    LIAISON,
    NOTE,
    REVIEW,
    load,
    name_of_liaison,
    note_seen,
    noted_inside,
)
from zhibu_flow_members.reads.summaries import SPOT_CHECK, SPOT_UNIT, SUMMARY, behind
from zhibu_flow_members.tables.figures import guest_here

__all__ = [
    "CARD",
    "CASE",
    "GUEST",
    "GUEST_NOTE",
    "LIAISON",
    "NOTE",
    "REVIEW",
    "SPOT_CHECK",
    "SPOT_UNIT",
    "SUMMARY",
    "OfMember",
    "OfOrganization",
    "away_now",
    "behind",
    "floating",
    "guest_here",
    "guests_inside",
    "home_of",
    "load",
    "members_inside",
    "name_of",
    "name_of_liaison",
    "name_of_member",
    "note_seen",
    "noted_inside",
    "organizations_inside",
    "path_of_guest",
    "path_of_host",
    "path_of_member",
    "path_of_note",
    "path_of_organization",
]
