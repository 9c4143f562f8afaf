"""Figures in the schema: counting them anew."""

from typing import Any

import strawberry

from zhibu.contributions import Graph
from zhibu.core_actions import FIGURE_REBUILD
from zhibu.figures import service
from zhibu.figures.works import REBUILD
from zhibu.graph import outside
from zhibu.jobs import service as jobs
from zhibu.jobs.graph import JobPayload, shown, signed_in
from zhibu.policy.paths import ROOT


@strawberry.input(description="重新统计。 Counting everything anew.")
class FiguresRebuildInput:
    reason: str = strawberry.field(description="原因，记入台账。 Why, for the ledger.")


@strawberry.type
class FigureMutation:
    @outside(permission=FIGURE_REBUILD)
    async def figures_rebuild(self, context: Any, input: FiguresRebuildInput) -> JobPayload:
        """按记录重新统计全部数字，在后台进行。 Count all figures anew, as a job."""
        context = signed_in(context)
        async with context.act() as act:
            arguments = {"reason": service.may_rebuild(act, input.reason)}
            id = await jobs.enqueue(act, REBUILD, arguments, ROOT)
            job = await jobs.job_of(act, id)
        return JobPayload(job=shown(context, job))


GRAPH = Graph(mutation=FigureMutation)
