"""Which rows of education belong to a year and lie at or below an organization."""

from typing import Any

from zhibu_education import reads


def in_year(row: Any, args: Any, env: Any) -> Any:
    return row.c.year == args.bind("year")


def in_organization(row: Any, args: Any, env: Any) -> Any:
    return reads.organizations_inside(
        row.c.organization_id, args.row("organization", "Organization")
    )


def of_year_inside(row: Any, args: Any, env: Any) -> Any:
    return in_year(row, args, env) & in_organization(row, args, env)


def members_of_year_inside(row: Any, args: Any, env: Any) -> Any:
    inside = reads.members_inside(row.c.member_id, args.row("organization", "Organization"))
    return in_year(row, args, env) & inside
