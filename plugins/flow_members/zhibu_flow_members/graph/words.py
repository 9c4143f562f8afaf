"""The words of floating members as the schema shows them."""

import strawberry

from zhibu_flow_members.rules.papers import Certainty, Paper
from zhibu_flow_members.rules.values import Ending, Ground

strawberry.enum(Ground, name="FlowMembersGround", description="外出原因。 Why somebody is away.")
strawberry.enum(
    Certainty,
    name="FlowMembersCertainty",
    description="地点和时间是否确定、是否经常变动。 How sure place and time are.",
)
strawberry.enum(Paper, name="FlowMembersPaper", description="所持证件。 What is taken along.")
strawberry.enum(Ending, name="FlowMembersEnding", description="外出如何结束。 How it ended.")

__all__ = ["Certainty", "Ending", "Ground", "Paper"]
