"""Asking for members."""

from datetime import date
from enum import Enum
from typing import Any

import strawberry

from zhibu.core_actions import MEMBER_READ
from zhibu.members import reads
from zhibu.members.graph.enums import Gender, MemberKind, Stage
from zhibu.members.graph.types import MemberType
from zhibu.organizations.reads import contained
from zhibu.reading import Connection, connection, one


@strawberry.enum(description="党员的排序。 Order of members.")
class MemberOrder(Enum):
    BRANCH = "branch"
    NAME = "name"
    OLDEST = "oldest"
    YOUNGEST = "youngest"
    ADMITTED_FIRST = "admitted_first"
    ADMITTED_LAST = "admitted_last"


@strawberry.input(description="党员的筛选条件。 What the members must be.")
class MemberFilter:
    stages: list[Stage] | None = None
    kinds: list[MemberKind] | None = None
    genders: list[Gender] | None = None
    name_contains: str | None = None
    nations: list[str] | None = None
    group: strawberry.ID | None = None
    admitted_from: date | None = None
    admitted_to: date | None = None
    age_from: int | None = None
    age_to: int | None = None


def _among(column: str, name: str) -> Any:
    return lambda row, args, env: args.among(row.c[column], f"filter.{name}")


@strawberry.type
class MemberQuery:
    @one(reads.there, permission=MEMBER_READ)
    def member(self, id: strawberry.ID, as_of: date | None = None) -> MemberType | None:
        """一名党员；asOf 为历史日期，当日不是党员的为空。 One member, as of `asOf` if given;
        null for who was no member that day."""

    @connection(
        where=reads.belonging,
        permission=MEMBER_READ,
        order=lambda row: [row.c.path, row.c.sort_name, row.c.id],
        orders={
            MemberOrder.BRANCH: lambda row: [row.c.path, row.c.sort_name, row.c.id],
            MemberOrder.NAME: lambda row: [row.c.sort_name, row.c.id],
            MemberOrder.OLDEST: lambda row: [row.c.birth_date, row.c.id],
            MemberOrder.YOUNGEST: lambda row: [row.c.birth_date.desc(), row.c.id],
            MemberOrder.ADMITTED_FIRST: lambda row: [row.c.admitted_on, row.c.id],
            MemberOrder.ADMITTED_LAST: lambda row: [row.c.admitted_on.desc(), row.c.id],
        },
        filters={
            "filter.stages": reads.at_stages,
            "filter.kinds": _among("kind", "kinds"),
            "filter.genders": _among("gender", "genders"),
            "filter.nations": _among("nation", "nations"),
            "filter.name_contains": lambda row, args, env: row.c.name.like(
                contained(args, "filter.name_contains"), escape="\\"
            ),
            "filter.group": lambda row, args, env: (
                row.c.group_id == args.row("filter.group", "Organization")
            ),
            "filter.admitted_from": lambda row, args, env: (
                row.c.admitted_on >= args.bind("filter.admitted_from")
            ),
            "filter.admitted_to": lambda row, args, env: (
                row.c.admitted_on <= args.bind("filter.admitted_to")
            ),
            "filter.age_from": reads.at_least_aged,
            "filter.age_to": reads.at_most_aged,
        },
    )
    def members(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        organization: strawberry.ID | None = None,
        filter: MemberFilter | None = None,
        order_by: MemberOrder | None = None,
        as_of: date | None = None,
    ) -> Connection[MemberType]:
        """党员名册，按支部和姓名排列；asOf 为历史日期。 Members of an organization and below.

        asOf 为历史日期时，名册、支部和党籍按当日；可见范围和排序仍按党员现在所在的支部，
        现已转到无权查看的支部的党员不在其中。
        On a past day, who belonged, where and at which stage are that day's. Who may be seen, and
        the order, follow the branch a member belongs to now: somebody who has since gone to a
        branch the caller may not see is left out.
        """
