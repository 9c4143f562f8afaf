"""Somebody away, as the organization that takes him in sees him."""

from datetime import date

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.words import Certainty, Ending, Ground, Paper


@entity(reads.CASE, permission=actions.ARRIVAL_READ, path=reads.path_of_host)
@strawberry.type(description="外来党员登记。 Who came from elsewhere, as his host sees him.")
class FlowMembersArrival(Node):
    member_name: str = expression(reads.name_of_member, description="姓名。 Name.")
    ground: Ground = column(description="来此原因。 Why.")
    unit: str | None = column(description="所在单位。 The unit here.")
    certainty: Certainty = column(description="地点和时间是否确定。 How sure that is.")
    since: date = column(description="外出日期。 From this day.")
    until: date | None = column(description="预计离开日期。 Until when, if known.")
    paper: Paper = column(description="所持证件。 The paper.")
    arrived_on: date | None = column(description="报到日期。 When he reported in.")
    verify_by: date = column(description="应验证的期限。 By when he is verified.")
    verified_on: date | None = column(description="验证日期。 When he was.")
    verified_by: str | None = expression(
        reads.name_of("verified_by"), description="验证人。 Who verified."
    )
    host_note: str | None = column(description="接收党支部的说明。 What the host says.")
    file_by: date | None = column(description="应备案的期限。 By when it is filed above.")
    filed_on: date | None = column(description="上级备案日期。 When it was.")
    filed_by: str | None = expression(reads.name_of("filed_by"), description="备案人。 Who did.")
    ended_on: date | None = column(description="离开日期。 From when on he is not here.")
    ending: Ending | None = column(description="如何结束。 How it ended.")
    home: OrganizationName | None = to_one(
        reads.home_of,
        shown_with_parent="names are public",
        description="流出地党支部。 The branch to which he belongs.",
    )
    host: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.host_id,
        shown_with_parent="names are public",
        description="接收党支部。 Who takes him in.",
    )
