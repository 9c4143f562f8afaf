"""Asking for procedures."""

from uuid import UUID

import strawberry
from sqlalchemy import Uuid

from zhibu.identifiers import parse_global_id
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import State
from zhibu.procedures.graph.types import (
    ProcedureDelegationType,
    ProcedureType,
    VoteLimitType,
)
from zhibu.reading import Connection, connection, one


@strawberry.input(description="程序的筛选条件。 What the procedures must be.")
class ProcedureFilter:
    names: list[str] | None = strawberry.field(
        default=None, description="程序名称代码。 Which procedures."
    )
    states: list[State] | None = strawberry.field(default=None, description="状态。 Their states.")
    member: strawberry.ID | None = strawberry.field(
        default=None, description="所涉党员。 About this member."
    )
    subject: strawberry.ID | None = strawberry.field(
        default=None, description="对象，任一类型的标识。 About this very thing, of any type."
    )
    waiting: bool | None = strawberry.field(
        default=None, description="待本人办理。 What waits for oneself to do."
    )
    mine: bool | None = strawberry.field(
        default=None, description="由本人提出。 Proposed by oneself."
    )


@strawberry.type
class ProcedureQuery:
    @one(lambda row, args, env: row.c.id == args.row("id", "Procedure"))
    def procedure(self, id: strawberry.ID) -> ProcedureType | None:
        """一项程序。 One procedure."""

    @connection(
        where=reads.inside,
        order=lambda row: [row.c.proposed_at.desc(), row.c.id.desc()],
        filters={
            "filter.names": lambda row, args, env: args.among(row.c.name, "filter.names"),
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.subject": lambda row, args, env: (
                row.c.subject_id == args.bind("filter.subject", row_behind, Uuid())
            ),
            "filter.waiting": reads.waiting,
            "filter.mine": lambda row, args, env: (
                (row.c.proposed_by == env.account) == args.bind("filter.mine")
            ),
        },
    )
    def procedures(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        organization: strawberry.ID | None = None,
        filter: ProcedureFilter | None = None,
    ) -> Connection[ProcedureType]:
        """程序，最近提出的在前；organization 限定某组织及其下级。 Procedures, the latest first."""

    @connection(
        where=reads.inside,
        order=lambda row: [row.c.since.desc(), row.c.id.desc()],
    )
    def procedure_delegations(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        organization: strawberry.ID | None = None,
    ) -> Connection[ProcedureDelegationType]:
        """委托代办，起始日期近的在前。 Who acts for whom in procedures, the latest first."""

    @connection(
        order=lambda row: [row.c.since.desc(), row.c.id.desc()],
        filters={"member": lambda row, args, env: row.c.member_id == args.row("member", "Member")},
    )
    def vote_limits(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        member: strawberry.ID | None = None,
    ) -> Connection[VoteLimitType]:
        """表决权受限和不计入应到会的登记。 Who has no vote or is not counted, and why."""


def row_behind(id: str) -> UUID:
    return parse_global_id(id)[1]
