"""Asking for sessions."""

from datetime import date

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection, one
from zhibu_education.graph.enums import Form, SessionState
from zhibu_education.graph.queries import where
from zhibu_education.graph.types import EducationSession


@strawberry.input(description="班次的筛选条件。 What the sessions must be.")
class EducationSessionFilter:
    states: list[SessionState] | None = told("状态。 States.", None)
    forms: list[Form] | None = told("形式。 Forms.", None)
    held_from: date | None = told("日期不早于。 From this day.", None)
    held_to: date | None = told("日期不晚于。 To this day.", None)


@strawberry.type
class SessionsQuery:
    @connection(
        where=where.in_organization,
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
