"""Spot checks, as the schema shows them."""

from datetime import date

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_flow_members import actions, reads


@entity(reads.SPOT_UNIT, permission=actions.SUMMARY_READ, path=reads.path_of_organization)
@strawberry.type(description="抽查排名中的单位。 A unit of the ranking from which was drawn.")
class FlowMembersSpotUnit(Node):
    rank: int = column(description="名次，人数多的在前。 Its place, the most first.")
    members: int = column(description="当时的流动党员人数。 How many floating members it had.")
    drawn: bool = column(description="是否抽中。 Whether it was drawn.")
    checked_on: date | None = column(description="检查日期。 When it was checked.")
    result: str | None = column(description="检查情况。 What was found.")
    unit: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.unit_id,
        shown_with_parent="names are public",
        description="单位。 Which unit.",
    )


@entity(reads.SPOT_CHECK, permission=actions.SUMMARY_READ, path=reads.path_of_organization)
@strawberry.type(description="流动党员工作年度抽查。 A yearly spot check.")
class FlowMembersSpotCheck(Node):
    year: int = column(description="年度。 The year.")
    seed: str = column(description="抽取的种子，据此可复核。 The seed; the draw can be repeated.")
    count: int = column(description="抽取数。 How many were to be drawn.")
    drawn_on: date = column(description="抽取日期。 When.")
    drawn_by: str | None = expression(reads.name_of("drawn_by"), description="抽取人。 Who drew.")
    units: list[FlowMembersSpotUnit] = to_many(
        lambda row, target: target.c.check_id == row.c.id,
        order_by=lambda target: target.c.rank,
        limit=100,
        description="排名（最多 100 个单位）。 The ranking, 100 units at most.",
    )
