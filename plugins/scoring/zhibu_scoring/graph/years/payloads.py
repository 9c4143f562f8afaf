"""What mutations of a branch's year answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.reading import public
from zhibu_scoring.graph.payloads import OWN
from zhibu_scoring.graph.years import beside, types


@public(OWN)
@strawberry.type(description="年度考核变更的结果。 What became of a branch's year.")
class ScoringYearPayload(Payload):
    scoring_year: types.ScoringYear | None = written(types.ScoringYear)
    job: strawberry.ID | None = strawberry.field(
        default=None, description="为上级组织汇总各支部的任务。 The job, of a unit above branches."
    )


@public(OWN)
@strawberry.type(description="异议变更的结果。 What became of an objection.")
class ScoringObjectionPayload(Payload):
    objection: types.ScoringObjection | None = written(types.ScoringObjection)


@public(OWN)
@strawberry.type(description="季度公布的结果。 What became of a publication.")
class ScoringPublicationPayload(Payload):
    publication: beside.ScoringPublication | None = written(beside.ScoringPublication)


@public(OWN)
@strawberry.type(description="半年检查的结果。 What became of a check.")
class ScoringCheckPayload(Payload):
    check: beside.ScoringCheck | None = written(beside.ScoringCheck)


@public(OWN)
@strawberry.type(description="帮扶的结果。 What became of help.")
class ScoringHelpPayload(Payload):
    help: beside.ScoringHelp | None = written(beside.ScoringHelp)


@public(OWN)
@strawberry.type(description="民主推荐的结果。 What became of a recommendation.")
class ScoringRecommendationPayload(Payload):
    recommendation: beside.ScoringRecommendation | None = written(beside.ScoringRecommendation)


@public(OWN)
@strawberry.type(description="处理逾期记录的结果。 What became of a late fact.")
class ScoringLateFactPayload(Payload):
    late_fact: types.ScoringLateFact | None = written(types.ScoringLateFact)
