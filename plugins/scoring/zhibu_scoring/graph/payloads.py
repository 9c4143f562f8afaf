"""What mutations of scoring answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.reading import public
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption

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
