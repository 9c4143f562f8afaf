"""What mutations of floating members answer."""

import strawberry

from zhibu.graph import Payload, secret, written
from zhibu.reading import public
from zhibu_flow_members.graph.types import (
    FlowMembersArrival,
    FlowMembersCard,
    FlowMembersCase,
    FlowMembersGuest,
    FlowMembersGuestNote,
    FlowMembersLiaison,
    FlowMembersNote,
    FlowMembersSpotCheck,
    FlowMembersSpotUnit,
    FlowMembersSummary,
)

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="外出登记变更的结果。 What became of a case.")
class FlowMembersCasePayload(Payload):
    case: FlowMembersCase | None = written(FlowMembersCase)


@public(OWN)
@strawberry.type(description="外来登记变更的结果。 What became of who came.")
class FlowMembersArrivalPayload(Payload):
    arrival: FlowMembersArrival | None = written(FlowMembersArrival)


@public(OWN)
@strawberry.type(description="其他单位外来党员变更的结果。 What became of a guest.")
class FlowMembersGuestPayload(Payload):
    guest: FlowMembersGuest | None = written(FlowMembersGuest)


@public(OWN)
@strawberry.type(description="对外来党员的记录。 What became of a note of a guest.")
class FlowMembersGuestNotePayload(Payload):
    note: FlowMembersGuestNote | None = written(FlowMembersGuestNote)


@public(OWN)
@strawberry.type(description="外出期间的联系方式。 How he is reached, shown once.")
class FlowMembersReachPayload(Payload):
    phone: str | None = secret(description="电话。 Telephone.")
    address: str | None = secret(description="住址。 Address.")
    relative: str | None = secret(description="家属及联系方式。 A relative.")


@public(OWN)
@strawberry.type(description="活动证变更的结果。 What became of a card.")
class FlowMembersCardPayload(Payload):
    card: FlowMembersCard | None = written(FlowMembersCard)


@public(OWN)
@strawberry.type(description="成批打印活动证的任务。 The job that prints cards.")
class FlowMembersCardsPayload(Payload):
    job: strawberry.ID | None = strawberry.field(
        default=None,
        description="所排的任务；完成后由此取得文件。 The job, which will have the file.",
    )


@public(OWN)
@strawberry.type(description="记录变更的结果。 What became of a note.")
class FlowMembersNotePayload(Payload):
    note: FlowMembersNote | None = written(FlowMembersNote)


@public(OWN)
@strawberry.type(description="联络员变更的结果。 What became of who keeps contact.")
class FlowMembersLiaisonPayload(Payload):
    liaison: FlowMembersLiaison | None = written(FlowMembersLiaison)


@public(OWN)
@strawberry.type(description="报告变更的结果。 What became of a report.")
class FlowMembersSummaryPayload(Payload):
    summary: FlowMembersSummary | None = written(FlowMembersSummary)


@public(OWN)
@strawberry.type(description="抽查变更的结果。 What became of a spot check.")
class FlowMembersSpotCheckPayload(Payload):
    check: FlowMembersSpotCheck | None = written(FlowMembersSpotCheck)


@public(OWN)
@strawberry.type(description="检查登记的结果。 What became of a unit that was drawn.")
class FlowMembersSpotUnitPayload(Payload):
    unit: FlowMembersSpotUnit | None = written(FlowMembersSpotUnit)
