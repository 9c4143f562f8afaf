"""Corrections in the schema."""

import strawberry

from zhibu.act import Act
from zhibu.contributions import Graph
from zhibu.core_actions import MEMBER_ASK_CORRECTION
from zhibu.corrections import service
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu.members.graph.inputs import MemberCorrectInput, correction_of
from zhibu.procedures.graph.inputs.proposals import ProcedureDocumentInput, documents
from zhibu.procedures.graph.payloads import ProcedurePayload


@strawberry.input(description="申请更正党员信息。 Asking for a correction of a member's record.")
class MemberAskCorrectionInput(MemberCorrectInput):
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="证明材料。 Documents that prove it."
    )


@strawberry.type
class CorrectionMutation:
    @mutation(permission=MEMBER_ASK_CORRECTION)
    async def member_ask_correction(
        self, act: Act, input: MemberAskCorrectionInput
    ) -> ProcedurePayload:
        """申请更正，支部决定，重要信息报党委审核。 Ask for a correction; it is decided in steps."""
        id = await service.ask(
            act,
            row_of(input.member, "Member", path=("member",)),
            correction_of(input),
            reason=input.reason,
            documents=documents(input.documents),
        )
        return ProcedurePayload(row=id)


GRAPH = Graph(mutation=CorrectionMutation)
