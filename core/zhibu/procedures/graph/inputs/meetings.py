"""What a client gives: meetings and votes."""

from datetime import date

import strawberry

from zhibu.procedures.graph.enums import Choice
from zhibu.procedures.rules.sittings import Paper


@strawberry.input(description="召开表决会议。 Opening a meeting that votes.")
class ProcedureSittingOpenInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    held_on: date = strawberry.field(description="会议日期。 The day of the meeting.")
    secret: bool = strawberry.field(default=True, description="无记名。 A secret ballot.")
    present: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="到会党员。 The members present."
    )
    idempotency_key: str | None = None


@strawberry.input(description="登记到会情况。 Recording who is present.")
class ProcedureAttendInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    present: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="到会党员。 Who came."
    )
    absent: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="未到会党员。 Who did not, or left."
    )
    idempotency_key: str | None = None


@strawberry.input(description="投票。 Casting one's own vote.")
class ProcedureVoteCastInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    choice: Choice = strawberry.field(description="意见。 How.")


@strawberry.input(description="登记未到会党员的书面意见。 A written opinion of somebody absent.")
class ProcedureWriteInInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    member: strawberry.ID
    choice: Choice = strawberry.field(description="意见。 The opinion.")
    idempotency_key: str | None = None


@strawberry.input(description="纸质票计票结果。 What was counted on paper.")
class ProcedurePaperInput:
    yes: int = strawberry.field(description="赞成。 In favour.")
    no: int = strawberry.field(description="反对。 Against.")
    abstained: int = strawberry.field(description="弃权。 Abstained.")
    spoiled: int = strawberry.field(default=0, description="无效票。 Spoiled.")

    def value(self) -> Paper:
        return Paper(yes=self.yes, no=self.no, abstained=self.abstained, spoiled=self.spoiled)


@strawberry.input(description="计票并结束会议。 Counting, which ends the meeting.")
class ProcedureVoteCloseInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    paper: ProcedurePaperInput | None = strawberry.field(
        default=None, description="纸质票结果。 The count on paper, if votes were not cast here."
    )
    superior: str | None = strawberry.field(
        default=None, description="上级派员姓名职务。 Who attended from above."
    )
    idempotency_key: str | None = None


@strawberry.input(description="取消未投票的会议。 Calling off a meeting at which nobody voted.")
class ProcedureSittingCancelInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    reason: str
    idempotency_key: str | None = None
