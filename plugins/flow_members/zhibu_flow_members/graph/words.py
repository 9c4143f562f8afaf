"""The words of floating members as the schema shows them."""

import strawberry

from zhibu_flow_members.rules.cards import CardEnding, ReviewResult
from zhibu_flow_members.rules.guests import GuestState
from zhibu_flow_members.rules.notes import Channel, Conduct, Fault, NoteKind, Phase, Side
from zhibu_flow_members.rules.papers import Certainty, Paper
from zhibu_flow_members.rules.summaries import Figure, Stand
from zhibu_flow_members.rules.values import Ending, Ground, PeerState

strawberry.enum(Ground, name="FlowMembersGround", description="外出原因。 Why somebody is away.")
strawberry.enum(
    Certainty,
    name="FlowMembersCertainty",
    description="地点和时间是否确定、是否经常变动。 How sure place and time are.",
)
strawberry.enum(Paper, name="FlowMembersPaper", description="所持证件。 What is taken along.")
strawberry.enum(Ending, name="FlowMembersEnding", description="外出如何结束。 How it ended.")
strawberry.enum(
    CardEnding, name="FlowMembersCardEnding", description="活动证如何失效。 How a card ends."
)
strawberry.enum(
    ReviewResult, name="FlowMembersReviewResult", description="审核结果。 Result of a review."
)
strawberry.enum(NoteKind, name="FlowMembersNoteKind", description="记录类型。 Kind of a note.")
strawberry.enum(Side, name="FlowMembersSide", description="流出地或流入地。 Which side.")
strawberry.enum(Phase, name="FlowMembersPhase", description="流动阶段。 Before, during, after.")
strawberry.enum(Channel, name="FlowMembersChannel", description="联系方式。 By what way.")
strawberry.enum(Fault, name="FlowMembersFault", description="批评教育的原因。 What is amiss.")
strawberry.enum(Conduct, name="FlowMembersConduct", description="评议等次。 A grade of conduct.")
strawberry.enum(Figure, name="FlowMembersFigure", description="报告中的数字。 What is counted.")
strawberry.enum(Stand, name="FlowMembersStand", description="报告的进展。 Where a report stands.")
strawberry.enum(
    PeerState,
    name="FlowMembersHostState",
    description="其他单位的答复。 What a host elsewhere says.",
)
strawberry.enum(
    GuestState, name="FlowMembersGuestState", description="是否接收。 Whether he is taken in."
)

__all__ = [
    "CardEnding",
    "Certainty",
    "Channel",
    "Conduct",
    "Ending",
    "Fault",
    "Figure",
    "Ground",
    "GuestState",
    "NoteKind",
    "Paper",
    "PeerState",
    "Phase",
    "ReviewResult",
    "Side",
    "Stand",
]
