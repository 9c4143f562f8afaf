"""Asking for dispositions, and for the grounds that hold on a day."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection, public
from zhibu_discipline import actions
from zhibu_discipline.graph.types import DisciplineCase
from zhibu_discipline.graph.words import Kind, State
from zhibu_discipline.reads import cases
from zhibu_discipline.service.cases import grounds_at

Info = strawberry.Info[Any]


@public("the answer of a rule, about nobody in the register")
@strawberry.type(description="处置事由。 A ground of disposition, as it held on a day.")
class DisciplineGround:
    code: str = strawberry.field(description="代码。 Its code.")
    zh: str = strawberry.field(description="中文。 In Chinese.")
    en: str = strawberry.field(description="英文。 In English.")
    kind: Kind = strawberry.field(description="处置种类。 What it comes to.")
    clause: str = strawberry.field(description="条款。 The clause.")
    basis: str = strawberry.field(description="依据。 The document behind it.")
    months: int | None = strawberry.field(
        description="须持续的月数。 How long it must have lasted."
    )
    stopped_months: int | None = strawberry.field(
        description="须已停止党籍的月数。 How long the membership must have been stopped."
    )
    after: Kind | None = strawberry.field(
        description="此前须已采取而未奏效的处置。 What must have failed before."
    )
    documents: list[str] = strawberry.field(description="须附的材料。 What is handed in with it.")


@strawberry.input(description="组织处置的筛选条件。 What the dispositions must be.")
class DisciplineCaseFilter:
    state: State | None = told("只看这个状态的。 Only in this state.", None)
    kind: Kind | None = told("只看这个种类的。 Only of this kind.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    open: bool | None = told("只看办理中的，或已办结的。 Only those under way, or not.", None)


@strawberry.type
class DisciplineQuery:
    @connection(
        where=cases.inside,
        order=lambda row: [row.c.opened_on.desc(), row.c.id],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.kind": lambda row, args, env: row.c.kind == args.bind("filter.kind"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.open": lambda row, args, env: (
                cases.is_under_way(row) == args.bind("filter.open")
            ),
        },
    )
    def discipline_cases(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DisciplineCaseFilter | None = None,
    ) -> Connection[DisciplineCase]:
        """本组织及下级的组织处置，最近的在前。 Dispositions here and below, the latest first."""

    @resolved("某日有效的处置事由。 The grounds of disposition that hold on a day.", actions.READ)
    async def discipline_grounds(
        self, info: Info, organization: strawberry.ID, on: date | None = None
    ) -> list[DisciplineGround]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return [
                DisciplineGround(
                    code=each.code,
                    zh=each.zh,
                    en=each.en,
                    kind=each.kind,
                    clause=each.clause,
                    basis=str(each.basis or ""),
                    months=each.months,
                    stopped_months=each.stopped_months,
                    after=each.after,
                    documents=[*each.documents],
                )
                for each in await grounds_at(act, unit, on)
            ]
