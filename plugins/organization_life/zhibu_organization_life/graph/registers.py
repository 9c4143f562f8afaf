"""Asking for matters of a unit, and for those who lead a dual organization life."""

from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.members.graph import MemberType
from zhibu.reading import Connection, connection
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import MatterKind
from zhibu_organization_life.graph.types import OrganizationLifeMatter


@strawberry.input(description="事项的筛选条件。 What the matters must be.")
class OrganizationLifeMatterFilter:
    kinds: list[MatterKind] | None = told("类型。 Kinds.", None)
    answered: bool | None = told("是否已办理。 Whether something came of them.", None)


@strawberry.type
class RegisterQuery:
    @connection(
        where=lambda row, args, env: reads.held_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.happened_on.desc(), row.c.id],
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.answered": lambda row, args, env: (
                row.c.answered_on.is_not(None) == args.bind("filter.answered")
            ),
        },
    )
    def organization_life_matters(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeMatterFilter | None = None,
    ) -> Connection[OrganizationLifeMatter]:
        """分析、检查、述职评议、意见和报告，最近的在前。 Matters of units, the latest first."""

    @connection(
        where=reads.leaders,
        permission=actions.ATTENDANCE_READ,
        order=lambda row: [row.c.path, row.c.sort_name, row.c.id],
        filters={
            "joined": lambda row, args, env: (
                reads.joined(row, args.bind("year")) == args.bind("joined")
            ),
        },
    )
    def organization_life_leaders(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        joined: Annotated[
            bool | None,
            strawberry.argument(
                description="是否已参加支部组织生活。 Whether they joined their branch's life."
            ),
        ] = None,
    ) -> Connection[MemberType]:
        """应过双重组织生活的领导干部。 Who leads here, and lives a dual organization life."""
