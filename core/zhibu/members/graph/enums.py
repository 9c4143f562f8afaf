"""The words of membership as the schema shows them."""

import strawberry

from zhibu.members.rules import Change, Departure, Gender, MemberKind, Stage
from zhibu.members.service import Entered, Field

strawberry.enum(Gender, name="Gender", description="性别。 Gender.")
strawberry.enum(MemberKind, name="MemberKind", description="人员类别。 How a member is managed.")
strawberry.enum(Stage, name="MemberStage", description="党籍状态。 Where a membership stands.")
strawberry.enum(Change, name="StageChange", description="党籍变化。 What brings a stage about.")
strawberry.enum(Departure, name="Departure", description="出党方式。 How a membership ends.")
strawberry.enum(
    Entered, name="MemberEntered", description="要撤回的记录。 Which history the slip is in."
)
strawberry.enum(
    Field, name="MemberSealedField", description="加密保存的信息。 What is kept sealed."
)

__all__ = ["Change", "Departure", "Entered", "Field", "Gender", "MemberKind", "Stage"]
