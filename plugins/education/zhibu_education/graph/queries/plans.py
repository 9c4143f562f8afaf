"""Asking for what an organization keeps for its training: plans, teachers, funds."""

from datetime import date
from typing import Annotated

import strawberry

from zhibu.organizations.graph import OrganizationType
from zhibu.reading import Connection, connection
from zhibu_education import actions, reads
from zhibu_education.graph.queries import where
from zhibu_education.graph.types import EducationExpense, EducationPlan, EducationTeacher


@strawberry.type
class PlansQuery:
    @connection(where=where.of_year_inside, order=lambda row: [reads.shown_title(row)])
    def education_plans(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationPlan]:
        """年度培训计划。 Training plans of a year."""

    @connection(
        where=reads.without_plan,
        order=lambda row: [row.c.path],
        permission=actions.PLAN_READ,
    )
    def education_plans_missing(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[OrganizationType]:
        """应制定而未发布年度培训计划的党组织。 Organizations that owe a plan for the year."""

    @connection(
        where=where.in_organization,
        order=lambda row: [row.c.name],
        filters={
            "on": lambda row, args, env: (
                (row.c.since <= args.bind("on"))
                & (row.c.until.is_(None) | (row.c.until > args.bind("on")))
            ),
            "full_time": lambda row, args, env: row.c.full_time == args.bind("full_time"),
        },
    )
    def education_teachers(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        on: date | None = None,
        full_time: Annotated[
            bool | None,
            strawberry.argument(description="只列专职或兼职。 Only full-time, or part-time."),
        ] = None,
    ) -> Connection[EducationTeacher]:
        """专兼职教师名册。 The roster of teachers."""

    @connection(where=where.of_year_inside, order=lambda row: [row.c.on])
    def education_expenses(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationExpense]:
        """某年度的培训经费。 Training funds of a year."""
