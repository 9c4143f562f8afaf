"""Asking for organizations."""

from datetime import date
from enum import Enum

import strawberry

from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.organizations import reads
from zhibu.organizations.graph.enums import Kind
from zhibu.organizations.graph.types import (
    OrganizationFigures,
    OrganizationType,
)
from zhibu.reading import Connection, connection, figures, one


@strawberry.enum(description="党组织的排序。 Order of organizations.")
class OrganizationOrder(Enum):
    PATH = "path"
    CODE = "code"
    NAME = "name"
    NEWEST = "newest"


@strawberry.input(description="党组织的筛选条件。 What the organizations must be.")
class OrganizationFilter:
    kinds: list[Kind] | None = None
    name_contains: str | None = None
    codes: list[str] | None = None
    parent: strawberry.ID | None = None
    approves_probationary: bool | None = None
    include_ended: bool | None = None


@strawberry.type
class OrganizationQuery:
    @one(reads.there, permission=ORGANIZATION_READ)
    def organization(self, id: strawberry.ID, as_of: date | None = None) -> OrganizationType | None:
        """一个党组织；asOf 为历史日期，当日尚未成立或已撤销的为空。
        One organization, as it was on `asOf` if given; null where it did not stand that day."""

    @connection(
        where=reads.standing,
        permission=ORGANIZATION_READ,
        order=lambda row: [row.c.path],
        orders={
            OrganizationOrder.PATH: lambda row: [row.c.path],
            OrganizationOrder.CODE: lambda row: [row.c.code],
            OrganizationOrder.NAME: lambda row: [row.c.name, row.c.path],
            OrganizationOrder.NEWEST: lambda row: [row.c.id.desc()],
        },
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.name_contains": lambda row, args, env: row.c.name.like(
                reads.contained(args, "filter.name_contains"), escape="\\"
            ),
            "filter.codes": lambda row, args, env: args.among(row.c.code, "filter.codes"),
            "filter.parent": lambda row, args, env: (
                row.c.parent_id == args.row("filter.parent", "Organization")
            ),
            "filter.approves_probationary": lambda row, args, env: (
                row.c.approves_probationary == args.bind("filter.approves_probationary")
            ),
        },
    )
    def organizations(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        under: strawberry.ID | None = None,
        filter: OrganizationFilter | None = None,
        order_by: OrganizationOrder | None = None,
        as_of: date | None = None,
    ) -> Connection[OrganizationType]:
        """党组织列表，按层级顺序；under 限定某组织及其下级。 Organizations in the tree's order."""

    @figures(reads.Totals, permission=MEMBER_READ)
    def organization_figures(self, organization: strawberry.ID) -> OrganizationFigures:
        """某党组织及其下级的汇总数字。 Figures of an organization and everything below it."""
