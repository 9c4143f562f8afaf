"""Asking about education."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from zhibu.members.graph import MemberType
from zhibu.reading import Connection, computed, connection, expression, figures, one, public
from zhibu_education import actions, reads
from zhibu_education.graph import indicators
from zhibu_education.graph.enums import (
    CreditState,
    Form,
    Outlook,
    SessionState,
)
from zhibu_education.graph.inputs.words import told
from zhibu_education.graph.parts import TOTALS
from zhibu_education.graph.types import (
    EducationCertificate,
    EducationCredit,
    EducationExpense,
    EducationPlan,
    EducationSession,
    EducationTeacher,
)


@strawberry.input(description="学时记录的筛选条件。 What the credits must be.")
class EducationCreditFilter:
    states: list[CreditState] | None = told("状态。 States.", None)
    forms: list[Form] | None = told("形式。 Forms of study.", None)
    topic: str | None = told("主题代码。 Code of a topic.", None)
    member: strawberry.ID | None = told("党员。 The member.", None)
    earned_from: date | None = told("学习日期不早于。 From this day.", None)
    earned_to: date | None = told("学习日期不晚于。 To this day.", None)


@strawberry.input(description="班次的筛选条件。 What the sessions must be.")
class EducationSessionFilter:
    states: list[SessionState] | None = told("状态。 States.", None)
    forms: list[Form] | None = told("形式。 Forms.", None)
    held_from: date | None = told("日期不早于。 From this day.", None)
    held_to: date | None = told("日期不晚于。 To this day.", None)


@public("numbers; the field that answers them has its permission")
@strawberry.type(description="年度学时汇总数字。 Figures of a training year.")
class EducationFigures:
    members: int = expression(
        lambda totals, env: totals.total(reads.MEMBERS),
        description="应完成学时的党员数。 Members who need hours.",
    )
    met: int = expression(
        lambda totals, env: totals.total(reads.MET), description="已达标人数。 Members who met."
    )
    verified_hours: Decimal = expression(
        lambda totals, env: reads.as_hours(totals.total(reads.HOURS)),
        description="已认定学时合计。 All verified hours.",
    )
    pending_hours: Decimal = expression(
        lambda totals, env: reads.as_hours(totals.total(reads.PENDING)),
        description="待认定学时合计。 All hours to be verified.",
    )
    sessions: int = expression(
        lambda totals, env: totals.total(reads.SESSIONS), description="已举办班次。 Sessions held."
    )
    completion: Decimal | None = computed(
        indicators.completions,
        needs=TOTALS,
        description="学时达标率（百分数，一位小数）。 Share that reached the hours, in percent.",
    )
    average_hours: Decimal | None = computed(
        indicators.averages,
        needs=TOTALS,
        description="人均认定学时（一位小数）。 Verified hours per member who needs hours.",
    )


def _in_year(row: Any, args: Any, env: Any) -> Any:
    return row.c.year == args.bind("year")


def _in_organization(row: Any, args: Any, env: Any) -> Any:
    return reads.organizations_inside(
        row.c.organization_id, args.row("organization", "Organization")
    )


def _of_year_inside(row: Any, args: Any, env: Any) -> Any:
    return _in_year(row, args, env) & _in_organization(row, args, env)


def _members_of_year_inside(row: Any, args: Any, env: Any) -> Any:
    inside = reads.members_inside(row.c.member_id, args.row("organization", "Organization"))
    return _in_year(row, args, env) & inside


@strawberry.type
class EducationQuery:
    @connection(
        where=reads.falls_short,
        order=lambda row: [row.c.path, row.c.sort_name],
        permission=actions.READ,
    )
    def education_behind(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        on: date | None = None,
        outlook: Annotated[
            Outlook, strawberry.argument(description="列出哪些党员。 Whom to list.")
        ] = Outlook.WILL_MISS,
    ) -> Connection[MemberType]:
        """学时落后、预计或已经不达标的党员。 Members who fall short of the year's hours."""

    @connection(
        where=_members_of_year_inside,
        order=lambda row: [row.c.earned_on.desc()],
        filters={
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
            "filter.forms": lambda row, args, env: args.among(row.c.form, "filter.forms"),
            "filter.topic": lambda row, args, env: row.c.topic == args.bind("filter.topic"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
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

    @connection(
        where=reads.leading,
        order=lambda row: [row.c.path, row.c.sort_name],
        permission=actions.READ,
    )
    def education_leaders(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        lectures_below: Annotated[
            int | None,
            strawberry.argument(description="只列讲课少于此数者。 Only those with fewer lectures."),
        ] = None,
    ) -> Connection[MemberType]:
        """本年任书记、副书记、委员的党员，供核对讲党课和参加学习。 Who led in the year."""

    @one(lambda row, args, env: row.c.id == args.row("id", "EducationCredit"))
    def education_credit(self, id: strawberry.ID) -> EducationCredit | None:
        """一条学时记录。 One credit."""

    @connection(
        where=_in_organization,
        order=lambda row: [row.c.held_on.desc()],
        filters={
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
            "filter.forms": lambda row, args, env: args.among(row.c.form, "filter.forms"),
            "filter.held_from": lambda row, args, env: (
                row.c.held_on >= args.bind("filter.held_from")
            ),
            "filter.held_to": lambda row, args, env: row.c.held_on <= args.bind("filter.held_to"),
        },
    )
    def education_sessions(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: EducationSessionFilter | None = None,
    ) -> Connection[EducationSession]:
        """培训班次和活动，最近的在前。 Sessions of an organization and below, the latest first."""

    @one(lambda row, args, env: row.c.id == args.row("id", "EducationSession"))
    def education_session(self, id: strawberry.ID) -> EducationSession | None:
        """一个培训班次。 One session."""

    @connection(where=_of_year_inside, order=lambda row: [row.c.title])
    def education_plans(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationPlan]:
        """年度培训计划。 Training plans of a year."""

    @connection(where=_in_organization, order=lambda row: [row.c.name])
    def education_teachers(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationTeacher]:
        """专兼职教师名册。 The roster of teachers."""

    @connection(where=_members_of_year_inside, order=lambda row: [row.c.serial])
    def education_certificates(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationCertificate]:
        """某年度的结业证书。 Certificates of a year."""

    @connection(where=_of_year_inside, order=lambda row: [row.c.on])
    def education_expenses(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[EducationExpense]:
        """某年度的培训经费。 Training funds of a year."""

    @figures(reads.Totals, permission=actions.READ)
    def education_figures(self, organization: strawberry.ID, year: int) -> EducationFigures:
        """某组织及其下级的年度学时汇总。 Figures of a training year, here and below."""
