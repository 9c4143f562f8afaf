"""How the fields of floating members are read: SQL expressions over the rows of a request."""

from zhibu.accounts.reads import name_of
from zhibu.members.reads import members_inside, path_of_member
from zhibu.organizations.reads import organizations_inside
from zhibu_flow_members.reads.cases import (
    CASE,
    OfMember,
    OfOrganization,
    floating,
    home_of,
    name_of_member,
    path_of_host,
)

__all__ = [
    "CASE",
    "OfMember",
    "OfOrganization",
    "floating",
    "home_of",
    "members_inside",
    "name_of",
    "name_of_member",
    "organizations_inside",
    "path_of_host",
    "path_of_member",
]
