"""Electing people."""

import strawberry

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_PROPOSE, PROCEDURE_VOTE
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu.procedures.graph.inputs import elections as inputs
from zhibu.procedures.graph.inputs.proposals import documents, members, procedure
from zhibu.procedures.graph.payloads import STEP, ProcedurePayload, ProcedureSittingPayload
from zhibu.procedures.service import electing, slates


@strawberry.type
class ProcedureElectionMutation:
    @mutation(permission=PROCEDURE_PROPOSE)
    async def procedure_elect(
        self, act: Act, input: inputs.ProcedureElectInput
    ) -> ProcedurePayload:
        """提出选举，候选人报上级审查。 Propose an election; the superior looks at the names."""
        id = await slates.elect(
            act,
            row_of(input.organization, "Organization", path=("organization",)),
            title=input.title,
            statement=input.statement,
            seats=input.seats,
            candidates=members(input.candidates, "candidates"),
            delegates=members(input.delegates, "delegates"),
            scattered=input.scattered,
            documents=documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=PROCEDURE_VOTE)
    async def procedure_ballot_cast(
        self, act: Act, input: inputs.ProcedureBallotCastInput
    ) -> ProcedureSittingPayload:
        """投选票，一人一票，无记名。 Cast one's own ballot, once, in secret."""
        id = await electing.cast(
            act,
            procedure(input.procedure),
            chosen=members(input.chosen, "chosen"),
            against=members(input.against, "against"),
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_election_close(
        self, act: Act, input: inputs.ProcedureElectionCloseInput
    ) -> ProcedureSittingPayload:
        """选举计票；名额未满的再次选举。 Count; seats that are left are elected to again."""
        id = await electing.close(
            act,
            procedure(input.procedure),
            papers=input.papers.value() if input.papers else None,
            fewer=input.fewer,
            superior=input.superior,
        )
        return ProcedureSittingPayload(row=id)
