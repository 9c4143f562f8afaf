"""Asking for hand-overs, and for the punishments that hold on a day."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection, public
from zhibu_discipline import actions
from zhibu_discipline.graph.referrals.types import DisciplineReferral
from zhibu_discipline.graph.words import Stand
from zhibu_discipline.reads import cases, referrals
from zhibu_discipline.service.referring import punishments_at

Info = strawberry.Info[Any]


@public("the answer of a rule, about nobody in the register")
@strawberry.type(description="党纪处分种类。 A discipline punishment, as it held on a day.")
class DisciplinePunishment:
    code: str = strawberry.field(description="代码。 Its code.")
    zh: str = strawberry.field(description="中文。 In Chinese.")
    en: str = strawberry.field(description="英文。 In English.")
    clause: str = strawberry.field(description="条款。 The clause.")
    months: int | None = strawberry.field(
        description="影响期（月），空的由决定写明。 Months of influence; null: by its document."
    )


@strawberry.input(description="移送的筛选条件。 What the hand-overs must be.")
class DisciplineReferralFilter:
    state: Stand | None = told("只看这个进度的。 Only those that stand so.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    in_force: bool | None = told(
        "只看影响期内的，或其余的。 Only punishments in force, or not.", None
    )


@strawberry.type
class DisciplineReferralQuery:
    @connection(
        where=cases.inside,
        order=lambda row: [row.c.handed_on.desc(), row.c.id],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.in_force": lambda row, args, env: (
                referrals.in_force(row, env) == args.bind("filter.in_force")
            ),
        },
    )
    def discipline_referrals(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DisciplineReferralFilter | None = None,
    ) -> Connection[DisciplineReferral]:
        """本组织及下级移送纪检机关的情况，最近的在前。 What was handed over here and below."""

    @resolved("某日有效的党纪处分种类。 The punishments that hold on a day.", actions.REFERRAL_READ)
    async def discipline_punishments(
        self, info: Info, organization: strawberry.ID, on: date | None = None
    ) -> list[DisciplinePunishment]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return [
                DisciplinePunishment(
                    code=each.code, zh=each.zh, en=each.en, clause=each.clause, months=each.months
                )
                for each in await punishments_at(act, unit, on)
            ]
