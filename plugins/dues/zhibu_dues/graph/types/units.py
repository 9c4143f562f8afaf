"""Hand-overs and publications, as the schema shows them."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_dues import actions
from zhibu_dues.graph.types import places
from zhibu_dues.graph.words import HandoverState
from zhibu_dues.reads.rows import HANDOVER, PUBLICATION
from zhibu_dues.reads.totals import as_yuan


@entity(HANDOVER, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="一次党费上缴（金额以元计）。 Dues handed upward, in yuan.")
class DuesHandover(Node):
    year: int = column(description="年度。 Year.")
    until: date = column(description="截止日期。 Everything held by this day.")
    collected: Decimal = expression(
        lambda row, env: as_yuan(row.c.collected_fen), description="本级收缴。 Collected here."
    )
    received: Decimal = expression(
        lambda row, env: as_yuan(row.c.received_fen), description="下级上缴。 From below."
    )
    percent: int = column(description="上缴比例（%）。 Share that goes upward.")
    amount: Decimal = expression(
        lambda row, env: as_yuan(row.c.fen), description="上缴金额。 What is handed over."
    )
    retained: Decimal = expression(
        lambda row, env: as_yuan(row.c.collected_fen + row.c.received_fen - row.c.fen),
        description="留用金额。 What is retained.",
    )
    payments: int = column(description="所含交纳笔数。 How many payments it holds.")
    state: HandoverState = column(description="状态。 State.")
    handed_by: str | None = expression(
        name_of("handed_by"), description="经手人。 Who handed it over."
    )
    handed_on: date = column(description="上缴日期。 When.")
    received_by: str | None = expression(
        name_of("received_by"), description="确认人。 Who received it."
    )
    received_on: date | None = column(description="确认日期。 When it was received.")
    returned_on: date | None = column(description="退回日期。 When it was returned.")
    return_reason: str | None = column(description="退回原因。 Why it was returned.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName | None = to_one(
        places.unit, description="上缴党组织。 Who handed it over."
    )
    above: OrganizationName | None = to_one(
        places.above, description="接收党组织。 Who is to receive it."
    )


@entity(PUBLICATION, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="年度党费收缴情况的公布（金额以元计）。 A year's dues, published.")
class DuesPublication(Node):
    year: int = column(description="年度。 Year.")
    place: str = column(description="公布方式和地点。 Where and how it was published.")
    members: int = column(description="应交人数。 Members who owed dues.")
    paid_up: int = column(description="交齐人数。 Those who paid all.")
    owed: Decimal = expression(lambda row, env: as_yuan(row.c.owed_fen), description="应交。 Owed.")
    collected: Decimal = expression(
        lambda row, env: as_yuan(row.c.collected_fen), description="收缴（含自愿多交）。 Collected."
    )
    handed: Decimal = expression(
        lambda row, env: as_yuan(row.c.handed_fen), description="上缴。 Handed upward."
    )
    published_by: str | None = expression(
        name_of("published_by"), description="公布人。 Who published it."
    )
    published_on: date = column(description="公布日期。 When.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was withdrawn.")
    withdraw_reason: str | None = column(description="撤回原因。 Why it was withdrawn.")
    organization: OrganizationName | None = to_one(
        places.unit, description="公布党组织。 Who published it."
    )
