"""What mutations of scoring answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.reading import public
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption, ScoringFact

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="记分变更的结果。 What became of an entry.")
class ScoringEntryPayload(Payload):
    entry: ScoringEntry | None = written(ScoringEntry)


@public(OWN)
@strawberry.type(description="认定的结果。 What became of several entries.")
class ScoringEntriesPayload(Payload):
    count: int = strawberry.field(default=0, description="认定笔数。 How many were approved.")


@public(OWN)
@strawberry.type(description="不列入积分考核的结果。 What became of an exemption.")
class ScoringExemptionPayload(Payload):
    exemption: ScoringExemption | None = written(ScoringExemption)


@public(OWN)
@strawberry.type(description="登记表彰或处分的结果。 What became of a fact.")
class ScoringFactPayload(Payload):
    fact: ScoringFact | None = written(ScoringFact)


@public(OWN)
@strawberry.type(description="建议记分的结果。 What the records proposed.")
class ScoringProposePayload(Payload):
    proposed: int = strawberry.field(default=0, description="新建议的记分。 Entries proposed.")
    withdrawn: int = strawberry.field(
        default=0, description="随记录更正而撤回的。 Proposals withdrawn with their records."
    )
    reversed: int = strawberry.field(
        default=0, description="已认定而建议冲销的。 Reversals proposed of what counts."
    )
    job: strawberry.ID | None = strawberry.field(
        default=None, description="人数多时所排的任务。 The job, where there are many members."
    )
