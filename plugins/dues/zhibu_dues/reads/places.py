"""Which rows of dues are asked for, as conditions of root fields."""

from typing import Any

from zhibu.members.reads import members_inside
from zhibu.organizations.reads import organizations_inside


def of_members_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the member belongs at or below the organization asked for."""
    return members_inside(row.c.member_id, args.row("organization", "Organization"))


def of_organizations_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the row's organization lies at or below the one asked for."""
    return organizations_inside(row.c.organization_id, args.row("organization", "Organization"))


def in_year(row: Any, args: Any, env: Any) -> Any:
    return row.c.year == args.bind("year")
