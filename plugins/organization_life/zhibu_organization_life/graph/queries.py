"""Asking for meetings, leave and arrangements."""

from datetime import date
from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.members.graph import MemberType
from zhibu.reading import Connection, connection, one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Engaged, Kind, Leave, Stand, State, TalkKind
from zhibu_organization_life.graph.types import (
    OrganizationLifeAccommodation,
    OrganizationLifeAppraisal,
    OrganizationLifeAttendance,
    OrganizationLifeEngagement,
    OrganizationLifeMeeting,
    OrganizationLifeTalk,
)


@strawberry.input(description="会议的筛选条件。 What the meetings must be.")
class OrganizationLifeMeetingFilter:
    kinds: list[Kind] | None = told("类型。 Kinds.", None)
    states: list[State] | None = told("状态。 States.", None)
    held_from: date | None = told("日期不早于。 From this day.", None)
    held_to: date | None = told("日期不晚于。 To this day.", None)


@strawberry.input(description="请假的筛选条件。 What the leave must be.")
class OrganizationLifeLeaveFilter:
    leaves: list[Leave] | None = told("请假状态。 What became of it.", None)


@strawberry.input(description="民主评议的筛选条件。 What the appraisals must be.")
class OrganizationLifeAppraisalFilter:
    year: int | None = told("年度。 The year that is appraised.", None)
    states: list[Stand] | None = told("进展。 Where they stand.", None)


@strawberry.input(description="登记的筛选条件。 What the records must be.")
class OrganizationLifeEngagementFilter:
    kinds: list[Engaged] | None = told("类型。 Kinds.", None)
    year: int | None = told("在该年度有效的。 Holding in this year.", None)
    title: str | None = told("名称。 Of this name.", None)
    fulfilled: bool | None = told("是否已完成。 Whether they were fulfilled.", None)
    member: strawberry.ID | None = told("该党员的。 Of this member.", None)


@strawberry.input(description="谈话的筛选条件。 What the talks must be.")
class OrganizationLifeTalkFilter:
    kinds: list[TalkKind] | None = told("类型。 Kinds.", None)
    improved: bool | None = told("是否改进。 Whether they brought improvement.", None)
    member: strawberry.ID | None = told("与该党员的。 With this member.", None)


@strawberry.type
class LifeQuery:
    @connection(
        where=lambda row, args, env: reads.held_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.held_on.desc()],
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
            "filter.held_from": lambda row, args, env: (
                row.c.held_on >= args.bind("filter.held_from")
            ),
            "filter.held_to": lambda row, args, env: row.c.held_on <= args.bind("filter.held_to"),
        },
    )
    def organization_life_meetings(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeMeetingFilter | None = None,
    ) -> Connection[OrganizationLifeMeeting]:
        """组织生活会议，最近的在前。 Meetings of an organization and below, the latest first."""

    @one(lambda row, args, env: row.c.id == args.row("id", "OrganizationLifeMeeting"))
    def organization_life_meeting(self, id: strawberry.ID) -> OrganizationLifeMeeting | None:
        """一次会议。 One meeting."""

    @connection(
        where=lambda row, args, env: (
            reads.at_meeting_inside(row, args.row("organization", "Organization"))
            & row.c.leave.is_not(None)
        ),
        order=lambda row: [row.c.id],
        filters={
            "filter.leaves": lambda row, args, env: args.among(row.c.leave, "filter.leaves"),
        },
    )
    def organization_life_leaves(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeLeaveFilter | None = None,
    ) -> Connection[OrganizationLifeAttendance]:
        """请假情况。 Leave asked for at meetings of an organization and below."""

    @connection(
        where=lambda row, args, env: reads.members_inside(
            row.c.member_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc()],
    )
    def organization_life_accommodations(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[OrganizationLifeAccommodation]:
        """年老体弱党员的灵活安排。 Arrangements for elderly and ill members."""

    @connection(
        where=lambda row, args, env: reads.held_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.year.desc(), row.c.organization_id],
        filters={
            "filter.year": lambda row, args, env: row.c.year == args.bind("filter.year"),
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
        },
    )
    def organization_life_appraisals(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeAppraisalFilter | None = None,
    ) -> Connection[OrganizationLifeAppraisal]:
        """民主评议党员，最近的年度在前。 Appraisals of an organization and below."""

    @one(lambda row, args, env: row.c.id == args.row("id", "OrganizationLifeAppraisal"))
    def organization_life_appraisal(self, id: strawberry.ID) -> OrganizationLifeAppraisal | None:
        """一次民主评议。 One appraisal."""

    @connection(
        where=lambda row, args, env: reads.members_inside(
            row.c.member_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc(), row.c.id],
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.year": lambda row, args, env: reads.within_year(row, args.bind("filter.year")),
            "filter.title": lambda row, args, env: row.c.title == args.bind("filter.title"),
            "filter.fulfilled": lambda row, args, env: (
                row.c.fulfilled_on.is_not(None) == args.bind("filter.fulfilled")
            ),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
        },
    )
    def organization_life_engagements(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeEngagementFilter | None = None,
    ) -> Connection[OrganizationLifeEngagement]:
        """承诺、岗位、联系、服务等登记，最近的在前。 What members take on, the latest first."""

    @connection(
        where=reads.without,
        permission=actions.REGISTER_READ,
        order=lambda row: [row.c.path, row.c.sort_name, row.c.id],
    )
    def organization_life_without(
        self,
        organization: strawberry.ID,
        kind: Annotated[Engaged, strawberry.argument(description="类型。 Kind.")],
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[MemberType]:
        """某年度没有某类登记的党员。 Members who took on nothing of a kind in a year."""

    @connection(
        where=reads.born_in,
        permission=actions.REGISTER_READ,
        order=reads.by_birthday,
    )
    def organization_life_birthdays(
        self,
        organization: strawberry.ID,
        month: Annotated[int, strawberry.argument(description="月份。 The month.")],
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[MemberType]:
        """某月政治生日（入党纪念日）的党员。 Whose political birthday falls into a month."""

    @connection(
        where=lambda row, args, env: reads.held_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.talked_on.desc(), row.c.id],
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.improved": lambda row, args, env: (
                row.c.improved == args.bind("filter.improved")
            ),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
        },
    )
    def organization_life_talks(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: OrganizationLifeTalkFilter | None = None,
    ) -> Connection[OrganizationLifeTalk]:
        """谈话记录，最近的在前；内容另行查看。 Talks, the latest first, without what was said."""

    @connection(
        where=reads.untalked,
        permission=actions.TALK_READ,
        order=lambda row: [row.c.path, row.c.sort_name, row.c.id],
    )
    def organization_life_untalked(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[MemberType]:
        """某年度尚未谈心谈话的党员。 With whom nobody had a heart-to-heart talk in a year."""
