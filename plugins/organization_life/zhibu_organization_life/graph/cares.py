"""Asking for surveys and relief, and for whom nobody surveyed."""

import strawberry

from zhibu.graph.inputs import told
from zhibu.members.graph import MemberType
from zhibu.reading import Connection, connection
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.types import OrganizationLifeRelief, OrganizationLifeSurvey


@strawberry.input(description="摸排的筛选条件。 What the surveys must be.")
class OrganizationLifeSurveyFilter:
    hardship: bool | None = told("是否生活困难。 Whether they found hardship.", None)
    member: strawberry.ID | None = told("该党员的。 Of this member.", None)


@strawberry.type
class CareQuery:
    @connection(
        where=reads.of_members_inside,
        order=lambda row: [row.c.surveyed_on.desc(), row.c.id],
        filters={
            "filter.hardship": lambda row, args, env: (
                row.c.hardship == args.bind("filter.hardship")
            ),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
        },
    )
    def organization_life_surveys(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeSurveyFilter | None = None,
    ) -> Connection[OrganizationLifeSurvey]:
        """摸排记录，最近的在前；情况另行查看。 Surveys, without what they found."""

    @connection(where=reads.of_members_inside, order=lambda row: [row.c.paid_on.desc(), row.c.id])
    def organization_life_reliefs(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[OrganizationLifeRelief]:
        """困难党员慰问金，最近的在前。 Relief that was paid, the latest first."""

    @connection(
        where=reads.unsurveyed,
        permission=actions.CARE_READ,
        order=lambda row: [row.c.path, row.c.sort_name, row.c.id],
    )
    def organization_life_unsurveyed(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[MemberType]:
        """某年度尚未摸排的离退休党员。 Retired members whom nobody surveyed in a year."""
