"""Reports on members away, as the schema shows them."""

from datetime import date

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.words import Stand


@entity(reads.SUMMARY, permission=actions.SUMMARY_READ, path=reads.path_of_organization)
@strawberry.type(description="流动党员情况报告。 A report on members away, here and below.")
class FlowMembersSummary(Node):
    year: int = column(description="年度。 The year.")
    half: int = column(description="上半年 1、下半年 2、全年 0。 The half; 0 for the whole year.")
    since: date = column(description="期初。 First day.")
    until: date = column(description="统计截止日期。 Last day that is counted.")
    away: int = column(description="期末在外人数。 Away at the end.")
    floating: int = column(description="其中流动党员。 Floating members among them.")
    went: int = column(description="期内外出人次。 Who went in the period.")
    ended: int = column(description="期内返回或转移人次。 Who came back or was transferred in it.")
    letter: int = column(description="持介绍信。 With a letter.")
    certificate: int = column(description="持证明信。 With a certificate.")
    card: int = column(description="持活动证。 With a card.")
    untold: int = column(description="没有行前谈话。 Not told before.")
    silent: int = column(description="期内没有联系。 Without contact in the period.")
    unreported: int = column(description="期内没有汇报。 Without a report in the period.")
    incoming: int = column(description="期末外来人数。 Taken in at the end.")
    missing: int = column(description="尚未上报的党支部数。 Branches that have not reported.")
    note: str | None = column(description="说明。 What is to be said.")
    state: Stand = column(description="进展。 Where it stands.")
    submitted_on: date = column(description="上报日期。 When it was handed up.")
    submitted_by: str | None = expression(
        reads.name_of("submitted_by"), description="上报人。 Who handed it up."
    )
    decided_on: date | None = column(description="上级处理日期。 When it was decided.")
    return_reason: str | None = column(description="退回原因。 Why it was returned.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="上报的党组织。 Who reports.",
    )
