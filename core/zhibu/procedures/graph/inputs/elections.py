"""What a client gives: elections, ballots with names, and their count."""

import strawberry

from zhibu.identifiers import row_of
from zhibu.procedures.graph.inputs.proposals import ProcedureDocumentInput
from zhibu.procedures.rules.electing import Papers, Tally


@strawberry.input(description="提出选举。 Proposing an election with its candidates.")
class ProcedureElectInput:
    organization: strawberry.ID
    title: str = strawberry.field(description="事项。 What it is about, in a line.")
    statement: str = strawberry.field(description="内容和理由。 What is proposed, and why.")
    seats: int = strawberry.field(description="应选名额。 How many are to be elected.")
    candidates: list[strawberry.ID] = strawberry.field(
        description="候选人（党员），按选票次序。 Members who stand, in the order of the ballot."
    )
    delegates: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="代表（党员）；召开党员代表大会时填写。 Members who elect for all, if any do.",
    )
    scattered: bool = strawberry.field(
        default=False,
        description="所辖党组织驻地分散。 Whether members are too far apart to meet.",
    )
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="材料。 Documents."
    )
    idempotency_key: str | None = None


@strawberry.input(description="投选票，未选也未反对的为弃权。 Casting one's own ballot.")
class ProcedureBallotCastInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    chosen: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="赞成的人，可另选他人，不多于应选名额。 Who is chosen, others too.",
    )
    against: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="反对的候选人。 Candidates one is against."
    )


@strawberry.input(description="一人的得票。 The votes on one name.")
class ProcedureTallyInput:
    member: strawberry.ID
    yes: int = strawberry.field(description="赞成。 In favour.")
    no: int = strawberry.field(default=0, description="反对。 Against.")
    abstained: int = strawberry.field(default=0, description="弃权。 Abstained.")


@strawberry.input(description="纸质选票计票结果。 What was counted on paper.")
class ProcedurePapersInput:
    valid: int = strawberry.field(description="有效票。 Valid ballots.")
    spoiled: int = strawberry.field(default=0, description="无效票。 Spoiled.")
    names: list[ProcedureTallyInput] = strawberry.field(
        description="每人得票，候选人须齐全。 The votes on each name, every candidate among them."
    )

    def value(self) -> Papers:
        names = tuple(
            Tally(
                member_id=row_of(name.member, "Member", path=("papers", "names", str(number))),
                yes=name.yes,
                no=name.no,
                abstained=name.abstained,
            )
            for number, name in enumerate(self.names)
        )
        return Papers(valid=self.valid, spoiled=self.spoiled, names=names)


@strawberry.input(description="选举计票并结束会议。 Counting an election, which ends the meeting.")
class ProcedureElectionCloseInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    papers: ProcedurePapersInput | None = strawberry.field(
        default=None, description="纸质票结果。 The count on paper, if ballots were not cast here."
    )
    fewer: str | None = strawberry.field(
        default=None,
        description="当选人不足而减少名额的依据。 Why fewer seats are filled.",
    )
    superior: str | None = strawberry.field(
        default=None, description="上级派员姓名职务。 Who attended from above."
    )
    idempotency_key: str | None = None
