"""Asking for credits and certificates."""

from datetime import date
from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection, one
from zhibu_education.graph.enums import CreditState, Form
from zhibu_education.graph.queries import where
from zhibu_education.graph.types import EducationCertificate, EducationCredit


@strawberry.input(description="学时记录的筛选条件。 What the credits must be.")
class EducationCreditFilter:
    states: list[CreditState] | None = told("状态。 States.", None)
    forms: list[Form] | None = told("形式。 Forms of study.", None)
    topic: str | None = told("主题代码。 Code of a topic.", None)
    member: strawberry.ID | None = told("党员。 The member.", None)
    session: strawberry.ID | None = told("所属班次。 The session it came from.", None)
    earned_from: date | None = told("学习日期不早于。 From this day.", None)
    earned_to: date | None = told("学习日期不晚于。 To this day.", None)


@strawberry.type
class CreditsQuery:
    @connection(
        where=where.members_of_year_inside,
        order=lambda row: [row.c.earned_on.desc()],
        filters={
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
            "filter.forms": lambda row, args, env: args.among(row.c.form, "filter.forms"),
            "filter.topic": lambda row, args, env: row.c.topic == args.bind("filter.topic"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.session": lambda row, args, env: (
                row.c.session_id == args.row("filter.session", "EducationSession")
            ),
            "filter.earned_from": lambda row, args, env: (
                row.c.earned_on >= args.bind("filter.earned_from")
            ),
            "filter.earned_to": lambda row, args, env: (
                row.c.earned_on <= args.bind("filter.earned_to")
            ),
        },
    )
    def education_credits(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: EducationCreditFilter | None = None,
    ) -> Connection[EducationCredit]:
        """某年度的学时记录，最近的在前。 Credits of a year, the latest first."""

    @one(lambda row, args, env: row.c.id == args.row("id", "EducationCredit"))
    def education_credit(self, id: strawberry.ID) -> EducationCredit | None:
        """一条学时记录。 One credit."""

    @connection(
        where=where.members_of_year_inside,
        order=lambda row: [row.c.serial],
        filters={
            "uncovered": lambda row, args, env: (
                row.c.uncovered_on.is_not(None) == args.bind("uncovered")
            )
        },
    )
    def education_certificates(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        uncovered: Annotated[
            bool | None,
            strawberry.argument(
                description="只列学时不足而未处理的，或其余的。 Only those that wait to be decided."
            ),
        ] = None,
    ) -> Connection[EducationCertificate]:
        """某年度的结业证书。 Certificates of a year."""
