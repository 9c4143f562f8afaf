"""Papers to print. Printing is an act: who printed which, and what for, stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_discipline import actions
from zhibu_discipline.graph.words import Paper
from zhibu_discipline.service import papers

Info = strawberry.Info[Any]


@strawberry.type
class DisciplinePages:
    @resolved("组织处置文书，供打印；须写明用途。 A paper of a disposition.", actions.READ)
    async def discipline_case_page(
        self,
        info: Info,
        case: Annotated[strawberry.ID, strawberry.argument(description="处置。 Of which.")],
        paper: Annotated[Paper, strawberry.argument(description="文书种类。 Which paper.")],
        purpose: Annotated[
            str, strawberry.argument(description="用途，印在文书上并记入台账。 What for.")
        ],
    ) -> str:
        async with info.context.act() as act:
            id = row(case, "DisciplineCase", "case")
            return await papers.page(act, id, paper, purpose=purpose)
